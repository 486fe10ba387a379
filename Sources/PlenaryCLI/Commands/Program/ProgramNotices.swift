import ArgumentParser
import EventLog
import Foundation
import Mail
import Plenary
import Publishing
import ReadModels
import Scheduling
import Vocabulary

extension ProgramCommand {
  struct NoticesCommand: ChangingCommand {
    static let configuration = CommandConfiguration(
      commandName: "notices",
      abstract: "Write to everybody concerned what changed in their part of the program.",
      discussion: """
        Everybody gets one letter with what concerns them and changed since their last one, cancelled sessions \
        included, with a calendar file. The letters are put into a maildir or an mbox, for your own mail \
        program to send; who got one is recorded, so that the next begins there. Without --maildir or \
        --mbox it is only shown who would get what.

        Example: plenary program notices --maildir outbox --from "Program Office <program@example.org>"
        """)

    @Option(help: ArgumentHelp("Put the letters into this maildir.", valueName: "folder")) var maildir:
      String?
    @Option(help: ArgumentHelp("Append the letters to this mbox.", valueName: "file")) var mbox: String?
    @Option(help: ArgumentHelp("Who writes: “Program Office <program@example.org>”.", valueName: "address"))
    var from: String?
    @Option(help: ArgumentHelp("Where answers go.", valueName: "address")) var replyTo: String?
    @Flag(help: "Tell of the program as it stands, not as it was last released.") var draft = false
    @Option(parsing: .upToNextOption, help: ArgumentHelp("Only these people.", valueName: "person"))
    var only: [String] = []
    @Flag(inversion: .prefixedNo, help: "Nothing to those to whom nothing changed.")
    var skipUnchanged = true
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if maildir != nil, mbox != nil { throw ValidationError("--maildir and --mbox cannot both be given.") }
      if maildir != nil || mbox != nil, from == nil {
        throw ValidationError("Letters need a sender: give --from ADDRESS.")
      }
    }

    func run() async throws {
      let sender = try from.map { try MailAddress($0) }
      let answers = try replyTo.map { try MailAddress($0) }
      let wanted = Set(try only.map { try PersonID($0) })
      let context = try change.context()
      let conference = try await global.conferenceContext()
      let notices = try await conference.prepareNotices(
        to: wanted, draft: draft, unchanged: !skipUnchanged)
      for person in notices.withoutAddress {
        Console.error(
          "No address of \(person): state it with “plenary speaker contact \(person) --email …”; they stay "
            + "to be told.")
      }
      for (person, fault) in notices.undeliverable.sorted(by: { $0.key < $1.key }) {
        Console.error("No letter to \(person), who stays to be told. \(fault)")
      }
      let mailbox =
        maildir.map { Mailbox.maildir(URL(fileURLWithPath: $0, isDirectory: true)) }
        ?? mbox.map { Mailbox.mbox(URL(fileURLWithPath: $0)) }
      guard let mailbox, let sender else { return try show(notices.digests, notices) }
      let deliverable = notices.deliverable
      guard !deliverable.isEmpty else { return Console.error("Nobody has to be written to.") }
      if context.dryRun { try show(deliverable, notices) }
      let (written, outcome) = try await conference.send(
        notices, from: sender, replyTo: answers, into: mailbox, context)
      if !context.dryRun {
        Console.error("\(written) of \(deliverable.count) letters written to \(maildir ?? mbox ?? "").")
      }
      try outcome.report(context, json: global.json)
    }

    private struct Line: Encodable {
      var person: PersonID
      var known: Int?
      var email: String?
      var language: Language
      var subject: String
      var counts: [String: Int]
    }

    private func show(_ digests: [NoticeDigest], _ notices: PreparedNotices) throws {
      let lines = digests.map { digest in
        let counts = Dictionary(
          NoticeDigest.Fate.allCases.map { ($0.rawValue, digest.count($0)) }.filter { $0.1 > 0 },
          uniquingKeysWith: { a, _ in a })
        return Line(
          person: digest.person, known: digest.known, email: notices.addresses[digest.person]?.text,
          language: notices.round.language(for: digest.person), subject: notices.round.text(digest).subject,
          counts: counts)
      }
      if global.json { return try Console.json(lines) }
      var table = TextTable("PERSON", "ADDRESS", "TOLD AT", "LANGUAGE", "OF WHAT")
      for line in lines {
        let counts = NoticeDigest.Fate.allCases.compactMap { fate in
          line.counts[fate.rawValue].map { "\($0) \(fate.rawValue)" }
        }
        table.add(
          line.person.slug, line.email ?? "–", line.known.map(String.init) ?? "never", line.language.tag,
          counts.isEmpty ? "their own entry" : counts.joined(separator: ", "))
      }
      table.print(
        nothing: "Nobody has to be written to: nothing changed for anybody since their last notice.")
    }
  }
}
