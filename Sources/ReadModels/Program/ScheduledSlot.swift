package import Scheduling
package import Vocabulary

/// A session at one of its slots.
///
/// A calendar, a schedule, an agenda and a page have one entry for each. A session has no time and no room of
/// its own, only those of its slots: whoever shows when and where it takes place shows all of them.
package struct ScheduledSlot: Sendable {
  package let session: SessionRow
  package let row: SlotRow
  /// Its place among the session's slots in time: 1, 2 …; nil for one that was removed.
  package let index: Int?
  /// How many slots the session has.
  package let count: Int
  /// The presentations that fall into it, in their order.
  package let items: [RunningOrder.Item]

  fileprivate init(
    _ session: SessionRow, _ row: SlotRow, index: Int?, count: Int, items: [RunningOrder.Item] = []
  ) {
    (self.session, self.row, self.index, self.count, self.items) = (session, row, index, count, items)
  }

  package var slot: Slot { row.slot }
  /// The session's own number for it, given once and never again.
  package var number: Int { row.number }
  /// It stays where it is shown, as cancelled.
  package var cancelled: Bool { session.status != .scheduled || row.removed }
  /// `(2/3)`; nil for a session's only slot and for one that was removed.
  package var label: String? { count > 1 ? index.map { "(\($0)/\(count))" } : nil }
  /// Whether that person has to be there: they have a role in the session, or present something in this slot.
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
  /// All slots that it has, in time; one at least.
  package var scheduledSlots: [ScheduledSlot] {
    let live = liveSlots
    let items = presentations.isEmpty ? [] : runningOrder.items
    return live.enumerated().map { index, row in
      ScheduledSlot(
        self, row, index: index + 1, count: live.count, items: items.filter { $0.slot == row.number })
    }
  }

  fileprivate var everySlot: [ScheduledSlot] {
    let live = scheduledSlots
    return live
      + slots.filter(\.removed).map { ScheduledSlot(self, $0, index: nil, count: live.count) }
  }
}

extension ProgramModel {
  /// What takes place, and what was to and is cancelled, in the order of the program.
  package var slots: [ScheduledSlot] {
    ProgramOrder(rooms.rows).sorted(
      sessions.rows.filter { $0.status != .unscheduled }.flatMap(\.scheduledSlots))
  }

  /// Every slot that the program ever had, in the same order: for those who must learn of what is gone.
  package var everySlot: [ScheduledSlot] {
    ProgramOrder(rooms.rows).sorted(sessions.rows.flatMap(\.everySlot))
  }

  /// Each session once, where the program names it first: for what a session has once however often it
  /// takes place, as its record, its number in the proceedings and its chair's sheet.
  package var sessionsByFirstSlot: [SessionRow] { slots.firstOfEachSession.map(\.session) }
}

extension [ScheduledSlot] {
  /// The first slot here of each session. Among some of a program's slots it need not be the first that the
  /// session has.
  package var firstOfEachSession: [ScheduledSlot] {
    var seen: Set<SessionID> = []
    return filter { seen.insert($0.session.id).inserted }
  }
}

/// The one order of a program: by day and start, then the rooms in their order, then the session's name,
/// then the slot's number.
package struct ProgramOrder: Sendable {
  private let rooms: [RoomID: Int]

  /// - Parameter rooms: of two with one name the latter counts.
  package init(_ rooms: some Sequence<RoomRow>) {
    self.rooms = Dictionary(rooms.map { ($0.id, $0.ordinal) }, uniquingKeysWith: { _, new in new })
  }

  package func sorted(_ slots: [ScheduledSlot]) -> [ScheduledSlot] { sorted(slots) { $0 } }

  /// - Parameter slot: by which an element is put in its place; those without one come last.
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
