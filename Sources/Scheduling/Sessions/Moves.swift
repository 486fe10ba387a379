import EventLog
package import Vocabulary

// MARK: What is asked

extension Sessions {
  /// Another place or time for one slot of a session; what is nil stays.
  package struct SlotChange: Encodable, Sendable {
    /// Nil: the only one.
    package var slot: Int?
    package var room: RoomID?
    package var start: GivenTime?
    /// Without it, a new start keeps the slot's length.
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

    func applied(to slot: Slot) throws(Refusal) -> Slot {
      do throws(InvalidValue) {
        let start =
          try start.map { time throws(InvalidValue) in try time.resolved(on: slot.start.date, rules) }
          ?? slot.start
        let end =
          if let end {
            try end.resolved(on: start.date, rules)
          } else {
            start == slot.start ? slot.end : rules.time(slot.minutes, after: start)
          }
        return try Slot(room: room ?? slot.room, start: start, end: end)
      } catch { throw .invalidSlot(error) }
    }
  }

  /// Which sessions are moved: those that all of it holds of.
  package struct Selection: Codable, Sendable, Hashable {
    package var track: TrackID?
    package var room: RoomID?
    package var day: CalendarDate?

    package init(track: TrackID? = nil, room: RoomID? = nil, day: CalendarDate? = nil) {
      self.track = track
      self.room = room
      self.day = day
    }

    /// Whether it is in the room and on the day that are meant.
    func means(_ slot: Slot) -> Bool {
      (room.map { slot.room == $0 } ?? true) && (day.map { slot.start.date == $0 } ?? true)
    }
  }

  /// How far, and to which room.
  package struct Shift: Codable, Sendable, Hashable {
    /// Whole days, by the clock: 09:00 stays 09:00.
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

// MARK: What is decided

extension Sessions {
  /// Many sessions at once, or none of them.
  static func moveAll(
    _ selection: Selection, by shift: Shift, _ rules: ZoneRules, in state: State
  ) throws(Refusal) -> [Event] {
    var events: [Event] = []
    let selected = state.selected(selection)
    if selected.isEmpty { throw .nothingSelected(selection) }
    for id in selected {
      guard let session = state.sessions[id] else { continue }
      var wanted: [Int: Slot] = [:]
      for slot in session.orderedSlots where selection.means(slot.slot) {
        wanted[slot.number] = try shift.applied(to: slot.slot, rules)
      }
      events += try moves(of: id, session, to: wanted)
    }
    return events
  }

  /// The events that bring slots of a session to where they are wanted.
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
    // The slots that stay may be where those that move come to.
    for slot in moved.orderedSlots where session.slots[slot.number]?.slot != slot.slot {
      try check(slot.slot, against: moved, id, except: slot.number)
    }
    return events
  }

  /// The slot that is meant; where none is named, the only one.
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
    guard let only = slots.first else { throw .unknownSession(id) }
    return only
  }
}

// MARK: Which sessions are meant

extension BoundaryBuilder {
  /// From this many on, sessions are asked for by what they are, not by their names.
  private static let manySessions = 60

  /// Adds the sessions that a selection may mean.
  ///
  /// - Returns: false where they are so many that the whole program was added.
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
      add(Tag(day: day))
    }
    if let track = selection.track { addTrack(track) }
    for id in candidates { add(id.tag) }
    return true
  }
}

extension Timetable {
  /// The sessions that may be meant by a selection, as far as is known: those that were only moved, or
  /// whose scheduling alone is known, may be elsewhere by now.
  fileprivate func candidates(_ selection: Sessions.Selection) -> [SessionID] {
    sessions.filter { id, session in
      guard let details = session.details else { return true }
      return selection.track.map { details.track == $0 } ?? false
    }.keys.sorted() + selected(selection)
  }

  /// The live sessions that a selection means, in the order of their names.
  func selected(_ selection: Sessions.Selection) -> [SessionID] {
    sessions.filter { _, session in
      guard session.isLive, session.details != nil else { return false }
      if let track = selection.track, session.details?.track != track { return false }
      return session.slots.values.contains { selection.means($0.slot) }
    }.keys.sorted()
  }
}
