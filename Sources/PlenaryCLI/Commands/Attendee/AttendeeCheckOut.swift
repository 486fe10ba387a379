import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct CheckOut: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "check-out", abstract: "Check out an attendee who has left or was checked in by mistake.",
      discussion: "With --session or --day, it takes back that they were present there.")
    @Argument(help: "The attendee's short name, e.g. a-7k3m9q.", completion: .attendees) var attendee: String
    @OptionGroup var occasion: OccasionOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<PeopleEvent>
    {
      let id = try conference.attendee(attendee)
      guard let occasion = try await occasion.occasion({ try conference.session($0) }) else {
        return try await conference.change(Attendees.self, context) { _ in .checkOut(id) }
      }
      return try await conference.change(Presences.self, context) { _ in .checkOut(id, occasion) }
    }
  }
}
