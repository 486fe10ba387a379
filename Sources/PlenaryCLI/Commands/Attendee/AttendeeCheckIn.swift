import ArgumentParser
import EventLog
import People
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct CheckIn: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check-in", abstract: "An attendee has arrived.")
    @Argument var attendee: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try AttendeeID(attendee)
      try await global.conferenceContext().change(Attendees.self, .checkIn(id), change, global)
    }
  }
}
