import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct Revise: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change an attendee's details. Fields not given stay unchanged.")
    @Argument(help: "The attendee's short name, e.g. a-7k3m9q.", completion: .attendees) var attendee: String
    @Option(help: "Category: delegate, speaker, press, staff, observer, guest, or your own word.")
    var category: String?
    @Flag(
      inversion: .prefixedNo,
      help: "Include this attendee in the printed list of participants, or leave them out.")
    var listed: Bool?
    @OptionGroup var details: DetailsOptions
    @Option(help: "Remove these fields: --clear email --clear note.")
    var clear: [AttendeeDetails.Field] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    var textsInClear: [TextInClear] { category.map { [TextInClear(.category, $0)] } ?? [] }

    func validate() throws {
      try details.name.validateRevisedName(details.nameOrder, sortKey: details.sortKey)
    }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<PeopleEvent>
    {
      let id = try conference.attendee(attendee)
      let category = try category.map { try checkedText($0, "category") }
      guard !details.isEmpty || !clear.isEmpty else {
        return try await conference.change(Attendees.self, context) { _ in
          .revise(id, category: category, listed: listed)
        }
      }
      let note = conference.workspace.note
      return try await conference.change(
        Attendees.self, of: id.tag, context,
        sealing: { conference in
          let changes = try details.changes(conference.languages).clearing(clear)
          try changes.checkNotNamed(
            in: textsInClear + (context.reason.map { [TextInClear(.reason, $0)] } ?? []), note: note)
          return changes
        }, command: { .revise(id, category: category, listed: listed, $1) })
    }
  }
}
