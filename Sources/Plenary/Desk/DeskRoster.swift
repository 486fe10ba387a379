package import EventLog
package import People
package import ReadModels
import Scheduling
package import Vocabulary

/// The attendees as a desk knows them: decrypted once, and then kept up to date with the log. In memory; see `DeskList`.
package struct DeskRoster: Sendable {
  /// What the log has had since.
  package struct Changes: Sendable {
    private(set) var events: [(event: LoggedEvent, origin: Origin)] = []
    /// Decrypted anew; nil: they cannot be.
    var details: [AttendeeID: AttendeeDetails?] = [:]

    package init() {}

    /// Whether somebody's data must be nowhere any more.
    package var hasErasure: Bool {
      events.contains { if case .people(.personErased) = $0.event { true } else { false } }
    }

    package mutating func add(_ event: LoggedEvent, _ origin: Origin) { events.append((event, origin)) }
  }

  package let codes: BadgeCodes
  package let languages: [Language]
  private var model: AttendanceModel
  private var details: [AttendeeID: AttendeeDetails]
  private var registrations: [Int: AttendeeID] = [:]
  private var candidates: Candidates<AttendeeEntity>

  package init(
    _ model: AttendanceModel, _ details: [AttendeeID: AttendeeDetails], _ codes: BadgeCodes,
    _ languages: [Language]
  ) {
    (self.model, self.details, self.codes, self.languages) = (model, details, codes, languages)
    candidates = Candidates(all: [])
    index()
  }

  /// As somebody kept them.
  package init(_ list: DeskList) {
    var details: [AttendeeID: AttendeeDetails] = [:]
    let rows = list.people.map { person in
      if let name = person.name {
        details[person.attendee] = AttendeeDetails(name: name) {
          ($0.organisation, $0.note) = (person.organisation, person.note)
        }
      }
      var row = AttendeeRow(
        attendee: person.attendee, ordinal: person.ordinal, category: person.category, listed: false,
        details: nil, registeredAt: list.at)
      row.status = person.status
      if let first = person.first {
        if let occasion = list.occasion {
          row.presence = [Presence(occasion, at: first.at, station: first.station)]
        } else {
          (row.checkedInAt, row.station) = (first.at, first.station)
        }
      }
      return row
    }
    let keys = list.people.compactMap { person in
      person.keys.map { KeysRow<AttendanceModel>(person.attendee.tag, lines: $0) }
    }
    self.init(AttendanceModel(rows, keys: keys), details, list.codes, list.languages)
  }

  /// What cards show, in order of registration.
  func people(_ occasion: Occasion?) -> [DeskList.Person] {
    model.attendees.rows.filter { $0.status != .erased }.map { row in
      let known = details[row.attendee]
      return DeskList.Person(
        attendee: row.attendee, ordinal: row.ordinal, category: row.category, status: row.status,
        first: checkIn(row.attendee, occasion), name: known?.name, organisation: known?.organisation,
        note: known?.note, keys: model.keys[row.attendee.tag.text]?.lines)
    }
  }

  private mutating func index() {
    registrations = Dictionary(model.attendees.rows.map { ($0.ordinal, $0.attendee) }) { first, _ in first }
    candidates = Candidates(attendees: model) { details[$0] }
  }

  /// - Throws: `MissingRow`; then the attendees must be read anew.
  package mutating func apply(_ changes: Changes) throws {
    var isIndexed = true
    for (event, origin) in changes.events {
      try model.apply(event, origin)
      switch event {
      case .scheduling(.fileImported), .scheduling(.importUndone): isIndexed = false
      case .people(.attendeeRegistered), .people(.attendeeRevised), .people(.attendeeWithdrawn),
        .people(.attendeeReinstated):
        isIndexed = false
      case .people(.personErased(let body)):
        if let attendee = body.attendee { details[attendee] = nil }
        isIndexed = false
      default: break
      }
    }
    for (attendee, known) in changes.details { details[attendee] = known }
    if !isIndexed { index() }
  }

  /// Whom words name: the code of a badge, a short name, an address, a name or a part of it, or an order code. Several, if that
  /// is not clear.
  package func attendees(_ words: String) -> [AttendeeID] {
    if let digits = BadgeCodes.digits(words) {
      // Digits are a code, or a whole short name. They are no part of anything.
      let coded = codes.registration(words).flatMap { registrations[$0] }
      let named = (try? AttendeeID(words)).flatMap { row($0)?.attendee }
      let found = Set([coded, named].compactMap(\.self)).sorted()
      return found.isEmpty ? candidates.keyed(digits).withoutWithdrawn().map(\.id) : found
    }
    return candidates.closest(to: words).withoutWithdrawn().map(\.id)
  }

  package func row(_ attendee: AttendeeID) -> AttendeeRow? { model.attendees[attendee.slug] }

  package func card(_ attendee: AttendeeID) -> AttendeeCard {
    AttendeeCard(attendee, category: row(attendee)?.category ?? "", details[attendee], languages)
  }

  /// When and where somebody was checked in; nil if they were not.
  package func checkIn(_ attendee: AttendeeID, _ occasion: Occasion?) -> CheckIn? {
    guard let row = row(attendee) else { return nil }
    guard let occasion else { return row.checkedInAt.map { CheckIn(at: $0, station: row.station) } }
    return row.presence.last { $0.occasion == occasion }.map { CheckIn(at: $0.at, station: $0.station) }
  }

  package struct Count: Sendable, Equatable, Encodable {
    package let category: String
    package var present: Int
    package var expected: Int
  }

  /// How many attendees of each category have arrived, in alphabetical order.
  ///
  /// - Parameter further: those whose check-in was not handed in yet.
  package func counts(_ occasion: Occasion?, further: Set<AttendeeID>) -> [Count] {
    var counts: [String: Count] = [:]
    for row in model.attendees.rows where row.status == .registered || row.status == .checkedIn {
      let isPresent =
        further.contains(row.attendee)
        || (occasion.map { occasion in row.presence.contains { $0.occasion == occasion } }
          ?? (row.status == .checkedIn))
      counts[row.category, default: Count(category: row.category, present: 0, expected: 0)].expected += 1
      if isPresent { counts[row.category]!.present += 1 }
    }
    return counts.values.sorted { $0.category < $1.category }
  }
}
