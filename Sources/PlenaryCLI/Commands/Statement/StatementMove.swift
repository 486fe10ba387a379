import ArgumentParser
import EventLog
import Plenary
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Move: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "move", abstract: "Put an entry that is in no issue yet in another place.")
    @Argument(help: EntryHelp.entry) var entry: String
    @OptionGroup var placing: PlaceOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<RecordEvent>
    {
      let entry = try await conference.entry(entry)
      let place = try await placing.place(conference)
      return try await conference.change(Statements.self, context) { _ in .move(entry, place) }
    }
  }

  struct Split: EntryCommand {
    static let configuration = CommandConfiguration(
      commandName: "split", abstract: "Make two statements of one that is in no issue yet.")
    @Argument(help: EntryHelp.entry) var entry: String
    @Option(help: "The words with which the second begins. Repeat once per language: en=… zh=….")
    var at: [LocalizedArgument]
    @OptionGroup var identity: EntryIdentityOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(_ entry: RecordID, _ conference: ConferenceFacts, _ context: CommandContext) throws
      -> Statements.Command
    {
      .split(
        entry, rest: try identity.id(context),
        at: try at.required("beginning", .paragraphs, conference.languages, option: "at"))
    }
  }

  struct Merge: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "merge",
      abstract: "Make one statement of two by the same speaker that are in no issue yet.")
    @Argument(help: EntryHelp.entry) var entry: String
    @Argument(help: "The other one, which is gone afterwards.") var other: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<RecordEvent>
    {
      let entry = try await conference.entry(entry)
      let other = try await conference.entry(other)
      return try await conference.change(Statements.self, context) { _ in .merge(entry, with: other) }
    }
  }
}
