package import EventLog
import People
import Scheduling
package import Vocabulary

/// What is wrong with a program, found out the slow way: by the minutes that each room and each person is
/// taken, compared with those of every other.
///
/// It shares nothing with `Timetable` but the events, so that where both agree both are right.
package struct Oracle: Sendable {
  private struct Room {
    var capacity: Int?
    var features: Set<FeatureID> = []
    var venue: VenueID?
    var isClosed = false
    var hours: [ClockRange]?
    var hoursOfDay: [CalendarDate: [ClockRange]] = [:]
    var closures: [Int: Range<Int>] = [:]
  }

  private struct Session {
    var kind: SessionKind
    var isLive = true
    var slots: [Int: Slot] = [:]
    var expected = 0
    var needs: [FeatureID] = []
    var signedUp: Set<AttendeeID> = []
    var parts: [RoleAssignment] = []
    var presentations: [Presentation] = []
  }

  private struct Engagement {
    var room: RoomID
    var minutes: Range<Int>
  }

  private let rules: ZoneRules
  private var days: ClosedRange<CalendarDate>?
  private var roomChange = 0
  private var rooms: [RoomID: Room] = [:]
  private var travel: [Set<Place>: Int] = [:]
  private var sessions: [SessionID: Session] = [:]
  private var away: [PersonID: [Int: Range<Int>]] = [:]
  /// What each number was first given to.
  private var numbers: [String: String] = [:]
  /// Numbers that were given to two different things.
  package private(set) var reused: [String] = []

  package init(_ rules: ZoneRules) { self.rules = rules }

  /// Live sessions with two of their own slots at once.
  package var doubled: [SessionID] {
    sessions.filter { _, session in
      session.isLive
        && pairs(Array(session.slots.values)).contains { !minutes($0).isDisjoint(with: minutes($1)) }
    }.keys.sorted()
  }

  // MARK: Events

  package mutating func apply(_ event: any EventBody) {
    switch event {
    case let body as ConferenceOpened:
      days = body.details.firstDay...body.details.lastDay
      roomChange = body.details.roomChange ?? 0
    case let body as ConferenceRevised:
      if let known = days {
        days = (body.changes.firstDay ?? known.lowerBound)...(body.changes.lastDay ?? known.upperBound)
      }
      roomChange = body.changes.roomChange ?? roomChange
      if body.changes.cleared?.contains(.roomChange) == true { roomChange = 0 }
    case let body as TravelTimeSet: travel[Set(body.places)] = body.minutes
    case let body as RoomAdded:
      rooms[body.room] = Room(
        capacity: body.details.capacity, features: Set(body.details.features ?? []),
        venue: body.details.venue)
    case let body as RoomRevised:
      change(body.room) { room in
        if let capacity = body.changes.capacity { room.capacity = capacity }
        if let venue = body.changes.venue { room.venue = venue }
        if let features = body.changes.features { room.features = Set(features) }
        for field in body.changes.cleared ?? [] {
          switch field {
          case .capacity: room.capacity = nil
          case .venue: room.venue = nil
          case .features: room.features = []
          case .name, .note: break
          }
        }
      }
    case let body as RoomClosed: rooms[body.room]?.isClosed = true
    case let body as RoomReopened: rooms[body.room]?.isClosed = false
    case let body as RoomHoursSet:
      change(body.room) { room in
        if let day = body.day { room.hoursOfDay[day] = body.hours } else { room.hours = body.hours }
      }
    case let body as RoomClosureStated:
      let minutes = minute(body.from)..<minute(body.until)
      give(body.number, of: "\(body.room)", to: "\(minutes)")
      change(body.room) { $0.closures[body.number] = minutes }
    case let body as RoomClosureRemoved: rooms[body.room]?.closures[body.number] = nil
    case let body as SessionScheduled:
      sessions[body.session] = Session(
        kind: body.details.kind, slots: [1: body.slot], expected: body.details.expected ?? 0,
        needs: body.details.needs ?? [])
    case let body as SessionEntered:
      sessions[body.session] = Session(
        kind: body.details.kind, slots: [:], expected: body.details.expected ?? 0,
        needs: body.details.needs ?? [])
    case let body as SessionMoved: sessions[body.session]?.slots[body.number ?? 1] = body.to
    case let body as SlotAdded:
      if sessions[body.session]?.slots[body.number] != nil { reused.append("\(body.session) \(body.number)") }
      sessions[body.session]?.slots[body.number] = body.slot
    case let body as SlotRemoved: sessions[body.session]?.slots[body.number] = nil
    case let body as SessionRevised:
      change(body.session) { session in
        if let kind = body.changes.kind { session.kind = kind }
        if let expected = body.changes.expected { session.expected = expected }
        if let needs = body.changes.needs { session.needs = needs }
        if body.changes.cleared?.contains(.expected) == true { session.expected = 0 }
        if body.changes.cleared?.contains(.needs) == true { session.needs = [] }
      }
    case let body as SessionCancelled: sessions[body.session]?.isLive = false
    case let body as SessionUnscheduled: sessions[body.session]?.isLive = false
    case let body as SessionReinstated:
      change(body.session) { session in
        session.isLive = true
        session.slots = Dictionary(uniqueKeysWithValues: body.slots.map { ($0.number, $0.slot) })
      }
    case let body as PersonAssigned:
      sessions[body.session]?.parts.append(RoleAssignment(body.role, body.person))
    case let body as PersonUnassigned:
      sessions[body.session]?.parts.removeAll { $0 == RoleAssignment(body.role, body.person) }
    case let body as PresentationAdded: sessions[body.session]?.presentations.append(body.presentation)
    case let body as PresentationRevised:
      change(body.session) { session in
        session.presentations = session.presentations.map {
          $0.presentation == body.presentation.presentation ? body.presentation : $0
        }
      }
    case let body as PresentationsOrdered:
      let known = sessions[body.session]?.presentations ?? []
      sessions[body.session]?.presentations =
        body.order.compactMap { id in known.first { $0.presentation == id } }
        + known.filter { !body.order.contains($0.presentation) }
    case let body as PresentationWithdrawn:
      sessions[body.session]?.presentations.removeAll { $0.presentation == body.presentation }
    case let body as SpeakerWithdrawn:
      for id in sessions.keys {
        change(id) { session in
          session.parts.removeAll { $0.person == body.person }
          for index in session.presentations.indices {
            session.presentations[index].people.removeAll { $0 == body.person }
          }
        }
      }
    case let body as AffiliationStated:
      give(body.number, of: "affiliation of \(body.person)", to: "\(body.affiliation)")
    case let body as UnavailabilityStated:
      give(body.number, of: "\(body.person)", to: "\(body.from) \(body.until)")
      away[body.person, default: [:]][body.number] = minute(body.from)..<minute(body.until)
    case let body as UnavailabilityRemoved: away[body.person]?[body.number] = nil
    case let body as AttendeeSignedUp: sessions[body.session]?.signedUp.insert(body.attendee)
    case let body as AttendeeSignedOff: sessions[body.session]?.signedUp.remove(body.attendee)
    default: break
    }
  }

  /// A number is given again only to the same thing, when its removal is undone.
  private mutating func give(_ number: Int, of owner: String, to thing: String) {
    let name = "\(owner) \(number)"
    if let known = numbers[name] {
      if known != thing { reused.append(name) }
    } else {
      numbers[name] = thing
    }
  }

  private mutating func change(_ room: RoomID, _ change: (inout Room) -> Void) {
    guard var known = rooms[room] else { return }
    change(&known)
    rooms[room] = known
  }

  private mutating func change(_ session: SessionID, _ change: (inout Session) -> Void) {
    guard var known = sessions[session] else { return }
    change(&known)
    sessions[session] = known
  }

  // MARK: Conflicts

  /// By their keys.
  package var conflicts: Set<String> {
    var found: Set<String> = []
    let live = sessions.filter(\.value.isLive)
    for (id, session) in live { judge(id, session, &found) }
    for (a, b) in pairs(live.keys.sorted()) { judge(a, live[a]!, b, live[b]!, &found) }
    return found
  }

  private func judge(_ id: SessionID, _ session: Session, _ found: inout Set<String>) {
    for slot in session.slots.values {
      if let days, !days.contains(slot.start.date) { found.insert("outside-days \(id)") }
      guard let room = rooms[slot.room] else { continue }
      if room.isClosed || minutes(slot).contains(where: { !isOpen(room, at: $0) }) {
        found.insert("room-unavailable \(id) \(slot.room)")
      }
      if let seats = room.capacity, session.expected > seats || session.signedUp.count > seats {
        found.insert("room-too-small \(id) \(slot.room)")
      }
      for need in session.needs where !room.features.contains(need) {
        found.insert("room-lacks \(id) \(slot.room) \(need)")
      }
    }
    if runningOrder(session).overruns { found.insert("running-over \(id)") }
    for person in people(session) {
      let engagements = engagements(person, session)
      for times in (away[person] ?? [:]).values
      where engagements.contains(where: { !Set($0.minutes).isDisjoint(with: times) }) {
        found.insert("person-unavailable \(id) \(person)")
      }
      for (a, b) in pairs(engagements) where isTooShort(a, b) {
        found.insert("too-little-time \(id) \(person)")
      }
    }
  }

  private func judge(
    _ a: SessionID, _ first: Session, _ b: SessionID, _ second: Session, _ found: inout Set<String>
  ) {
    for one in first.slots.values {
      for other in second.slots.values where !minutes(one).isDisjoint(with: minutes(other)) {
        if one.room == other.room { found.insert("room-taken \(a) \(b) \(one.room)") }
        if first.kind == .plenary || second.kind == .plenary, !first.kind.isService, !second.kind.isService {
          found.insert("beside-plenary \(a) \(b)")
        }
      }
    }
    for person in people(first).intersection(people(second)) {
      for one in engagements(person, first) {
        for other in engagements(person, second) {
          if !Set(one.minutes).isDisjoint(with: other.minutes) {
            found.insert("person-twice \(a) \(b) \(person)")
          } else if isTooShort(one, other) {
            found.insert("too-little-time \(a) \(b) \(person)")
          }
        }
      }
    }
  }

  private func isOpen(_ room: Room, at minute: Int) -> Bool {
    if room.closures.values.contains(where: { $0.contains(minute) }) { return false }
    let wall = rules.time(at: Timestamp(microseconds: Int64(minute) * 60_000_000))
    func covers(_ day: CalendarDate, _ minute: Int) -> Bool {
      guard let hours = room.hoursOfDay[day] ?? room.hours else { return (0..<1440).contains(minute) }
      return hours.contains { range in
        // Not later on the clock: it is open over midnight.
        let until = range.until <= range.from ? range.until + 1440 : range.until
        return range.from <= minute && minute < until
      }
    }
    return covers(wall.date, wall.minuteOfDay)
      || covers(wall.date.adding(days: -1), wall.minuteOfDay + 1440)
  }

  // MARK: People

  private func people(_ session: Session) -> Set<PersonID> {
    Set(session.parts.map(\.person) + session.presentations.flatMap(\.people))
  }

  private func engagements(_ person: PersonID, _ session: Session) -> [Engagement] {
    if session.parts.contains(where: { $0.person == person }) {
      return session.slots.values.map {
        Engagement(room: $0.room, minutes: minute($0.start)..<minute($0.end))
      }
    }
    return runningOrder(session).items.filter { $0.people.contains(person) && !$0.at.minutes.isEmpty }
      .map(\.at)
  }

  /// The gap between them is shorter than the way.
  private func isTooShort(_ a: Engagement, _ b: Engagement) -> Bool {
    guard Set(a.minutes).isDisjoint(with: b.minutes) else { return false }
    let gap = max(b.minutes.lowerBound - a.minutes.upperBound, a.minutes.lowerBound - b.minutes.upperBound)
    return gap < way(from: a.room, to: b.room)
  }

  private func way(from a: RoomID, to b: RoomID) -> Int {
    guard a != b else { return 0 }
    if let stated = travel[[.room(a), .room(b)]] { return stated }
    if let from = rooms[a]?.venue, let to = rooms[b]?.venue, from != to,
      let stated = travel[[.venue(from), .venue(to)]]
    {
      return stated
    }
    return roomChange
  }

  private func runningOrder(_ session: Session) -> (
    items: [(people: [PersonID], at: Engagement)], overruns: Bool
  ) {
    let slots = session.slots.sorted { ($0.value.start, $0.key) < ($1.value.start, $1.key) }.map(\.value)
    let order = session.presentations
    guard !slots.isEmpty, !order.isEmpty else { return ([], false) }
    let all = slots.map { minute($0.end) - minute($0.start) }.reduce(0, +)
    let said = order.compactMap(\.minutes).reduce(0, +)
    let silent = order.filter { $0.minutes == nil }.count
    func plan(_ share: Int) -> (items: [(people: [PersonID], at: Engagement)], overruns: Bool) {
      var items: [(people: [PersonID], at: Engagement)] = []
      var (place, next, overruns) = (0, minute(slots[0].start), false)
      for presentation in order {
        let length = presentation.minutes ?? share
        var start = next
        if let own = presentation.start {
          start = minute(own)
          place = 0
          for (index, slot) in slots.enumerated() where minute(slot.start) <= start { place = index }
        } else {
          while place < slots.count - 1, start + length > minute(slots[place].end) {
            place += 1
            start = minute(slots[place].start)
          }
        }
        next = start + length
        if next > minute(slots[place].end) { overruns = true }
        items.append((presentation.people, Engagement(room: slots[place].room, minutes: start..<next)))
      }
      return (items, overruns)
    }
    return plan(silent == 0 ? 0 : max(1, (all - said) / silent))
  }

  // MARK: Minutes

  private func minute(_ time: ZonedTime) -> Int { Int(time.instant.microseconds / 60_000_000) }

  private func minutes(_ slot: Slot) -> Set<Int> { Set(minute(slot.start)..<minute(slot.end)) }
}

private func pairs<Element>(_ elements: [Element]) -> [(Element, Element)] {
  elements.indices.flatMap { a in elements.indices.dropFirst(a + 1).map { (elements[a], elements[$0]) } }
}
