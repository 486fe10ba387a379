package import Scheduling
package import Vocabulary

/// A session at one of its slots.
///
/// Calendars, schedules, agendas and pages have one entry per slot. A session has no time or room of its own:
/// only its slots have, so whatever shows when and where it takes place must show all of them.
package struct ScheduledSlot: Sendable {
  package let session: SessionRow
  package let row: SlotRow
  /// Its rank among the session's slots by start: 1, 2 …; nil for a removed slot.
  package let index: Int?
  /// How many slots the session has.
  package let count: Int
  /// The presentations in this slot, in running order.
  package let items: [RunningOrder.Item]

  fileprivate init(
    _ session: SessionRow, _ row: SlotRow, index: Int?, count: Int, items: [RunningOrder.Item] = []
  ) {
    (self.session, self.row, self.index, self.count, self.items) = (session, row, index, count, items)
  }

  package var slot: Slot { row.slot }
  /// The slot's number within the session; never reused.
  package var number: Int { row.number }
  /// Whether it does not take place: the session is cancelled or unscheduled, or the slot was removed.
  package var cancelled: Bool { session.status != .scheduled || row.removed }
  /// `(2/3)`; nil for a session's only slot and for a removed one.
  package var label: String? { count > 1 ? index.map { "(\($0)/\(count))" } : nil }
  /// Whether a person has to be there: they have a role in the session, or a presentation in this slot.
  package func involves(_ person: PersonID) -> Bool {
    session.assignments.contains { $0.person == person }
      || items.contains { $0.presentation.people.contains(person) }
  }
  /// The session's name, with the number of any slot but number 1: `workshop`, `workshop.2`.
  package var name: String { Self.name(session.id, number) }

  package static func name(_ session: SessionID, _ number: Int) -> String {
    number == 1 ? session.slug : "\(session).\(number)"
  }
}

extension SessionRow {
  /// The current slots, by start; none of a session that was entered without a room or time.
  package var scheduledSlots: [ScheduledSlot] {
    let live = liveSlots
    let items = presentations.isEmpty ? [] : runningOrder.items
    return live.enumerated().map { index, row in
      ScheduledSlot(
        self, row, index: index + 1, count: live.count, items: items.filter { $0.slot == row.number })
    }
  }

  /// The slot that begins nearest to a time; nil for a session without slots.
  package func slot(nearestTo time: Timestamp) -> Slot? {
    liveSlots.map(\.slot).min {
      let (a, b) = (
        $0.start.instant.microseconds - time.microseconds, $1.start.instant.microseconds - time.microseconds
      )
      return a.magnitude < b.magnitude
    }
  }

  fileprivate var everySlot: [ScheduledSlot] {
    let live = scheduledSlots
    return live
      + slots.filter(\.removed).map { ScheduledSlot(self, $0, index: nil, count: live.count) }
  }
}

extension ProgramModel {
  /// The slots of scheduled and cancelled sessions, in program order.
  package var slots: [ScheduledSlot] {
    ProgramOrder(rooms.rows).sorted(
      sessions.rows.filter { $0.status != .unscheduled }.flatMap(\.scheduledSlots))
  }

  /// Every slot that the program ever had, in program order. For output that must report removed slots and
  /// unscheduled sessions.
  package var everySlot: [ScheduledSlot] {
    ProgramOrder(rooms.rows).sorted(sessions.rows.flatMap(\.everySlot))
  }

  /// Each session once, ordered by its first slot. For what a session has only once: its record, its number in
  /// the proceedings, its chair's sheet.
  package var sessionsByFirstSlot: [SessionRow] { slots.firstOfEachSession.map(\.session) }

  /// The sessions without a room and a time, in the order in which they were entered. They are in the record and
  /// not in the program.
  package var sessionsWithoutSlot: [SessionRow] {
    sessions.rows.filter { $0.status != .unscheduled && $0.liveSlots.isEmpty }
      .sorted { ($0.scheduledAt, $0.id) < ($1.scheduledAt, $1.id) }
  }

  /// All sessions that the record can have, each once: in program order, then those without a slot.
  package var sessionsOfRecord: [SessionRow] { sessionsByFirstSlot + sessionsWithoutSlot }
}

extension [ScheduledSlot] {
  /// The first slot of each session in this array. If the array lacks some slots, that may not be the first
  /// slot of the session.
  package var firstOfEachSession: [ScheduledSlot] {
    var seen: Set<SessionID> = []
    return filter { seen.insert($0.session.id).inserted }
  }
}

/// Program order: by day and start, then by the order of the rooms, the session's identifier and the slot's
/// number.
package struct ProgramOrder: Sendable {
  private let rooms: [RoomID: Int]

  /// - Parameter rooms: if two have the same identifier, the later one counts.
  package init(_ rooms: some Sequence<RoomRow>) {
    self.rooms = Dictionary(rooms.map { ($0.id, $0.ordinal) }, uniquingKeysWith: { _, new in new })
  }

  package func sorted(_ slots: [ScheduledSlot]) -> [ScheduledSlot] { sorted(slots) { $0 } }

  /// - Parameter slot: the slot that an element is sorted by; elements without one come last.
  package func sorted<Element>(_ elements: [Element], by slot: (Element) -> ScheduledSlot?) -> [Element] {
    var placed: [(key: Key, element: Element)] = []
    var rest: [Element] = []
    for element in elements {
      if let slot = slot(element) { placed.append((key(slot), element)) } else { rest.append(element) }
    }
    return placed.sorted { $0.key < $1.key }.map(\.element) + rest
  }

  private typealias Key = (CalendarDate, Timestamp, Int, SessionID, Int)

  private func key(_ entry: ScheduledSlot) -> Key {
    let start = entry.slot.start
    return (
      start.date, start.instant, rooms[entry.slot.room] ?? .max, entry.session.id, entry.number
    )
  }
}
