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
      commandName: "conclusion", abstract: "Record a conclusion of a session.")
    @Argument(help: "The session's short name: opening.") var session: String
    @Option(help: "Text of the conclusion. Repeat once per language: en=… zh=….")
    var text: [LocalizedArgument]
    @Option(help: "Reason that was given. Repeat once per language: en=… zh=….")
    var rationale: [LocalizedArgument] = []
    @Option(help: "Statement that it is based on: opening-s3.") var basedOn: String?
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
