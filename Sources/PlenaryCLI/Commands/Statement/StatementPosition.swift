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
      commandName: "position", abstract: "Record a person's or group's position on a topic.")
    @Argument(help: "The session's short name: opening.") var session: String
    @Option(help: "Topic. Repeat once per language: en=… zh=….") var topic: [LocalizedArgument]
    @Option(help: "Position on the topic. Repeat once per language: en=… zh=….")
    var stance: [LocalizedArgument]
    @Option(help: "Statement in which it was expressed: opening-s3.") var basedOn: String?
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
