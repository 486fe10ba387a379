package import People
package import Scheduling
package import Vocabulary

/// The differences between two states of a program, field by field, as far as the program shows them.
///
/// Internal values (who placed a slot, numbers of changes, seats taken, opening hours, the released version)
/// do not count.
package struct ProgramDiff: Sendable, Equatable {
  package var conference: [Change] = []
  package var venues: [Changed<VenueEntity>] = []
  package var rooms: [Changed<RoomEntity>] = []
  package var tracks: [Changed<TrackEntity>] = []
  package var people: [Changed<PersonEntity>] = []
  /// In program order, by the first slot that a session has now, or had before it was removed.
  package var sessions: [ChangedSession] = []

  private init() {}

  package var isEmpty: Bool { self == ProgramDiff() }

  /// - Parameters:
  ///   - before: the state that the reader already knows.
  ///   - after: the new state.
  package init(from before: ProgramModel, to after: ProgramModel) {
    conference = Self.changes(before.conference, after.conference)
    venues = Self.changed(before.orderedVenues, after.orderedVenues, \.id) { a, b, changes in
      changes.list += VenueDetails.Field.columns.differences(a.details, b.details)
    }
    rooms = Self.changed(before.orderedRooms, after.orderedRooms, \.id, isGone: \.closed) { a, b, changes in
      changes.list += RoomDetails.Field.columns.differences(a.details, b.details)
      if a.closed != b.closed { changes.add(b.closed ? .closed : .reopened) }
    }
    tracks = Self.changed(before.orderedTracks, after.orderedTracks, \.id) { a, b, changes in
      changes.list += TrackDetails.Field.columns.differences(a.details, b.details)
    }
    people = Self.changed(
      before.orderedPeople, after.orderedPeople, \.person, isGone: { $0.withdrawn || $0.mergedInto != nil }
    ) { a, b, changes in
      changes.list += SpeakerDetails.Field.columns.differences(a.details, b.details)
      changes.compare(
        .affiliations, a.affiliations.map(\.affiliation), b.affiliations.map(\.affiliation),
        Value.affiliations)
      if a.withdrawn != b.withdrawn { changes.add(b.withdrawn ? .withdrawn : .reinstated) }
    }
    let ids = Set(before.sessions.rows.map(\.id)).union(after.sessions.rows.map(\.id))
    sessions = ProgramOrder(Array(before.rooms.rows) + Array(after.rooms.rows)).sorted(
      ids.compactMap { ChangedSession(before.inProgram($0), after.inProgram($0)) }
    ) { $0.slots.first }
  }

  /// The differences of these sessions only, without those of rooms, people and the conference.
  package func only(_ isMeant: (SessionRow) -> Bool) -> ProgramDiff {
    var diff = self
    (diff.conference, diff.venues, diff.rooms, diff.tracks, diff.people) = ([], [], [], [], [])
    diff.sessions.removeAll { session in
      ![session.before, session.after].compactMap(\.self).contains(where: isMeant)
    }
    return diff
  }

  private static func changes(_ before: ConferenceRow?, _ after: ConferenceRow?) -> [Change] {
    guard let after else { return [] }
    guard let before else { return [Change(.new)] }
    let (old, new) = (before.details, after.details)
    var changes = Changes()
    changes.list += ConferenceDetails.Field.columns.differences(old, new)
    // Both days are one difference, since readers look for the dates.
    changes.compare(.days, [old.firstDay, old.lastDay], [new.firstDay, new.lastDay], Value.days)
    changes.compare(.organisations, before.organisations, after.organisations, Value.organisations)
    return changes.list
  }

  /// Rows of one table: first those of the later state in order, then the removed ones. What came and went between both states is
  /// in neither.
  ///
  /// - Parameter isGone: whether a row is out of use, although it is still there.
  private static func changed<Row, Kind>(
    _ before: [Row], _ after: [Row], _ id: (Row) -> Identifier<Kind>, isGone: (Row) -> Bool = { _ in false },
    _ compare: (Row, Row, inout Changes) -> Void
  ) -> [Changed<Kind>] {
    let known = Dictionary(before.map { (id($0), $0) }, uniquingKeysWith: { a, _ in a })
    var changed = after.compactMap { row -> Changed<Kind>? in
      guard let old = known[id(row)] else {
        return isGone(row) ? nil : Changed(id: id(row), changes: [Change(.new)])
      }
      var changes = Changes()
      compare(old, row, &changes)
      return changes.list.isEmpty ? nil : Changed(id: id(row), changes: changes.list)
    }
    let left = Set(after.map(id))
    for row in before where !left.contains(id(row)) {
      changed.append(Changed(id: id(row), changes: [Change(.removed)]))
    }
    return changed
  }

  // MARK: Changes

  /// One difference: the property, its slot, presentation or person, and both values.
  package struct Change: Sendable, Equatable {
    package var what: What
    /// The session's slot.
    package var slot: Int?
    package var presentation: PresentationID?
    package var person: PersonID?
    /// Nil if there was none.
    package var before: Value?
    /// Nil if there is none now.
    package var after: Value?

    package init(
      _ what: What, slot: Int? = nil, presentation: PresentationID? = nil, person: PersonID? = nil,
      from before: Value? = nil, to after: Value? = nil
    ) {
      self.what = what
      self.slot = slot
      self.presentation = presentation
      self.person = person
      self.before = before
      self.after = after
    }
  }

  package enum What: String, Sendable, Codable, CaseIterable {
    // Whether it takes place.
    case cancelled, reinstated, new
    /// It is no longer in the program.
    case unscheduled
    // Time and place: a slot's start and end, its length in minutes, its room.
    case time, length, room
    case slotAdded = "slot-added"
    case slotRemoved = "slot-removed"
    // A session's details; some of them also a conference's, a room's, a track's or a person's.
    case title, description, kind, track, languages, interpretation, links, expected, needs, recording
    // People and their roles.
    case joined, left, roles
    /// One person left, and another one joined in the same part.
    case replaced
    /// The same people are listed in another order.
    case peopleOrder = "people-order"
    // Presentations.
    case presentationAdded = "presentation-added"
    case presentationWithdrawn = "presentation-withdrawn"
    case presentationsReordered = "presentations-reordered"
    /// A presentation's start and end, unless only its whole slot has moved.
    case presentationTime = "presentation-time"
    case presentationTitle = "presentation-title"
    case presentationAbstract = "presentation-abstract"
    case presentationPeople = "presentation-people"
    case presentationMinutes = "presentation-minutes"
    case presentationLanguage = "presentation-language"
    /// The stated start, if there is one.
    case presentationStart = "presentation-start"
    case presentationLinks = "presentation-links"
    // Conference, venues, rooms, tracks and people.
    case removed, withdrawn, name, address, capacity, note, venue, features, closed, reopened, color
    case affiliations, biography, pronunciation
    case shortTitle = "short-title"
    case place, days, zone, welcome, website, admission, tickets, organisations
    case dayStart = "day-start"
  }

  /// The value of a field. In JSON, only the value.
  package enum Value: Sendable, Hashable, Encodable {
    case text(LocalizedText)
    case string(String)
    case number(Int)
    case minutes(Int)
    case span(Span)
    case time(ZonedTime)
    case slot(Slot)
    case slots([NumberedSlot])
    case room(RoomID)
    case track(TrackID)
    case venue(VenueID)
    case kind(SessionKind)
    case languages([Language])
    case language(Language)
    case links([Link])
    case features([FeatureID])
    case recording(Recording)
    case admission(Admission)
    case roles([SessionRole])
    case people([PersonID])
    case presentations([PresentationID])
    case name(PersonName)
    case affiliations([Affiliation])
    case days([CalendarDate])
    case organisations([OrganisationRoleAssigned])

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let value): try container.encode(value)
      case .string(let value): try container.encode(value)
      case .number(let value), .minutes(let value): try container.encode(value)
      case .span(let value): try container.encode(value)
      case .time(let value): try container.encode(value)
      case .slot(let value): try container.encode(value)
      case .slots(let value): try container.encode(value)
      case .room(let value): try container.encode(value)
      case .track(let value): try container.encode(value)
      case .venue(let value): try container.encode(value)
      case .kind(let value): try container.encode(value)
      case .languages(let value): try container.encode(value)
      case .language(let value): try container.encode(value)
      case .links(let value): try container.encode(value)
      case .features(let value): try container.encode(value)
      case .recording(let value): try container.encode(value)
      case .admission(let value): try container.encode(value)
      case .roles(let value): try container.encode(value)
      case .people(let value): try container.encode(value)
      case .presentations(let value): try container.encode(value)
      case .name(let value): try container.encode(value)
      case .affiliations(let value): try container.encode(value)
      case .days(let value): try container.encode(value)
      case .organisations(let value): try container.encode(value)
      }
    }
  }

  package struct Span: Sendable, Hashable, Codable {
    package var start: ZonedTime
    package var end: ZonedTime

    package init(_ start: ZonedTime, _ end: ZonedTime) { (self.start, self.end) = (start, end) }
  }

  /// A venue, room, track or person with changes.
  package struct Changed<Kind: IdentifiedEntity>: Sendable, Equatable, Encodable {
    package var id: Identifier<Kind>
    package var changes: [Change]
  }

  package struct ChangedSession: Sendable, Equatable {
    /// Nil if it is new.
    package var before: SessionRow?
    /// Nil if it was removed.
    package var after: SessionRow?
    package var changes: [ProgramDiff.Change]

    /// The new row, or the old one if the session was removed.
    package var row: SessionRow {
      // At least one of them exists, because they differ.
      after ?? before!
    }
    package var session: SessionID { row.id }
    /// The slots that it has now, or had before it was removed; by start.
    package var slots: [ScheduledSlot] { row.scheduledSlots }

    package init(before: SessionRow?, after: SessionRow, changes: [ProgramDiff.Change]) {
      self.before = before
      self.after = after
      self.changes = changes
    }

    package func has(_ what: What...) -> Bool { changes.contains { what.contains($0.what) } }

    /// - Returns: nil if nothing differs.
    init?(_ before: SessionRow?, _ after: SessionRow?) {
      let before = before.flatMap { $0.status == .unscheduled ? nil : $0 }
      let after = after.flatMap { $0.status == .unscheduled ? nil : $0 }
      self.before = before
      self.after = after
      changes = []
      switch (before, after) {
      case (nil, nil): return nil
      case (let before?, nil): changes = [Change(.unscheduled, from: .slots(before.numberedSlots))]
      case (nil, let after?):
        changes = [Change(.new, to: .slots(after.numberedSlots))]
        if after.cancelled { changes.append(Change(.cancelled)) }
      case (let before?, let after?): changes = Self.changes(before, after)
      }
      if changes.isEmpty { return nil }
    }
  }
}

