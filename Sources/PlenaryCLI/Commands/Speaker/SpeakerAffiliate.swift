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
      commandName: "affiliate", abstract: "State an affiliation, as one more; or take one back.",
      discussion: """
        Example: plenary speaker affiliate feng-shaolei --position Director \
        --unit "Center for Russian Studies" --organisation "East China Normal University"
        """)
    @Argument(help: "The speaker's short name: feng-shaolei.") var person: String
    @Option(help: "The office, once a language.") var position: [LocalizedArgument] = []
    @Flag(help: "An honorary office.") var honorary = false
    @Flag(help: "An office once held.") var former = false
    @Option(help: "From the smallest unit up, one each; en=…;zh=… for several languages.")
    var unit: [LocalizedArgument] = []
    @Option(help: "Once a language.") var organisation: [LocalizedArgument] = []
    @Option(help: "What is printed (default: made of the parts), once a language.")
    var asPrinted: [LocalizedArgument] = []
    @Option(help: "Take back the affiliation of this number (see “plenary speaker show”).") var remove: Int?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if (remove == nil) == organisation.isEmpty {
        throw ValidationError("Give --organisation to state an affiliation, or --remove NUMBER.")
      }
    }

    func command(in conference: ConferenceContext) throws -> Speakers.Command {
      let id = try PersonID(person)
      let languages = conference.languages
      if let remove {
        return .removeAffiliation(id, number: remove)
      }
      let organisation = try organisation.required("organisation", languages, option: "organisation")
      let affiliation = try Affiliation(
        position: position.localized("position", languages), honorary: honorary, former: former,
        units: unit.separately("unit", languages), organisation: organisation,
        asPrinted: asPrinted.localized("affiliation as printed", languages))
      return .affiliate(id, affiliation)
    }
  }
}
