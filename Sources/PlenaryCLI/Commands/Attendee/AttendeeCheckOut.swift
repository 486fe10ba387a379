import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct CheckOut: DecidedChange {
    typealias Domain = Attendees

    static let configuration = CommandConfiguration(
      commandName: "check-out", abstract: "Check out an attendee who has left or was checked in by mistake.")
    @Argument(help: "The attendee's short name, e.g. a-7k3m9q.") var attendee: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Attendees.Command {
      let id = try AttendeeID(attendee)
      return .checkOut(id)
    }
  }
}
