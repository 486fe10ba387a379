package import EventLog
package import People
package import Scheduling
package import Vocabulary

package struct ConferenceRow: Row, Encodable {
  package var details: ConferenceDetails
  /// A UUID that no other conference has; nil in logs of the first releases.
  package var identity: String?
  package var status = ConferenceStatus.open
  package var organisations: [OrganisationRoleAssigned]
  /// The version that was released last; nil before any release, and after a change since the last one.
  package var released: String?
  /// What has changed since the release; nil before the first one.
  var unreleased: UnreleasedChanges?

  private enum CodingKeys: CodingKey { case details, identity, status, organisations, released }

  /// A log has only one conference, but a row in memory needs a key.
  static let only = "conference"
  package static let onlyKey: String? = only

  package var key: String { Self.only }
  package static let table = "program.conference"
  package static let columns =
    ["identity", "status"] + ConferenceDetails.Field.columnNames
    + ["organisations", "released", "unreleased"]

  package init(
    details: ConferenceDetails, identity: String? = nil, organisations: [OrganisationRoleAssigned]
  ) {
    self.details = details
    self.identity = identity
    self.organisations = organisations
  }

  package init(_ columns: inout some ColumnReader) throws {
    identity = try columns.next()
    status = try ConferenceStatus(stored: columns.next())
    details = try Self.required(
      ConferenceDetails(columns.details(ConferenceDetails.Field.columns)), Self.only)
    organisations = try columns.json()
    released = try columns.next()
    unreleased = try columns.optionalJSON()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(identity)
    columns.add(status.rawValue)
    columns.add(details, ConferenceDetails.Field.columns)
    columns.json(organisations)
    columns.add(released)
    columns.json(unreleased)
  }
}

package struct VenueRow: Row, Encodable {
  package let venue: VenueID
  package var details: VenueDetails
  /// Venues are listed in the order in which they were added.
  package var ordinal: Int

  package var id: VenueID { venue }
  package var key: String { id.slug }
  package static let table = "program.venue"
  package static let columns = ["venue", "ordinal"] + VenueDetails.Field.columnNames

  init(_ added: VenueAdded, ordinal: Int) {
    venue = added.venue
    details = added.details
    self.ordinal = ordinal
  }

  package init(_ columns: inout some ColumnReader) throws {
    venue = try VenueID(columns.next())
    ordinal = try columns.next()
    details = try Self.required(VenueDetails(columns.details(VenueDetails.Field.columns)), venue.slug)
  }

  package func write(to columns: inout RowWriter) {
    columns.add(id.slug)
    columns.add(ordinal)
    columns.add(details, VenueDetails.Field.columns)
  }
}

/// The travel time between two places, in both directions.
package struct TravelTimeRow: Row, Encodable {
  package var places: [Place]
  package var minutes: Int

  /// `room:a room:b`
  package static func key(_ places: [Place]) -> String {
    places.map(\.description).joined(separator: " ")
  }
  package var key: String { Self.key(places) }
  package static let table = "program.travel_time"
  package static let columns = ["places", "minutes"]

  init(places: [Place], minutes: Int) {
    self.places = places
    self.minutes = minutes
  }

  package init(_ columns: inout some ColumnReader) throws {
    places = try columns.next(as: String.self).split(separator: " ").map { try Place(String($0)) }
    minutes = try columns.next()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(key)
    columns.add(minutes)
  }
}

