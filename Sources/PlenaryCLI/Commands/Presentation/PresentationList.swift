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
    @Option(help: "Only presentations of this session, e.g. panel-1.", completion: .sessions) var session:
      String?
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    private struct Line: Encodable {
      var session: SessionID
      var room: RoomID
      var from: ZonedTime
      var until: ZonedTime
      var details: Presentation
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
              session: entry.session.id, room: entry.slot.room, from: $0.start, until: $0.end,
              details: $0.presentation)
          }
        }
      if global.json {
        return try Console.json(.presentationList, items: lines, at: view.checkpoint.position)
      }
      var table = TextTable("NAME", "SESSION", "WHEN", "ROOM", "PRESENTERS", "TITLE")
      for line in lines {
        let people = line.details.people.compactMap {
          model.people[$0.slug]?.name.best(conference.languages).printed
        }
        table.add(
          line.details.presentation.slug, line.session.slug,
          "\(line.from.date) \(line.from.clock)–\(line.until.clock)", line.room.slug,
          people.joined(separator: ", "),
          conference.text(line.details.title))
      }
      try table.print(
        tableOptions, title: "presentations",
        nothing:
          "No presentations\(wanted.map { " in “\($0)”" } ?? ""); add one with “plenary presentation add NAME "
          + "\(wanted?.slug ?? "SESSION") --title …”.")
    }
  }
}
