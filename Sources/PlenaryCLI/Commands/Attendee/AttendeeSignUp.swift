import ArgumentParser
import EventLog
import People
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct SignUp: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sign-up", abstract: "Give an attendee a seat in a session.")
    @Argument var attendee: String
    @Argument var session: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let command = try SignUps.Command.signUp(AttendeeID(attendee), SessionID(session))
      try await global.conferenceContext().change(SignUps.self, command, change, global)
    }
  }
}
