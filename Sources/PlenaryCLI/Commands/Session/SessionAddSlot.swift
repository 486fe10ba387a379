import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct AddSlot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add-slot", abstract: "Give a session one more place and time: its second part.")
    @Argument var session: String
    @Option(help: "The room's short name.") var room: String
    @Option(help: "2016-03-26 14:00, in the conference's zone.") var start: String
    @Option(help: "15:30, or with its date.") var end: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let conference = try await global.conferenceContext()
      let times = try conference.times()
      let begin = try times.read(start)
      let slot = try Slot(room: RoomID(room), start: begin, end: times.read(end, day: begin.date))
      try await conference.change(.addSlot(id, slot), change, global)
    }
  }
}
