import Vocabulary

/// Finds how a text is encoded, by its bytes.
enum TextEncoding: Hashable, Sendable {
  case utf8
  case utf16(isLittle: Bool)
  /// Every byte is a sign in it, so it is what remains.
  case windows1252

  /// The byte-order mark, or what a mark-less text of this encoding has.
  static func mark(of beginning: some Collection<UInt8>) -> (encoding: TextEncoding, length: Int)? {
    let start = Array(beginning.prefix(4))
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if start.starts(with: [0xFF, 0xFE]) { return (.utf16(isLittle: true), 2) }
    if start.starts(with: [0xFE, 0xFF]) { return (.utf16(isLittle: false), 2) }
    guard start.count == 4 else { return nil }
    // The first two signs of JSON and CSV are ASCII.
    if start[0] == 0, start[1] != 0, start[2] == 0, start[3] != 0 { return (.utf16(isLittle: false), 0) }
    if start[1] == 0, start[0] != 0, start[3] == 0, start[2] != 0 { return (.utf16(isLittle: true), 0) }
    return nil
  }

  /// The text in UTF-8; what is no text in its encoding is U+FFFD.
  static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    guard let (encoding, length) = mark(of: bytes) else { return bytes }
    switch encoding {
    case .utf8, .windows1252: return Array(bytes.dropFirst(length))
    case .utf16(let isLittle): return utf8(utf16: bytes[length...], isLittle: isLittle)
    }
  }

  static func utf8(utf16 bytes: ArraySlice<UInt8>, isLittle: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      let (a, b) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isLittle ? b << 8 | a : a << 8 | b)
      index += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// Windows-1252 gives signs to the bytes 80 to 9F, which are control characters in ISO-8859-1 (WHATWG, “Encoding”).
  static func utf8(windows1252 bytes: some Collection<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      switch byte {
      case 0..<0x80: text.append(byte)
      case 0x80..<0xA0: text.append(contentsOf: UTF8.encode(upper[Int(byte) - 0x80])!)
      default: text.append(contentsOf: UTF8.encode(Unicode.Scalar(byte))!)
      }
    }
    return text
  }

  private static let upper = Array(
    "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ".unicodeScalars)

  static func isUTF8(_ bytes: some Collection<UInt8>) -> Bool {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue: continue
      case .emptyInput: return true
      case .error: return false
      }
    }
  }
}

/// A text file in pieces of UTF-8.
enum TextPieces {
  /// A longer line is no text that people write.
  static let longestLine = 8 << 20

  /// What the file is in: by its mark, and without one UTF-8 if all of it is, else Windows-1252. Reads the file to its end.
  ///
  /// - Throws: `Unreadable` for a line beyond all measure.
  static func encoding(of file: ForeignSource.File) throws -> TextEncoding {
    if let (encoding, _) = TextEncoding.mark(of: try file.bytes(0..<min(4, file.count))) { return encoding }
    // A character may go over the end of a piece.
    var rest: [UInt8] = []
    var isUTF8 = true
    var (line, length) = (1, 0)
    try file.pieces { piece in
      for byte in piece {
        if byte == 0x0A || byte == 0x0D {
          line += 1
          length = 0
        } else {
          length += 1
        }
      }
      guard length <= longestLine else {
        throw Unreadable("The line is longer than \(longestLine >> 20) MB.", at: SourcePosition(line: line))
      }
      guard isUTF8 else { return }
      let bytes = rest + piece
      let end = bytes.count - Self.cut(bytes)
      isUTF8 = TextEncoding.isUTF8(bytes[..<end])
      rest = Array(bytes[end...])
    }
    return isUTF8 && rest.isEmpty ? .utf8 : .windows1252
  }

  /// The bytes at the end that begin a character without ending it.
  private static func cut(_ bytes: [UInt8]) -> Int {
    for count in 1...3 where count <= bytes.count {
      let byte = bytes[bytes.count - count]
      if byte & 0b1100_0000 == 0b1000_0000 { continue }
      let needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return needed > count ? count : 0
    }
    return 0
  }

  /// Without the mark. With `.utf8`, the bytes are handed over as they are, and a file with a mark of UTF-16 is converted.
  static func read(_ file: ForeignSource.File, as encoding: TextEncoding, _ take: ([UInt8]) throws -> Void)
    throws
  {
    let mark = TextEncoding.mark(of: try file.bytes(0..<min(4, file.count)))
    let encoding = mark?.encoding ?? encoding
    var skip = mark?.length ?? 0
    var rest: [UInt8] = []
    try file.pieces { piece in
      let bytes = skip > 0 ? Array(piece.dropFirst(skip)) : piece
      skip = 0
      switch encoding {
      case .utf8: try take(bytes)
      case .windows1252: try take(TextEncoding.utf8(windows1252: bytes))
      case .utf16(let isLittle):
        let all = rest + bytes
        var end = all.count & ~1
        // The first half of a pair waits for the second.
        if end >= 2, all[isLittle ? end - 1 : end - 2] & 0xFC == 0xD8 { end -= 2 }
        rest = Array(all[end...])
        try take(TextEncoding.utf8(utf16: all[..<end], isLittle: isLittle))
      }
    }
    if !rest.isEmpty { try take(Array("\u{FFFD}".utf8)) }
  }
}
