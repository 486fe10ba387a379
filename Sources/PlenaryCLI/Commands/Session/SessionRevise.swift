import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct Revise: WaivingChange {
    typealias Domain = Sessions

    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a session's details; what you leave out stays the same.")
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @OptionGroup var details: DetailsOptions
    @Option(help: "Remove these fields: --clear track --clear needs.")
    var clear: [SessionDetails.Field] = []
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func action(in conference: ConferenceFacts) throws -> Sessions.Action {
      let id = try conference.session(session)
      let changes = try details.changes(conference.languages).clearing(clear)
      return .revise(SessionRevised(session: id, changes: changes))
    }
  }
}
