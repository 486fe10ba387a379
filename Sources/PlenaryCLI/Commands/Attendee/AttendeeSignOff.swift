import ArgumentParser
import EventLog
import People
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct SignOff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sign-off", abstract: "Take an attendee's seat in a session back.")
    @Argument var attendee: String
    @Argument var session: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let command = try SignUps.Command.signOff(AttendeeID(attendee), SessionID(session))
      try await global.conferenceContext().change(SignUps.self, command, change, global)
    }
  }
}
