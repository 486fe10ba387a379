import EventLog
package import Foundation
import ReadModels
package import Vocabulary

/// An address with the name that it is written to or from under: `Feng Shaolei <feng@example.org>`.
package struct MailAddress: Sendable, Hashable {
  package let name: String?
  /// `feng@example.org`
  package let address: String

  package init(name: String?, address: String) throws(InvalidValue) {
    self.name = try name.map { text throws(InvalidValue) in try checkedText(text, "name of the sender") }
    self.address = try Self.checked(address)
  }

  /// Reads `feng@example.org` or `Feng Shaolei <feng@example.org>`.
  package init(_ text: String) throws(InvalidValue) {
    let text = trimming(text)
    guard let match = text.wholeMatch(of: /(.*?)\s*<([^<>]*)>/) else {
      try self.init(name: nil, address: text)
      return
    }
    let name = trimming(String(match.1)).trimmingCharacters(in: ["\""])
    try self.init(name: name.isEmpty ? nil : name, address: String(match.2))
  }

  /// Of what RFC 5321 takes in a mailbox, what is in use: a dot-atom and a domain of letters, digits and hyphens.
  package static func checked(_ text: String) throws(InvalidValue) -> String {
    let address = try checkedText(text, "e-mail address")
    let form =
      /[A-Za-z0-9!#$%&'*+\/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+\/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,}/
    guard address.utf8.count <= 254, address.wholeMatch(of: form) != nil else {
      throw InvalidValue(
        "“\(excerpt(address))” is not an e-mail address such as anna@example.org"
          + (address.utf8.allSatisfy { $0 < 0x80 } ? "." : "; write a domain in its xn-- form."))
    }
    return address
  }

  var domain: Substring { address.suffix(from: address.lastIndex(of: "@")!).dropFirst() }
}

/// A message as RFC 5322 has it, with parts as RFC 2045 and 2046 have them: the same message, the same bytes.
package struct MailMessage: Sendable {
  package struct Part: Sendable {
    /// `text/plain`, with further parameters after semicolons; its characters are UTF-8.
    package let type: String
    package let text: String
    package let language: Language?
    /// The name of the file that it is; nil for what is to be read at once.
    package let file: String?
  }

  package let from: MailAddress
  package let replyTo: MailAddress?
  package let to: MailAddress
  package let subject: String
  package let date: Timestamp
  /// Without its angle brackets.
  package let id: String
  package let language: Language
  package let parts: [Part]

  /// A notice to somebody.
  ///
  /// Its date is that of the last event it tells of, and its id is made of what it says: sent twice, it is
  /// known as one.
  package init(
    _ digest: NoticeDigest, of round: NoticeRound, from: MailAddress, replyTo: MailAddress?,
    to address: String
  ) throws {
    let text = round.text(digest)
    let name = round.program.people[digest.person.slug]?.name.best([text.language]).printed
    self.from = from
    self.replyTo = replyTo
    to = try MailAddress(name: name, address: address)
    subject = text.subject
    date = round.checkpoint.lastEventAt ?? Timestamp(microseconds: 0)
    language = text.language
    var parts = [Part(type: "text/plain", text: text.body, language: text.language, file: nil)]
    if let calendar = round.calendar(digest) {
      parts.append(
        Part(
          type: "text/calendar; method=PUBLISH", text: calendar, language: nil,
          file: "\(round.conference)-\(digest.person).ics"))
    }
    self.parts = parts
    let hash = hexadecimal(sha256(([text.subject, address] + parts.map(\.text)).joined(separator: "\0")))
    id = "\(round.conference).\(round.checkpoint.position).\(digest.person).\(hash.prefix(16))@\(from.domain)"
  }

  /// With CRLF at the ends of lines, and of ASCII throughout.
  package var data: Data {
    var lines: [String] = []
    lines += MailHeader.address("From", from)
    if let replyTo { lines += MailHeader.address("Reply-To", replyTo) }
    lines += MailHeader.address("To", to)
    lines += MailHeader.text("Subject", subject)
    lines += MailHeader.plain("Date", Self.rfc5322(date))
    lines.append("Message-ID: <\(id)>")
    lines.append("MIME-Version: 1.0")
    // RFC 3834: no machine is to answer it.
    lines.append("Auto-Submitted: auto-generated")
    lines.append("Content-Language: \(language)")
    // No line of either encoding has these two characters in this order.
    let boundary = "=_" + hexadecimal(sha256(parts.map(\.text).joined(separator: "\0"))).prefix(32)
    lines.append("Content-Type: multipart/mixed;")
    lines.append(" boundary=\"\(boundary)\"")
    lines.append("")
    for part in parts {
      let (encoding, encoded) = MailBody.encoded(part.text)
      lines.append("--" + boundary)
      lines.append("Content-Type: \(part.type); charset=utf-8")
      if let file = part.file {
        lines.append("Content-Disposition: attachment;")
        lines.append(" filename=\"\(file)\"")
      }
      if let language = part.language { lines.append("Content-Language: \(language)") }
      lines.append("Content-Transfer-Encoding: \(encoding)")
      lines.append("")
      lines += encoded
    }
    lines.append("--" + boundary + "--")
    return Data((lines.joined(separator: "\r\n") + "\r\n").utf8)
  }

  /// `Fri, 25 Mar 2016 12:00:00 +0000`
  static func rfc5322(_ time: Timestamp) -> String {
    let (day, clock) = (time.date, time.description.dropFirst(11).prefix(8))
    return "\(weekday(day)), \(day.day) \(months[day.month - 1]) \(day.year) \(clock) +0000"
  }

  /// As C's `asctime` writes it, for the first line of a message in an mbox (RFC 4155): `Fri Mar 25 12:00:00 2016`.
  static func asctime(_ time: Timestamp) -> String {
    let (day, clock) = (time.date, time.description.dropFirst(11).prefix(8))
    let number = day.day < 10 ? " \(day.day)" : "\(day.day)"
    return "\(weekday(day)) \(months[day.month - 1]) \(number) \(clock) \(day.year)"
  }

  private static func weekday(_ day: CalendarDate) -> String {
    // 1970-01-01 was a Thursday.
    ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][(day.daysSince1970 % 7 + 7) % 7]
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

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

/// Text as lines of ASCII that any transport takes (RFC 2045 §6.7, §6.8), the shorter of the two ways.
enum MailBody {
  static func encoded(_ text: String) -> (encoding: String, lines: [String]) {
    // Text is written in lines that end with CRLF, whatever they end with here.
    let canonical = text.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    let quoted = canonical.flatMap { quotedPrintable(String($0)) }
    let base64 = base64(canonical.joined(separator: "\r\n"))
    func size(_ lines: [String]) -> Int { lines.reduce(0) { $0 + $1.utf8.count + 2 } }
    return size(quoted) <= size(base64) ? ("quoted-printable", quoted) : ("base64", base64)
  }

  static func base64(_ text: String) -> [String] {
    let encoded = Array(Data(text.utf8).base64EncodedString().utf8)
    return stride(from: 0, to: encoded.count, by: 76).map {
      String(decoding: encoded[$0..<min($0 + 76, encoded.count)], as: UTF8.self)
    }
  }

  /// A line of text in lines of at most 76 characters.
  static func quotedPrintable(_ line: String) -> [String] {
    let bytes = Array(line.utf8)
    var lines: [String] = []
    var current = ""
    for (index, byte) in bytes.enumerated() {
      let plain =
        switch byte {
        case 0x3D: false
        case 0x20: index < bytes.count - 1  // at the end of a line it would be lost
        case 0x2E: !current.isEmpty  // alone at the start of a line it would end a message
        // would begin another message in an mbox
        case 0x46: !(current.isEmpty && bytes[index...].starts(with: "From ".utf8))
        default: (0x21...0x7E).contains(byte)
        }
      let piece = plain ? String(UnicodeScalar(byte)) : "=" + hexadecimal([byte]).uppercased()
      if current.utf8.count + piece.utf8.count > 75 {
        lines.append(current + "=")
        current = piece == "." ? "=2E" : piece
      } else {
        current += piece
      }
    }
    return lines + [current]
  }
}
