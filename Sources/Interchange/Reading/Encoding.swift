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
