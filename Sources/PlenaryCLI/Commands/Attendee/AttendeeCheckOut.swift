import ArgumentParser
import EventLog
import People
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct CheckOut: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check-out", abstract: "An attendee has left, or was checked in by mistake.")
    @Argument var attendee: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try AttendeeID(attendee)
      try await global.conferenceContext().change(Attendees.self, .checkOut(id), change, global)
    }
  }
}
