import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Correct: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "correct",
      abstract: "Correct a statement's text or attribution; the log keeps the earlier version.")
    @Argument(help: "The statement's short name: opening-s3.") var statement: String
    @Option(help: "Corrected text, in the languages that change: en=… zh=….")
    var text: [LocalizedArgument] = []
    @Option(help: "Corrected addressee. Repeat once per addressee: “en=…;zh=…”.")
    var addressee: [LocalizedArgument] = []
    @Option(help: "Corrected mention: a speaker's short name. May be repeated.") var mention: [String] = []
    @Option(help: "Correct spelling and style (editorial), or the meaning (substantive; needs --reason).")
    var kind: CorrectionKind = .editorial
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if kind == .substantive, change.reason == nil {
        throw ValidationError("A substantive correction needs a --reason.")
      }
      if text.isEmpty, addressee.isEmpty, mention.isEmpty, attribution.isEmpty {
        throw ValidationError(
          "Say what to correct: --text, --addressee, --mention or an attribution (--by, --mode …).")
      }
    }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<RecordEvent>
    {
      try await conference.changeRecord(withholding: attribution.withheld(), context) {
        conference, identity in
        var correction = Statements.Correction(
          statement: try RecordID(statement), kind: kind, changes: try changes(conference.languages),
          attribution: attribution.isEmpty ? nil : try attribution.draft(conference.languages))
        correction.attribution?.identity = identity
        return .correct(correction)
      }
    }

    private func changes(_ languages: [Language]) throws -> StatementRecorded.Changes {
      var changes = StatementRecorded.Changes()
      for field in StatementRecorded.Field.allCases {
        switch field {
        case .text: changes.text = try text.localized("text", .paragraphs, languages)
        // Resolved in the decision, from the speaker's name in the log.
        case .attribution: break
        case .addressees:
          changes.addressees = addressee.isEmpty ? nil : try addressee.separately("addressee", languages)
        case .mentions: changes.mentions = mention.isEmpty ? nil : try mention.map { try PersonID($0) }
        }
      }
      return changes
    }
  }
}
