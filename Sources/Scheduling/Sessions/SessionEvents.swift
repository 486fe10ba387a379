package import EventLog
import JSON
package import Vocabulary

/// A session got its place and its time in the program.
package struct SessionScheduled: EventBody {
  package static let type = "SessionScheduled"
  package var session: SessionID
  /// The first of its slots, number 1; `SlotAdded` tells of others.
  package var slot: Slot
  package var details: SessionDetails
  package var tags: [Tag] {
    [session.tag, slot.room.tag] + (details.track.map { [$0.tag] } ?? []) + slot.days.map(Tag.init(day:))
      + (details.kind == .plenary ? [.plenary] : [])
  }

  package init(session: SessionID, slot: Slot, details: SessionDetails) {
    self.session = session
    self.slot = slot
    self.details = details
  }

  package init(
    session: SessionID, title: LocalizedText, kind: SessionKind, slot: Slot,
    _ build: (inout SessionDetails) -> Void = { _ in }
  ) {
    self.init(session: session, slot: slot, details: SessionDetails(title: title, kind: kind, build))
  }

  package init(from decoder: any Decoder) throws {
    session = try decoder.value("session")
    slot = try decoder.value("slot")
    details = try SessionDetails(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(session, "session")
    try encoder.put(slot, "slot")
    try details.encode(to: encoder)
  }
}

/// A session, or one of its slots, went to another time or room.
package struct SessionMoved: EventBody {
  package static let type = "SessionMoved"
  package var session: SessionID
  package var from: Slot
  package var to: Slot
  /// Which of its slots; nil: the first.
  package var number: Int?
  package var tags: [Tag] {
    var days = from.days
    for day in to.days where !days.contains(day) { days.append(day) }
    return [session.tag, from.room.tag] + (from.room == to.room ? [] : [to.room.tag])
      + days.map(Tag.init(day:))
  }

  package init(session: SessionID, from: Slot, to: Slot, number: Int? = nil) {
    self.session = session
    self.from = from
    self.to = to
    self.number = number == 1 ? nil : number
  }
}

/// A session has one more slot: the second part of a workshop.
package struct SlotAdded: EventBody {
  package static let type = "SlotAdded"
  package var session: SessionID
  /// 2, 3 … within the session; never reused.
  package var number: Int
  package var slot: Slot
  package var tags: [Tag] { [session.tag, slot.room.tag] + slot.days.map(Tag.init(day:)) }

  package init(session: SessionID, number: Int, slot: Slot) {
    self.session = session
    self.number = number
    self.slot = slot
  }
}

/// A session lost one of its slots; another is left to it.
package struct SlotRemoved: EventBody {
  package static let type = "SlotRemoved"
  package var session: SessionID
  package var number: Int
  package var slot: Slot
  package var tags: [Tag] { [session.tag, slot.room.tag] + slot.days.map(Tag.init(day:)) }
}

/// A session's details changed; what is nil stayed.
package struct SessionRevised: EventBody {
  package static let type = "SessionRevised"
  package var session: SessionID
  package var changes: SessionDetails.Changes
  /// The track that it left.
  package var formerTrack: TrackID?
  package var tags: [Tag] {
    [session.tag] + [changes.track, formerTrack].compactMap { $0?.tag }
      + (changes.kind == .plenary ? [.plenary] : [])
  }

  package init(session: SessionID, changes: SessionDetails.Changes, formerTrack: TrackID? = nil) {
    self.session = session
    self.changes = changes
    self.formerTrack = formerTrack
  }

  package init(
    session: SessionID, formerTrack: TrackID? = nil,
    _ build: (inout SessionDetails.Changes) -> Void = { _ in }
  ) {
    self.init(session: session, changes: SessionDetails.Changes(build), formerTrack: formerTrack)
  }

  package init(from decoder: any Decoder) throws {
    session = try decoder.value("session")
    formerTrack = try decoder.valueIfPresent("formerTrack")
    changes = try SessionDetails.Changes(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(session, "session")
    try encoder.put(formerTrack, "formerTrack")
    try changes.encode(to: encoder)
  }
}

/// A session will not take place; it stays in the program as cancelled and leaves its rooms free.
package struct SessionCancelled: EventBody {
  package static let type = "SessionCancelled"
  package static let version = 2
  package var session: SessionID
  package var slots: [NumberedSlot]
  package var tags: [Tag] { slotTags(session, slots.map(\.slot)) }

  package init(session: SessionID, slots: [NumberedSlot]) {
    self.session = session
    self.slots = slots
  }

  /// A session with one slot, number 1.
  package init(session: SessionID, slot: Slot) {
    self.init(session: session, slots: [NumberedSlot(number: 1, slot: slot)])
  }

  /// Version 1 had one slot by itself, which was number 1 unless `further` had it too, with its number.
  package static let upcasts: [Int: Upcast] = [
    1: { old in
      var new = old
      let further = old["further"]?.elements ?? []
      let isNumbered = further.contains { $0["slot"] == old["slot"] }
      let first: [JSONValue] =
        isNumbered ? [] : [.object(["number": .integer(1), "slot": old["slot"] ?? .null])]
      new["slots"] = .array(first + further)
      new["slot"] = nil
      new["further"] = nil
      return new
    }
  ]
}

/// A session that was cancelled or unscheduled takes place after all, where and when it would have.
package struct SessionReinstated: EventBody {
  package static let type = "SessionReinstated"
  package var session: SessionID
  package var slots: [NumberedSlot]
  package var kind: SessionKind
  package var tags: [Tag] {
    slotTags(session, slots.map(\.slot)) + (kind == .plenary ? [.plenary] : [])
  }

  package init(session: SessionID, slots: [NumberedSlot], kind: SessionKind) {
    self.session = session
    self.slots = slots
    self.kind = kind
  }
}

/// The scheduling of a session was taken back: it is in no program, and its name stays used.
package struct SessionUnscheduled: EventBody {
  package static let type = "SessionUnscheduled"
  package var session: SessionID
  package var slots: [NumberedSlot]
  package var tags: [Tag] { slotTags(session, slots.map(\.slot)) }

  package init(session: SessionID, slots: [NumberedSlot]) {
    self.session = session
    self.slots = slots
  }
}

/// The session, its rooms and its days, each once.
private func slotTags(_ session: SessionID, _ slots: [Slot]) -> [Tag] {
  var seen: Set<Tag> = []
  return ([session.tag] + slots.map(\.room.tag) + slots.flatMap(\.days).map(Tag.init(day:)))
    .filter { seen.insert($0).inserted }
}

/// A person got a part in a session.
package struct PersonAssigned: EventBody {
  package static let type = "PersonAssigned"
  package var session: SessionID
  package var person: PersonID
  package var role: SessionRole
  package var tags: [Tag] { [session.tag, person.tag] }

  package init(
    session: SessionID, person: PersonID, role: SessionRole
  ) {
    self.session = session
    self.person = person
    self.role = role
  }
}

package struct PersonUnassigned: EventBody {
  package static let type = "PersonUnassigned"
  package var session: SessionID
  package var person: PersonID
  package var role: SessionRole
  package var tags: [Tag] { [session.tag, person.tag] }
}
