/// A format that another program writes.
package protocol ForeignReader: Sendable {
  /// As an organizer names it: `schedule.xml`.
  static var name: String { get }

  /// Whether a file that was cut off cannot be read.
  static var hasEnd: Bool { get }

  /// Whether a file begins like one of this format.
  /// - Parameter beginning: the first bytes of the file, 64 KiB at most.
  static func recognizes(_ beginning: [UInt8]) -> Bool

  /// - Throws: `Unreadable`, for what is broken or too large, with where that is.
  static func read(_ source: ForeignSource) throws -> ForeignConference
}

extension ForeignReader {
  package static var hasEnd: Bool { true }
}

/// A file of another program that cannot be read: nothing of it was taken.
package struct Unreadable: Error, Sendable, Hashable, CustomStringConvertible {
  package var at: SourcePosition?
  /// A sentence, with what can be done where that is known.
  package var text: String

  package init(_ text: String, at: SourcePosition? = nil) {
    self.text = text
    self.at = at
  }

  package var description: String {
    guard let at else { return text }
    return "Line \(at.line)" + (at.column.map { ", column \($0)" } ?? "") + ": " + text
  }
}
