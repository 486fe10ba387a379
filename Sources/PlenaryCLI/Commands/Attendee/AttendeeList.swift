import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct List: ReadingCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the attendees.")
    @Option(help: "Only attendees of this category, e.g. press.") var category: String?
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let view = try await conference.view(AttendanceModel.self, read)
      if let category { try view.model.check(category: category) }
      let rows = view.model.attendees.rows.filter { row in category.map(row.isIn) ?? true }
      let details = try await conference.workspace.details(of: rows, in: conference.id)
      let attendees = OpenedAttendee.inOrder(rows.map { OpenedAttendee($0, details[$0.attendee]) })
      if global.json {
        try Console.json(attendees)
        return try details.checkReadable()
      }
      var table = TextTable("ATTENDEE", "STATUS", "CATEGORY", "NAME", "ORGANISATION", "COUNTRY")
      for attendee in attendees {
        table.add(
          attendee.attendee, attendee.status, attendee.category,
          attendee.details?.name.forms.ordered(by: conference.languages).map(\.printed)
            .joined(separator: " · "),
          conference.text(attendee.details?.organisation), conference.text(attendee.details?.country))
      }
      table.print(
        nothing: category.map { "No attendee has the category “\($0)”." }
          ?? "No attendees; register one with “plenary attendee register --name …”.")
      try details.checkReadable()
    }
  }
}
