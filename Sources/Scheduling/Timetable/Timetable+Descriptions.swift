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
      // What is being placed has no position yet: tell it of the one that was there before.
      for (id, placed) in clash(conflict) where placed.origin.position > 0 {
        guard clash(conflict).contains(where: { $0.placed.origin.position == 0 }) else { break }
        return "The room \(room) is taken \(placed.slot.times) by the session “\(id)”, which "
          + "\(placed.origin.actor) put there at \(placed.origin.recordedAt.readable)."
      }
      return "The room \(room) has “\(first)” (\(times(first))) and “\(other ?? first)” "
        + "(\(times(other ?? first))) at once."
    case .roomUnavailable:
      guard let place = conflict.room.flatMap({ rooms[$0] }) else { return "" }
      if place.closed { return "“\(first)” takes place in \(room), which is closed." }
      return "“\(first)” (\(times(first))) takes place in \(room) while it cannot be used"
        + (place.hours.map { " (open \($0.isEmpty ? "never" : list($0.map(\.description))))" } ?? "") + "."
    case .roomTooSmall:
      let session = sessions[first]
      let seats = conflict.room.flatMap { rooms[$0]?.details.capacity } ?? 0
      let expected = session?.details?.expected ?? 0
      let signed = session?.signedUp.count ?? 0
      return "“\(first)” is in \(room) with \(seats) seats; "
        + (signed >= expected ? "\(signed) people signed up." : "\(expected) people are expected.")
    case .roomLacks:
      return "“\(first)” needs “\(conflict.feature.map(\.slug) ?? "")”, which \(room) is not said to have."
    case .personTwice:
      return "\(name) is in “\(first)” (\(times(first))) and in “\(other ?? first)” "
        + "(\(times(other ?? first))) at once."
    case .personUnavailable: return "\(name) is in “\(first)” (\(times(first))) and cannot be there then."
    case .tooLittleTime:
      return "\(name) has too little time between “\(first)” (\(times(first, rooms: true)))"
        + (other.map { " and “\($0)” (\(times($0, rooms: true)))" } ?? "'s slots") + "."
    case .besidePlenary:
      return "“\(first)” (\(times(first))) and “\(other ?? first)” (\(times(other ?? first))) are at once, "
        + "and a plenary is for everybody."
    case .outsideDays:
      let days = conference.map { " (\($0.firstDay)\($0.firstDay == $0.lastDay ? "" : " to \($0.lastDay)"))" }
      return "“\(first)” (\(times(first))) is outside the conference's days\(days ?? "")."
    case .runningOver:
      let excess = sessions[first].map { RunningOrder($0.presentations, in: $0.orderedSlots).excess } ?? 0
      return "The presentations of “\(first)” run over by \(excess) minutes."
    }
  }

  /// The slots in which two sessions are in one room at once.
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

  /// The sentence that tells of a conflict, with what can be done about it.
  static func advised(_ message: String, _ conflict: Conflict) -> HintedText {
    let (advice, hints): (String, [Hint]) =
      switch conflict.kind {
      case .roomTaken: ("choose another room or time", [])
      case .roomUnavailable: ("choose another room or time", [.openingHours])
      case .personTwice, .tooLittleTime: ("choose another time, or somebody else", [])
      case .personUnavailable: ("choose another time", [.unavailability])
      case .besidePlenary: ("choose another time", [])
      case .outsideDays: ("choose another day", [.conferenceDays])
      case .roomTooSmall, .roomLacks: ("choose another room", [])
      case .runningOver: ("shorten some of them", [])
      }
    return HintedText("\(message.dropLast()) — \(advice).", hints + [.waive(conflict.kind.rawValue)])
  }
}
