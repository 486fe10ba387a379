import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Position: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "position", abstract: "Record where somebody stands on a topic.")
    @Argument(help: "The session.") var session: String
    @Option(help: "Once a language.") var topic: [LocalizedArgument]
    @Option(help: "Once a language.") var stance: [LocalizedArgument]
    @Option(help: "The statement in which it was expressed.") var basedOn: String?
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var number: NumberOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let conference = try await global.conferenceContext()
      guard let topic = try topic.localized("topic", conference.languages),
        let stance = try stance.localized("stance", .paragraphs, conference.languages)
      else { return }
      try await conference.record(
        id, .position(topic: topic, stance: stance), attribution, basedOn, number, change, global)
    }
  }
}
