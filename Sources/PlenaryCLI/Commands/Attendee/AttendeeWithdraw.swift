import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct Withdraw: DecidedChange {
    typealias Domain = Attendees

    static let configuration = CommandConfiguration(
      commandName: "withdraw", abstract: "Withdraw an attendee who will not come.")
    @Argument(help: "The attendee's short name, e.g. a-7k3m9q.", completion: .attendees) var attendee: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Attendees.Command {
      let id = try conference.attendee(attendee, wholly: true)
      return .withdraw(id)
    }
  }
}
