import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension RoomCommand {
  struct Hours: ConflictingChange {
    typealias Domain = Rooms

    static let configuration = CommandConfiguration(
      commandName: "hours", abstract: "Set the hours when a room is open.",
      discussion: """
        Examples: plenary room hours hall 08:00-22:00
                  plenary room hours hall 09:00-12:00 14:00-18:00 --day 2016-03-26
                  plenary room hours hall never --day 2016-03-27
                  plenary room hours hall always
        Hours that run past midnight end on the next day: 18:00-02:00.
        """)
    @Argument(help: "The room's short name: main-hall.", completion: .rooms) var room: String
    @Argument(help: "Opening hours: 08:00-22:00, or several, or “always” or “never”.") var hours: [String]
    @Option(help: "Only for this day: 2016-03-26 (default: for every day).") var day: String?
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts, _ waivers: [Waiver]) throws -> Rooms.Command {
      let id = try RoomID(room)
      let ranges: [ClockRange]? =
        switch hours {
        case ["always"]: nil
        case ["never"]: []
        default: try hours.map { try ClockRange($0) }
        }
      let day = try day.map { try CalendarDate($0) }
      return .setHours(RoomHoursSet(room: id, day: day, hours: ranges), waivers: waivers)
    }
  }
}

/// Opening hours and closures, e.g. `08:00–22:00; 2016-03-26 09:00–12:00; not 2016-03-25 12:00 to
/// 14:00 (1)`.
func opening(_ room: RoomRow) -> String {
  func hours(_ ranges: [ClockRange]) -> String {
    ranges.isEmpty ? "never" : ranges.map(\.description).joined(separator: ", ")
  }
  return
    ([room.hours.map(hours)].compactMap(\.self) + room.hoursOfDay.map { "\($0.day) \(hours($0.hours))" }
    + room.closures.map {
      "not \($0.from.date) \($0.from.clock) to "
        + ($0.until.date == $0.from.date ? "" : "\($0.until.date) ") + "\($0.until.clock) (\($0.number))"
    }).joined(separator: "; ")
}