package struct RoomRow: Row, Encodable {
  package struct DayHours: Codable, Sendable, Hashable {
    package var day: CalendarDate
    package var hours: [ClockRange]
  }

  package let room: RoomID
  package var details: RoomDetails
  /// Rooms are listed in the order in which they were added.
  package var ordinal: Int
  package var closed: Bool
  /// Opening hours of every day; nil: always open.
  package var hours: [ClockRange]?
  /// Opening hours of single days, in order.
  package var hoursOfDay: [DayHours] = []
  /// By number.
  package var closures: [RoomClosureStated] = []

  package var id: RoomID { room }
  package var key: String { id.slug }
  package static let table = "program.room"
  package static let columns =
    ["room", "ordinal"] + RoomDetails.Field.columnNames
    + ["closed", "hours", "hours_of_day", "closures"]

  package init(_ added: RoomAdded, ordinal: Int, closed: Bool) {
    room = added.room
    details = added.details
    self.ordinal = ordinal
    self.closed = closed
  }

  package init(_ columns: inout some ColumnReader) throws {
    room = try RoomID(columns.next())
    ordinal = try columns.next()
    details = try Self.required(RoomDetails(columns.details(RoomDetails.Field.columns)), room.slug)
    closed = try columns.next()
    hours = try columns.optionalJSON()
    hoursOfDay = try columns.json()
    closures = try columns.json()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(id.slug)
    columns.add(ordinal)
    columns.add(details, RoomDetails.Field.columns)
    columns.add(closed)
    columns.json(hours)
    columns.json(hoursOfDay)
    columns.json(closures)
  }
}

package struct TrackRow: Row, Encodable {
  package let track: TrackID
  package var details: TrackDetails
  package var ordinal: Int

  package var id: TrackID { track }
  package var key: String { id.slug }
  package static let table = "program.track"
  package static let columns = ["track", "ordinal"] + TrackDetails.Field.columnNames

  package init(_ added: TrackAdded, ordinal: Int) {
    track = added.track
    details = added.details
    self.ordinal = ordinal
  }

  package init(_ columns: inout some ColumnReader) throws {
    track = try TrackID(columns.next())
    ordinal = try columns.next()
    details = try Self.required(TrackDetails(columns.details(TrackDetails.Field.columns)), track.slug)
  }

  package func write(to columns: inout RowWriter) {
    columns.add(id.slug)
    columns.add(ordinal)
    columns.add(details, TrackDetails.Field.columns)
  }
}

/// One slot of a session in the program. A calendar has one entry per slot.
package struct SlotRow: Codable, Sendable, Hashable {
  /// The slot's number in its session. It is never reused.
  package var number: Int
  package var slot: Slot
  /// The event that placed it there.
  package var placedBy: Origin
  /// Whether it was removed from the session, which continues without it.
  package var removed = false
  /// The number of changes that calendars show: iCalendar's SEQUENCE.
  package var sequence = 0
  package var changedAt: Timestamp
}

