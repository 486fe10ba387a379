import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

struct SpeakerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speaker", abstract: "Manage the people on the program: names, affiliations and roles.",
    subcommands: [
      Register.self, TakeOver.self, Revise.self, Affiliate.self, Assign.self, Unassign.self, Unavailable.self,
      Withdraw.self, Reinstate.self, Erase.self, List.self, Show.self, Contact.self,
    ])

  struct DetailsOptions: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "“Family, Given” or the whole name (“register” requires it). Repeat once per language, in any order: "
          + "en=… zh=冯,绍雷. Lists are sorted by the name in the conference's first language. Letters to the "
          + "person are in the first of the conference's languages in which there is a name."))
    var name: [LocalizedArgument] = []
    @Option(help: "Which name comes first (default: the family name in Chinese, Japanese and Korean script).")
    var nameOrder: NameOrder?
    @Option(help: "Name that the index sorts by: “Feng, Shaolei” (default: family name, given name).")
    var sortKey: String?
    @Option(help: "Short biography. Repeat once per language: en=… zh=….")
    var biography: [LocalizedArgument] = []
    @Option(help: "How the name is pronounced: “fung shao-LAY”. Repeat once per language: en=… zh=….")
    var pronunciation: [LocalizedArgument] = []

    /// What was given; texts without a language are in the first of these.
    func changes(_ languages: [Language]) throws -> SpeakerDetails.Changes {
      var changes = SpeakerDetails.Changes()
      for field in SpeakerDetails.Field.allCases {
        switch field {
        case .name: changes.name = try name.personName(nameOrder, sortKey: sortKey, languages)
        case .biography: changes.biography = try biography.localized("biography", .paragraphs, languages)
        case .pronunciation: changes.pronunciation = try pronunciation.localized("pronunciation", languages)
        }
      }
      return changes
    }
  }
}

extension SessionRole: ExpressibleByArgument {}

extension SpeakerDetails.Field: ExpressibleByArgument {}
