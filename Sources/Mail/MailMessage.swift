package import Foundation
package import Vocabulary

/// An e-mail message (RFC 5322) with MIME parts (RFC 2045, RFC 2046). The same message always has the same bytes.
package struct MailMessage: Sendable {
  package struct BodyPart: Sendable {
    /// `text/plain`, with parameters after semicolons, but without the charset: it is always UTF-8.
    package let type: String
    package let text: String
    package let language: Language?
    /// The file name of an attachment; nil for a part that is shown in the message.
    package let file: String?

    package init(type: String, text: String, language: Language?, file: String?) {
      self.type = type
      self.text = text
      self.language = language
      self.file = file
    }
  }

  package let from: MailAddress
  package let replyTo: MailAddress?
  package let to: MailAddress
  package let subject: String
  package let date: Timestamp
  /// The message id, without angle brackets.
  package let id: String
  package let language: Language
  package let bodyParts: [BodyPart]

  package init(
    from: MailAddress, replyTo: MailAddress?, to: MailAddress, subject: String, date: Timestamp, id: String,
    language: Language, bodyParts: [BodyPart]
  ) {
    self.from = from
    self.replyTo = replyTo
    self.to = to
    self.subject = subject
    self.date = date
    self.id = id
    self.language = language
    self.bodyParts = bodyParts
  }

  /// The whole message in ASCII, with CRLF line breaks.
  package var data: Data {
    var lines: [String] = []
    lines += MailHeader.address("From", from)
    if let replyTo { lines += MailHeader.address("Reply-To", replyTo) }
    lines += MailHeader.address("To", to)
    lines += MailHeader.text("Subject", subject)
    lines += MailHeader.plain("Date", Self.rfc5322(date))
    lines.append("Message-ID: <\(id)>")
    lines.append("MIME-Version: 1.0")
    // RFC 3834: asks machines not to answer.
    lines.append("Auto-Submitted: auto-generated")
    lines.append("Content-Language: \(language)")
    // “=_” cannot occur in either encoding.
    let boundary = "=_" + hexadecimal(sha256(bodyParts.map(\.text).joined(separator: "\0"))).prefix(32)
    lines.append("Content-Type: multipart/mixed;")
    lines.append(" boundary=\"\(boundary)\"")
    lines.append("")
    for part in bodyParts {
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

  /// The format of C's `asctime`, for the first line of a message in an mbox (RFC 4155): `Fri Mar 25 12:00:00 2016`.
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
