import ArgumentParser
import EventLog
import Plenary
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Correct: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "correct",
      abstract: "Change an entry that is in no issue yet; print shows no trace of it.",
      discussion: "The text of a published entry stands; see “plenary correction request --help”.")
    @Argument(help: EntryHelp.entry) var entry: String
    @OptionGroup var changes: EntryChangeOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try changes.checkNotEmpty("to correct") }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<RecordEvent>
    {
      let entry = try await conference.entry(entry)
      let basis = try await changes.basis.entry(conference)
      return try await conference.changeRecord(
        Statements.self, withholding: changes.attribution.withheld(conference), behind: entry, context
      ) { .correct(entry, try changes.change($0, basedOn: basis, $1)) }
    }
  }

  struct Reattribute: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "reattribute", abstract: "Ascribe an entry that is in no issue yet to somebody else.")
    @Argument(help: EntryHelp.entry) var entry: String
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var renewal: RenewalOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<RecordEvent>
    {
      let entry = try await conference.entry(entry)
      return try await conference.changeRecord(
        Statements.self, withholding: attribution.withheld(conference), behind: entry, context
      ) { conference, identity in
        var draft = try renewal.applied(to: attribution.draft(conference))
        draft?.identity = identity
        return .correct(entry, Statements.Change(EntryDetails.Changes(), by: draft))
      }
    }
  }

  struct Translate: EntryCommand {
    static let configuration = CommandConfiguration(
      commandName: "translate",
      abstract: "Add translations of an entry, or renew those that are out of date; this is no correction.")
    @Argument(help: EntryHelp.entry) var entry: String
    @Option(help: "Translation. Repeat once per language: ru=… zh=….") var text: [LocalizedArgument]
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(_ entry: RecordID, _ conference: ConferenceFacts, _: CommandContext) throws
      -> Statements.Command
    {
      .translate(entry, try text.required("text", .paragraphs, conference.languages, option: "text"))
    }
  }
}
