package import EventLog
import Interchange
package import People
import Publishing
import Scheduling
package import Vocabulary

/// A published schedule as the events of a conference, with what a schedule does not tell (capacities,
/// chairs, affiliations, attendees …) invented, the same in every run.
///
/// What overlaps in it overlaps here: the events are what was said, not what a decision allowed.
package struct ScheduleFixture: Sendable {
  package let conference: ConferenceID
  package private(set) var events: [any EventBody] = []
  /// What is sealed about the attendees, by their names in the log.
  package private(set) var details: [String: AttendeeDetails] = [:]
  /// The keys that it is sealed with, by the persons' tags, as the vault has them.
  package private(set) var keys: [String: SealingKey] = [:]
  package private(set) var rooms: [RoomID] = []
  package private(set) var sessions: [SessionID] = []
  package private(set) var people: [PersonID] = []

  private let rules: ZoneRules
  private var days: [CalendarDate] = []
  private var capacities: [RoomID: Int] = [:]

  /// - Parameters:
  ///   - attendees: how many have registered.
  /// - Throws: for a file that is absent, or that is no schedule.
  package init(_ published: PublishedSchedule, attendees: Int = 1200) throws {
    let (schedule, zone) = try published.read()
    conference = try ConferenceID(ShortNames.of("\(published)", limit: 32) ?? "schedule")
    guard let first = try schedule.firstDay.map(CalendarDate.init),
      let last = try schedule.lastDay.map(CalendarDate.init)
    else { throw InvalidValue("No day was found.") }
    days = (first.daysSince1970...last.daysSince1970).map { CalendarDate(daysSince1970: $0) }
    rules = try ZoneRules(system: zone, days: first...last)
    try open(schedule, first, last)
    let rooms = try addRooms(schedule)
    let tracks = try addTracks(schedule)
    let people = try registerSpeakers(schedule)
    let scheduled = try scheduleSessions(schedule, rooms, tracks, people)
    try addServices(first, last)
    try register(attendees)
    events.append(ProgramReleased(version: "1.0", note: text("The first program.")))
    try change(scheduled)
    events.append(
      ProgramReleased(version: "1.1", note: text("Some sessions were moved, and three are cancelled.")))
  }

  // MARK: Conference, rooms, tracks

  private mutating func open(_ schedule: ForeignConference, _ first: CalendarDate, _ last: CalendarDate)
    throws
  {
    let title = schedule.title?.first ?? ""
    let chinese = try Language("zh")
    events.append(
      ConferenceOpened(
        title: text(title.isEmpty ? "A Conference" : title), firstDay: first, lastDay: last, zone: rules.zone
      ) {
        $0.place = schedule.city.map { text($0) }
        $0.languages = title.contains(where: \.isHan) ? [.english, chinese] : [.english]
        $0.welcome = text(
          "Welcome! In these days we meet, listen, and disagree with each other in good spirits.")
      })
    for (organisation, role) in [
      ("The Association", OrganisationRole.organiser), ("The University", .host),
      ("Ironworks Hosting", .sponsor), ("The City", .partner),
    ] {
      events.append(OrganisationRoleAssigned(organisation: text(organisation), role: role))
    }
  }

  private mutating func addRooms(_ schedule: ForeignConference) throws -> [String: RoomID] {
    var names: [String: RoomID] = [:]
    var slugs = ShortNames()
    let rooms = schedule.sessions.flatMap(\.slots).map { $0.room ?? "" }.uniqued()
    // Houses are named by the letters that rooms begin with: H.1302, K.1.105, UB2.252A.
    let houses = Dictionary(grouping: rooms, by: house).filter { $0.value.count > 1 && $0.key != "" }
    var venues: [String: VenueID] = [:]
    for house in houses.keys.sorted() {
      let venue = try VenueID(ShortNames.of("building-\(house)") ?? "building")
      guard venues.values.allSatisfy({ $0 != venue }) else { continue }
      venues[house] = venue
      events.append(
        VenueAdded(venue: venue, name: text("Building \(house)")) {
          $0.address = text("\(venues.count), University Street")
        }
      )
    }
    for (a, b) in pairs(venues.values.sorted()) {
      events.append(TravelTimeSet(.venue(a), .venue(b), minutes: 5))
    }
    for (number, name) in rooms.enumerated() {
      let room = try RoomID(slugs.next(ShortNames.of(name), or: "room"))
      names[name] = room
      let capacity = number == 0 ? 1400 : 40 + Int(sha256(name)[0]) * 2
      capacities[room] = capacity
      var features = ["projector", "microphone"]
      if number % 3 == 0 { features.append("step-free-access") }
      if number % 7 == 0 { features.append("interpretation") }
      let known = number % 11 == 10 ? nil : try features.map { try FeatureID($0) }
      events.append(
        RoomAdded(room: room, name: text(name.isEmpty ? "Room" : name)) {
          $0.capacity = capacity
          $0.venue = venues[house(name)]
          $0.features = known
        })
      if number % 10 == 9 {
        events.append(RoomHoursSet(room: room, hours: [try ClockRange("08:00-22:00")]))
      }
    }
    self.rooms = names.values.sorted()
    return names
  }

  private func house(_ room: String) -> String { String(room.prefix { $0.isUppercase && $0.isASCII }) }

  private mutating func addTracks(_ schedule: ForeignConference) throws -> [String: TrackID] {
    let colors = ["#2f6b5b", "#8a3b2e", "#345995", "#b8860b", "#6a4c93", "#1982c4", "#7a7a3a", "#a23e48"]
    var slugs = ShortNames()
    var tracks: [String: TrackID] = [:]
    let names = schedule.sessions.compactMap(\.track).uniqued()
    for (number, name) in names.enumerated() {
      let track = try TrackID(slugs.next(ShortNames.of(name), or: "track"))
      tracks[name] = track
      events.append(TrackAdded(track: track, name: text(name)) { $0.color = colors[number % colors.count] })
    }
    return tracks
  }

  // MARK: People

  private mutating func registerSpeakers(_ schedule: ForeignConference) throws -> [String: PersonID] {
    var slugs = ShortNames()
    var people: [String: PersonID] = [:]
    for (number, person) in schedule.people.enumerated() {
      // Some have nothing in place of a name.
      guard let name = try? Naming.personName(person.name) else { continue }
      let id = try PersonID(slugs.next(ShortNames.of(person.name), or: "speaker"))
      people[person.key] = id
      self.people.append(id)
      events.append(
        SpeakerRegistered(person: id, name: name) {
          $0.biography =
            number % 6 == 0
            ? text(
              "\(name.printed) has worked on this for \(3 + number % 20) years, at first alone and then with "
                + "everybody who would listen, and lives in \(Names.cities[number % Names.cities.count]).")
            : nil
          $0.pronunciation = number % 40 == 0 ? text("as it is written") : nil
        })
      for stated in 0..<(number % 9 == 0 ? 2 : number % 2) {
        let city = Names.cities[(number / 2 + stated) % Names.cities.count]
        events.append(
          AffiliationStated(
            person: id, number: stated + 1,
            affiliation: Affiliation(
              position: number % 3 == 0 ? text(Names.offices[number % Names.offices.count]) : nil,
              organisation: text(
                number % 4 == 1 ? "\(city) Software Cooperative" : "University of \(city)"))))
      }
      if number % 3 == 0 {
        let contact = SpeakerContact(email: try EmailAddress("\(id)@example.org"))
        events.append(
          ContactStated(
            person: id, contact: try seal(contact, id.tag, SpeakerContact.context(conference, id))))
      }
      if number % 60 == 30 {
        events.append(
          UnavailabilityStated(
            person: id, number: 1, from: try rules.time(days[0], 6 * 60),
            until: try rules.time(days[0], 9 * 60)))
      }
    }
    return people
  }

  private mutating func seal(_ value: some Encodable, _ person: Tag, _ context: String) throws -> Sealed {
    let key = SealingKey(bytes: sha256("\(conference)/\(person)"))
    keys[person.text] = key
    return try Sealed(value, key: key, context: context, commandID: "\(events.count)")
  }

  private mutating func register(_ count: Int) throws {
    // Those with few seats are what one signs up for.
    let small = events.compactMap { $0 as? SessionScheduled }.filter {
      $0.details.kind == .workshop || (capacities[$0.slot.room] ?? 0) < 80
    }
    let categories = ["delegate", "delegate", "delegate", "student", "press", "volunteer", "exhibitor"]
    for number in 0..<count {
      let attendee = try AttendeeID("a-" + String(number + 46_656, radix: 36))
      let category = categories[number % categories.count]
      let known = try Names.attendee(number, category)
      details[attendee.slug] = known
      events.append(
        AttendeeRegistered(
          attendee: attendee, category: category, listed: number % 5 != 4,
          details: try seal(known, attendee.tag, AttendeeDetails.context(conference, attendee))))
      if number % 3 != 0 { events.append(AttendeeCheckedIn(attendee: attendee)) }
      guard number % 3 == 1, !small.isEmpty else { continue }
      for choice in 0..<(1 + number % 2) {
        events.append(
          AttendeeSignedUp(attendee: attendee, session: small[(number * 7 + choice) % small.count].session))
      }
    }
  }

  // MARK: Sessions

  private mutating func scheduleSessions(
    _ schedule: ForeignConference, _ rooms: [String: RoomID], _ tracks: [String: TrackID],
    _ people: [String: PersonID]
  ) throws -> [SessionScheduled] {
    var slugs = ShortNames()
    var presentations = ShortNames()
    var scheduled: [SessionScheduled] = []
    for (number, session) in schedule.sessions.enumerated() {
      guard let planned = session.slots.first, let room = rooms[planned.room ?? ""],
        let start = try start(of: planned),
        let slot = try? Slot(room: room, start: start, end: rules.time(max(planned.minutes, 5), after: start))
      else { continue }
      let title = clean(session.title.first, .line) ?? "Session \(number + 1)"
      let id = try SessionID(slugs.next(ShortNames.of(title, limit: 48), or: "session"))
      let language = spoken(session.language ?? "", in: title)
      let about = [session.abstract, session.description].compactMap { clean($0?.first ?? "", .paragraphs) }
      var body = SessionScheduled(
        session: id, title: text(title), kind: form(session.kind ?? "", number, session), slot: slot
      )
      body.details.track = session.track.flatMap { tracks[$0] }
      body.details.description = about.isEmpty ? nil : text(about.uniqued().joined(separator: "\n\n"))
      body.details.languages = [language]
      body.details.interpretation =
        number % 30 == 7 ? [try Language(language.primary == "en" ? "fr" : "en")] : nil
      body.details.links = links(session)
      body.details.expected = number % 10 == 3 ? (capacities[room] ?? 100) * (number % 9 + 2) / 8 : nil
      body.details.needs =
        try number % 8 == 5
        ? [FeatureID("projector")] : number % 50 == 9 ? [FeatureID("interpretation")] : nil
      scheduled.append(body)
      sessions.append(id)
      events.append(body)
      let speakers = session.people.compactMap { people[$0.person] }.uniqued()
      if let chair = scheduled.dropLast().last(where: { $0.details.track == body.details.track }),
        number % 12 == 5,
        let person = events.lazy.compactMap({ $0 as? PersonAssigned }).first(where: {
          $0.session == chair.session
        }), !speakers.contains(person.person)
      {
        events.append(PersonAssigned(session: id, person: person.person, role: .chair))
      }
      let role: SessionRole = body.details.kind == .panel ? .discussant : .speaker
      for (place, person) in speakers.enumerated() {
        events.append(
          PersonAssigned(
            session: id, person: person, role: body.details.kind == .panel && place == 0 ? .moderator : role))
      }
      guard number % 25 == 11, slot.minutes >= 20 else { continue }
      for part in 0..<3 {
        let name = "\(title), part \(part + 1)"
        events.append(
          PresentationAdded(
            session: id,
            presentation: Presentation(
              try PresentationID(presentations.next(ShortNames.of(name, limit: 56), or: "presentation")),
              title: text(name), abstract: part == 0 ? text("What was known before.") : nil,
              people: speakers.isEmpty ? [] : [speakers[part % speakers.count]],
              minutes: part == 2 ? nil : slot.minutes / 4)))
      }
    }
    return scheduled
  }

  /// Breaks, a lunch and a reception, in a room of their own; and workshops in two parts.
  private mutating func addServices(_ first: CalendarDate, _ last: CalendarDate) throws {
    let foyer = try RoomID("foyer-of-the-conference")
    events.append(RoomAdded(room: foyer, name: text("Foyer", zh: "大厅", ru: "Фойе")) { $0.capacity = 2000 })
    rooms.append(foyer)
    for day in days {
      for (name, title, kind, from, length) in [
        ("coffee", "Coffee", SessionKind.break, 10 * 60 + 30, 30),
        ("lunch", "Lunch", .meal, 12 * 60 + 30, 60),
      ] {
        let start = try rules.time(day, from)
        let id = try SessionID("\(name)-\(day)")
        sessions.append(id)
        events.append(
          SessionScheduled(
            session: id, title: text(title), kind: kind,
            slot: try Slot(room: foyer, start: start, end: rules.time(length, after: start))))
      }
    }
    let start = try rules.time(first, 21 * 60)
    let party = try SessionID("reception-of-the-first-evening")
    sessions.append(party)
    events.append(
      SessionScheduled(
        session: party, title: text("Reception", zh: "招待会", ru: "Приём"), kind: .reception,
        slot: try Slot(room: foyer, start: start, end: rules.time(300, after: start))))
    let second = try rules.time(last, 9 * 60)
    let workshop = try SessionID("workshop-in-two-parts")
    sessions.append(workshop)
    let morning = try rules.time(first, 9 * 60)
    events.append(
      SessionScheduled(
        session: workshop, title: text("A Workshop in Two Parts"), kind: .workshop,
        slot: try Slot(room: foyer, start: morning, end: rules.time(60, after: morning))))
    if first != last {
      events.append(
        SlotAdded(
          session: workshop, number: 2,
          slot: try Slot(room: foyer, start: second, end: rules.time(60, after: second))))
    }
  }

  /// What became of some sessions after the first release.
  private mutating func change(_ scheduled: [SessionScheduled]) throws {
    for (number, body) in scheduled.enumerated() where number % 60 == 20 {
      events.append(
        SessionMoved(
          session: body.session, from: body.slot,
          to: try Slot(
            room: rooms[number % rooms.count], start: body.slot.start, end: body.slot.end)))
    }
    for body in scheduled.dropFirst(17).prefix(3) {
      events.append(SessionCancelled(session: body.session, slot: body.slot))
    }
    for body in scheduled.dropFirst(40).prefix(5) {
      events.append(
        SessionRevised(session: body.session) {
          $0.title = text(body.details.title.entries[0].text + " (revised)")
        })
    }
  }

  // MARK: Reading

  private func start(of slot: ForeignSlot) throws -> ZonedTime? {
    switch slot.start {
    case .instant(let microseconds, _): return rules.time(at: Timestamp(microseconds: microseconds))
    case .wall(let date, let minutes):
      let day = CalendarDate(daysSince1970: try CalendarDate(date).daysSince1970 + minutes / 1440)
      return rules.times(day, minutes % 1440).first
    }
  }

  private func form(_ type: String, _ number: Int, _ session: ForeignSession) -> SessionKind {
    let type = type.lowercased()
    if type.contains("keynote") { return .keynote }
    if type.contains("workshop") || type == "junior" { return .workshop }
    if type == "podium" || session.people.count > 3 { return .panel }
    return type == "film" || type == "performance" || type == "bof"
      ? .session : number % 200 == 150 ? .poster : .session
  }

  private func links(_ session: ForeignSession) -> [Link]? {
    let links = session.links.prefix(4).compactMap { link in
      try? Link(
        link.kind == .slides ? .slides : link.kind == .recording ? .recording : .related, link.address,
        title: link.title.flatMap { clean($0, .line) }.map { text($0) })
    }
    return links.isEmpty ? nil : links
  }
}

