import ArgumentParser
import EventLog
import Plenary
import Record
import Scheduling
import Vocabulary

struct CorrectionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correction", abstract: "Correct what an issue of the proceedings has published.",
    discussion: """
      The text of a published entry stands until a correction is accepted. Accepted corrections are printed in a \
      corrigendum (“plenary proceedings corrigendum”), and the next issue contains them.
      """,
    subcommands: [Request.self, Accept.self, Refuse.self, Make.self, List.self, Show.self])

  fileprivate static let reasons =
    "A reason in several languages is one argument: --reason \"en=The recording has it;zh=与录音一致\"."

  /// What is asked for.
  struct RequestOptions: ParsableArguments {
    @Argument(help: EntryHelp.entry) var entry: String
    @Option(
      help:
        "Spelling and style (editorial), or the meaning (substantive). Attributions, stances and retractions are always substantive."
    )
    var kind: CorrectionKind
    @Option(help: "Who asks for it, as printed (default: the editors). Repeat once per language: en=… zh=….")
    var requester: [LocalizedArgument] = []
    @Flag(help: "Retract the entry; its number stays.") var retract = false
    @OptionGroup var changes: EntryChangeOptions

    func validate() throws {
      if !retract { return try changes.checkNotEmpty("to correct (or give --retract)") }
      if (try? changes.checkNotEmpty("")) != nil {
        throw ValidationError("--retract takes the entry away; leave out the options that change it.")
      }
    }

    func request(
      _ entry: RecordID, basedOn basis: RecordID?, _ conference: ConferenceFacts,
      _ identity: Confidential<WithheldIdentity>?, _ context: CommandContext
    ) throws -> Corrections.Request {
      Corrections.Request(
        .new(context), of: entry, kind: kind,
        requester: try requester.localized("requester", conference.languages),
        retract ? nil : try changes.change(conference, basedOn: basis, identity))
    }
  }

  struct Request: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "request", abstract: "Ask for a correction of a published entry.")
    @OptionGroup var request: RequestOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<RecordEvent>
    {
      let entry = try await conference.entry(request.entry)
      let basis = try await request.changes.basis.entry(conference)
      return try await conference.changeRecord(
        Corrections.self, withholding: request.changes.attribution.withheld(conference), behind: entry,
        context
      ) { .request(try request.request(entry, basedOn: basis, $0, $1, context)) }
    }
  }

  struct Make: SingleChange {
    static let storesReasonAsWords = true
    static let configuration = CommandConfiguration(
      commandName: "make",
      abstract: "Correct a published entry that you have verified: request and accept in one.",
      discussion: CorrectionCommand.reasons)
    @OptionGroup var request: RequestOptions
    @OptionGroup var verification: VerificationOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<RecordEvent>
    {
      let entry = try await conference.entry(request.entry)
      let basis = try await request.changes.basis.entry(conference)
      return try await conference.changeRecord(
        Corrections.self, withholding: request.changes.attribution.withheld(conference), behind: entry,
        context
      ) {
        .make(
          try request.request(entry, basedOn: basis, $0, $1, context),
          against: verification.verifiedAgainst,
          reason: try change.printed($0.languages))
      }
    }
  }

  struct VerificationOptions: ParsableArguments {
    @Option(help: "What the correction was verified against.") var verifiedAgainst: Verification
  }

  struct Accept: DecidedChange {
    typealias Domain = Corrections
    static let storesReasonAsWords = true
    static let configuration = CommandConfiguration(
      commandName: "accept", abstract: "Accept a correction; --reason is printed in the corrigendum.",
      discussion: CorrectionCommand.reasons)
    @Argument(help: "The correction's short name: k-7k3m9q2x.") var correction: String
    @OptionGroup var verification: VerificationOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Corrections.Command {
      .accept(
        try CorrectionID(correction), against: verification.verifiedAgainst,
        reason: try change.printed(conference.languages))
    }
  }

  struct Refuse: DecidedChange {
    typealias Domain = Corrections
    static let storesReasonAsWords = true
    static let configuration = CommandConfiguration(
      commandName: "refuse", abstract: "Refuse a correction; the refusal and its --reason are kept.",
      discussion: CorrectionCommand.reasons)
    @Argument(help: "The correction's short name: k-7k3m9q2x.") var correction: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try change.needReason("A refusal") }

    func command(in conference: ConferenceFacts) throws -> Corrections.Command {
      guard let reason = try change.printed(conference.languages) else {
        preconditionFailure("It was checked.")
      }
      return .refuse(try CorrectionID(correction), reason: reason)
    }
  }
}

extension ChangeOptions {
  /// The reason as it is printed: in the conference's first language, or in several, `en=…;zh=…`.
  func printed(_ languages: [Language]) throws -> LocalizedText? {
    guard let reason else { return nil }
    let parts = LocalizedArgument.inOne(reason)
    guard !parts.isEmpty else { throw ValidationError("The --reason is empty.") }
    return try parts.localized("reason", languages)
  }

  func needReason(_ what: String) throws {
    if reason == nil { throw ValidationError("\(what) needs a --reason.") }
  }
}
