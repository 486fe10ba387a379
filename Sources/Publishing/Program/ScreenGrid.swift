import EventLog
import ReadModels
import Scheduling
import Vocabulary

/// Where the sessions of a day stand in a grid of rooms and times.
///
/// The page has each session once; its style shows it in the list or in the grid. The rows of the grid are the times at which
/// something begins or ends, as on the wall.
struct ScreenGrid {
  struct Room {
    let id: RoomID
    let column: Int
    /// More than 1 where sessions of the room overlap.
    var width: Int
  }

  let rooms: [Room]
  /// Of the rows after the first.
  let times: [Timestamp]
  private let rows: [Timestamp: Int]
  private var columns: [String: Int] = [:]

  /// - Parameter order: the rooms, in their order.
  init(_ entries: [ScheduledSlot], rooms order: [RoomID]) {
    times = Set(entries.flatMap { [$0.slot.start.instant, $0.slot.end.instant] }).sorted()
    // The first row has the names of the rooms, the first column the times.
    rows = Dictionary(uniqueKeysWithValues: times.enumerated().map { ($0.element, $0.offset + 2) })
    let byRoom = Dictionary(grouping: entries, by: \.slot.room)
    var rooms: [Room] = []
    var next = 2
    for id in order {
      guard let entries = byRoom[id] else { continue }
      var ends: [Timestamp] = []
      for entry in entries.sorted(by: { $0.slot.start.instant < $1.slot.start.instant }) {
        let lane = ends.firstIndex { $0 <= entry.slot.start.instant } ?? ends.count
        let end = entry.slot.end.instant
        if lane == ends.count { ends.append(end) } else { ends[lane] = end }
        columns[entry.name] = next + lane
      }
      rooms.append(Room(id: id, column: next, width: ends.count))
      next += ends.count
    }
    self.rooms = rooms
  }

  func row(_ time: ZonedTime) -> Int { rows[time.instant] ?? 2 }
  func column(_ entry: ScheduledSlot) -> Int { columns[entry.name] ?? 2 }

  var lastRow: Int { rows.count + 1 }
  var lastColumn: Int { rooms.last.map { $0.column + $0.width - 1 } ?? 1 }
}
