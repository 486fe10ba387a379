import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct List: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the entries of the record.")
    @Option(help: "Only entries of this session: opening.") var session: String?
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let wanted = try session.map { try SessionID($0) }
      let conference = try await global.conferenceContext()
      let bound = try read.bound(conference)
      let (view, program) = try await conference.workspace.consistentViews(
        ProceedingsModel.self, of: conference.id, bound)
      let bySession = view.model.entriesBySession
      let entries = program.model.sessionsByFirstSlot.map(\.id)
        .filter { wanted == nil || $0 == wanted }.flatMap { bySession[$0] ?? [] }
      if global.json { return try Console.json(entries) }
      var table = TextTable("ENTRY", "KIND", "ATTRIBUTION", "TEXT")
      for entry in entries {
        table.add(
          entry.id.slug + (entry.retracted ? " (retracted)" : ""), entry.kind.rawValue,
          conference.text(entry.attribution.asPrinted), conference.text(entry.topic ?? entry.wording))
      }
      table.print(nothing: "Nothing has been recorded yet; see “plenary statement record --help”.")
    }
  }
}
