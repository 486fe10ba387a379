import ArgumentParser
import EventLog
import People
import Plenary
import Vocabulary

extension SpeakerCommand {
  struct Erase: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "erase", abstract: "Permanently erase a speaker's personal data.",
      discussion: """
        Destroys the address, the biography and the pronunciation, and the keys that say which withheld statements are \
        theirs: these can never be disclosed. The name and the affiliations stay, because they are printed; so \
        do copies that were handed out. The text of --reason stays too; one with the address is refused.

        Example: plenary speaker erase feng-shaolei --reason "Letter 12"
        """)
    @Argument(help: "The speaker's short name: feng-shaolei.", completion: .speakers) var person: String
    @Flag(help: "Erase without asking for confirmation.") var yes = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<PeopleEvent>
    {
      let id = try PersonID(person)
      if !yes, !context.dryRun { try confirmErasure(of: id.slug) }
      let outcome = try await conference.workspace.erase(speaker: id, in: conference.id, context)
      try await conference.workspace.tellRemains(of: outcome)
      return outcome
    }
  }
}

/// Asks whether a person is to be erased.
func confirmErasure(of name: String) throws {
  Console.error("This permanently erases the data of \(name). Type \(name) to continue:")
  guard readLine() == name else {
    throw Failure(.refused, "Not erased: the short name was not confirmed. (--yes skips this question.)")
  }
}

extension Workspace {
  /// Says what an erasure could not reach.
  func tellRemains(of outcome: Outcome<PeopleEvent>) async throws {
    guard case .appended(let receipt) = outcome.effect, !receipt.replayed else { return }
    for remain in await configuration.database.cleanWriteAheadLog("the key") { Console.error(remain) }
  }
}
