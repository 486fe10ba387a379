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
      commandName: "erase", abstract: "Erase all data about an attendee, for ever.",
      discussion: """
        Their key is destroyed: what the log and the lists hold of them, now and in any earlier \
        state, cannot be read again by anybody. That they were registered stays.
        """)
    @Argument(help: "The attendee's short name: a-7k3m9q.") var attendee: String
    @Flag(help: "Do not ask.") var yes = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceContext, _ context: CommandContext) async throws
      -> Outcome<PeopleEvent>
    {
      let id = try AttendeeID(attendee)
      if !yes, !context.dryRun { try confirm(id) }
      return try await conference.workspace.erase(id, in: conference.id, context)
    }

    private func confirm(_ id: AttendeeID) throws {
      Console.error("This erases the data of \(id) for ever. Type \(id) to go on:")
      guard readLine() == id.slug else {
        throw Failure(.refused, "Not erased. (With --yes nobody is asked.)")
      }
    }
  }
}
