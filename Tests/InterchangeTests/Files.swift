import Foundation
import Interchange

extension ForeignSource {
  init(_ text: String, name: String = "file") { self.init(File(name: name, text: text)) }
  init(bytes: [UInt8], name: String = "file") { self.init(File(name: name, bytes: bytes)) }
}

/// Reads a text, and says what its format was found to be.
func read(_ text: String) throws -> ForeignConference { try Interchange.read(ForeignSource(text)).conference }

func format(_ text: String) throws -> String { try Interchange.read(ForeignSource(text)).format.name }

/// Why a file is refused; nil if it is not.
func whyRefused(_ source: ForeignSource) -> Unreadable? {
  do {
    _ = try Interchange.read(source)
    return nil
  } catch let error as Unreadable {
    return error
  } catch {
    return Unreadable("It threw \(error).")
  }
}

extension String {
  /// In UTF-16, without a mark.
  func utf16Bytes(isLittle: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    for unit in utf16 {
      let (low, high) = (UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8))
      bytes += isLittle ? [low, high] : [high, low]
    }
    return bytes
  }
}

extension ForeignConference {
  var titles: [String] { sessions.map { $0.title.entries[0].text } }
  var names: [String] {
    people.map { $0.name.whole ?? [$0.name.given, $0.name.family].compactMap(\.self).joined(separator: " ") }
  }
  var roomNames: [String] { rooms.map { $0.name.entries[0].text } }
  var remarkTexts: [String] { remarks.map { ($0.at.map { "\($0.line): " } ?? "") + $0.text } }
}

/// The files beside the project; nothing of them is part of it.
enum Shared {
  static let data = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "../../../shared/data"
  )
  .standardized

  static var isPresent: Bool {
    FileManager.default.isReadableFile(atPath: data.appending(path: "INDEX.tsv").path)
  }

  static func file(_ path: String) throws -> ForeignSource.File {
    ForeignSource.File(name: path, bytes: [UInt8](try Data(contentsOf: data.appending(path: path))))
  }

  static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: data.appending(path: path)), as: UTF8.self)
  }
}
