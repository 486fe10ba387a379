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
      commandName: "add-slot", abstract: "Give a session one more place and time: its second part.")
    @Argument(help: "The session's short name: opening.") var session: String
    @Option(help: "The room's short name.") var room: String
    @Option(help: "2016-03-26 14:00, in the conference's zone.") var start: String
    @Option(help: "15:30, or with its date.") var end: String
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func action(in conference: ConferenceContext) throws -> Sessions.Action {
      let id = try SessionID(session)
      let times = try conference.times()
      let begin = try times.read(start)
      let slot = try Slot(room: RoomID(room), start: begin, end: times.read(end, day: begin.date))
      return .addSlot(id, slot)
    }
  }
}
