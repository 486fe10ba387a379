import EventLog
import People
import Vocabulary

extension Timetable {
  package func described(_ conflict: Conflict) -> DescribedConflict {
    DescribedConflict(conflict: conflict, message: message(conflict))
  }

  func message(_ conflict: Conflict) -> String {
    let first = conflict.sessions[0]
    let other = conflict.sessions.count > 1 ? conflict.sessions[1] : nil
    let name = conflict.person.map { people[$0]?.name.printed ?? $0.slug } ?? ""
    let room = conflict.room.map { "“\($0)”" } ?? ""
    switch conflict.kind {
    case .roomTaken:
      // A new placement has no position yet; name the session that was in the room before.
      for (id, placed) in clash(conflict) where placed.origin.position > 0 {
        guard clash(conflict).contains(where: { $0.placed.origin.position == 0 }) else { break }
        let time = clocks.readable(placed.origin.recordedAt, in: placed.slot.start.zone)
        return "The room \(room) is taken \(placed.slot.times) by the session “\(id)”, which "
          + "\(placed.origin.actor) put there at \(time)."
      }
      return "The room \(room) has “\(first)” (\(times(first))) and “\(other ?? first)” "
        + "(\(times(other ?? first))) at the same time."
    case .roomUnavailable:
      guard let place = conflict.room.flatMap({ rooms[$0] }) else { return "" }
      if place.closed { return "“\(first)” takes place in \(room), which is closed." }
      let slot = sessions[first]?.orderedSlots.map(\.slot)
        .first { $0.room == conflict.room && !place.isOpen(during: $0, dayStart: conference?.dayStart ?? 0) }
      let reason = slot.flatMap { place.reason(unavailableDuring: $0) }
      return "“\(first)” (\(times(first))) takes place in \(room) while the room is unavailable"
        + (reason.map { " (\($0))" } ?? "") + "."
    case .roomTooSmall:
      let session = sessions[first]
      let seats = conflict.room.flatMap { rooms[$0]?.details.capacity } ?? 0
      let expected = session?.details?.expected ?? 0
      let signed = session?.signedUp.count ?? 0
      return "“\(first)” is in \(room) with \(counted(seats, "seat")); "
        + (signed >= expected
          ? "\(counted(signed, "person", "people")) signed up."
          : "\(counted(expected, "person is", "people are")) expected.")
    case .roomLacks:
      return "“\(first)” needs “\(conflict.feature.map(\.slug) ?? "")”, which is not listed for \(room)."
    case .personTwice:
      return "\(name) is in “\(first)” (\(times(first))) and in “\(other ?? first)” "
        + "(\(times(other ?? first))) at the same time."
    case .personUnavailable: return "\(name) is in “\(first)” (\(times(first))) but is unavailable then."
    case .tooLittleTime:
      let minutes =
        tightChange(conflict).map {
          ": \(counted($0.minutes, "minute")), and \($0.needed) \($0.needed == 1 ? "is" : "are") needed from “\($0.from)” "
            + "to “\($0.to)”"
        } ?? ""
      guard let other else {
        return
          "\(name) has too little time between the slots of “\(first)” (\(times(first, rooms: true)))\(minutes)."
      }
      return "\(name) has too little time between “\(first)” (\(times(first, rooms: true))) and “\(other)” "
        + "(\(times(other, rooms: true)))\(minutes)."
    case .besidePlenary:
      return "“\(first)” (\(times(first))) and “\(other ?? first)” (\(times(other ?? first))) take place "
        + "at the same time, but a plenary is for everybody."
    case .outsideDays:
      let days = conference.map { " (\($0.firstDay)\($0.firstDay == $0.lastDay ? "" : " to \($0.lastDay)"))" }
      return "“\(first)” (\(times(first))) is outside the conference's days\(days ?? "")."
    case .runningOver:
      let excess = sessions[first].map { RunningOrder($0.presentations, in: $0.orderedSlots).excess } ?? 0
      return "The presentations of “\(first)” run over by \(counted(excess, "minute"))."
    }
  }

  /// The first two slots in which the sessions of a conflict overlap in its room; empty if none do.
  private func clash(_ conflict: Conflict) -> [(session: SessionID, placed: Placed)] {
    let found = conflict.sessions.map { id in
      (id, (sessions[id]?.slots.values.map(\.self) ?? []).filter { $0.slot.room == conflict.room })
    }
    guard found.count == 2 else { return [] }
    for a in found[0].1 {
      for b in found[1].1 where a.slot.overlaps(b.slot) { return [(found[0].0, a), (found[1].0, b)] }
    }
    return []
  }

  private func times(_ id: SessionID, rooms: Bool = false) -> String {
    (sessions[id]?.orderedSlots ?? []).map { $0.slot.times + (rooms ? ", \($0.slot.room)" : "") }
      .joined(separator: "; ")
  }

  /// The description of a conflict, with advice and hints.
  static func advised(_ message: String, _ conflict: Conflict) -> HintedText {
    let (advice, hints): (String, [Hint]) =
      switch conflict.kind {
      case .roomTaken: ("choose another room or time", [])
      case .roomUnavailable: ("choose another room or time", [.openingHours])
      case .personTwice, .tooLittleTime: ("choose another time or another person", [])
      case .personUnavailable: ("choose another time", [.unavailability])
      case .besidePlenary: ("choose another time", [])
      case .outsideDays: ("choose another day", [.conferenceDays])
      case .roomTooSmall, .roomLacks: ("choose another room", [])
      case .runningOver: ("shorten some of the presentations", [])
      }
    return HintedText(
      "\(message.dropLast()) — \(advice).", hints + [.waive(conflict.kind.rawValue)], advises: true)
  }
}
