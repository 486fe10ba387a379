import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

struct PresentationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "presentation", abstract: "What is presented in a session, one after the other.",
    subcommands: [Add.self, Revise.self, Order.self, Withdraw.self, List.self])

  struct DetailsOptions: ParsableArguments {
    @Option(help: "As printed, once a language.") var title: [LocalizedArgument] = []
    @Option(help: "Once a language.") var abstract: [LocalizedArgument] = []
    @Option(help: "Who presents, in the order in which they are named; may be repeated.")
    var presenter: [String] = []
    @Option(help: "Minutes (default: a share of what the others leave of the session).")
    var minutes: Int?
    @Option(help: "The language that it is given in.") var language: String?
    @Option(help: "Start, such as 2016-03-25 09:20 (default: the end of the one before it).")
    var start: String?
    @Option(help: "slides=https://…; also paper, recording, article, related, attachment.")
    var link: [LinkArgument] = []

    func validate() throws {
      if let minutes, !(1...1440).contains(minutes) {
        throw ValidationError("--minutes takes 1 to 1440.")
      }
    }

    func people() throws -> [PersonID] { try presenter.map { try PersonID($0) } }
    func links() throws -> [Link]? { link.isEmpty ? nil : try link.map { try $0.link() } }
  }
}
