package import EventLog
package import People
package import Scheduling
package import Vocabulary

package struct ConferenceRow: Row, Encodable {
  package var particulars: ConferenceOpened
  package var organisations: [OrganisationRoleAssigned]
  /// The version that the program was released as, until something in it changes.
  package var released: String?

  /// There is one conference in a log; as a row of memory it needs a key all the same.
  static let only = "conference"
  package static let onlyKey: String? = only

  package var key: String { Self.only }
  package static let table = "program.conference"
  package static let columns = [
    "title", "short_title", "place", "first_day", "last_day", "zone", "languages", "organisations",
    "released",
  ]

  package init(particulars: ConferenceOpened, organisations: [OrganisationRoleAssigned]) {
    self.particulars = particulars
    self.organisations = organisations
  }

  package init(_ columns: inout ColumnReader) throws {
    particulars = try ConferenceOpened(
      title: columns.json(), shortTitle: columns.optionalJSON(), place: columns.optionalJSON(),
      firstDay: CalendarDate(columns.next()), lastDay: CalendarDate(columns.next()),
      zone: columns.next(), languages: columns.json())
    organisations = try columns.json()
    released = try columns.next()
  }

  package func write(to columns: inout ColumnWriter) {
    columns.json(particulars.title)
    columns.json(particulars.shortTitle)
    columns.json(particulars.place)
    columns.add(particulars.firstDay)
    columns.add(particulars.lastDay)
    columns.add(particulars.zone)
    columns.json(particulars.languages)
    columns.json(organisations)
    columns.add(released)
  }
}

package struct RoomRow: Row, Encodable {
  package var particulars: RoomAdded
  /// Rooms are listed in the order in which they were added.
  package var ordinal: Int
  package var closed: Bool

  package var id: RoomID { particulars.room }
  package var key: String { id.slug }
  package static let table = "program.room"
  package static let columns = ["room", "ordinal", "name", "capacity", "note", "closed"]

  package init(particulars: RoomAdded, ordinal: Int, closed: Bool) {
    self.particulars = particulars
    self.ordinal = ordinal
    self.closed = closed
  }

  package init(_ columns: inout ColumnReader) throws {
    let id = try RoomID(columns.next())
    ordinal = try columns.next()
    particulars = try RoomAdded(
      room: id, name: columns.json(), capacity: columns.next(), note: columns.optionalJSON())
    closed = try columns.next()
  }

  package func write(to columns: inout ColumnWriter) {
    columns.add(id.slug)
    columns.add(ordinal)
    columns.json(particulars.name)
    columns.add(particulars.capacity)
    columns.json(particulars.note)
    columns.add(closed)
  }
}

package struct TrackRow: Row, Encodable {
  package var particulars: TrackAdded
  package var ordinal: Int

  package var id: TrackID { particulars.track }
  package var key: String { id.slug }
  package static let table = "program.track"
  package static let columns = ["track", "ordinal", "name", "color"]

  package init(particulars: TrackAdded, ordinal: Int) {
    self.particulars = particulars
    self.ordinal = ordinal
  }

  package init(_ columns: inout ColumnReader) throws {
    let id = try TrackID(columns.next())
    ordinal = try columns.next()
    particulars = try TrackAdded(track: id, name: columns.json(), color: columns.next())
  }

  package func write(to columns: inout ColumnWriter) {
    columns.add(id.slug)
    columns.add(ordinal)
    columns.json(particulars.name)
    columns.add(particulars.color)
  }
}

