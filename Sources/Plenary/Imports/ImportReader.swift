import EventLog
import Interchange
import People
import Publishing
import Scheduling
import Vocabulary

/// Makes of a file's facts what a decision compares with the program: checked texts, times on the conference's clocks,
/// names in their parts.
///
/// What cannot be taken as it stands is changed or left out with a remark; nothing is dropped without one.
struct ImportReader {
  private let conference: ConferenceDetails
  private let facts: ForeignConference
  private let rules: ZoneRules
  /// Of the zone that the file names, for the times that it gives without one.
  private let fileRules: ZoneRules
  /// Of the zones that single times name.
  private var namedRules: [String: ZoneRules] = [:]
  private(set) var remarks: [Remark]
  private(set) var wanted = WantedProgram()
  /// Sessions that the file has and that could not be taken.
  private(set) var leftOut = 0

  private var rooms: [String: Int] = [:]
  private var tracks: [String: Int] = [:]
  private var people: [String: Int] = [:]
  /// Names that stand for a room or a person whom nobody knows yet.
  private var placeholders: (rooms: Set<String>, people: Set<String>) = ([], [])
  /// Titles in two scripts of the conference's languages, and the language that was taken.
  private var mixedTitles: [(title: String, language: Language, at: SourcePosition?)] = []

  /// - Parameter isTable: whether an empty cell says nothing.
  init(_ facts: ForeignConference, into conference: ConferenceFacts, isTable: Bool = false) throws {
    let details = try conference.details
    self.conference = details
    self.facts = facts
    remarks = facts.remarks
    leftOut = facts.leftOut
    rules = try conference.times().rules
    let days = details.firstDay...details.lastDay
    var named = rules
    if let zone = facts.zone, zone != details.zone {
      if let known = try? ZoneRules(system: zone, days: days) {
        named = known
        remarks.append(
          Remark(
            "The file's times are in \(zone), the conference's clocks in \(details.zone); they were converted."
          ))
      } else {
        remarks.append(
          Remark("“\(excerpt(zone))” is not a known time zone; times were read in \(details.zone)."))
      }
    }
    fileRules = named
    tellDays()
    tellClocks()
    tellNights()
    for room in facts.rooms { read(room) }
    for track in facts.tracks { read(track) }
    for person in facts.people { read(person) }
    wanted.isOwn = facts.isOwn
    wanted.keepsRooms = isTable || facts.rooms.isEmpty
    for session in facts.sessions { read(session) }
    tellPlaceholders()
    tellRooms()
    tellMixedTitles()
  }

  /// The language of names in Latin letters.
  private var latin: Language {
    conference.languages.first { LanguageScript(of: $0) == .latin } ?? .english
  }

  /// A file of another year is easily taken for this year's.
  private mutating func tellDays() {
    let days = facts.sessions.map { $0.slots.compactMap { day($0) } }.filter { !$0.isEmpty }
    let span = conference.firstDay...conference.lastDay
    let outside = days.count { !$0.allSatisfy(span.contains) }
    guard let first = days.joined().min(), let last = days.joined().max(), outside > 0 else { return }
    remarks.append(
      Remark(
        "\(counted(outside, "session")) of \(days.count) \(outside == 1 ? "is" : "are") outside the conference's days "
          + "(\(conference.firstDay) to \(conference.lastDay)); the file's are \(first) to \(last)."))
  }

  private func day(_ slot: ForeignSlot) -> CalendarDate? {
    switch slot.start {
    case .instant(let microseconds, _):
      rules.time(at: Timestamp(microseconds: microseconds)).day(beginningAt: conference.dayStart ?? 0)
    case .wall(let date, let minutes):
      (try? CalendarDate(date))?.adding(
        days: minutes < conference.dayStart ?? 0 ? -1 : (minutes - (conference.dayStart ?? 0)) / 1440)
    }
  }

  /// Times that name their distance from UTC, and not the zone, are converted. If the conference has the wrong zone, all of them
  /// are wrong.
  private mutating func tellClocks() {
    guard facts.zone == nil else { return }
    var (all, first): (Int, (there: String, here: ZonedTime)?) = (0, nil)
    for slot in facts.sessions.flatMap(\.slots) {
      guard case .instant(let microseconds, let offset?) = slot.start else { continue }
      let here = rules.time(at: Timestamp(microseconds: microseconds))
      guard here.offset != offset else { continue }
      all += 1
      if first == nil {
        let there = ZoneRules(zone: rules.zone, offset: offset).time(at: here.instant)
        first = (ClockRange.clock(there.minuteOfDay), here)
      }
    }
    guard let first else { return }
    remarks.append(
      Remark(
        "\(counted(all, "time")) of the file \(all == 1 ? "is" : "are") on other clocks than the conference's (\(rules.zone)), and "
          + "\(all == 1 ? "was" : "were") converted: \(first.there) in the file is \(ClockRange.clock(first.here.minuteOfDay)) here. If the "
          + "conference has the wrong zone, undo the import, correct the zone, and import the file again."))
  }

