import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Recommendation: RecordingCommand {
    static let configuration = CommandConfiguration(
      commandName: "recommendation", abstract: "Record a recommendation or an appeal.")
    @Argument(help: "The session's short name: opening.") var session: String
    @Option(help: "What is recommended. Repeat once per language: en=… zh=….") var text: [LocalizedArgument]
    @Option(help: "Who it is addressed to. Repeat once per addressee: “en=…;zh=…”.")
    var addressee: [LocalizedArgument] = []
    @Option(help: "Statement that it is based on: opening-s3.") var basedOn: String?
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var number: NumberOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func content(_ languages: [Language]) throws -> Statements.Draft.Content {
      .recommendation(
        try text.required("text", .paragraphs, languages, option: "text"),
        addressees: try addressee.separately("addressee", languages))
    }
  }
}
