import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension PresentationCommand {
  struct Order: WaivingChange {
    typealias Domain = Presentations

    static let configuration = CommandConfiguration(
      commandName: "order", abstract: "Say in which order a session's presentations are given.",
      discussion: "Those that are not named come after those that are.")
    @Argument(help: "The session's short name: opening.") var session: String
    @Argument(help: "Short names, the first first.") var presentations: [String]
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func action(in conference: ConferenceContext) throws -> Presentations.Action {
      let id = try SessionID(session)
      let order = try presentations.map { try PresentationID($0) }
      return .order(id, order)
    }
  }
}
