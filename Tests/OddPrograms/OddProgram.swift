package import EventLog
import JSON
import People
package import Scheduling
package import Vocabulary

/// Programs as nobody would plan them, the same for the same seed: sessions at once, across midnight and on
/// the nights when the clocks are changed, rooms that are shut or too small, people everywhere at once.
package struct OddProgram {
  package var random: Dice
  package let rules: ZoneRules
  /// Three days; on the night before the second the clocks are changed.
  package let days: [CalendarDate]
  package let rooms: [RoomID] = (1...4).map { try! RoomID("room-\($0)") }
  package let people: [PersonID] = (1...5).map { try! PersonID("person-\($0)") }
  package let attendees: [AttendeeID] = (1...5).map { try! AttendeeID("a-\($0)") }
  package let tracks = ["history", "physics"].map { try! TrackID($0) }
  package let features = ["projector", "piano"].map { try! FeatureID($0) }
  private let venues = ["east", "west"].map { try! VenueID($0) }

  /// What was scheduled so far, with the slots that it has.
  package private(set) var slots: [SessionID: [Int: Slot]] = [:]
  package private(set) var presentations: [PresentationID: (session: SessionID, body: Presentation)] = [:]
  private var lastSlot: [SessionID: Int] = [:]
  private var counts: [String: Int] = [:]

  package init(seed: UInt64) {
    random = Dice(seed: seed)
    // The European Union's changes of 2026, at 01:00 UTC.
    rules = ZoneRules(
      zone: "Europe/Berlin", offset: 60, name: "CET",
      changes: [
        ZoneRules.Change(at: Timestamp("2026-03-29T01:00:00Z")!, offset: 120, name: "CEST"),
        ZoneRules.Change(at: Timestamp("2026-10-25T01:00:00Z")!, offset: 60, name: "CET"),
      ])
    let first = try! CalendarDate(seed % 2 == 0 ? "2026-03-28" : "2026-10-24")
    days = (0..<3).map { first.adding(days: $0) }
  }

  // MARK: Chance

  package mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &random) == 0 }
  package mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices.randomElement(using: &random)!
  }
  package mutating func session() -> SessionID {
    try! SessionID("session-\(Int.random(in: 1...12, using: &random))")
  }
  package mutating func presentation() -> PresentationID {
    try! PresentationID("talk-\(Int.random(in: 1...9, using: &random))")
  }

  /// Mostly by day, sometimes at night, rarely before or after the conference.
  package mutating func time() -> ZonedTime {
    let day = days[1].adding(days: chance(12) ? pick([-2, 2]) : Int.random(in: -1...1, using: &random))
    let minute =
      chance(4)
      ? Int.random(in: 0..<95, using: &random) * 15 : 540 + Int.random(in: 0..<36, using: &random) * 15
    let times = rules.times(day, minute)
    return times.randomElement(using: &random) ?? rules.time(60, after: rules.times(day, 60)[0])
  }

  package mutating func span() -> (from: ZonedTime, until: ZonedTime) {
    let start = time()
    let minutes = chance(10) ? pick([600, 1440, 5]) : Int.random(in: 1...12, using: &random) * 15
    return (start, rules.time(minutes, after: start))
  }

  package mutating func slot() -> Slot {
    let (start, end) = span()
    return try! Slot(room: pick(rooms), start: start, end: end)
  }

  package mutating func hours() -> [ClockRange]? {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: nil
    case 1: []
    case 2: [ClockRange(from: 540, until: 60)]
    case 3: [ClockRange(from: 480, until: 720), ClockRange(from: 720, until: 1200)]
    case 4: [ClockRange(from: 0, until: 0)]
    default: [ClockRange(from: 480, until: 780), ClockRange(from: 840, until: 1320)]
    }
  }

  package mutating func part() -> RoleAssignment { RoleAssignment(pick(SessionRole.allCases), pick(people)) }

  package mutating func newPresentation(_ id: PresentationID, in session: SessionID) -> Presentation {
    let start = slots[session]?.values.sorted { $0.start < $1.start }.randomElement(using: &random)?.start
    return Presentation(
      id, title: text("Talk"), people: (0..<Int.random(in: 0...2, using: &random)).map { _ in pick(people) },
      minutes: chance(3) ? nil : pick([0, 10, 20, 45, 90, 200]),
      start: chance(4) ? start.map { rules.time(pick([0, 15, 40, -30]), after: $0) } : nil)
  }

  package mutating func scheduled(_ session: SessionID) -> SessionScheduled {
    SessionScheduled(
      session: session, title: text("Session"),
      kind: chance(5) ? .plenary : chance(5) ? .break : pick([.session, .panel, .workshop]), slot: slot()
    ) {
      $0.track = chance(2) ? pick(tracks) : nil
      $0.expected = chance(4) ? pick([1, 2, 3, 50]) : nil
      $0.needs = chance(4) ? [pick(features)] : nil
    }
  }

  /// The next of something that is numbered.
  private mutating func number(_ what: String) -> Int {
    counts[what, default: 0] += 1
    return counts[what]!
  }

  /// One of the numbers that were given; 1 if none was.
  private mutating func numberGiven(_ what: String) -> Int {
    Int.random(in: 1...max(1, counts[what] ?? 0), using: &random)
  }

  /// Goes on from another program without what happened in it, except that its numbers are never used again.
  package mutating func forget(_ other: OddProgram) {
    (random, counts, lastSlot) = (other.random, other.counts, other.lastSlot)
  }

  // MARK: Events

  /// The conference, its rooms and all that may come.
  package mutating func opening() -> [any EventBody] {
    var events: [any EventBody] = [
      ConferenceOpened(title: text("Odd Conference"), firstDay: days[0], lastDay: days[2], zone: rules.zone) {
        $0.languages = [.english]
        $0.roomChange = chance(2) ? 10 : nil
      }
    ]
    events += venues.map { VenueAdded(venue: $0, name: text("Venue")) }
    events.append(TravelTimeSet(.venue(venues[0]), .venue(venues[1]), minutes: 30))
    for (index, room) in rooms.enumerated() {
      events.append(
        RoomAdded(room: room, name: text("Room")) {
          $0.capacity = index == 3 ? nil : index + 1
          $0.venue = index == 0 ? nil : venues[index % 2]
          $0.features = index == 2 ? features : index == 1 ? [] : nil
        })
    }
    events += tracks.map { TrackAdded(track: $0, name: text("Track")) }
    let name = try! PersonName([NameForm("Person, Odd", in: .english, order: nil)])
    events += people.map { SpeakerRegistered(person: $0, name: name) }
    events += attendees.map {
      AttendeeRegistered(attendee: $0, category: "delegate", listed: true, details: Sealed(base64: ""))
    }
    return events
  }

  /// What might happen next, whether it makes sense or not.
  package mutating func event() -> any EventBody {
    let known = slots.keys.sorted()
    guard known.count > 2, !chance(6) || known.count > 9 else {
      let unused = (1...12).map { try! SessionID("session-\($0)") }.filter { slots[$0] == nil }
      let body = scheduled(unused.isEmpty ? session() : pick(unused))
      slots[body.session] = [1: body.slot]
      return body
    }
    let id = pick(known)
    switch Int.random(in: 0..<26, using: &random) {
    case 0, 1:
      let (number, from) = slots[id]!.sorted { $0.key < $1.key }.randomElement(using: &random)!
      let to = slot()
      slots[id]![number] = to
      return SessionMoved(session: id, from: from, to: to, number: number)
    case 2:
      let number = (lastSlot[id] ?? 1) + 1
      lastSlot[id] = number
      let new = slot()
      slots[id]![number] = new
      return SlotAdded(session: id, number: number, slot: new)
    case 3 where slots[id]!.count > 1:
      let (number, slot) = slots[id]!.sorted { $0.key < $1.key }.randomElement(using: &random)!
      slots[id]![number] = nil
      return same(SlotAdded(session: id, number: number, slot: slot), as: SlotRemoved.self)
    case 4:
      return SessionRevised(session: id) {
        $0.kind = pick([.plenary, .session, .break])
        $0.expected = chance(2) ? pick([1, 2, 80]) : nil
      }
    case 5:
      return SessionRevised(session: id) {
        $0.needs = chance(2) ? [pick(features)] : nil
        $0.cleared = chance(3) ? [.expected, .needs] : nil
      }
    case 6: return SessionCancelled(session: id, slots: numbered(id))
    case 7: return SessionUnscheduled(session: id, slots: numbered(id))
    case 8, 9: return SessionReinstated(session: id, slots: numbered(id), kind: pick([.session, .plenary]))
    case 10, 11, 12, 13:
      let part = part()
      return PersonAssigned(session: id, person: part.person, role: part.role)
    case 14:
      let part = part()
      return same(
        PersonAssigned(session: id, person: part.person, role: part.role), as: PersonUnassigned.self)
    case 15, 16:
      let presentation = presentation()
      if presentations[presentation] == nil {
        let body = newPresentation(presentation, in: id)
        presentations[presentation] = (id, body)
        return PresentationAdded(session: id, presentation: body)
      }
      let (session, former) = presentations[presentation]!
      let body = newPresentation(presentation, in: session)
      presentations[presentation]!.body = body
      return PresentationRevised(session: session, presentation: body, formerPeople: former.people)
    case 17:
      let order = presentations.filter { $0.value.session == id }.keys.sorted().shuffled(using: &random)
      return PresentationsOrdered(session: id, order: order)
    case 18:
      let name = presentation()
      guard let (session, former) = presentations[name] else { return event() }
      presentations[name] = nil
      return PresentationWithdrawn(session: session, presentation: name, people: former.people)
    case 19:
      let (from, until) = span()
      let person = pick(people)
      return UnavailabilityStated(person: person, number: number("\(person)"), from: from, until: until)
    case 20:
      let person = pick(people)
      return UnavailabilityRemoved(person: person, number: numberGiven("\(person)"))
    case 21:
      let room = pick(rooms)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: return same(Named(room: room), as: RoomClosed.self)
      case 1, 2: return same(Named(room: room), as: RoomReopened.self)
      default:
        return RoomRevised(room: room) {
          $0.capacity = pick([1, 2, 60])
          $0.venue = chance(2) ? pick(venues) : nil
          $0.features = chance(2) ? [pick(features)] : nil
          $0.cleared = chance(4) ? [.venue] : nil
        }
      }
    case 22:
      return RoomHoursSet(room: pick(rooms), day: chance(2) ? pick(days) : nil, hours: hours())
    case 23:
      let room = pick(rooms)
      let (from, until) = span()
      return chance(3)
        ? same(Named(room: room, number: numberGiven("\(room)")), as: RoomClosureRemoved.self)
        : RoomClosureStated(room: room, number: number("\(room)"), from: from, until: until)
    case 24:
      switch Int.random(in: 0..<5, using: &random) {
      case 0:
        let two = rooms.shuffled(using: &random)
        return TravelTimeSet(.room(two[0]), .room(two[1]), minutes: pick([nil, 0, 5, 45]))
      case 1: return TravelTimeSet(.venue(venues[1]), .venue(venues[0]), minutes: pick([nil, 20, 60]))
      case 2:
        return ConferenceRevised {
          $0.firstDay = days[0].adding(days: pick([0, 1, -1]))
          $0.roomChange = pick([nil, 0, 25])
        }
      case 3:
        return ConferenceRevised {
          $0.lastDay = days[2].adding(days: pick([0, 1]))
          $0.cleared = [.roomChange]
        }
      default: return same(SpeakerReinstated(person: pick(people)), as: SpeakerWithdrawn.self)
      }
    default:
      let attendee = pick(attendees)
      return chance(4)
        ? AttendeeSignedOff(attendee: attendee, session: id)
        : AttendeeSignedUp(attendee: attendee, session: id)
    }
  }

  private func numbered(_ id: SessionID) -> [NumberedSlot] {
    slots[id]!.sorted { $0.key < $1.key }.map { NumberedSlot(number: $0.key, slot: $0.value) }
  }
}

/// DetailsList of events that only a decision makes.
private struct Named: Encodable {
  var room: RoomID
  var number: Int?
}

private func text(_ english: String) -> LocalizedText { LocalizedText([.english: english]) }

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers for the same seed.
package struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// An event of another type with the same details.
package func same<Body: EventBody>(_ body: some Encodable, as _: Body.Type) -> Body {
  try! JSONText.decode(Body.self, from: JSONText.encode(body))
}

/// Events as a log keeps them, behind others.
package func recorded(_ bodies: [any EventBody], after position: Int = 0) -> [RecordedEvent] {
  bodies.enumerated().map { index, body in
    RecordedEvent(
      conference: "odd", position: position + index + 1, type: type(of: body).type,
      version: type(of: body).version, tags: body.tags.map(\.text), body: try! JSONText.encode(body),
      actor: "anna", reason: nil, commandID: "00000000-0000-4000-8000-000000000000",
      recordedAt: Timestamp(microseconds: Int64(position + index + 1) * 60_000_000), leaf: [])
  }
}
