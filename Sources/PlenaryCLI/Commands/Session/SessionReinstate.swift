import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct Reinstate: WaivingChange {
    typealias Domain = Sessions

    static let configuration = CommandConfiguration(
      commandName: "reinstate",
      abstract: "Bring a cancelled session back, in the same room and at the same time.")
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func action(in conference: ConferenceFacts) throws -> Sessions.Action {
      let id = try conference.session(session)
      return .reinstate(id)
    }
  }
}
