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
      commandName: "recommendation", abstract: "Record a recommendation, or a call upon somebody.")
    @Argument(help: "The session.") var session: String
    @Option(help: "What is called for, once a language.") var text: [LocalizedArgument]
    @Option(help: "Who is called upon; en=…;zh=… for several languages.")
    var addressee: [LocalizedArgument] = []
    @Option(help: "The statement that it rests on.") var basedOn: String?
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
