import ArgumentParser
import EventLog
import People
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show an attendee.")
    @Argument var attendee: String
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try AttendeeID(attendee)
      let desk = try await global.desk()
      let view = try await desk.view(AttendanceModel.self, read)
      guard let row = view.model.attendees[id.slug] else {
        throw Failure(.refused, Attendees.Refusal.unknown(id).description)
      }
      let details = try await desk.workspace.opener(of: desk.conference)(row)
      if global.json { return try Console.json(OpenedAttendee(row, details)) }
      var particulars = Particulars()
      particulars.add("attendee", id.slug)
      particulars.add("status", row.status.rawValue)
      particulars.add("category", row.category)
      particulars.add("listed", row.listed ? "yes" : "no")
      particulars.add("registered", row.registeredAt.description)
      particulars.add("checked in", row.checkedInAt?.description)
      for form in details?.name.forms ?? [] { particulars.add("name (\(form.language))", form.printed) }
      particulars.add("e-mail", details?.email)
      particulars.add("organisation", details?.organisation?.inAllLanguages(desk.languages))
      particulars.add("position", details?.position?.inAllLanguages(desk.languages))
      particulars.add("country", details?.country?.inAllLanguages(desk.languages))
      particulars.add("note", details?.note)
      particulars.print()
    }
  }
}
