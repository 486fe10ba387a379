import ArgumentParser
import EventLog
import People
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct Withdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "withdraw", abstract: "An attendee will not come.")
    @Argument var attendee: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try AttendeeID(attendee)
      try await global.conferenceContext().change(Attendees.self, .withdraw(id), change, global)
    }
  }
}
