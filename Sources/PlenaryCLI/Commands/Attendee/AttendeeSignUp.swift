import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct SignUp: DecidedChange {
    typealias Domain = SignUps

    static let configuration = CommandConfiguration(
      commandName: "sign-up", abstract: "Reserve a seat in a session for an attendee.")
    @Argument(help: "The attendee's short name, e.g. a-7k3m9q.", completion: .attendees) var attendee: String
    @Argument(help: "The session's short name, e.g. opening.", completion: .sessions) var session: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> SignUps.Command {
      try .signUp(conference.attendee(attendee), conference.session(session))
    }
  }
}
