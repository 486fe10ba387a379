import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct Register: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "register", abstract: "Register an attendee.",
      discussion: """
        The short name is never erased, so it must not reveal who the person is. Without one, \
        Plenary makes a random one. Example: plenary attendee register --name "Li, Wei" --category delegate

        Names and addresses can come from files or standard input, which other users cannot see: \
        plenary attendee register --name @- --email @- < person.txt
        """)
    @Argument(help: "Permanent short name that does not reveal the person (default: a random one).")
    var attendee: String?
    @Option(help: "Category: delegate, speaker, press, staff, observer, guest, or your own word.")
    var category = "delegate"
    @Flag(help: "Leave this attendee out of the printed list of participants.") var unlisted = false
    @OptionGroup var details: DetailsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    var textsInClear: [TextInClear] {
      [TextInClear(.category, category)] + (attendee.map { [.shortName($0)] } ?? [])
    }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<PeopleEvent>
    {
      let id = try attendee.map { try AttendeeID($0) } ?? Workspace.newAttendeeID(context)
      let category = try checkedText(category, "category")
      let note = conference.workspace.note
      var registered: AttendeeDetails?
      return try await conference.registering(attendee: registered) {
        try await conference.change(
          Attendees.self, of: id.tag, context,
          sealing: { conference in
            let given = try details.changes(conference.languages)
            guard let details = AttendeeDetails(given) else {
              throw ValidationError("Missing expected argument '--name <name>'")
            }
            try given.checkNotNamed(
              in: [TextInClear(.category, category)]
                + (context.reason.map { [TextInClear(.reason, $0)] } ?? []),
              note: note)
            registered = details
            return details
          }, command: { .register(id, category: category, listed: !unlisted, $1) })
      }
    }
  }
}
