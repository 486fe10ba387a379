import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the entries of the record.")
    @Option(help: "Only this session's.") var session: String?
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let wanted = try session.map { try SessionID($0) }
      let desk = try await global.desk()
      let bound = try read.bound(desk)
      let (view, program) = try await desk.workspace.consistentViews(
        ProceedingsModel.self, of: desk.conference, bound)
      let bySession = view.model.entriesBySession
      let entries = program.model.orderedSessions.map(\.id)
        .filter { wanted == nil || $0 == wanted }.flatMap { bySession[$0] ?? [] }
      if global.json { return try Console.json(entries) }
      var table = TextTable("ENTRY", "KIND", "ATTRIBUTION", "TEXT")
      for entry in entries {
        table.add(
          entry.id.slug + (entry.retracted ? " (retracted)" : ""), entry.kind.rawValue,
          desk.text(entry.attribution.asPrinted), desk.text(entry.topic ?? entry.wording))
      }
      table.print(nothing: "Nothing is recorded yet; see “plenary statement record --help”.")
    }
  }
}
