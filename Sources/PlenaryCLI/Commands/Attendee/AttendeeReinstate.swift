import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct Reinstate: DecidedChange {
    typealias Domain = Attendees

    static let configuration = CommandConfiguration(
      commandName: "reinstate",
      abstract: "Bring back an attendee who withdrew; sign them up for sessions again afterwards.")
    @Argument(help: "The attendee's short name, e.g. a-7k3m9q.", completion: .attendees) var attendee: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Attendees.Command {
      let id = try conference.attendee(attendee, wholly: true)
      return .reinstate(id)
    }
  }
}