package struct SessionRow: Row, Encodable {
  package var particulars: SessionScheduled
  /// In the order of assignment.
  package var parts: [Sessions.Part]
  package var cancelled: Bool
  /// How often the session was changed: iCalendar's SEQUENCE.
  package var sequence: Int
  package var changedAt: Timestamp
  /// Who put it where it is.
  package var placedBy: Origin

  package var id: SessionID { particulars.session }
  package var slot: Slot { particulars.slot }
  package var key: String { id.slug }
  package static let table = "program.session"
  package static let columns = [
    "session", "title", "kind", "room", "starts", "ends", "starts_at", "ends_at", "track",
    "description", "languages", "parts", "cancelled", "sequence", "changed_at", "placed_by",
  ]

  init(particulars: SessionScheduled, _ origin: Origin) {
    self.particulars = particulars
    parts = []
    cancelled = false
    sequence = 0
    changedAt = origin.recordedAt
    placedBy = origin
  }

  mutating func change(_ origin: Origin) {
    sequence += 1
    changedAt = origin.recordedAt
  }

  package init(_ columns: inout ColumnReader) throws {
    let id = try SessionID(columns.next())
    let title: LocalizedText = try columns.json()
    let kind = try SessionForm(stored: columns.next())
    let slot = try Slot(
      room: RoomID(columns.next()), start: ZonedTime(columns.next()), end: ZonedTime(columns.next()))
    _ = try (columns.next(as: String.self), columns.next(as: String.self))
    particulars = try SessionScheduled(
      session: id, title: title, kind: kind, slot: slot,
      track: columns.next(as: String?.self).map { try TrackID($0) },
      description: columns.optionalJSON(), languages: columns.json())
    parts = try columns.json()
    cancelled = try columns.next()
    sequence = try columns.next()
    changedAt = try columns.next()
    placedBy = try columns.json()
  }

  package func write(to columns: inout ColumnWriter) {
    columns.add(id.slug)
    columns.json(particulars.title)
    columns.add(particulars.kind.rawValue)
    columns.add(slot.room.slug)
    columns.add(slot.start.description)
    columns.add(slot.end.description)
    columns.add(slot.start.instant)
    columns.add(slot.end.instant)
    columns.add(particulars.track?.slug)
    columns.json(particulars.description)
    columns.json(particulars.languages)
    columns.json(parts)
    columns.add(cancelled)
    columns.add(sequence)
    columns.add(changedAt)
    columns.json(placedBy)
  }
}

package struct PersonRow: Row, Encodable {
  package struct Stated: Sendable, Hashable, Codable {
    package var number: Int
    package var affiliation: Affiliation
  }

  package var person: PersonID
  package var name: PersonName
  package var biography: LocalizedText?
  /// In the order of statement.
  package var affiliations: [Stated] = []
  package var withdrawn = false
  package var sessions: [SessionID] = []

  package var key: String { person.slug }
  package static let table = "program.person"
  package static let columns = [
    "person", "name", "sort_key", "biography", "affiliations", "withdrawn", "sessions",
  ]

  init(person: PersonID, name: PersonName, biography: LocalizedText?) {
    self.person = person
    self.name = name
    self.biography = biography
  }

  package init(_ columns: inout ColumnReader) throws {
    person = try PersonID(columns.next())
    name = try columns.json()
    _ = try columns.next(as: String.self)
    biography = try columns.optionalJSON()
    affiliations = try columns.json()
    withdrawn = try columns.next()
    sessions = try columns.json()
  }

  package func write(to columns: inout ColumnWriter) {
    columns.add(person.slug)
    columns.json(name)
    columns.add(name.sortKey)
    columns.json(biography)
    columns.json(affiliations)
    columns.add(withdrawn)
    columns.json(sessions)
  }
}

package struct ReleaseRow: Row, Encodable {
  package var particulars: ProgramReleased
  package var origin: Origin

  package var key: String { particulars.version }
  package static let table = "program.release"
  package static let columns = ["version", "note", "position", "released_at", "released_by"]

  init(particulars: ProgramReleased, origin: Origin) {
    self.particulars = particulars
    self.origin = origin
  }

  package init(_ columns: inout ColumnReader) throws {
    let version: String = try columns.next()
    particulars = ProgramReleased(version: version, note: try columns.optionalJSON())
    let position: Int = try columns.next()
    let time: Timestamp = try columns.next()
    origin = Origin(position: position, actor: try columns.next(), recordedAt: time)
  }

  package func write(to columns: inout ColumnWriter) {
    columns.add(particulars.version)
    columns.json(particulars.note)
    columns.add(origin.position)
    columns.add(origin.recordedAt)
    columns.add(origin.actor)
  }
}
