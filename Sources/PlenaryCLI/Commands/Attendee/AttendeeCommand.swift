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

    func validate() throws {
      if let email, email.wholeMatch(of: /[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+/) == nil {
        throw ValidationError("--email takes an address such as anna@example.org.")
      }
    }

    /// What is given, over what is known.
    func details(_ known: AttendeeDetails?, _ languages: [Language]) throws -> AttendeeDetails {
      guard
        let name = try name.personName(nameOrder, sortKey: sortKey, languages) ?? known?.name
      else { throw ValidationError("Missing expected argument '--name <name>'") }
      return try AttendeeDetails(
        name: name, email: email.map { try checkedText($0, "e-mail address") } ?? known?.email,
        organisation: merged(organisation.localized("organisation", languages), known?.organisation),
        position: merged(position.localized("position", languages), known?.position),
        country: merged(country.localized("country", languages), known?.country),
        note: note.map { try checkedText($0, "note", .paragraphs) } ?? known?.note)
    }

    /// The languages that are not given stay.
    private func merged(_ new: LocalizedText?, _ known: LocalizedText?) -> LocalizedText? {
      guard let new else { return known }
      return known?.merging(new) ?? new
    }

    var isEmpty: Bool {
      name.isEmpty && email == nil && organisation.isEmpty && position.isEmpty && country.isEmpty
        && note == nil
    }
  }
}
