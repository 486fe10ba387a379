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
      let open = try await conference.workspace.detailsDecryptor(for: conference.id)
      let attendees = OpenedAttendee.inOrder(
        view.model.attendees.rows
          .filter { row in category.map(row.isIn) ?? true }
          .map { OpenedAttendee($0, open($0)) })
      if global.json { return try Console.json(attendees) }
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
    }
  }
}
