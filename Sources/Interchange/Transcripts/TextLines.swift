import Vocabulary

/// The lines of a text file, however they end: LF, CR LF or CR alone.
enum TextLines {
  /// - Parameter take: the number of the line, from 1, and its text without its end.
  /// - Throws: `Unreadable` for a line beyond all measure, and what `take` throws.
  static func read(_ file: ForeignSource.File, _ take: (Int, String) throws -> Void) throws {
    let encoding = try TextPieces.encoding(of: file)
    var line: [UInt8] = []
    var number = 1
    var afterReturn = false
    func end() throws {
      try take(number, String(decoding: line, as: UTF8.self))
      line.removeAll(keepingCapacity: true)
      number += 1
    }
    try TextPieces.read(file, as: encoding) { piece in
      for byte in piece {
        switch byte {
        case 0x0A:
          if !afterReturn { try end() }
        case 0x0D: try end()
        default: line.append(byte)
        }
        afterReturn = byte == 0x0D
      }
      guard line.count <= TextPieces.longestLine else {
        throw Unreadable(
          "The line is longer than \(TextPieces.longestLine >> 20) MB.", at: SourcePosition(line: number))
      }
    }
    if !line.isEmpty { try end() }
  }

  /// The first lines, for finding the format.
  static func first(_ beginning: [UInt8]) -> [Substring] {
    var text = TextEncoding.utf8(beginning)
    if !TextEncoding.isUTF8(text.prefix(text.count - min(3, text.count))) {
      text = TextEncoding.utf8(windows1252: text)
    }
    return String(decoding: text, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }
}
