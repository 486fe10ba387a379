import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Position: RecordingCommand {
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

    func content(_ languages: [Language]) throws -> Statements.Draft.Content {
      .position(
        topic: try topic.required("topic", languages, option: "topic"),
        stance: try stance.required("stance", .paragraphs, languages, option: "stance"))
    }
  }
}
