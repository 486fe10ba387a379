import Vocabulary

/// The bytes of a file, or of several files that belong together, such as an Open Event folder.
///
/// Whoever has the files gives their bytes in pieces; nothing here opens a file.
package struct ForeignSource: Sendable {
  package struct File: Sendable {
    /// Without the folders before it; for messages only.
    package let name: String
    package let count: Int
    /// Whether it was converted to UTF-8, so that what it says of its encoding is not so any more.
    let isConverted: Bool
    private let piece: @Sendable (Range<Int>) throws -> [UInt8]

    /// - Parameter piece: gives the bytes of a range within `0..<count`. What it throws is passed on; fewer bytes mean
    ///   that the file became shorter while it was read.
    package init(
      name: String, count: Int, isConverted: Bool = false,
      piece: @escaping @Sendable (Range<Int>) throws -> [UInt8]
    ) {
      let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? name
      self.name = String(last.unicodeScalars.filter { $0.properties.generalCategory != .control })
      (self.count, self.isConverted, self.piece) = (count, isConverted, piece)
    }

    package init(name: String, bytes: [UInt8]) {
      self.init(name: name, count: bytes.count) { Array(bytes[$0]) }
    }

    package init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }

    /// At most 64 KiB from the start.
    package var beginning: [UInt8] { get throws { try bytes(0..<min(count, Self.pieceSize)) } }

    func bytes(_ range: Range<Int>) throws -> [UInt8] {
      let bytes = try piece(range)
      guard bytes.count == range.count else {
        throw Unreadable("The file “\(excerpt(name))” changed while it was read. Try again.")
      }
      return bytes
    }

    /// All bytes, for the formats that cannot be read in pieces.
    func whole(atMost limit: Int) throws -> [UInt8] {
      guard count <= limit else {
        throw Unreadable(
          "The file “\(excerpt(name))” has \(count / 1_000_000) MB; at most \(limit / 1_000_000) MB of this format are read."
        )
      }
      return try bytes(0..<count)
    }

    static let pieceSize = 1 << 16

    /// The pieces of the file, in order.
    func pieces(_ take: ([UInt8]) throws -> Void) throws {
      var start = 0
      while start < count {
        let end = min(start + Self.pieceSize, count)
        try take(bytes(start..<end))
        start = end
      }
    }
  }

  package let files: [File]

  package init(_ files: [File]) { self.files = files }

  package init(_ file: File) { files = [file] }
}
