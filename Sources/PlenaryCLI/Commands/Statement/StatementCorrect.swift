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
      abstract: "Put a statement's words or its attribution right; what was first said stays in the log.")
    @Argument(help: "The statement: opening-s3.") var statement: String
    @Option(help: "The corrected text, in the languages that change.") var text: [LocalizedArgument] = []
    @Option(help: "The corrected addressees; en=…;zh=… for several languages.")
    var addressee: [LocalizedArgument] = []
    @Option(help: "The corrected mentions.") var mention: [String] = []
    @Option(help: "Spelling and style, or the sense (which needs --reason).")
    var kind: CorrectionKind = .editorial
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if kind == .substantive, change.reason == nil {
        throw ValidationError("A substantive correction says why: --reason.")
      }
      if text.isEmpty, addressee.isEmpty, mention.isEmpty, attribution.isEmpty {
        throw ValidationError("Say what is to be corrected: --text, or an attribution (--by, --mode …).")
      }
    }

    func carryOut(in conference: ConferenceContext, _ context: CommandContext) async throws
      -> Outcome<RecordEvent>
    {
      let id = try RecordID(statement)
      let correction = Statements.Correction(
        statement: id, text: try text.localized("text", .paragraphs, conference.languages),
        attribution: attribution.isEmpty ? nil : try attribution.draft(conference.languages),
        addressees: addressee.isEmpty
          ? nil : try addressee.separately("addressee", conference.languages),
        mentions: mention.isEmpty ? nil : try mention.map { try PersonID($0) }, kind: kind)
      return try await conference.changeRecord(withholding: attribution.withheld(), context) { identity in
        var correction = correction
        correction.attribution?.identity = identity
        return .correct(correction)
      }
    }
  }
}
