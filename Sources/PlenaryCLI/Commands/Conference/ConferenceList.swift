import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension ConferenceCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List all conferences.")
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var global: GlobalOptions

    private struct Line: Encodable {
      var conference: String
      /// Of its last event.
      var logPosition: Int
      var title: LocalizedText
      var firstDay: CalendarDate
      var lastDay: CalendarDate
    }

    func run() async throws {
      let workspace = try await global.workspace()
      var lines: [Line] = []
      for (id, position) in try await workspace.conferences() {
        let conference = try await ConferenceContext(workspace, id)
        lines.append(
          Line(
            conference: id.slug, logPosition: position, title: conference.details.title,
            firstDay: conference.details.firstDay, lastDay: conference.details.lastDay))
      }
      if let inUse = workspace.configuration.inUse {
        Console.error("Commands that name no conference are about “\(inUse)”.")
      }
      if global.json { return try Console.json(.conferenceList, items: lines) }
      var table = TextTable("NAME", "DAYS", "EVENTS", "TITLE")
      for line in lines {
        table.add(
          line.conference,
          line.firstDay == line.lastDay ? "\(line.firstDay)" : "\(line.firstDay) to \(line.lastDay)",
          "\(line.logPosition)", line.title.best([.english]).text)
      }
      try table.print(
        tableOptions, title: "conferences",
        nothing: "There is no conference yet; create one with “plenary conference open”.")
    }
  }
}
