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
        theirs: these can never be disclosed. Of somebody who was registered twice and merged, that is erased under each \
        short name. The name and the affiliations stay, because they are printed; so \
        do copies that were handed out. The text of --reason stays too; one with the address is refused.

        Example: plenary speaker erase feng-shaolei --reason "Letter 12"
        """)
    @Argument(help: "The speaker's short name: feng-shaolei.", completion: .speakers) var person: String
    @Flag(help: "Erase without asking for confirmation.") var yes = false
    @Flag(
      help:
        "Search the whole database afterwards for the addresses, the biographies and the pronunciations, and say what is left."
    )
    var prove = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if prove, change.dryRun {
        throw ValidationError("--prove searches after the erasure; leave out --dry-run.")
      }
    }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<PeopleEvent>
    {
      let id = try PersonID(person)
      if !yes, !context.dryRun { try confirmErasure(of: id.slug) }
      let workspace = conference.workspace
      let known = prove ? try await workspace.known(about: id, in: conference.id) : nil
      let outcome = try await workspace.erase(speaker: id, in: conference.id, context)
      try await workspace.tellRemains(of: outcome)
      if let known { try await workspace.traces(of: known).show(dryRun: false) }
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

extension Traces {
  /// Says what is left of a person.
  func show(dryRun: Bool) {
    guard texts > 0 else {
      return Console.error(
        "Nothing is known that could be searched for: it was never recorded, or was erased or lost before.")
    }
    Console.error(
      "Searched \(counted(tables, "table")) for \(counted(texts, "text")): "
        + (found.isEmpty
          ? dryRun ? "nothing would be left." : "nothing is left."
          : dryRun ? "this would be left:" : "this is left:"))
    for place in found { Console.error("  \(place)") }
    if !unsearched.isEmpty {
      Console.error(
        "Not searched, because this login may not read them: \(unsearched.joined(separator: ", ")).")
    }
    Console.error("Files that were exported or printed without --for-print are not known here.")
  }
}