extension SessionRow {
  /// The current slots, in order of start.
  package var numberedSlots: [NumberedSlot] {
    liveSlots.map { NumberedSlot(number: $0.number, slot: $0.slot) }
  }
}

// MARK: Comparing

/// Collects differences.
private struct Changes {
  typealias Change = ProgramDiff.Change
  typealias Value = ProgramDiff.Value
  var list: [Change] = []

  mutating func add(_ what: ProgramDiff.What) { list.append(Change(what)) }

  mutating func compare<T: Equatable>(
    _ what: ProgramDiff.What, slot: Int? = nil, presentation: PresentationID? = nil, _ before: T?,
    _ after: T?, _ value: (T) -> Value
  ) {
    guard before != after else { return }
    list.append(
      Change(
        what, slot: slot, presentation: presentation, from: before.map(value), to: after.map(value)))
  }

  mutating func presentation(
    _ id: PresentationID, _ field: Presentation.Field, _ was: Presentation, _ now: Presentation
  ) {
    switch field {
    case .title: compare(.presentationTitle, presentation: id, was.title, now.title, Value.text)
    case .people: compare(.presentationPeople, presentation: id, was.people, now.people, Value.people)
    case .abstract: compare(.presentationAbstract, presentation: id, was.abstract, now.abstract, Value.text)
    case .minutes: compare(.presentationMinutes, presentation: id, was.minutes, now.minutes, Value.minutes)
    case .language:
      compare(.presentationLanguage, presentation: id, was.language, now.language, Value.language)
    case .start: compare(.presentationStart, presentation: id, was.start, now.start, Value.time)
    case .links:
      compare(.presentationLinks, presentation: id, was.links ?? [], now.links ?? [], Value.links)
    }
  }
}

