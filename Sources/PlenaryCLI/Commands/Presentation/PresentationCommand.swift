import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

struct PresentationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "presentation", abstract: "Presentations: the talks within a session, in order.",
    subcommands: [Add.self, Revise.self, Order.self, Withdraw.self, List.self])

  struct DetailsOptions: ParsableArguments {
    @Option(help: "Title, as printed. Repeat once per language: en=… zh=….")
    var title: [LocalizedArgument] = []
    @Option(help: "Abstract. Repeat once per language: en=… zh=….")
    var abstract: [LocalizedArgument] = []
    @Option(help: "Presenter's short name, e.g. li-wei. Repeat for several, in printed order.")
    var presenter: [String] = []
    @Option(help: "Length in minutes, e.g. 20 (default: a share of the session's remaining time).")
    var minutes: Int?
    @Option(help: "Language of the talk, e.g. en.") var language: String?
    @Option(help: "Start, e.g. “2016-03-25 09:20” (default: the end of the previous presentation).")
    var start: String?
    @Option(help: "Link: slides=https://…; also paper, recording, article, related, attachment. Repeatable.")
    var link: [LinkArgument] = []

    func validate() throws {
      if let minutes, !(1...1440).contains(minutes) {
        throw ValidationError("--minutes takes a number from 1 to 1440.")
      }
    }

    func people() throws -> [PersonID] { try presenter.map { try PersonID($0) } }
    func links() throws -> [Link]? { link.isEmpty ? nil : try link.map { try $0.link() } }
  }
}
