import ArgumentParser
import EventLog
import People
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension SpeakerCommand {
  struct Reinstate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reinstate",
      abstract: "A speaker who withdrew comes after all; their parts are assigned anew.")
    @Argument var person: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try PersonID(person)
      try await global.conferenceContext().change(Speakers.self, .reinstate(id), change, global)
    }
  }
}
