import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Conclusion: RecordingCommand {
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

    func content(_ languages: [Language]) throws -> Statements.Draft.Content {
      .conclusion(
        try text.required("text", .paragraphs, languages, option: "text"),
        rationale: try rationale.localized("rationale", .paragraphs, languages))
    }
  }
}
