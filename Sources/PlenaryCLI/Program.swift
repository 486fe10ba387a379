import ArgumentParser
import EventLog
import Foundation
import Plenary
import PostgresLog
import ReadModels
import Publishing
import Scheduling
import Vocabulary

struct ProgramCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "program", abstract: "The program: look at it, check it, release it, print it.",
    subcommands: [
      Show.self, Check.self, Release.self, ListReleases.self, Diff.self, NoticesCommand.self, Print.self,
      ListPrints.self, MakeErrata.self, Reprint.self, Export.self, Template.self,
    ])

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Draw the agenda, by day and room.")
    @Option(help: "Only this day: 2016-03-25.") var day: String?
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let wanted = try day.map { try CalendarDate($0) }
      let desk = try await global.desk()
      let view = try await desk.view(ProgramModel.self, read)
      if global.json { return try Console.json(view.model.orderedSessions) }
      let agenda = Agenda(
        model: view.model, languages: desk.languages, day: wanted, width: Console.width ?? 100)
      let lines = agenda.lines()
      guard !lines.isEmpty else {
        return Console.error(
          wanted.map { "Nothing is scheduled on \($0)." }
            ?? "No sessions yet; schedule one with “plenary session schedule NAME …”.")
      }
      Console.print(Console.bold(desk.text(view.model.conference?.particulars.title) ?? ""))
      lines.forEach(Console.print)
      Console.print(
        Console.dim(
          "position \(view.checkpoint.position)"
            + (view.checkpoint.lastEventAt.map { " · last event \($0)" } ?? "")))
    }
  }

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Look for conflicts and other doubts: what, since when, and by whose change.",
      discussion: """
        Conflicts that were waived are left out, unless --waived is given. Ends with exit code 1 where \
        something is found.
        """)
    @Flag(help: "Also what was waived, with the reasons.") var waived = false
    @Option(help: "Only of this kind: room-taken, person-twice, untranslated …; may be repeated.")
    var only: [String] = []
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    static let kinds = Conflict.Kind.allCases.map(\.rawValue) + ["nobody-assigned", "untranslated"]

    func validate() throws {
      for kind in only where !Self.kinds.contains(kind) {
        throw ValidationError("“\(kind)” is no kind; there are \(Self.kinds.joined(separator: ", ")).")
      }
    }

    func run() async throws {
      let desk = try await global.desk()
      let findings = try await desk.folded(ConflictHistory.self, read).model.findings(waived: waived)
        .filter { only.isEmpty || only.contains($0.kind) }
      if global.json {
        try Console.json(findings)
      } else {
        for finding in findings { tell(finding) }
        if findings.isEmpty {
          Console.print("Nothing doubtful was found.")
        } else {
          let counts = Dictionary(grouping: findings, by: \.kind).mapValues(\.count)
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
          Console.print("")
          Console.print(Console.bold(counts.map { "\($0.value) \($0.key)" }.joined(separator: ", ")))
        }
      }
      if findings.contains(where: { $0.waived == nil }) {
        throw ExitCode(Failure.Kind.refused.rawValue)
      }
    }

    private func tell(_ finding: Finding) {
      Console.print(Console.bold(finding.kind) + "  " + finding.message)
      if let since = finding.since {
        Console.print(
          Console.dim("    since \(since.recordedAt), event \(since.position), by \(since.actor)"))
      }
      if let reason = finding.waived, let by = finding.waivedBy {
        Console.print(Console.dim("    waived by \(by.actor): \(reason)"))
      }
    }
  }

  struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "release", abstract: "Publish the program as it stands, as a version.",
      discussion: """
        Feeds and the HTML page show the last release; what organizers see is the present. With --track \
        or --day only those sessions are published, and the others stay as they were.
        """)
    @Argument(help: "1.0, final, …") var version: String
    @Option(help: "What is new, once a language.") var note: [LocalizedArgument] = []
    @Option(help: "Only the sessions of this track.") var track: String?
    @Option(help: "Only the sessions of this day.") var day: String?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if track != nil, day != nil { throw ValidationError("Give --track or --day, not both.") }
    }

    func run() async throws {
      let version = try checkedText(version, "version")
      let desk = try await global.desk()
      let body = try ProgramReleased(
        version: version, note: note.localized("note", .paragraphs, desk.languages),
        track: track.map { try TrackID($0) }, day: day.map { try CalendarDate($0) })
      try await desk.change(Releases.self, .release(body), change, global)
    }
  }

  struct ListReleases: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "releases", abstract: "List the versions that the program was released as.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let releases = try await desk.view(ProgramModel.self, read).model.orderedReleases
      if global.json { return try Console.json(releases) }
      var table = TextTable("VERSION", "POSITION", "WHEN", "BY", "OF", "NOTE")
      for release in releases {
        let body = release.particulars
        table.add(
          body.version, "\(release.origin.position)", "\(release.origin.recordedAt)",
          release.origin.actor,
          body.track.map { "track \($0)" } ?? body.day.map { "\($0)" } ?? "everything",
          desk.text(body.note))
      }
      table.print(nothing: "Nothing was released yet; see “plenary program release VERSION”.")
    }
  }
}
