import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct Erase: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "erase", abstract: "Permanently erase an attendee's personal data.",
      discussion: """
        Destroys the attendee's encryption key. Nobody can then read their data in the log or in \
        the lists, not even in earlier states. The log still shows that someone was registered. Texts of the record that \
        name the attendee keep the name; “plenary statement expunge --replacement” takes it out of them.

        The text of --reason stays in the log and is not encrypted. One with the attendee's name or address is refused; \
        do not write other personal data in it.
        """)
    @Argument(help: "The attendee's short name, e.g. a-7k3m9q.", completion: .attendees) var attendee: String
    @Flag(help: "Erase without asking for confirmation.") var yes = false
    @Flag(
      help:
        "Search the whole database afterwards for the name, the addresses and the notes, and say what is left."
    )
    var prove = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<PeopleEvent>
    {
      let id = try AttendeeID(attendee)
      if !yes, !context.dryRun { try confirmErasure(of: id.slug) }
      let known = prove ? try await conference.workspace.known(about: id, in: conference.id) : nil
      let outcome = try await conference.workspace.erase(id, in: conference.id, context)
      if case .appended(let receipt) = outcome.effect, !receipt.replayed {
        Console.error(
          "Texts of the record may still name this person; see “plenary statement expunge --help”.")
      }
      try await conference.workspace.tellRemains(of: outcome)
      if let known {
        try await conference.workspace.traces(of: known, erased: !context.dryRun).show(dryRun: context.dryRun)
      }
      return outcome
    }
  }
}
