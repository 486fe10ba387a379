import ArgumentParser
import EventLog
import Foundation
import Plenary
import PostgresLog
import Projections
import Publishing
import Scheduling
import Vocabulary

struct ProgramCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "program", abstract: "The program: look at it, check it, release it, print it.",
    subcommands: [Show.self, Check.self, Release.self, Print.self, Export.self, Template.self])

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
      abstract: "Look for what is doubtful: people in two places, gaps, missing translations.",
      discussion: "Ends with exit code 1 where something is found.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let findings = try await desk.folded(ConflictHistory.self, read).model.findings()
      if global.json {
        try Console.json(findings)
      } else {
        for finding in findings { Console.print("\(finding.kind): \(finding.message)") }
        if findings.isEmpty { Console.print("Nothing doubtful was found.") }
      }
      if !findings.isEmpty { throw ExitCode(Failure.Kind.refused.rawValue) }
    }
  }

  struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "release", abstract: "Publish the program as it stands, as a version.")
    @Argument(help: "1.0, final, …") var version: String
    @Option(help: "What is new, once a language.") var note: [LocalizedArgument] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let version = try checkedText(version, "version")
      let desk = try await global.desk()
      let note = try note.localized("note", .paragraphs, desk.languages)
      try await desk.change(
        Releases.self, .release(ProgramReleased(version: version, note: note)), change, global)
    }
  }
}
