import EventLog
package import Mail
import ReadModels
package import Vocabulary

extension MailMessage {
  /// A notice as an e-mail message.
  ///
  /// Its date is that of the last event it reports. Its id is made from its content, so a second copy is
  /// recognised as the same message.
  package init(
    _ digest: NoticeDigest, of round: NoticeRound, from: MailAddress, replyTo: MailAddress?,
    to address: EmailAddress
  ) throws {
    let text = round.text(digest)
    let name = round.program.people[digest.person.slug]?.name.best([text.language]).printed
    var parts = [BodyPart(type: "text/plain", text: text.body, language: text.language, file: nil)]
    if let calendar = round.calendar(digest) {
      parts.append(
        BodyPart(
          type: "text/calendar; method=PUBLISH", text: calendar, language: nil,
          file: "\(round.conference)-\(digest.person).ics"))
    }
    let hash = hexadecimal(
      sha256(([text.subject, address.text] + parts.map(\.text)).joined(separator: "\0")))
    self.init(
      from: from, replyTo: replyTo, to: try MailAddress(name: name, address: address), subject: text.subject,
      date: round.checkpoint.lastEventAt ?? Timestamp(microseconds: 0),
      id:
        "\(round.conference).\(round.checkpoint.position).\(digest.person).\(hash.prefix(16))@\(from.domain)",
      language: text.language, bodyParts: parts)
  }
}
