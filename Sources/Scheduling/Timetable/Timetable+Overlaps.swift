import People
package import Vocabulary

/// Sessions at the same time that conflict with each other: how many pairs, and where most of them are.
///
/// Of 600 sessions at one time in one room, each conflicts with each: 179,700 conflicts. They are counted without looking at each
/// pair. A pair that overlaps in two slots counts twice.
package struct Overlaps: Sendable, Equatable {
  package enum Place: Sendable, Equatable {
    case room(RoomID)
    case person(PersonID)
    case plenary
  }

  package struct Crowd: Sendable, Equatable {
    package var place: Place
    /// That take place at this moment.
    package var sessions: Int
    /// `2016-03-25 09:00`
    package var moment: String
  }

  private(set) var count = 0
  /// The fullest moment of the place with the most overlaps.
  private(set) var crowd: Crowd?
  private var most = 0

  init(_ timetable: Timetable) {
    let live = timetable.sessions.values.filter(\.isLive)
    var (rooms, people): ([RoomID: [Slot]], [PersonID: [Slot]]) = ([:], [:])
    var (plenaries, others): ([Slot], [Slot]) = ([], [])
    for session in live {
      let slots = session.slots.values.map(\.slot)
      if session.kind == .plenary {
        plenaries += slots
      } else if let kind = session.kind, !kind.isService {
        others += slots
      }
      for slot in slots where slot.room != .toBeAnnounced { rooms[slot.room, default: []].append(slot) }
      for person in Set(session.assignments.map(\.person)) { people[person, default: []] += slots }
    }
    for (room, slots) in rooms.sorted(by: { $0.key < $1.key }) {
      let sweep = Sweep(slots)
      add(.room(room), sweep.overlaps, sweep, slots)
    }
    for (person, slots) in people.sorted(by: { $0.key < $1.key }) {
      let sweep = Sweep(slots)
      add(.person(person), sweep.overlaps, sweep, slots)
    }
    let (all, withoutPlenaries) = (Sweep(plenaries + others), Sweep(others))
    add(.plenary, all.overlaps - withoutPlenaries.overlaps, all, plenaries)
  }

  private mutating func add(_ place: Place, _ overlaps: Int, _ sweep: Sweep, _ slots: [Slot]) {
    count += overlaps
    guard overlaps > most else { return }
    most = overlaps
    let full = slots.map { (start: $0.start, sessions: sweep.count(at: $0.start)) }
      .max { ($0.sessions, $1.start) < ($1.sessions, $0.start) }
    crowd = full.map {
      Crowd(place: place, sessions: $0.sessions, moment: "\($0.start.date) \($0.start.clock)")
    }
  }

  /// Slots in the order of time.
  private struct Sweep {
    private let starts: [Timestamp]
    private let ends: [Timestamp]

    init(_ slots: [Slot]) {
      starts = slots.map(\.start.instant).sorted()
      ends = slots.map(\.end.instant).sorted()
    }

    /// Each one overlaps those that began before it, or with it, and have not ended.
    var overlaps: Int {
      var (sum, ended) = (0, 0)
      for (index, start) in starts.enumerated() {
        while ends[ended] <= start { ended += 1 }
        sum += index - ended
      }
      return sum
    }

    func count(at moment: ZonedTime) -> Int {
      Self.count(starts, until: moment.instant) - Self.count(ends, until: moment.instant)
    }

    /// By halves, because the times are sorted.
    private static func count(_ times: [Timestamp], until moment: Timestamp) -> Int {
      var (low, high) = (0, times.count)
      while low < high {
        let middle = (low + high) / 2
        if times[middle] <= moment { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }
}
