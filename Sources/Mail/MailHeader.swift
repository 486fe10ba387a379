import Foundation

/// Header fields as folded lines (RFC 5322 §2.2.3), with encoded words (RFC 2047) for text that is not ASCII.
enum MailHeader {
  static func plain(_ name: String, _ value: String) -> [String] {
    fold(name + ":", value.split(separator: " ").map(String.init))
  }

  static func text(_ name: String, _ value: String) -> [String] {
    isPlain(value) ? plain(name, value) : fold(name + ":", encodedWords(value, after: name.count + 2))
  }

  static func address(_ name: String, _ value: MailAddress) -> [String] {
    let address = "<\(value.address)>"
    guard let who = value.name else { return plain(name, value.address) }
    if !isPlain(who) {
      return fold(name + ":", encodedWords(who, after: name.count + 2) + [address])
    }
    if who.utf8.allSatisfy(isAtom) { return plain(name, "\(who) \(address)") }
    let quoted = who.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return fold(name + ":", ["\"\(quoted)\"", address])
  }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
      && text.split(separator: " ").allSatisfy { $0.utf8.count < 70 }
  }

  /// Whether a name may contain this byte without being quoted.
  private static func isAtom(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x20: true
    default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
  }

  /// Splits a text into encoded words of at most 75 characters. The first one fits in the rest of its
  /// line. No word ends within a character.
  private static func encodedWords(_ text: String, after used: Int) -> [String] {
    var words: [String] = []
    var bytes: [UInt8] = []
    // “=?UTF-8?B?” and “?=” take 12 characters. Base64 turns three bytes into four characters.
    func room() -> Int { ((words.isEmpty ? 76 - used : 75) - 12) / 4 * 3 }
    func end() {
      words.append("=?UTF-8?B?\(Data(bytes).base64EncodedString())?=")
      bytes = []
    }
    for scalar in text.unicodeScalars {
      let encoded = Array(String(scalar).utf8)
      if bytes.count + encoded.count > room() { end() }
      bytes += encoded
    }
    if !bytes.isEmpty { end() }
    return words
  }

  private static func fold(_ name: String, _ words: [String]) -> [String] {
    var lines = [name]
    for (index, word) in words.enumerated() {
      let limit = word.hasPrefix("=?") ? 76 : 78
      if index > 0, lines[lines.count - 1].utf8.count + 1 + word.utf8.count > limit {
        lines.append(" " + word)
      } else {
        lines[lines.count - 1] += " " + word
      }
    }
    return lines
  }
}
