import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension ConferenceCommand {
  struct Show: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show a conference's details.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    private struct Shown: Encodable {
      let conference: ConferenceID
      let details: ConferenceRow
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let view = try await conference.view(ProgramModel.self, read)
      guard let row = view.model.conference else { return }
      if global.json {
        return try Console.json(
          .conferenceShow, Shown(conference: conference.id, details: row), at: view.checkpoint.position)
      }
      let opened = row.details
      var list = DetailsList()
      list.add("name", conference.id.slug)
      list.add("title", opened.title.inAllLanguages(conference.languages))
      list.add("short title", opened.shortTitle?.inAllLanguages(conference.languages))
      list.add("place", opened.place?.inAllLanguages(conference.languages))
      list.add(
        "days",
        opened.firstDay == opened.lastDay
          ? opened.firstDay.description : "\(opened.firstDay) to \(opened.lastDay)")
      list.add("zone", opened.zone)
      list.add("day start", opened.dayStart.map(ClockRange.clock))
      list.add("room change", opened.roomChange.map { "\($0) minutes" })
      list.add("website", opened.website?.text)
      list.add("admission", opened.admission?.description)
      list.add("tickets", opened.tickets?.text)
      list.add("languages", opened.languages.map(\.tag).joined(separator: ", "))
      for organisation in row.organisations {
        list.add(organisation.role.rawValue, conference.text(organisation.organisation))
      }
      if row.status != .open { list.add("status", row.status.rawValue) }
      list.add("rooms", "\(view.model.rooms.count)")
      list.add("sessions", "\(view.model.sessions.rows.count { $0.status != .unscheduled })")
      list.add("position", "\(view.checkpoint.position)")
      list.print()
    }
  }
}
