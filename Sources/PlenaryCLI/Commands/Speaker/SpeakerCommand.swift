import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

struct SpeakerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speaker", abstract: "The people on the program: their names and affiliations.",
    subcommands: [
      Register.self, Revise.self, Affiliate.self, Assign.self, Unassign.self, Unavailable.self,
      Withdraw.self, Reinstate.self, List.self, Show.self, Contact.self,
    ])

  struct NameOptions: ParsableArguments {
    @Option(help: "“Family, Given” or the whole name, once a language: zh=冯,绍雷.")
    var name: [LocalizedArgument] = []
    @Option(help: "Which comes first (default: what is usual in each language).")
    var nameOrder: NameOrder?
    @Option(help: "What the index sorts by (default: family name, given name).") var sortKey: String?
    @Option(help: "A short biography, once a language.") var biography: [LocalizedArgument] = []
    @Option(help: "How the name is said, once a language: “fung shao-LAY”.")
    var pronunciation: [LocalizedArgument] = []
  }
}