package struct SessionRow: Row, Encodable {
  package let session: SessionID
  package var details: SessionDetails
  package var status: SessionStatus
  /// The event that gave it this status.
  package var statusBy: Origin
  /// All slots that it ever had, also removed ones. None: the session was entered without a room or time, and is
  /// in the record, not in the program.
  package var slots: [SlotRow]
  /// In the order of assignment.
  package var assignments: [RoleAssignment]
  /// In running order.
  package var presentations: [Presentation]
  /// The number of attendees with a seat.
  package var signUps: Int
  package var scheduledAt: Timestamp
  package var changedAt: Timestamp

  package var id: SessionID { session }
  /// A cancelled session stays in the program, marked as cancelled.
  package var cancelled: Bool { status == .cancelled }
  /// The current slots, by start.
  package var liveSlots: [SlotRow] {
    if slots.count == 1, !slots[0].removed { return slots }
    return slots.filter { !$0.removed }.sorted { ($0.slot.start, $0.number) < ($1.slot.start, $1.number) }
  }
  /// The highest `sequence` of its slots.
  package var sequence: Int { slots.map(\.sequence).max() ?? 0 }
  /// The start and end times of its presentations.
  package var runningOrder: RunningOrder {
    RunningOrder(presentations, in: liveSlots.map { NumberedSlot(number: $0.number, slot: $0.slot) })
  }
  /// Everybody with a role or a presentation in it, in the order of printing, without duplicates.
  package var people: [PersonID] {
    var seen: Set<PersonID> = []
    return (assignments.sorted { $0.role < $1.role }.map(\.person) + presentations.flatMap(\.people))
      .filter { seen.insert($0).inserted }
  }

  package var key: String { id.slug }
  package static let table = "program.session"
  package static let columns =
    ["session"] + SessionDetails.Field.columnNames
    + [
      "slots", "assignments", "presentations", "sign_ups", "status", "status_by", "scheduled_at",
      "changed_at",
    ]

  init(_ scheduled: SessionScheduled, _ origin: Origin) {
    self.init(SessionEntered(session: scheduled.session, details: scheduled.details), origin)
    slots = [
      SlotRow(
        number: 1, slot: scheduled.slot, placedBy: origin, changedAt: origin.recordedAt)
    ]
  }

  init(_ entered: SessionEntered, _ origin: Origin) {
    session = entered.session
    details = entered.details
    status = .scheduled
    statusBy = origin
    slots = []
    assignments = []
    presentations = []
    signUps = 0
    scheduledAt = origin.recordedAt
    changedAt = origin.recordedAt
  }

  /// Records a change that calendars show, in one slot or in all of them.
  mutating func change(_ origin: Origin, slot number: Int? = nil) {
    changedAt = origin.recordedAt
    for index in slots.indices where number == nil || slots[index].number == number {
      // Several changes by one command count as one, because readers see them together.
      if slots[index].changedAt == origin.recordedAt { continue }
      slots[index].sequence += 1
      slots[index].changedAt = origin.recordedAt
    }
  }

  /// Moves a slot, and records who did it.
  mutating func place(_ number: Int, _ slot: Slot, _ origin: Origin) {
    if let index = slots.firstIndex(where: { $0.number == number }) {
      slots[index].slot = slot
      slots[index].placedBy = origin
      slots[index].removed = false
      change(origin, slot: number)
    } else {
      slots.append(
        SlotRow(number: number, slot: slot, placedBy: origin, changedAt: origin.recordedAt))
      changedAt = origin.recordedAt
    }
  }

  /// Gives it these slots and no others.
  mutating func place(_ wanted: [NumberedSlot], _ origin: Origin) {
    for row in slots where !row.removed && !wanted.contains(where: { $0.number == row.number }) {
      removeSlot(row.number, origin)
    }
    for slot in wanted
    where !slots.contains(where: { !$0.removed && $0.number == slot.number && $0.slot == slot.slot }) {
      place(slot.number, slot.slot, origin)
    }
  }

  mutating func removeSlot(_ number: Int, _ origin: Origin) {
    guard let index = slots.firstIndex(where: { $0.number == number }) else { return }
    slots[index].removed = true
    change(origin, slot: number)
  }

  package init(_ columns: inout some ColumnReader) throws {
    session = try SessionID(columns.next())
    details = try Self.required(SessionDetails(columns.details(SessionDetails.Field.columns)), session.slug)
    slots = try columns.list()
    assignments = try columns.list()
    presentations = try columns.list()
    signUps = try columns.next()
    status = try SessionStatus(stored: columns.next())
    statusBy = try columns.json()
    scheduledAt = try columns.next()
    changedAt = try columns.next()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(id.slug)
    columns.add(details, SessionDetails.Field.columns)
    columns.list(slots)
    columns.list(assignments)
    columns.list(presentations)
    columns.add(signUps)
    columns.add(status.rawValue)
    columns.json(statusBy)
    columns.add(scheduledAt)
    columns.add(changedAt)
  }
}