extension ProgramDiff.ChangedSession {
  package typealias Change = ProgramDiff.Change
  private typealias Value = ProgramDiff.Value

  private static func changes(_ before: SessionRow, _ after: SessionRow) -> [Change] {
    var changes = Changes()
    if before.cancelled != after.cancelled { changes.add(after.cancelled ? .cancelled : .reinstated) }
    slots(before, after, &changes)
    let (old, new) = (before.details, after.details)
    // Title, kind and track come before the people.
    let first: Set<SessionDetails.Field> = [.title, .kind, .track]
    func differences(_ fields: some Sequence<SessionDetails.Field>) -> [Change] {
      fields.map(\.column).differences(old, new)
    }
    changes.list += differences(SessionDetails.Field.allCases.filter(first.contains))
    people(before, after, &changes)
    changes.list += differences(SessionDetails.Field.allCases.filter { !first.contains($0) })
    presentations(before, after, &changes)
    return changes.list
  }

  private static func slots(_ before: SessionRow, _ after: SessionRow, _ changes: inout Changes) {
    let known = Dictionary(uniqueKeysWithValues: before.liveSlots.map { ($0.number, $0.slot) })
    var left = known
    for row in after.liveSlots {
      guard let old = known[row.number] else {
        changes.list.append(Change(.slotAdded, slot: row.number, to: .slot(row.slot)))
        continue
      }
      left[row.number] = nil
      let new = row.slot
      if old.start != new.start {
        changes.list.append(
          Change(
            .time, slot: row.number, from: .span(.init(old.start, old.end)),
            to: .span(.init(new.start, new.end))))
      }
      changes.compare(.length, slot: row.number, old.minutes, new.minutes, Value.minutes)
      changes.compare(.room, slot: row.number, old.room, new.room, Value.room)
    }
    for (number, slot) in left.sorted(by: { $0.key < $1.key }) {
      changes.list.append(Change(.slotRemoved, slot: number, from: .slot(slot)))
    }
  }

