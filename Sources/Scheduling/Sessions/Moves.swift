import EventLog
package import Vocabulary

// MARK: Commands

extension Sessions {
  /// A new room or time for one slot of a session; what is nil stays as it is.
  package struct SlotChange: Encodable, Sendable {
    /// Nil: the only slot.
    package var slot: Int?
    package var room: RoomID?
    package var start: GivenTime?
    /// Nil: a new start keeps the slot's length.
    package var end: GivenTime?
    package var rules: ZoneRules

    package init(
      slot: Int? = nil, room: RoomID? = nil, start: GivenTime? = nil, end: GivenTime? = nil, rules: ZoneRules
    ) {
      self.slot = slot
      self.room = room
      self.start = start
      self.end = end
      self.rules = rules
    }

    /// - Parameter dayStart: a clock time before it is after midnight, on the same day of the conference.
    func applied(to slot: Slot, dayStart: Int) throws(Refusal) -> Slot {
      do throws(InvalidValue) {
        let start =
          try start.map { time throws(InvalidValue) in
            let day = slot.start.day(beginningAt: dayStart)
            if case .clock(let minute) = time, minute < dayStart {
              return try time.resolved(on: day.adding(days: 1), rules)
            }
            return try time.resolved(on: day, rules)
          } ?? slot.start
        let end =
          if let end {
            try resolved(end, after: start, slot)
          } else {
            start == slot.start ? slot.end : rules.time(slot.minutes, after: start)
          }
        return try Slot(room: room ?? slot.room, start: start, end: end)
      } catch { throw .invalidSlot(error) }
    }

    /// An end without a day is on the day of the start. Only a slot that ends after midnight, or at midnight, can
    /// have it on the next day.
    private func resolved(_ end: GivenTime, after start: ZonedTime, _ slot: Slot) throws(InvalidValue)
      -> ZonedTime
    {
      if case .clock(let minute) = end, minute <= start.minuteOfDay, slot.start.date < slot.end.date {
        let nextDay = try end.resolved(on: start.date.adding(days: 1), rules)
        if Slot.canPassMidnight(start, nextDay) { return nextDay }
      }
      return try end.resolved(on: start.date, rules)
    }
  }

  /// The slots to move: those that match all fields; nil matches everything.
  package struct Selection: Codable, Sendable, Hashable {
    package var track: TrackID?
    package var room: RoomID?
    package var day: CalendarDate?

    package init(track: TrackID? = nil, room: RoomID? = nil, day: CalendarDate? = nil) {
      self.track = track
      self.room = room
      self.day = day
    }

    /// Whether a slot is in the selected room and starts on the selected day of the conference.
    func means(_ slot: Slot, in timetable: Timetable) -> Bool {
      (room.map { slot.room == $0 } ?? true) && (day.map { timetable.day(of: slot) == $0 } ?? true)
    }
  }

  /// How far to move slots, and to which room.
  package struct Shift: Codable, Sendable, Hashable {
    /// Whole days; the clock time stays the same.
    package var days: Int
    package var minutes: Int
    package var room: RoomID?

    package init(days: Int = 0, minutes: Int = 0, room: RoomID? = nil) {
      self.days = days
      self.minutes = minutes
      self.room = room
    }

    func applied(to slot: Slot, _ rules: ZoneRules) throws(Refusal) -> Slot {
      do throws(InvalidValue) {
        return try Slot(
          room: room ?? slot.room, start: applied(to: slot.start, rules), end: applied(to: slot.end, rules))
      } catch { throw .invalidSlot(error) }
    }

    private func applied(to time: ZonedTime, _ rules: ZoneRules) throws(InvalidValue) -> ZonedTime {
      let sameClock = days == 0 ? time : try rules.time(time.date.adding(days: days), time.minuteOfDay)
      return minutes == 0 ? sameClock : rules.time(minutes, after: sameClock)
    }
  }
}

// MARK: Decisions

extension Sessions {
  /// Moves all selected slots, or none of them.
  static func moveAll(
    _ selection: Selection, by shift: Shift, _ rules: ZoneRules, in state: State
  ) throws(Refusal) -> [Event] {
    var events: [Event] = []
    let selected = state.selected(selection)
    if selected.isEmpty { throw .nothingSelected(selection) }
    for id in selected {
      guard let session = state.sessions[id] else { continue }
      var wanted: [Int: Slot] = [:]
      for slot in session.orderedSlots where selection.means(slot.slot, in: state) {
        wanted[slot.number] = try shift.applied(to: slot.slot, rules)
      }
      events += try moves(of: id, session, to: wanted)
    }
    return events
  }

  /// The events that move slots of a session, by slot number.
  static func moves(of id: SessionID, _ session: State.Session, to wanted: [Int: Slot])
    throws(Refusal) -> [Event]
  {
    var moved = session
    var events: [Event] = []
    for slot in session.orderedSlots {
      guard let to = wanted[slot.number], to != slot.slot else { continue }
      moved.slots[slot.number]?.slot = to
      events.append(
        .sessionMoved(SessionMoved(session: id, from: slot.slot, to: to, number: slot.number)))
    }
    try checkOverlaps(of: id, from: session, to: moved)
    return events
  }

  /// The slot with this number; without a number, the only slot.
  static func slot(_ number: Int?, of id: SessionID, _ session: State.Session) throws(Refusal) -> NumberedSlot
  {
    let slots = session.orderedSlots
    if let number {
      guard let known = slots.first(where: { $0.number == number }) else {
        throw .noSuchSlot(id, number, known: slots.map(\.number))
      }
      return known
    }
    guard slots.count < 2 else { throw .severalSlots(id, slots) }
    guard let only = slots.first else { throw .noSlot(id) }
    return only
  }
}

// MARK: Selection

extension BoundaryBuilder {
  /// With more candidates than this, the boundary is the whole program.
  private static let manySessions = 60

  /// Adds the sessions that a selection may match.
  ///
  /// - Returns: false if the selection is empty or matches so many that the whole program was added instead.
  mutating func addCandidates(_ selection: Sessions.Selection) -> Bool {
    let candidates = state.candidates(selection)
    if selection == Sessions.Selection() || candidates.count > Self.manySessions {
      addWholeProgram()
      return false
    }
    if let room = selection.room {
      add(room.tag)
    } else if let track = selection.track {
      add(track.tag)
    } else if let day = selection.day {
      for date in dates(of: day) { add(Tag(day: date)) }
    }
    if let track = selection.track { addTrack(track) }
    for id in candidates { add(id.tag) }
    return true
  }
}

extension Timetable {
  /// The sessions that a selection may match, judging by the events read so far. A session without details,
  /// or in the selected track, may match once its other events are read.
  fileprivate func candidates(_ selection: Sessions.Selection) -> [SessionID] {
    Set(
      sessions.filter { id, session in
        guard let details = session.details else { return true }
        return selection.track.map { details.track == $0 } ?? false
      }.keys
    ).union(selected(selection)).sorted()
  }

  /// The live sessions that a selection matches, sorted by identifier.
  func selected(_ selection: Sessions.Selection) -> [SessionID] {
    sessions.filter { _, session in
      guard session.isLive, session.details != nil else { return false }
      if let track = selection.track, session.details?.track != track { return false }
      return session.slots.values.contains { selection.means($0.slot, in: self) }
    }.keys.sorted()
  }
}
