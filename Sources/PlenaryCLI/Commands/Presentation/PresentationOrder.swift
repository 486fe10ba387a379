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
      commandName: "order", abstract: "Set the order of a session's presentations.",
      discussion: "Presentations that you do not name follow after the named ones.")
    @Argument(help: "The session's short name, e.g. opening.", completion: .sessions) var session: String
    @Argument(help: "Short names in the new order, e.g. water-on-mars dust-storms.")
    var presentations: [String]
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func action(in conference: ConferenceFacts) throws -> Presentations.Action {
      let id = try conference.session(session)
      let order = try presentations.map { try PresentationID($0) }
      return .order(id, order)
    }
  }
}