  private static func people(_ before: SessionRow, _ after: SessionRow, _ changes: inout Changes) {
    let (old, new) = (before.roles, after.roles)
    let joined = after.assignments.map(\.person).each.filter { old[$0] == nil }
    let left = before.assignments.map(\.person).each.filter { new[$0] == nil }
    // Of two who leave and two who join in one part, nobody knows who comes in whose place.
    let replaced = Dictionary(
      uniqueKeysWithValues: Set(joined.map { new[$0] }).compactMap { roles -> (PersonID, PersonID)? in
        let (came, went) = (joined.filter { new[$0] == roles }, left.filter { old[$0] == roles })
        return came.count == 1 && went.count == 1 ? (came[0], went[0]) : nil
      })
    for person in joined {
      if let former = replaced[person] {
        changes.list.append(
          Change(.replaced, person: person, from: .people([former]), to: .people([person])))
      } else {
        changes.list.append(Change(.joined, person: person, to: new[person].map(Value.roles)))
      }
    }
    for person in left where !replaced.values.contains(person) {
      changes.list.append(Change(.left, person: person, from: old[person].map(Value.roles)))
    }
    for person in after.assignments.map(\.person).each {
      guard let was = old[person], let now = new[person], was != now else { continue }
      changes.list.append(Change(.roles, person: person, from: .roles(was), to: .roles(now)))
    }
    // People who are in both states, in program order.
    func named(_ row: SessionRow) -> [RoleAssignment] {
      SessionRole.allCases.flatMap { role in row.assignments.filter { $0.role == role } }
        .filter { before.assignments.contains($0) && after.assignments.contains($0) }
    }
    if named(before) != named(after) {
      changes.list.append(
        Change(
          .peopleOrder, from: .people(named(before).map(\.person).each),
          to: .people(named(after).map(\.person).each)))
    }
  }

