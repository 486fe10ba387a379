import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Conclusion: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "conclusion", abstract: "Record what a session came to.")
    @Argument(help: "The session.") var session: String
    @Option(help: "Once a language.") var text: [LocalizedArgument]
    @Option(help: "The reason that was given, once a language.") var rationale: [LocalizedArgument] = []
    @Option(help: "The statement that it rests on.") var basedOn: String?
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var number: NumberOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let conference = try await global.conferenceContext()
      guard let text = try text.localized("text", .paragraphs, conference.languages) else { return }
      let rationale = try rationale.localized("rationale", .paragraphs, conference.languages)
      try await conference.record(
        id, .conclusion(text, rationale: rationale), attribution, basedOn, number, change, global)
    }
  }
}
