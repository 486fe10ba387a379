import ArgumentParser
import EventLog
import People
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension SpeakerCommand {
  struct Assign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "assign", abstract: "Give a speaker a part in a session.")
    @Argument var person: String
    @Argument var session: String
    @Option(name: .customLong("as"), help: "The part.")
    var role: SessionRole = .speaker
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let part = RoleAssignment(role, try PersonID(person))
      let id = try SessionID(session)
      try await global.conferenceContext().change(.assign(id, part), change, global)
    }
  }
}
