import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension PresentationCommand {
  struct List: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the presentations and their times.")
    @Option(help: "Only presentations of this session, e.g. panel-1.") var session: String?
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    private struct Line: Encodable {
      var session: SessionID
      var room: RoomID
      var start: ZonedTime
      var end: ZonedTime
      var presentation: Presentation
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let view = try await conference.view(ProgramModel.self, read)
      let model = view.model
      let wanted = try session.map { try conference.session($0, in: model) }
      if let wanted, model.sessions[wanted.slug] == nil {
        throw Refused(Sessions.Refusal.unknownSession(wanted))
      }
      let lines = model.slots.filter { !$0.cancelled && (wanted == nil || $0.session.id == wanted) }
        .flatMap { entry in
          entry.items.map {
            Line(
              session: entry.session.id, room: entry.slot.room, start: $0.start, end: $0.end,
              presentation: $0.presentation)
          }
        }
      if global.json {
        return try Console.json(.presentationList, items: lines, at: view.checkpoint.position)
      }
      var table = TextTable("NAME", "SESSION", "WHEN", "ROOM", "PRESENTERS", "TITLE")
      for line in lines {
        let people = line.presentation.people.compactMap {
          model.people[$0.slug]?.name.best(conference.languages).printed
        }
        table.add(
          line.presentation.presentation.slug, line.session.slug,
          "\(line.start.date) \(line.start.clock)–\(line.end.clock)", line.room.slug,
          people.joined(separator: ", "),
          conference.text(line.presentation.title))
      }
      try table.print(
        tableOptions, title: "presentations",
        nothing:
          "No presentations\(wanted.map { " in “\($0)”" } ?? ""); add one with “plenary presentation add NAME "
          + "\(wanted?.slug ?? "SESSION") --title …”.")
    }
  }
}
