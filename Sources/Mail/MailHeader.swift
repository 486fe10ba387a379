import Foundation

/// The lines of a header field: folded (RFC 5322 §2.2.3), and what is not ASCII in encoded words (RFC 2047).
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

  /// What stands in a name without quotation marks.
  private static func isAtom(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x20: true
    default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
  }

  /// Each of at most 75 characters, the first of what is left of its line; none ends within a character.
  private static func encodedWords(_ text: String, after used: Int) -> [String] {
    var words: [String] = []
    var bytes: [UInt8] = []
    // Of 76, without “=?UTF-8?B?” and “?=”; base64 makes four characters of three bytes.
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
