package import EventLog
import JSON
package import Vocabulary

/// A session was put into the program, with its first slot.
package struct SessionScheduled: EventBody {
  package static let type = "SessionScheduled"
  package var session: SessionID
  /// Slot number 1; each further slot has a `SlotAdded`.
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

/// A session was entered without a room or a time. It is in the record, and not in the program, until it gets a
/// slot.
package struct SessionEntered: EventBody {
  package static let type = "SessionEntered"
  package var session: SessionID
  package var details: SessionDetails
  package var tags: [Tag] { [session.tag] + (details.track.map { [$0.tag] } ?? []) + plenary }
  private var plenary: [Tag] { details.kind == .plenary ? [.plenary] : [] }

  package init(session: SessionID, details: SessionDetails) {
    self.session = session
    self.details = details
  }

  package init(
    session: SessionID, title: LocalizedText, kind: SessionKind,
    _ build: (inout SessionDetails) -> Void = { _ in }
  ) {
    self.init(session: session, details: SessionDetails(title: title, kind: kind, build))
  }

  package init(from decoder: any Decoder) throws {
    session = try decoder.value("session")
    details = try SessionDetails(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(session, "session")
    try details.encode(to: encoder)
  }
}

/// One slot of a session was moved to another time or room.
package struct SessionMoved: EventBody {
  package static let type = "SessionMoved"
  package var session: SessionID
  package var from: Slot
  package var to: Slot
  /// The number of the slot; nil: 1.
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

/// A slot was added to a session, for example for the second part of a workshop, or the first slot of a session
/// that was entered without one.
package struct SlotAdded: EventBody {
  package static let type = "SlotAdded"
  package var session: SessionID
  /// 1, 2, 3 … within the session; never reused.
  package var number: Int
  package var slot: Slot
  package var tags: [Tag] { [session.tag, slot.room.tag] + slot.days.map(Tag.init(day:)) }

  package init(session: SessionID, number: Int, slot: Slot) {
    self.session = session
    self.number = number
    self.slot = slot
  }
}

/// A slot was removed from a session that has others.
package struct SlotRemoved: EventBody {
  package static let type = "SlotRemoved"
  package var session: SessionID
  package var number: Int
  package var slot: Slot
  package var tags: [Tag] { [session.tag, slot.room.tag] + slot.days.map(Tag.init(day:)) }
}

/// A session's details changed. `changes` holds only the fields that changed.
package struct SessionRevised: EventBody {
  package static let type = "SessionRevised"
  package var session: SessionID
  package var changes: SessionDetails.Changes
  /// The track that the session left; nil if it left none.
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

/// A session was cancelled. It stays in the program, marked as cancelled, and its rooms become free.
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

  /// For a session with one slot, number 1.
  package init(session: SessionID, slot: Slot) {
    self.init(session: session, slots: [NumberedSlot(number: 1, slot: slot)])
  }

  /// Version 1 had one slot in `slot`, and numbered ones in `further`. The former has number 1, unless
  /// `further` has it too, with its number.
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

/// A cancelled or unscheduled session takes place after all, in these slots.
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

/// The scheduling of a session was undone. It is no longer in the program; its identifier stays used.
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

/// The tags of a session, its rooms and its days, without duplicates.
private func slotTags(_ session: SessionID, _ slots: [Slot]) -> [Tag] {
  var seen: Set<Tag> = []
  return ([session.tag] + slots.map(\.room.tag) + slots.flatMap(\.days).map(Tag.init(day:)))
    .filter { seen.insert($0).inserted }
}

/// A person was given a role in a session.
package struct PersonAssigned: EventBody {
  package static let type = "PersonAssigned"
  package var session: SessionID
  package var person: PersonID
  package var role: SessionRole
  /// Behind how many of the session's people; nil: behind all of them. An undo puts somebody back where they were.
  package var place: Int?
  package var tags: [Tag] { [session.tag, person.tag] }

  package init(
    session: SessionID, person: PersonID, role: SessionRole, place: Int? = nil
  ) {
    self.session = session
    self.person = person
    self.role = role
    self.place = place
  }
}

package struct PersonUnassigned: EventBody {
  package static let type = "PersonUnassigned"
  package var session: SessionID
  package var person: PersonID
  package var role: SessionRole
  package var tags: [Tag] { [session.tag, person.tag] }
}
