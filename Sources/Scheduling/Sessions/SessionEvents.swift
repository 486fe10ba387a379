package import EventLog
package import Vocabulary

/// A session got its place and its time in the program.
package struct SessionScheduled: EventBody {
  package static let type = "SessionScheduled"
  package var session: SessionID
  package var title: LocalizedText
  package var kind: SessionKind
  /// The first of its slots, number 1; `SlotAdded` tells of others.
  package var slot: Slot
  package var track: TrackID?
  package var description: LocalizedText?
  /// Spoken in the session; empty: the conference's.
  package var languages: [Language]
  /// Languages that it is interpreted into.
  package var interpretation: [Language]?
  package var links: [Link]?
  /// How many people are expected.
  package var expected: Int?
  /// What its room must have.
  package var needs: [FeatureID]?
  package var tags: [Tag] {
    [session.tag, slot.room.tag] + (track.map { [$0.tag] } ?? []) + slot.days.map(Tag.init(day:))
      + (kind == .plenary ? [.plenary] : [])
  }

  package init(
    session: SessionID, title: LocalizedText, kind: SessionKind, slot: Slot, track: TrackID? = nil,
    description: LocalizedText? = nil, languages: [Language] = [], interpretation: [Language]? = nil,
    links: [Link]? = nil, expected: Int? = nil, needs: [FeatureID]? = nil
  ) {
    self.session = session
    self.title = title
    self.kind = kind
    self.slot = slot
    self.track = track
    self.description = description
    self.languages = languages
    self.interpretation = interpretation
    self.links = links
    self.expected = expected
    self.needs = needs
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
  package var title: LocalizedText?
  package var kind: SessionKind?
  package var track: TrackID?
  package var description: LocalizedText?
  package var languages: [Language]?
  package var interpretation: [Language]?
  package var links: [Link]?
  package var expected: Int?
  package var needs: [FeatureID]?
  /// What there is no more.
  package var cleared: [Field]?
  /// The track that it left.
  package var formerTrack: TrackID?
  package var tags: [Tag] {
    [session.tag] + [track, formerTrack].compactMap { $0?.tag } + (kind == .plenary ? [.plenary] : [])
  }

  package enum Field: String, Sendable, Codable, CaseIterable {
    case track, description, interpretation, links, expected, needs
  }

  package init(
    session: SessionID, title: LocalizedText? = nil, kind: SessionKind? = nil,
    track: TrackID? = nil, description: LocalizedText? = nil, languages: [Language]? = nil,
    interpretation: [Language]? = nil, links: [Link]? = nil, expected: Int? = nil,
    needs: [FeatureID]? = nil, cleared: [Field]? = nil, formerTrack: TrackID? = nil
  ) {
    self.session = session
    self.title = title
    self.kind = kind
    self.track = track
    self.description = description
    self.languages = languages
    self.interpretation = interpretation
    self.links = links
    self.expected = expected
    self.needs = needs
    self.cleared = cleared
    self.formerTrack = formerTrack
  }
}

/// A session will not take place; it stays in the program as cancelled and leaves its rooms free.
package struct SessionCancelled: EventBody {
  package static let type = "SessionCancelled"
  package var session: SessionID
  package var slot: Slot
  /// Its other slots.
  package var further: [NumberedSlot]?
  package var tags: [Tag] { slotTags(session, [slot] + (further ?? []).map(\.slot)) }

  package init(session: SessionID, slot: Slot, further: [NumberedSlot]? = nil) {
    self.session = session
    self.slot = slot
    self.further = further
  }
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
