import ArgumentParser
import EventLog
import Plenary
import Publishing
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Retract: EntryCommand {
    static let configuration = CommandConfiguration(
      commandName: "retract",
      abstract: "Take an entry that is in no issue yet out of the record; print shows no trace of it.",
      discussion: "A published entry is retracted by a correction; see “plenary correction request --help”.")
    @Argument(help: EntryHelp.entry) var entry: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(_ entry: RecordID, _: ConferenceFacts, _: CommandContext) throws -> Statements.Command {
      .retract(entry)
    }
  }

  struct Reaffirm: EntryCommand {
    static let configuration = CommandConfiguration(
      commandName: "reaffirm",
      abstract: "Say that an entry still holds, although the one that it is based on has changed or is gone.")
    @Argument(help: EntryHelp.entry) var entry: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(_ entry: RecordID, _: ConferenceFacts, _: CommandContext) throws -> Statements.Command {
      .reaffirm(entry)
    }
  }

  struct Expunge: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "expunge",
      abstract: "Destroy the words of an entry for good, by order; its number and a note stay.",
      discussion: """
        The words are gone from the log and from everything that is made of it, and this cannot be undone. Hashes and \
        proofs of the log still hold. Backups that were made before still have the words. With --replacement, the entry \
        stays in the record with other words: without the name of somebody who was erased, for example. What else the \
        entry says (its topic, who said it) stays as it is. The texts of --reason and \
        --authority stay: do not repeat the words in them. A reason in several languages is one argument: \
        --reason "en=Libel;zh=诽谤".
        """)
    @Argument(help: EntryHelp.entry) var entry: String
    @Option(help: "Who ordered it, and by which rule, as printed. Repeat once per language: en=… zh=….")
    var authority: [LocalizedArgument]
    @Option(
      help: "The words that take their place. Repeat once per language that the text has: en=… zh=….")
    var replacement: [LocalizedArgument] = []
    @Flag(help: "Destroy without asking for confirmation.") var yes = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try change.needReason("An expunction") }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<RecordEvent>
    {
      let entry = try await conference.entry(entry)
      if !yes, !context.dryRun { try confirm(entry) }
      var printed: LocalizedText?
      let outcome = try await conference.expunge(context) { conference in
        guard let reason = try change.printed(conference.languages) else {
          preconditionFailure("It was checked.")
        }
        let order = try authority.required("authority", conference.languages, option: "authority")
        printed = try ProceedingsPublication.note(
          byOrderOf: order, for: reason, leavesWords: !replacement.isEmpty, conference.languages)
        guard let text = try replacement.localized("replacement", .paragraphs, conference.languages) else {
          return .expunge(entry, authority: order, reason: reason)
        }
        return .replace(entry, text, authority: order, reason: reason)
      }
      if context.dryRun, !global.json, let printed {
        Console.print("Print would say: \(printed.inAllLanguages(printed.languages))")
      }
      return outcome
    }

    private func confirm(_ entry: RecordID) throws {
      Console.error(
        "This destroys the words of “\(entry)” for good, also in the log. “plenary statement show \(entry)” shows them; "
          + "--dry-run shows what is printed in their place. Type \(entry) to continue:")
      guard readLine() == entry.slug else {
        throw Failure(
          .refused, "Nothing was destroyed: the name was not confirmed. (--yes skips this question.)")
      }
    }
  }
}