  private static func presentations(
    _ before: SessionRow, _ after: SessionRow, _ changes: inout Changes
  ) {
    let old = Dictionary(
      before.presentations.map { ($0.presentation, $0) }, uniquingKeysWith: { a, _ in a })
    let new = Set(after.presentations.map(\.presentation))
    let (times, newTimes) = (before.times, after.times)
    for one in before.presentations where !new.contains(one.presentation) {
      changes.list.append(
        Change(.presentationWithdrawn, presentation: one.presentation, from: .text(one.title)))
    }
    for one in after.presentations {
      let id = one.presentation
      guard let was = old[id] else {
        changes.list.append(Change(.presentationAdded, presentation: id, to: .text(one.title)))
        continue
      }
      if let was = times[id], let now = newTimes[id], was.place != now.place, was.span != now.span {
        changes.list.append(
          Change(.presentationTime, presentation: id, from: .span(was.span), to: .span(now.span)))
      }
      for field in Presentation.Field.allCases { changes.presentation(id, field, was, one) }
    }
    let order = before.presentations.map(\.presentation).filter(new.contains)
    let newOrder = after.presentations.map(\.presentation).filter { old[$0] != nil }
    if order != newOrder {
      changes.list.append(
        Change(.presentationsReordered, from: .presentations(order), to: .presentations(newOrder)))
    }
  }
}

/// The start and end of a presentation.
private struct PresentationTime {
  /// The place within the slot, which does not change when the whole slot moves.
  struct Place: Equatable {
    var slot: Int
    /// Minutes after the slot's start.
    var begins: Int
    var lasts: Int
  }
  var place: Place
  var span: ProgramDiff.Span
}

extension SessionRow {
  /// Each person's roles, in the order of printing.
  fileprivate var roles: [PersonID: [SessionRole]] {
    Dictionary(grouping: assignments, by: \.person).mapValues { $0.map(\.role).sorted() }
  }

  fileprivate var times: [PresentationID: PresentationTime] {
    let starts = Dictionary(uniqueKeysWithValues: liveSlots.map { ($0.number, $0.slot.start) })
    return Dictionary(
      runningOrder.items.map { item in
        func minutes(_ from: ZonedTime, _ to: ZonedTime) -> Int {
          Int((to.instant.microseconds - from.instant.microseconds) / 60_000_000)
        }
        let start = starts[item.slot] ?? item.start
        return (
          item.presentation.presentation,
          PresentationTime(
            place: .init(
              slot: item.slot, begins: minutes(start, item.start), lasts: minutes(item.start, item.end)),
            span: .init(item.start, item.end))
        )
      }, uniquingKeysWith: { a, _ in a })
  }
}

extension Array where Element: Hashable {
  /// Without duplicates, in order of first occurrence.
  fileprivate var each: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

// MARK: JSON

extension ProgramDiff: Encodable {}

extension ProgramDiff.Change: Encodable {
  private enum CodingKeys: CodingKey { case what, slot, presentation, person, before, after }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(what, forKey: .what)
    try container.encodeIfPresent(slot, forKey: .slot)
    try container.encodeIfPresent(presentation, forKey: .presentation)
    try container.encodeIfPresent(person, forKey: .person)
    // Both keys are always present, so that a value and its absence can be told apart without a schema.
    try container.encode(before, forKey: .before)
    try container.encode(after, forKey: .after)
  }
}

extension ProgramDiff.ChangedSession: Encodable {
  private enum CodingKeys: CodingKey { case session, title, slots, changes }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(session, forKey: .session)
    try container.encode(row.details.title, forKey: .title)
    try container.encode(row.numberedSlots, forKey: .slots)
    try container.encode(changes, forKey: .changes)
  }
}

extension ProgramModel {
  /// The session; nil if it has no room and no time, so that no program shows it.
  fileprivate func inProgram(_ id: SessionID) -> SessionRow? {
    sessions[id.slug].flatMap { $0.liveSlots.isEmpty ? nil : $0 }
  }
}
