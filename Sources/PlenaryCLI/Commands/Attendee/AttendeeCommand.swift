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
    abstract: "Who is registered for the conference; their data are sealed, and can be erased.",
    subcommands: [
      Register.self, Revise.self, CheckIn.self, CheckOut.self, SignUp.self, SignOff.self, Withdraw.self,
      Erase.self, List.self, Show.self,
      Print.self,
    ])

  struct DetailsOptions: ParsableArguments {
    @Option(help: "“Family, Given” or the whole name, once a language.")
    var name: [LocalizedArgument] = []
    @Option(help: "Which comes first (default: what is usual in each language).")
    var nameOrder: NameOrder?
    @Option(help: "What lists sort by (default: family name, given name).") var sortKey: String?
    @Option(help: "The e-mail address: anna@example.org.") var email: String?
    @Option(help: "Once a language.") var organisation: [LocalizedArgument] = []
    @Option(help: "Once a language.") var position: [LocalizedArgument] = []
    @Option(help: "As printed, once a language.") var country: [LocalizedArgument] = []
    @Option(help: "For the organizers: diet, access needs …") var note: String?

    /// What is given; the rest is nil.
    func revision(_ languages: [Language]) throws -> AttendeeDetails.Revision {
      try AttendeeDetails.Revision(
        name: name.personName(nameOrder, sortKey: sortKey, languages),
        email: email.map { try EmailAddress($0) },
        organisation: organisation.localized("organisation", languages),
        position: position.localized("position", languages),
        country: country.localized("country", languages),
        note: note.map { try checkedText($0, "note", .paragraphs) })
    }
  }
}
