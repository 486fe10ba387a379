import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

struct AttendeeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attendee",
    abstract: "Registered attendees. Their personal data is encrypted and can be erased.",
    subcommands: [
      Register.self, Revise.self, CheckIn.self, Desk.self, CheckOut.self, SignUp.self, SignOff.self,
      Withdraw.self, Reinstate.self, Erase.self, List.self, Show.self, ListPresence.self, Print.self,
    ])

  struct DetailsOptions: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "Name: “Family, Given”, or as one text (“register” requires it). Repeat once per language: "
          + "en=… zh=…."))
    var name: [LocalizedArgument] = []
    @Option(
      help: "Which name is printed first (default: the family name in Chinese, Japanese and Korean script).")
    var nameOrder: NameOrder?
    @Option(help: "Text by which lists are sorted, e.g. “Li, Wei” (default: family name, given name).")
    var sortKey: String?
    @Option(help: "E-mail address, e.g. anna@example.org.") var email: String?
    @Option(help: "Organisation or employer. Repeat once per language: en=… zh=….")
    var organisation: [LocalizedArgument] = []
    @Option(help: "Position, e.g. Director. Repeat once per language: en=… zh=….")
    var position: [LocalizedArgument] = []
    @Option(help: "Country, as printed. Repeat once per language: en=… zh=….")
    var country: [LocalizedArgument] = []
    @Option(help: "Note for the organizers, e.g. diet or access needs.") var note: String?

    /// Whether no detail was given. Then the command needs neither the conference nor a key.
    var isEmpty: Bool { (try? changes([.english]).isEmpty) ?? false }

    /// What was given; texts without a language are in the first of these.
    func changes(_ languages: [Language]) throws -> AttendeeDetails.Changes {
      var changes = AttendeeDetails.Changes()
      for field in AttendeeDetails.Field.allCases {
        switch field {
        case .name: changes.name = try name.personName(nameOrder, sortKey: sortKey, languages)
        case .email: changes.email = try email.map { try EmailAddress($0) }
        case .organisation: changes.organisation = try organisation.localized("organisation", languages)
        case .position: changes.position = try position.localized("position", languages)
        case .country: changes.country = try country.localized("country", languages)
        case .note: changes.note = try note.map { try checkedText($0, "note", .paragraphs) }
        }
      }
      return changes
    }
  }
}

extension AttendeeDetails.Field: ExpressibleByArgument {}