// MARK: Texts

/// In the language that its script suggests, and in Chinese and Russian.
private func text(_ text: String, zh: String? = nil, ru: String? = nil) -> LocalizedText {
  var texts = [language(of: text): text]
  if let chinese = try? Language("zh"), let zh { texts[chinese] = zh }
  if let russian = try? Language("ru"), let ru { texts[russian] = ru }
  return LocalizedText(texts)
}

private func language(of text: String) -> Language {
  let letters = text.unicodeScalars.filter(\.properties.isAlphabetic)
  let han = letters.count { Character($0).isHan }
  let kana = letters.count { (0x3040...0x30FF).contains($0.value) }
  let cyrillic = letters.count { (0x400...0x4FF).contains($0.value) }
  let tag = kana > 0 ? "ja" : han * 4 > letters.count ? "zh" : cyrillic * 2 > letters.count ? "ru" : "en"
  return (try? Language(tag)) ?? .english
}

private func spoken(_ tag: String, in title: String) -> Language {
  (try? Language(tag)) ?? language(of: title)
}

/// Without what no text may have; nil for nothing.
private func clean(_ text: String, _ shape: TextShape) -> String? {
  var plain = text.replacing(/\n\s*\n+/, with: "\n\n")
  // Pictures are in no font that Plenary comes with, and refused by whatever is printed.
  plain.unicodeScalars.removeAll {
    $0 != "\n" && $0.properties.generalCategory == .control || $0.properties.isEmojiPresentation
      || $0.properties.isVariationSelector || $0 == "\u{FFFD}"
  }
  if shape == .line { plain = plain.replacing("\n", with: " ") }
  return try? checkedText(plain, "text", shape)
}

extension ForeignText {
  fileprivate var first: String { entries.first?.text ?? "" }
}
