import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension ConferenceCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the conferences, without archived ones.")
    @Flag(help: "List archived conferences too.") var all = false
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var global: GlobalOptions

    private struct Line: Encodable {
      var conference: String
      /// Of its last event.
      var logPosition: Int
      var title: LocalizedText
      var firstDay: CalendarDate
      var lastDay: CalendarDate
      var status: ConferenceStatus
    }

    func run() async throws {
      let workspace = try await global.workspace()
      var lines: [Line] = []
      var archived = 0
      for (id, position) in try await workspace.conferences() {
        let conference = try await ConferenceContext(workspace, id)
        if conference.status == .archived, !all {
          archived += 1
          continue
        }
        lines.append(
          Line(
            conference: id.slug, logPosition: position, title: conference.details.title,
            firstDay: conference.details.firstDay, lastDay: conference.details.lastDay,
            status: conference.status))
      }
      if let inUse = workspace.configuration.inUse {
        Console.error("Commands that name no conference are about “\(inUse)”.")
      }
      if global.json { return try Console.json(.conferenceList, items: lines) }
      var table = TextTable("NAME", "DAYS", "EVENTS", "STATUS", "TITLE")
      for line in lines {
        table.add(
          line.conference,
          line.firstDay == line.lastDay ? "\(line.firstDay)" : "\(line.firstDay) to \(line.lastDay)",
          "\(line.logPosition)", line.status.rawValue, line.title.best([.english]).text)
      }
      try table.print(
        tableOptions, title: "conferences",
        nothing: archived > 0
          ? "All conferences are archived; list them with --all."
          : "There is no conference yet; create one with “plenary conference open”.")
    }
  }
}