package struct PersonRow: Row, Encodable {
  package struct Stated: Sendable, Hashable, Codable {
    package var number: Int
    package var affiliation: Affiliation
  }

  package var person: PersonID
  package var details: SpeakerDetails
  /// `SpeakerContact`, sealed.
  package var contact: Sealed?
  /// By number.
  package var unavailable: [UnavailabilityStated] = []
  /// By number.
  package var affiliations: [Stated] = []
  package var withdrawn = false
  /// Who they are, if they were registered twice.
  package var mergedInto: PersonID?
  /// The sessions in which they have a role or a presentation.
  package var sessions: [SessionID] = []
  /// The sessions whose scheduling was undone and in which they would have one.
  var unscheduled: [SessionID] = []

  private enum CodingKeys: CodingKey {
    case person, details, hasContact, unavailable, affiliations, withdrawn, mergedInto, sessions
  }

  /// Whether there are contact details is said, not what they are.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(person, forKey: .person)
    try container.encode(details, forKey: .details)
    try container.encode(contact != nil, forKey: .hasContact)
    try container.encode(unavailable, forKey: .unavailable)
    try container.encode(affiliations, forKey: .affiliations)
    try container.encode(withdrawn, forKey: .withdrawn)
    try container.encodeIfPresent(mergedInto, forKey: .mergedInto)
    try container.encode(sessions, forKey: .sessions)
  }

  package var name: PersonName { details.name }
  package var key: String { person.slug }
  package static let table = "program.person"
  package static let columns =
    ["person", "sort_key"] + SpeakerDetails.Field.columnNames
    + ["contact", "unavailable", "affiliations", "withdrawn", "merged_into", "sessions", "unscheduled"]

  init(person: PersonID, details: SpeakerDetails) {
    self.person = person
    self.details = details
  }

  package init(_ columns: inout some ColumnReader) throws {
    person = try PersonID(columns.next())
    _ = try columns.next(as: String.self)
    details = try Self.required(SpeakerDetails(columns.details(SpeakerDetails.Field.columns)), person.slug)
    contact = try columns.next(as: String?.self).map(Sealed.init(base64:))
    unavailable = try columns.list()
    affiliations = try columns.list()
    withdrawn = try columns.next()
    mergedInto = try columns.next(as: String?.self).map { try PersonID($0) }
    sessions = try columns.list()
    unscheduled = try columns.list()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(person.slug)
    columns.add(details.name.sortKey)
    columns.add(details, SpeakerDetails.Field.columns)
    columns.add(contact?.base64)
    columns.list(unavailable)
    columns.list(affiliations)
    columns.add(withdrawn)
    columns.add(mergedInto?.slug)
    columns.list(sessions)
    columns.list(unscheduled)
  }
}

package struct ReleaseRow: Row, Encodable {
  package var details: ProgramReleased
  package var origin: Origin

  package var key: String { details.version }
  package static let table = "program.release"
  package static let columns = [
    "version", "note", "track", "day", "position", "released_at", "released_by",
  ]

  init(details: ProgramReleased, origin: Origin) {
    self.details = details
    self.origin = origin
  }

  package init(_ columns: inout some ColumnReader) throws {
    details = try ProgramReleased(
      version: columns.next(), note: columns.optionalJSON(),
      track: columns.next(as: String?.self).map { try TrackID($0) },
      day: columns.next(as: String?.self).map { try CalendarDate($0) })
    let position: Int = try columns.next()
    let time: Timestamp = try columns.next()
    origin = Origin(position: position, actor: try columns.next(), recordedAt: time)
  }

  package func write(to columns: inout RowWriter) {
    columns.add(details.version)
    columns.json(details.note)
    columns.add(details.track?.slug)
    columns.add(details.day?.description)
    columns.add(origin.position)
    columns.add(origin.recordedAt)
    columns.add(origin.actor)
  }
}

/// An entry of the print ledger.
package struct PrintRow: Row, Encodable {
  package var details: DocumentPrinted
  package var origin: Origin

  package var number: Int { details.number }
  package var key: String { String(number) }
  package static let table = "program.print"
  package static let hasNumberKey = true
  package static let columns = [
    "number", "kind", "position", "settings", "hash", "templates", "copies", "recipient",
    "recorded_at_position", "printed_at", "printed_by",
  ]

  init(details: DocumentPrinted, origin: Origin) {
    self.details = details
    self.origin = origin
  }

  package init(_ columns: inout some ColumnReader) throws {
    details = try DocumentPrinted(
      number: columns.next(), kind: columns.next(), position: columns.next(),
      settings: columns.json(), hash: columns.next(), templates: columns.next(),
      copies: columns.next(), recipient: columns.next())
    let position: Int = try columns.next()
    let time: Timestamp = try columns.next()
    origin = Origin(position: position, actor: try columns.next(), recordedAt: time)
  }

  package func write(to columns: inout RowWriter) {
    columns.add(number)
    columns.add(details.kind)
    columns.add(details.position)
    columns.json(details.settings)
    columns.add(details.hash)
    columns.add(details.templates)
    columns.add(details.copies)
    columns.add(details.recipient)
    columns.add(origin.position)
    columns.add(origin.recordedAt)
    columns.add(origin.actor)
  }
}