  /// What happens at one in the morning belongs to the evening before only where the conference says so.
  private mutating func tellNights() {
    let here = conference.dayStart ?? 0
    guard let there = facts.dayBegins, there != here else { return }
    let between = min(here, there)..<max(here, there)
    let nights = facts.sessions.count { session in
      session.slots.contains { slot in
        switch slot.start {
        case .instant(let microseconds, _):
          between.contains(rules.time(at: Timestamp(microseconds: microseconds)).minuteOfDay)
        case .wall(_, let minutes): between.contains(minutes % 1440)
        }
      }
    }
    guard nights > 0 else { return }
    remarks.append(
      Remark(
        "The file's days begin at \(ClockRange.clock(there)), the conference's at \(ClockRange.clock(here)), so \(counted(nights, "session")) "
          + "at night \(nights == 1 ? "is" : "are") on another day here. To change that: plenary conference revise "
          + "--day-start \(ClockRange.clock(there))"))
  }

  // MARK: Rooms, tracks, people

  private mutating func read(_ room: ForeignRoom) {
    guard rooms[room.key] == nil, let name = text(room.name, .line, "room's name", nil, room.at) else {
      return
    }
    // A table of ours calls the room by its short name.
    let isOwn = room.keys.contains { $0.kind == .own }
    if !isOwn, name.entries.allSatisfy({ Placeholder.isUsed(as: $0.text) }) {
      placeholders.rooms.insert(name.entries[0].text)
      return
    }
    rooms[room.key] = wanted.rooms.count
    wanted.rooms.append(
      WantedRoom(
        identity(room.keys, "name", name, or: "room"),
        RoomDetails(name: name) {
          $0.capacity = room.capacity.flatMap { (1...1_000_000).contains($0) ? $0 : nil }
        }))
  }

