import ArgumentParser
import EventLog
import Plenary
import Postgres
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension ConferenceCommand {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show a conference's particulars.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let view = try await desk.view(ProgramModel.self, read)
      guard let row = view.model.conference else { return }
      if global.json { return try Console.json(row) }
      let opened = row.particulars
      var particulars = Particulars()
      particulars.add("name", desk.conference.slug)
      particulars.add("title", opened.title.inAllLanguages(desk.languages))
      particulars.add("short title", opened.shortTitle?.inAllLanguages(desk.languages))
      particulars.add("place", opened.place?.inAllLanguages(desk.languages))
      particulars.add(
        "days",
        opened.firstDay == opened.lastDay
          ? opened.firstDay.description : "\(opened.firstDay) to \(opened.lastDay)")
      particulars.add("zone", opened.zone)
      particulars.add("room change", opened.roomChange.map { "\($0) minutes" })
      particulars.add("languages", opened.languages.map(\.tag).joined(separator: ", "))
      for organisation in row.organisations {
        particulars.add(organisation.role.rawValue, desk.text(organisation.organisation))
      }
      particulars.add("rooms", "\(view.model.rooms.count)")
      particulars.add("sessions", "\(view.model.sessions.count)")
      particulars.add("position", "\(view.checkpoint.position)")
      particulars.print()
    }
  }
}
