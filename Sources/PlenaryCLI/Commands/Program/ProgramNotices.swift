import ArgumentParser
import EventLog
import Foundation
import Mail
import Plenary
import Postgres
import PostgresLog
import ProjectionRunner
import Publishing
import ReadModels
import Scheduling
import Vocabulary

extension ProgramCommand {
  struct NoticesCommand: AsyncParsableCommand {
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
      let present = try await conference.workspace.view(ProgramModel.self, of: conference.id, .head).model
      for person in wanted.sorted() where present.people[person.slug] == nil {
        throw Failure(.refused, "There is no speaker “\(person)”; see “speaker list”.")
      }
      let round = try await conference.round(present, draft: draft)
      let digests = round.digests(unchanged: !skipUnchanged)
        .filter { wanted.isEmpty || wanted.contains($0.person) }
      let addresses = try await conference.workspace.emailAddresses(
        of: present.people.rows, in: conference.id)
      for digest in digests where addresses[digest.person] == nil {
        Console.error(
          "No address of \(digest.person): state it with “speaker contact \(digest.person) --email …”; they stay "
            + "to be told.")
      }
      let written = digests.filter { addresses[$0.person] != nil }
      let mailbox =
        maildir.map { Mailbox.maildir(URL(fileURLWithPath: $0, isDirectory: true)) }
        ?? mbox.map { Mailbox.mbox(URL(fileURLWithPath: $0)) }
      guard let mailbox, let sender else { return try show(digests, addresses, round) }
      let messages = try written.map { digest in
        try MailMessage(
          digest, of: round, from: sender, replyTo: answers, to: addresses[digest.person] ?? "")
      }
      guard !messages.isEmpty else { return Console.error("Nobody has to be written to.") }
      if context.dryRun {
        try show(written, addresses, round)
      } else {
        do {
          let count = try mailbox.deliver(messages)
          Console.error("\(count) of \(messages.count) letters written to \(maildir ?? mbox ?? "").")
        } catch {
          throw Failure(
            .failed,
            "The letters could not all be written: \(error.localizedDescription) Nothing was recorded; once "
              + "that is mended, the same command writes the rest.")
        }
      }
      // Who was told of a later draft has it from there: no release came between.
      let position = written.compactMap(\.known).reduce(round.checkpoint.position, max)
      let sent = NoticesSent(position: position, people: written.map(\.person).sorted())
      let outcome = try await conference.workspace.change(
        Notices.self, .record(sent), in: conference.id, context)
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

    private func show(_ digests: [NoticeDigest], _ addresses: [PersonID: String], _ round: NoticeRound)
      throws
    {
      let lines = digests.map { digest in
        let counts = Dictionary(
          NoticeDigest.Fate.allCases.map { ($0.rawValue, digest.count($0)) }.filter { $0.1 > 0 },
          uniquingKeysWith: { a, _ in a })
        return Line(
          person: digest.person, known: digest.known, email: addresses[digest.person],
          language: round.language(for: digest.person), subject: round.text(digest).subject,
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
