import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Recommendation: AsyncParsableCommand {
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

    func run() async throws {
      let id = try SessionID(session)
      let conference = try await global.conferenceContext()
      guard let text = try text.localized("text", .paragraphs, conference.languages) else { return }
      let addressees = try addressee.separately("addressee", conference.languages)
      try await conference.record(
        id, .recommendation(text, addressees: addressees), attribution, basedOn, number, change,
        global)
    }
  }
}
