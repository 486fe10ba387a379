import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SpeakerCommand {
  struct Unassign: WaivingChange {
    typealias Domain = Sessions

    static let configuration = CommandConfiguration(
      commandName: "unassign", abstract: "Remove a speaker's role in a session.")
    @Argument(help: "The speaker's short name: feng-shaolei.", completion: .speakers) var person: String
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @Option(name: .customLong("as"), help: "Role in the session.")
    var role: SessionRole = .speaker
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func action(in conference: ConferenceFacts) throws -> Sessions.Action {
      let part = RoleAssignment(role, try conference.person(person))
      let id = try conference.session(session)
      return .unassign(id, part)
    }
  }
}
