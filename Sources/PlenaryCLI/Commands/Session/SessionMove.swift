import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct Move: WaivingChange {
    typealias Domain = Sessions

    static let configuration = CommandConfiguration(
      commandName: "move", abstract: "Move a session to another time or room, or move many at once.",
      discussion: """
        What you leave out stays the same; without --end, the session keeps its length.

        With --all, every session that matches --track, --room and --day is moved, in one step. Use \
        --dry-run to see the step first, and “plenary log undo” to take it back:
          plenary session move --all --track economy --by +30m
          plenary session move --all --room hall --day 2016-03-26 --to annex
        """)
    @Argument(help: "The session's short name: opening; leave it out with --all.", completion: .sessions)
    var session: String?
    @Option(
      help: "New room: annex. With --all: only sessions that are in this room now: hall.", completion: .rooms)
    var room: String?
    @Option(help: "With --all: the new room: annex. For one session, the same as --room.", completion: .rooms)
    var to: String?
    @Option(help: "New start: 2016-03-25 09:00, or 09:30 on the same day.") var start: String?
    @Option(help: "New end: 10:30, or 2016-03-26 01:00 (default: keep the length).") var end: String?
    @Option(parsing: .unconditional, help: "Time to move by: later (+30m, +1h, +1d) or earlier (-1h30m).")
    var by: String?
    @Option(
      parsing: .unconditional,
      help: "Number of the slot to move, if it has several (see “plenary session show”).")
    var slot: Int?
    @Flag(help: "Move all sessions that match --track, --room and --day.") var all = false
    @Option(help: "With --all: only sessions of this track: economy.", completion: .tracks) var track: String?
    @Option(help: "With --all: only sessions on this day: 2016-03-26.") var day: String?
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if all {
        if session != nil { throw ValidationError("Name a session, or give --all; not both.") }
        if start != nil || end != nil || slot != nil {
          throw ValidationError("--start, --end and --slot cannot be used with --all; give --by or --to.")
        }
        if by == nil, to == nil {
          throw ValidationError("Give the new room or the shift: --to ROOM or --by +30m.")
        }
        return
      }
      if session == nil { throw ValidationError("Name a session, or give --all.") }
      if track != nil || day != nil { throw ValidationError("--track and --day require --all.") }
      if room != nil, to != nil {
        throw ValidationError("--room and --to both name the new room; give one of them.")
      }
      if room == nil, to == nil, start == nil, end == nil, by == nil {
        throw ValidationError("Give the new room or time: --room, --start, --end or --by.")
      }
      if by != nil, start != nil || end != nil {
        throw ValidationError("Give --by, or --start and --end.")
      }
    }

    func action(in conference: ConferenceFacts) throws -> Sessions.Action {
      let shift = try by.map(readShift)
      let times = try conference.times()
      let rooms = try (room.map { try RoomID($0) }, to.map { try RoomID($0) })
      if all {
        let selection = Sessions.Selection(
          track: try track.map { try TrackID($0) }, room: rooms.0,
          day: try day.map { try CalendarDate($0) })
        return .moveAll(
          selection, .init(days: shift?.days ?? 0, minutes: shift?.minutes ?? 0, room: rooms.1),
          times.rules)
      }
      let id = try conference.session(session ?? "")
      if let shift {
        return .shift(
          id, slot: slot, .init(days: shift.days, minutes: shift.minutes, room: rooms.1 ?? rooms.0),
          times.rules)
      }
      return try .move(
        id,
        .init(
          slot: slot, room: rooms.1 ?? rooms.0, start: start.map { try times.when($0) },
          end: end.map { try times.when($0) }, rules: times.rules))
    }
  }
}