  private mutating func read(_ track: ForeignTrack) {
    guard tracks[track.key] == nil, let name = text(track.name, .line, "track's name", nil, track.at) else {
      return
    }
    tracks[track.key] = wanted.tracks.count
    let color = track.color?.lowercased()
    let isColor = color?.wholeMatch(of: /#[0-9a-f]{6}/) != nil
    if let color, !isColor {
      remarks.append(
        Remark("“\(excerpt(color))” is not a colour such as #2f6b5b; it was left out.", at: track.at))
    }
    wanted.tracks.append(
      WantedTrack(
        identity(track.keys, "name", name, or: "track"),
        TrackDetails(name: name) { $0.color = isColor ? color : nil }))
  }

  private mutating func read(_ person: ForeignPerson) {
    guard people[person.key] == nil else { return }
    let name: PersonName
    do {
      name = try Naming.personName(person.name, latin: latin)
    } catch {
      let session = facts.sessions.first { $0.people.contains { $0.person == person.key } }
      let of = session.map { " of “\(excerpt($0.title.entries.first?.text ?? ""))”" } ?? ""
      remarks.append(Remark("A person\(of) was left out: \(error)", at: person.at))
      return
    }
    if name.forms.allSatisfy({ Placeholder.isUsed(as: $0.printed) }) {
      placeholders.people.insert(name.printed)
      return
    }
    tellLostCharacter(in: name.printed, "person's name", person.at)
    people[person.key] = wanted.people.count
    let identity = identity(
      person.keys, "name:\(contentKey(name.printed))", ShortNames.of(person.name, limit: 48) ?? "speaker")
    var wantedPerson = WantedPerson(
      identity,
      SpeakerDetails(name: name) {
        $0.biography = person.biography.flatMap { text($0, .paragraphs, "biography", nil, person.at) }
      })
    wantedPerson.shownName = shownForms(person.nameForms, latin: latin)
    if let organisation = person.organisation.flatMap({ line($0, "organisation", person.at) }) {
      wantedPerson.affiliation = Affiliation(
        position: person.position.flatMap { line($0, "position", person.at) }, organisation: organisation,
        country: person.country.flatMap { line($0, "country", person.at) })
    } else if let position = person.position {
      remarks.append(
        Remark(
          "The position “\(excerpt(position))” of \(name.printed) was left out, because there is no organisation with it.",
          at: person.at))
    }
    if let email = person.email {
      do {
        wantedPerson.email = try EmailAddress(email)
      } catch {
        remarks.append(Remark("The address of \(name.printed) was left out. \(error)", at: person.at))
      }
    }
    wanted.people.append(wantedPerson)
  }

  // MARK: Sessions

  private mutating func read(_ session: ForeignSession) {
    let spoken = session.language.flatMap { try? Language($0.replacing("_", with: "-")) }
    guard let title = text(session.title, .line, "title", spoken, session.at) else {
      leftOut += 1
      remarks.append(Remark("A session without a title was left out.", at: session.at))
      return
    }
    let name = title.entries[0].text
    if session.title.entries.contains(where: { $0.language == nil }) { noteMixed(title, session.at) }
    var details = SessionDetails(title: title, kind: kind(session))
    details.description = description(session, spoken)
    details.languages = languages(session)
    details.links = links(session, name)
    if let mayBeRecorded = session.mayBeRecorded, !mayBeRecorded {
      details.recording = Recording(.notPermitted)
    }
    // Of several slots, each has keys of its own, and none is the session's.
    let keys = session.keys + (session.slots.count == 1 ? session.slots[0].keys : [])
    var wantedSession = WantedSession(identity(keys, "title", title, or: "session"), details)
    wantedSession.track = session.track.flatMap { tracks[$0] }
    wantedSession.isCancelled = session.isCancelled
    wantedSession.saysState = session.saysState
    wantedSession.saysKind = session.kind != nil
    for slot in session.slots {
      if let place = place(slot, of: name, session) { wantedSession.places.append(place) }
    }
    wantedSession.places = distinct(wantedSession.places, name, session.at)
    for presence in session.people {
      guard let person = people[presence.person] else { continue }
      wantedSession.parts.append(.init(person: person, role: role(presence.role, name, session.at)))
    }
    if let columns = facts.ownColumns { shown(columns, session, &wantedSession) }
    wanted.sessions.append(wantedSession)
  }

  /// The languages of a session: `en`, and `en de` of our tables.
  private mutating func languages(_ session: ForeignSession) -> [Language] {
    guard let text = session.language else { return [] }
    if let one = try? Language(text.replacing("_", with: "-")) { return [one] }
    guard facts.isOwn else { return [] }
    let words = text.split { $0.isWhitespace || $0 == "," || $0 == ";" }
    let known = words.compactMap { try? Language(String($0)) }
    if known.count == words.count { return known }
    remarks.append(Remark("“\(excerpt(text))” cannot be read as languages, such as “en de”.", at: session.at))
    return []
  }

  /// What a table of ours shows of a session, and what somebody emptied in it.
  private mutating func shown(
    _ columns: Set<ColumnMapping.Target>, _ session: ForeignSession, _ wanted: inout WantedSession
  ) {
    wanted.titleLanguages = columns.compactMap { column in
      column.field == .title ? column.qualifier.flatMap { try? Language($0) } : nil
    }.sorted()
    wanted.roles = Set(
      columns.compactMap { column in
        column.field == .people
          ? SessionRole(rawValue: column.qualifier ?? SessionRole.speaker.rawValue) : nil
      })
    guard wanted.identity.own != nil else { return }
    let fields: [(ColumnMapping.Field, SessionDetails.Field, isEmpty: Bool)] = [
      (.description, .description, session.description == nil), (.track, .track, session.track == nil),
      (.language, .languages, session.language == nil), (.link, .links, session.links.isEmpty),
    ]
    for (column, field, isEmpty) in fields where isEmpty && columns.contains(where: { $0.field == column }) {
      wanted.emptied.insert(field.rawValue)
    }
    if session.kind == nil, columns.contains(where: { $0.field == .kind }) {
      remarks.append(
        Remark("The kind is empty. A session always has one, so it stays as it is.", at: session.at))
    }
  }

  private mutating func noteMixed(_ title: LocalizedText, _ at: SourcePosition?) {
    let scripts = Set(conference.languages.map(LanguageScript.init))
    for entry in title.entries
    where scripts.intersection(LanguageScript.counts(in: entry.text).keys).count > 1 {
      mixedTitles.append((entry.text, entry.language, at))
    }
  }

  /// “Closing / 闭幕式” is perhaps two titles.
  private mutating func tellMixedTitles() {
    guard let first = mixedTitles.first else { return }
    let shown = mixedTitles.prefix(3).map { "“\(excerpt($0.title))” (\($0.language))" }
    let rest = mixedTitles.count - shown.count
    let isOne = mixedTitles.count == 1
    remarks.append(
      Remark(
        "\(counted(mixedTitles.count, "title")) \(isOne ? "has" : "have") words in two scripts, and \(isOne ? "was" : "were") taken as one "
          + "language: \(shown.joined(separator: ", "))\(rest > 0 ? " and \(rest) more" : ""). To give a title in each language: "
          + "plenary session revise, or a column for each language.", at: first.at))
  }

  private mutating func description(_ session: ForeignSession, _ spoken: Language?) -> LocalizedText? {
    let parts = [session.subtitle, session.abstract, session.description].compactMap(\.self).compactMap {
      text($0, .paragraphs, "description", spoken, session.at)
    }
    var texts: [Language: [String]] = [:]
    for entry in parts.flatMap(\.entries) {
      // Some programs write the abstract once more into the description.
      if texts[entry.language]?.contains(entry.text) == true { continue }
      texts[entry.language, default: []].append(entry.text)
    }
    return texts.isEmpty ? nil : LocalizedText(texts.mapValues { $0.joined(separator: "\n\n") })
  }

  private mutating func links(_ session: ForeignSession, _ name: String) -> [Link]? {
    var links: [Link] = []
    for link in session.links {
      let kind: Link.Kind =
        switch link.kind {
        case .slides: .slides
        case .recording: .recording
        case .paper: .paper
        case .related: .related
        }
      let title = link.title.flatMap { line($0, "link's title", session.at) }
      guard let known = try? Link(kind, link.address, title: title) else {
        remarks.append(
          Remark(
            "The link “\(excerpt(link.address))” of “\(excerpt(name))” is no web address; it was left out.",
            at: session.at))
        continue
      }
      if !links.contains(where: { $0.url == known.url }) { links.append(known) }
    }
    return links.isEmpty ? nil : links
  }

  private mutating func place(_ slot: ForeignSlot, of name: String, _ session: ForeignSession)
    -> WantedSession.Place?
  {
    guard let start = time(slot.start, in: slot.zone, of: name, session.at) else { return nil }
    guard slot.minutes > 0, slot.minutes <= 1440 else {
      remarks.append(
        Remark(
          "“\(excerpt(name))” would last \(slot.minutes) minutes; a session has at least one and at most 1440. It was imported without that time.",
          at: session.at))
      return nil
    }
    var place = WantedSession.Place(
      room: slot.room.flatMap { rooms[$0] }, start: start, end: rules.time(slot.minutes, after: start))
    place.number = slot.number
    return place
  }

  private mutating func tellPlaceholders() {
    for (names, what) in [
      (placeholders.rooms, "a room that is not known yet; its sessions were read without a room."),
      (placeholders.people, "somebody who is not known yet; such parts were left out."),
    ] where !names.isEmpty {
      let quoted = list(names.sorted().map { "“\(excerpt($0))”" })
      remarks.append(Remark("\(quoted) \(names.count == 1 ? "stands" : "stand") for \(what)"))
    }
  }

  private mutating func tellRooms() {
    let without = wanted.sessions.count { $0.places.contains { $0.room == nil } }
    guard without > 0 else { return }
    remarks.append(
      Remark(
        "\(counted(without, "session has", "sessions have")) a time and no room. "
          + (wanted.keepsRooms
            ? "One that is here already keeps its room; a new one is in “Room to be announced”."
            : "\(without == 1 ? "It is" : "They are") in “Room to be announced”.")))
  }

  /// The rules of a zone that a time names beside it; those of the file's zone if nobody knows it, with a remark.
  private mutating func rules(of zone: String) -> ZoneRules {
    if let known = namedRules[zone] { return known }
    let days = conference.firstDay...conference.lastDay
    let known = [rules, fileRules].first { $0.zone == zone } ?? (try? ZoneRules(system: zone, days: days))
    if known == nil {
      remarks.append(
        Remark("“\(excerpt(zone))” is not a known time zone; its times were read in \(fileRules.zone)."))
    }
    namedRules[zone] = known ?? fileRules
    return known ?? fileRules
  }

  private mutating func time(
    _ time: ForeignTime, in zone: String?, of name: String, _ at: SourcePosition?
  ) -> ZonedTime? {
    let fileRules = zone.map { rules(of: $0) } ?? fileRules
    switch time {
    case .instant(let microseconds, _): return rules.time(at: Timestamp(microseconds: microseconds))
    case .wall(let text, let minutes):
      guard let date = try? CalendarDate(text) else {
        remarks.append(
          Remark(
            "“\(excerpt(text))” is not a day; “\(excerpt(name))” was imported without that time.", at: at))
        return nil
      }
      let day = date.adding(days: minutes / 1440)
      let times = fileRules.times(day, minutes % 1440)
      guard let first = times.first else {
        remarks.append(
          Remark(
            "The clocks of \(fileRules.zone) skip the start of “\(excerpt(name))”; it was imported without that time.",
            at: at))
        return nil
      }
      if times.count > 1 {
        remarks.append(
          Remark(
            "The clocks show the start of “\(excerpt(name))” twice that night; the first one was taken.",
            at: at))
      }
      return fileRules.zone == rules.zone ? first : rules.time(at: first.instant)
    }
  }

  /// In the order of their start, without those that overlap another one.
  private mutating func distinct(_ places: [WantedSession.Place], _ name: String, _ at: SourcePosition?)
    -> [WantedSession.Place]
  {
    var kept: [WantedSession.Place] = []
    for place in places.sorted(by: { ($0.start, $0.room ?? .max) < ($1.start, $1.room ?? .max) }) {
      if kept.contains(place) { continue }
      if kept.contains(where: { place.start < $0.end && $0.start < place.end }) {
        remarks.append(
          Remark("“\(excerpt(name))” has two slots at the same time; the second one was left out.", at: at))
        continue
      }
      kept.append(place)
    }
    return kept
  }

  private func kind(_ session: ForeignSession) -> SessionKind {
    if let same = session.kind.flatMap({ SessionKind(rawValue: $0.lowercased()) }) { return same }
    let words = Set((session.kind ?? "").lowercased().split { !$0.isLetter }.map(String.init))
    let table: [(SessionKind, Set<String>)] = [
      (.keynote, ["keynote", "keynotes"]), (.plenary, ["plenary"]),
      (.panel, ["panel", "podium", "roundtable"]),
      (.workshop, ["workshop", "tutorial", "training", "hackathon"]),
      (.poster, ["poster", "posters"]), (.break, ["break", "coffee", "tea", "pause"]),
      (.meal, ["lunch", "dinner", "breakfast", "meal"]), (.reception, ["reception", "party", "social"]),
      (.excursion, ["excursion", "tour"]), (.service, ["service", "registration"]),
    ]
    return table.first { !$0.1.isDisjoint(with: words) }?.0 ?? .session
  }

  private mutating func role(_ role: String?, _ name: String, _ at: SourcePosition?) -> SessionRole {
    guard let role else { return .speaker }
    let word = role.lowercased()
    if let same = SessionRole(rawValue: word) { return same }
    switch word {
    case "host", "facilitator": return .moderator
    case "panelist", "panellist": return .discussant
    case "session chair", "chairperson", "convener": return .chair
    case "author", "coauthor", "co-author", "co-speaker", "lecturer": return .speaker
    default:
      remarks.append(
        Remark("The role “\(excerpt(role))” in “\(excerpt(name))” was taken as speaker.", at: at))
      return .speaker
    }
  }

  // MARK: Texts

  /// - Parameter spoken: the language that the file gives the session, in which its texts probably are.
  private mutating func text(
    _ text: ForeignText, _ shape: TextShape, _ what: String, _ spoken: Language?, _ at: SourcePosition?
  ) -> LocalizedText? {
    var texts: [Language: String] = [:]
    for entry in text.entries {
      guard let clean = clean(entry.text, shape, what, at) else { continue }
      let given = entry.language.flatMap { try? Language($0.replacing("_", with: "-")) }
      // A table of ours has a column for each language.
      let language = given.map { facts.isOwn ? $0 : ofConference($0) } ?? self.language(of: clean, spoken)
      if texts[language] == nil { texts[language] = clean }
    }
    return texts.isEmpty ? nil : LocalizedText(texts)
  }

  private mutating func line(_ text: String, _ what: String, _ at: SourcePosition?) -> LocalizedText? {
    self.text(ForeignText(text), .line, what, nil, at)
  }

  /// One of the conference's languages, if it is a variant of one.
  private func ofConference(_ language: Language) -> Language {
    conference.languages.first { $0 == language } ?? conference.languages.first {
      $0.primary == language.primary
    } ?? language
  }

  /// The language that a text is in, by its script: first the one that is spoken, then the conference's.
  private func language(of text: String, _ spoken: Language?) -> Language {
    let scripts = LanguageScript.used(in: text)
    let candidates = (spoken.map { [ofConference($0)] } ?? []) + conference.languages
    if let known = candidates.first(where: { scripts.contains(LanguageScript(of: $0)) }) { return known }
    return scripts.first?.language ?? conference.languages[0]
  }

  private mutating func clean(_ text: String, _ shape: TextShape, _ what: String, _ at: SourcePosition?)
    -> String?
  {
    var clean = trimming(
      text.isSurelyClean(lines: shape == .paragraphs) ? text : cleaned(text, shape, what, at))
    if shape == .line, clean.contains("  ") { clean = clean.split(separator: " ").joined(separator: " ") }
    if clean.isEmpty { return nil }
    do {
      return try checkedText(clean, what, shape)
    } catch {
      remarks.append(Remark("\(error) It was left out.", at: at))
      return nil
    }
  }

  /// Without control characters, and with one kind of line break.
  private mutating func cleaned(_ text: String, _ shape: TextShape, _ what: String, _ at: SourcePosition?)
    -> String
  {
    var scalars: [Unicode.Scalar] = []
    var dropped = 0
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\r", "\t", "\u{2028}", "\u{2029}", "\u{85}":
        scalars.append(shape == .line ? " " : scalar == "\t" ? " " : "\n")
      case _ where !scalar.isASCII && scalar.properties.generalCategory == .control,
        "\0"..<" ", "\u{7F}":
        dropped += 1
      default: scalars.append(scalar)
      }
    }
    if dropped > 0 {
      remarks.append(Remark("\(counted(dropped, "control character")) left out of a \(what).", at: at))
    }
    tellLostCharacter(in: text, what, at)
    return String(scalars)
  }

  private mutating func tellLostCharacter(in text: String, _ what: String, _ at: SourcePosition?) {
    // A table tells it of the first cell.
    guard text.unicodeScalars.contains("\u{FFFD}"),
      !remarks.contains(where: { at?.isSame(as: $0.at) == true && $0.text.contains("U+FFFD") })
    else { return }
    remarks.append(
      Remark(
        "A \(what) has the sign U+FFFD, where another program could not read a character: “\(excerpt(text.around("\u{FFFD}")))”.",
        at: at))
  }

  // MARK: Identity

  private func identity(_ foreign: [ForeignKey], _ kind: String, _ name: LocalizedText, or other: String)
    -> WantedIdentity
  {
    let text = name.best([.english]).text
    return identity(foreign, "\(kind):\(contentKey(text))", ShortNames.of(text, limit: 48) ?? other)
  }

  private func identity(_ foreign: [ForeignKey], _ content: String, _ shortName: String) -> WantedIdentity {
    let own = foreign.first { $0.kind == .own }?.value
    // Somebody can have written a name in place of a short name.
    let isShortName = own.map { (try? RoomID($0)) != nil } ?? false
    var identity = WantedIdentity(
      keys: keys(foreign), content: content,
      shortName: isShortName ? own ?? shortName : ShortNames.of(own ?? "", limit: 48) ?? shortName)
    identity.own = own
    return identity
  }

  /// Addresses are personal data, and are not kept in the log. A slug is made from a name or a title, so it counts only
  /// where there is no other key.
  private func keys(_ foreign: [ForeignKey]) -> [String] {
    let lasting = foreign.filter { ![.email, .slug, .own].contains($0.kind) && !$0.value.isEmpty }
    let keys = lasting.isEmpty ? foreign.filter { $0.kind == .slug && !$0.value.isEmpty } : lasting
    return keys.map {
      "\($0.kind.rawValue):\($0.value.prefix(200))"
    }
  }
}

/// What an import remembers of a name or a title: in small letters, with single spaces, 200 characters at most. It recognises by
/// this what has no other key.
private func contentKey(_ text: String) -> String {
  String(text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(200))
}

extension SourcePosition {
  /// A row of a table has no column.
  fileprivate func isSame(as other: SourcePosition?) -> Bool {
    guard let other else { return false }
    return line == other.line && (column == other.column || column == nil || other.column == nil)
  }
}

extension String {
  /// From a few words before a sign on.
  fileprivate func around(_ sign: Character) -> String {
    guard let place = firstIndex(of: sign), distance(from: startIndex, to: place) > 40 else { return self }
    return "…" + self[index(place, offsetBy: -30)...]
  }
}
