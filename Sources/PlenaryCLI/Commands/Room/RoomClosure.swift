import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension RoomCommand {
  struct Closure: ConflictingChange {
    typealias Domain = Rooms

    static let configuration = CommandConfiguration(
      commandName: "closure", abstract: "State when a room cannot be used, or remove such a closure.",
      discussion: """
        Example: plenary room closure hall --from "2016-03-25 12:00" --until 14:00 --note Cleaning
        """)
    @Argument(help: "The room's short name: main-hall.", completion: .rooms) var room: String
    @Option(help: "Start, in the conference's time zone: 2016-03-25 12:00.") var from: String?
    @Option(help: "End: 14:00 on the same day, or 2016-03-26 14:00.") var until: String?
    @Option(help: "Reason. Repeat once per language: en=… zh=….") var note: [LocalizedArgument] = []
    @Option(help: "Remove the closure with this number: 1 (see “plenary room list”).") var remove: Int?
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if (remove == nil) == (from == nil) || (from == nil) != (until == nil) {
        throw ValidationError("Give --from and --until, or --remove NUMBER.")
      }
      if remove != nil, !note.isEmpty {
        throw ValidationError("--note belongs to a new closure; with --remove, give --reason instead.")
      }
    }

    func command(in conference: ConferenceFacts, _ waivers: [Waiver]) throws -> Rooms.Command {
      let id = try RoomID(room)
      let times = try conference.times()
      guard let from, let until else {
        return .removeClosure(id, number: remove ?? 0)
      }
      let start = try times.read(from)
      return try .stateClosure(
        id, from: start, until: times.end(until, after: start),
        note: note.localized("note", conference.languages), waivers: waivers)
    }
  }
}
