import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct SignOff: DecidedChange {
    typealias Domain = SignUps

    static let configuration = CommandConfiguration(
      commandName: "sign-off", abstract: "Give up an attendee's seat in a session.")
    @Argument(help: "The attendee's short name, e.g. a-7k3m9q.", completion: .attendees) var attendee: String
    @Argument(help: "The session's short name, e.g. opening.", completion: .sessions) var session: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> SignUps.Command {
      try .signOff(conference.attendee(attendee), conference.session(session))
    }
  }
}
