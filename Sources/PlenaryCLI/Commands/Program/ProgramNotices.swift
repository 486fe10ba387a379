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
      abstract: "Write letters to people about changes in their part of the program.",
      discussion: """
        Each person gets one letter with everything that changed for them since their last letter, \
        including cancelled sessions, and a calendar file. The letters are put into a maildir or an mbox; your own mail \
        program sends them. A letter is in the first of the conference's languages in which the person has a name. If \
        they have none in these languages, it is in another language of their name, if Plenary has wordings in it. \
        Plenary records who got a letter, so the next one starts from there. Without \
        --maildir or --mbox, the command only shows who would get what.

        Example: plenary program notices --maildir outbox --from "Program Office <program@example.org>"
        """)

    @Option(help: ArgumentHelp("Put the letters into this maildir: outbox.", valueName: "folder"))
    var maildir: String?
    @Option(help: ArgumentHelp("Append the letters to this mbox file: letters.mbox.", valueName: "file"))
    var mbox: String?
    @Option(help: ArgumentHelp("Sender: “Program Office <program@example.org>”.", valueName: "address"))
    var from: String?
    @Option(
      help: ArgumentHelp(
        "Address for replies: office@example.org (default: the sender).", valueName: "address"))
    var replyTo: String?
    @Flag(help: "Report the program as it is now, not as last released.") var draft = false
    @Option(
      parsing: .upToNextOption,
      help: ArgumentHelp("Only these people: li-wei feng-shaolei.", valueName: "person"),
      completion: .speakers)
    var only: [String] = []
    @Flag(inversion: .prefixedNo, help: "Write no letter to people for whom nothing changed.")
    var skipUnchanged = true
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if maildir != nil, mbox != nil { throw ValidationError("--maildir and --mbox cannot both be given.") }
      if maildir != nil || mbox != nil, from == nil {
        throw ValidationError("Letters need a sender: give --from ADDRESS.")
      }
      if maildir == nil, mbox == nil {
        if from != nil || replyTo != nil {
          throw ValidationError("--from and --reply-to require --maildir or --mbox.")
        }
        try change.refuse(without: "--maildir or --mbox")
      }
    }

    func run() async throws {
      let sender = try from.map { try MailAddress($0) }
      let answers = try replyTo.map { try MailAddress($0) }
      _ = try change.context()
      let conference = try await global.conferenceContext()
      var wanted: Set<PersonID> = []
      for person in only { wanted.insert(try await conference.person(person, .head)) }
      let context = try await checkedContext(in: conference.toChange)
      if !draft { try await tellUnreleased(conference) }
      let round = Notices.Round(people: wanted.sorted(), draft: draft, unchanged: !skipUnchanged)
      let mailbox =
        maildir.map { Mailbox.maildir(URL(fileURLWithPath: $0, isDirectory: true)) }
        ?? mbox.map { Mailbox.mbox(URL(fileURLWithPath: $0)) }
      guard let mailbox, let sender else {
        let notices = try await conference.prepareNotices(round)
        tellFaults(notices)
        return try show(notices.digests, notices)
      }
      let place = maildir ?? mbox ?? ""
      let sent = try await conference.sendNotices(
        round, from: sender, replyTo: answers, into: mailbox, context)
      for person in sent.withdrawn {
        Console.error(
          "The letter to \(person) that an interrupted command had prepared was destroyed: they have no address "
            + "any more.")
      }
      if sent.resumed > 0 {
        Console.error(
          "\(counted(sent.resumed, "letter")) that an interrupted command had prepared "
            + "\(sent.resumed == 1 ? "is" : "are") now in \(place).")
      }
      if let notices = sent.prepared { tellFaults(notices) }
      if !sent.known.isEmpty {
        Console.error(
          "\(counted(sent.known.count, "letter is", "letters are")) in \(place) already, to "
            + sent.known.map(\.slug).joined(separator: ", ")
            + "; nothing is written or recorded for them again.")
      }
      guard let outcome = sent.outcome else {
        if sent.known.isEmpty { Console.error("There are no letters to write.") }
        return
      }
      if let notices = sent.prepared {
        if context.dryRun {
          // With --json, the outcome is the only document.
          if !global.json {
            try show(notices.deliverable.filter { !sent.known.contains($0.person) }, notices)
          }
        } else {
          Console.error(
            "Wrote \(sent.written) of \(counted(notices.deliverable.count - sent.known.count, "letter")) to \(place)."
          )
        }
      }
      try outcome.report(context, json: global.json)
    }

    /// The letters are about the last release, whatever changed since.
    private func tellUnreleased(_ conference: ConferenceContext) async throws {
      guard let changes = try await conference.workspace.unreleased(in: conference.id), !changes.diff.isEmpty
      else { return }
      let sessions = changes.diff.sessions.count
      Console.error(
        "The program has changed since version \(changes.release.details.version) was released (position "
          + "\(changes.release.origin.position)"
          + (sessions > 0 ? "; \(counted(sessions, "session differs", "sessions differ"))" : "")
          + "). The letters are about the release: release the changes first with “plenary program release "
          + "VERSION”, or give --draft.")
    }

    private func tellFaults(_ notices: PreparedNotices) {
      for person in notices.withoutData {
        Console.error("\(person) was erased and gets no letter; tell them in another way.")
      }
      for person in notices.withoutAddress {
        Console.error(
          "\(person) has no e-mail address and gets no letter yet; set it with "
            + "“plenary speaker contact \(person) --email …”.")
      }
      for (person, fault) in notices.undeliverable.sorted(by: { $0.key < $1.key }) {
        Console.error("No letter can be sent to \(person) yet. \(fault)")
      }
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
          person: digest.person, known: digest.known?.position, email: notices.addresses[digest.person]?.text,
          language: notices.round.language(for: digest.person), subject: notices.round.text(digest).subject,
          counts: counts)
      }
      if global.json { return try Console.json(.programNotices, items: lines) }
      var table = TextTable("PERSON", "ADDRESS", "LAST NOTICE", "LANGUAGE", "CHANGES")
      for line in lines {
        let counts = NoticeDigest.Fate.allCases.compactMap { fate in
          line.counts[fate.rawValue].map { "\($0) \(fate.rawValue)" }
        }
        table.add(
          line.person.slug, line.email ?? "–", line.known.map(String.init) ?? "never", line.language.tag,
          counts.isEmpty ? "their own entry" : counts.joined(separator: ", "))
      }
      table.print(
        nothing: "There are no letters to write: nothing changed for anybody since their last notice.")
    }
  }
}
