import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SpeakerCommand {
  struct Affiliate: DecidedChange {
    typealias Domain = Speakers

    static let configuration = CommandConfiguration(
      commandName: "affiliate", abstract: "Add an affiliation to a speaker, or remove one.",
      discussion: """
        Example: plenary speaker affiliate feng-shaolei --position Director \
        --unit "Center for Russian Studies" --organisation "East China Normal University"
        """)
    @Argument(help: "The speaker's short name: feng-shaolei.", completion: .speakers) var person: String
    @Option(help: "Position, e.g. Director. Repeat once per language: en=… zh=….")
    var position: [LocalizedArgument] = []
    @Flag(help: "Mark the position as honorary.") var honorary = false
    @Flag(help: "Mark the position as a former one.") var former = false
    @Option(help: "Unit, the smallest first. Repeat once per unit, with all languages in one: “en=…;zh=…”.")
    var unit: [LocalizedArgument] = []
    @Option(help: "Organisation. Repeat once per language: en=… zh=….")
    var organisation: [LocalizedArgument] = []
    @Option(help: "Text as printed (default: made from the parts). Repeat once per language: en=… zh=….")
    var asPrinted: [LocalizedArgument] = []
    @Option(help: "Country, for the record's list of participants. Repeat once per language: en=… zh=….")
    var country: [LocalizedArgument] = []
    @Option(help: "Remove the affiliation with this number: 1 (see “plenary speaker show”).") var remove: Int?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if (remove == nil) == organisation.isEmpty {
        throw ValidationError("Give --organisation to add an affiliation, or --remove NUMBER.")
      }
      let details = [position, unit, asPrinted, country].flatMap(\.self)
      if remove != nil, !details.isEmpty || honorary || former {
        throw ValidationError("--remove takes no details of an affiliation; give the number alone.")
      }
    }

    func command(in conference: ConferenceFacts) throws -> Speakers.Command {
      let id = try conference.person(person)
      let languages = try conference.languages
      if let remove {
        return .removeAffiliation(id, number: remove)
      }
      let organisation = try organisation.required("organisation", languages, option: "organisation")
      let affiliation = try Affiliation(
        position: position.localized("position", languages), honorary: honorary, former: former,
        units: unit.separately("unit", languages), organisation: organisation,
        asPrinted: asPrinted.localized("affiliation as printed", languages),
        country: country.localized("country", languages))
      return .affiliate(id, affiliation)
    }
  }
}
