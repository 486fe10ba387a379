import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct AddSlot: WaivingChange {
    typealias Domain = Sessions

    static let configuration = CommandConfiguration(
      commandName: "add-slot", abstract: "Add a slot to a session: a room and time for its next part.")
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @Option(help: "The room's short name: main-hall.", completion: .rooms) var room: String
    @Option(help: "Start, in the conference's time zone: 2016-03-26 14:00.") var start: String
    @Option(help: "End: 15:30 on the same day, or 2016-03-27 01:00.") var end: String
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func action(in conference: ConferenceFacts) throws -> Sessions.Action {
      let id = try conference.session(session)
      let times = try conference.times()
      let begin = try times.read(start)
      let slot = try Slot(asked: RoomID(room), from: begin, to: times.end(end, after: begin))
      return .addSlot(id, slot)
    }
  }
}
