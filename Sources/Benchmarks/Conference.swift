import EventLog
import People
import Record
import Scheduling
import Vocabulary

/// Generates the events of a very large but otherwise typical conference, in a realistic order. Every run
/// produces the same events.
///
/// 40 rooms, 20 tracks, 30,000 speakers with affiliations, 20,000 sessions with three people each (many are
/// moved or revised), 150,000 attendees with sealed details, 120,000 of them checked in. The rest is the
/// record: statements, 60,000 corrections, positions, conclusions, recommendations.
func generateConference(
  _ count: Int, _ emit: (any EventBody) async throws -> Void
) async throws {
  var generator = ConferenceGenerator(count: count, rooms: 40, speakers: 30_000, sessions: 20_000)
  try await generator.run(emit)
}

private struct ConferenceGenerator {
  private var random = SplitMix64(state: 2016)
  private var left: Int
  private let rooms: Int
  private let tracks = 20
  private let speakers: Int
  private let sessions: Int
  private let attendees = 150_000
  private let corrections = 60_000
  private let chinese: Language

  init(count: Int, rooms: Int, speakers: Int, sessions: Int) {
    left = count
    (self.rooms, self.speakers, self.sessions) = (rooms, speakers, sessions)
    do { chinese = try Language("zh") } catch { preconditionFailure("zh is a language") }
  }

  mutating func run(_ emit: (any EventBody) async throws -> Void) async throws {
    try await runProgram(emit)
    for number in 0..<attendees { try await send(try attendee(number), emit) }
    for number in 0..<attendees where number % 5 != 0 {
      try await send(AttendeeCheckedIn(attendee: try attendeeID(number)), emit)
    }
    // The record gets the remaining events, spread evenly over the sessions.
    let (each, correctionsEach) = ((left - 1) / sessions, corrections / sessions)
    for number in 0..<sessions {
      for event in try record(of: number, entries: each - correctionsEach) {
        try await send(event, emit)
      }
      for statement in 1...correctionsEach {
        try await send(try correction(of: statement, in: number), emit)
      }
    }
    while left > 1 { try await send(try correction(of: 1, in: left % sessions), emit) }
    try await send(ProceedingsIssued(issue: 1, provisional: true), emit)
  }

  mutating func runProgram(_ emit: (any EventBody) async throws -> Void) async throws {
    for event in try opening() { try await send(event, emit) }
    for number in 0..<speakers { for event in try speaker(number) { try await send(event, emit) } }
    for number in 0..<sessions {
      for event in try session(number) { try await send(event, emit) }
      for event in try changes(number) { try await send(event, emit) }
    }
  }

  private mutating func send(
    _ event: any EventBody, _ emit: (any EventBody) async throws -> Void
  ) async throws {
    guard left > 0 else { return }
    left -= 1
    try await emit(event)
  }

  // MARK: Program

  private mutating func opening() throws -> [any EventBody] {
    let opened = ConferenceOpened(
      title: text("World Congress on Everything", "万物世界大会"), firstDay: try CalendarDate("2026-03-01"),
      lastDay: try CalendarDate("2026-05-31"), zone: "Asia/Shanghai"
    ) {
      $0.place = text("Shanghai", "上海")
      $0.languages = [.english, chinese]
    }
    return try [opened]
      + (0..<rooms).map { number in
        RoomAdded(room: try room(number), name: text("Hall \(number + 1)", "第\(number + 1)厅")) {
          $0.capacity = 100 + number
        }
      }
      + (0..<tracks).map { number in
        TrackAdded(track: try track(number), name: text("Track \(number + 1)", "第\(number + 1)分会")) {
          $0.color = "#336699"
        }
      }
  }

  private mutating func speaker(_ number: Int) throws -> [any EventBody] {
    let person = try person(number)
    let (given, family) = (pick(Words.given), pick(Words.family))
    let name = try PersonName([
      NameForm("\(family), \(given)", in: .english, order: nil),
      NameForm(
        "\(pick(Words.chineseFamily)), \(pick(Words.chineseGiven))", in: chinese, order: nil),
    ])
    let affiliation = Affiliation(
      position: text(pick(Words.offices)), units: [text("School of \(pick(Words.subjects))")],
      organisation: text("\(pick(Words.cities)) University"))
    let biography = number % 10 == 0 ? text(sentence(300)) : nil
    return [
      SpeakerRegistered(person: person, name: name) { $0.biography = biography },
      AffiliationStated(person: person, number: 1, affiliation: affiliation),
    ]
  }

  private mutating func session(_ number: Int) throws -> [any EventBody] {
    let session = try sessionID(number)
    let title = text(sentence(60), sentence(20, chinese: true))
    var scheduled = SessionScheduled(
      session: session, title: title, kind: pick([.session, .panel, .workshop]),
      slot: try slot(number, offset: 0)
    )
    scheduled.details.track = try track(number % tracks)
    scheduled.details.description = number % 4 == 0 ? text(sentence(400)) : nil
    scheduled.details.languages = [.english]
    return [scheduled]
      + (try [SessionRole.chair, .speaker, .speaker].enumerated().map { index, role in
        PersonAssigned(session: session, person: try participant(index, of: number), role: role)
      })
  }

  /// Two changes for each session.
  private mutating func changes(_ number: Int) throws -> [any EventBody] {
    let session = try sessionID(number)
    return [
      SessionMoved(
        session: session, from: try slot(number, offset: 0), to: try slot(number, offset: 5)),
      SessionRevised(session: session) { $0.title = text(sentence(60), sentence(20, chinese: true)) },
    ]
  }

  /// Eight sessions per day in each room.
  private func slot(_ number: Int, offset: Int) throws -> Slot {
    let (place, room) = number.quotientAndRemainder(dividingBy: rooms)
    let start = ZonedTime(
      date: try CalendarDate("2026-03-01").adding(days: place / 8),
      minuteOfDay: 480 + place % 8 * 75 + offset, offset: 480, zone: "Asia/Shanghai")
    return try Slot(room: try self.room(room), start: start, end: start.advanced(by: 60))
  }

  // MARK: Attendance

  private mutating func attendee(_ number: Int) throws -> AttendeeRegistered {
    let attendee = try attendeeID(number)
    let (given, family) = (pick(Words.given), pick(Words.family))
    var details = AttendeeDetails(
      name: try PersonName([NameForm("\(family), \(given)", in: .english, order: nil)]))
    details.email = try EmailAddress("\(given).\(family).\(number)@example.org".lowercased())
    details.organisation = text("\(pick(Words.cities)) University")
    details.position = text(pick(Words.offices))
    details.country = text("China", "中国")
    details.note = number % 6 == 0 ? "vegetarian" : nil
    let key = SealingKey(bytes: (0..<32).map { _ in UInt8(truncatingIfNeeded: random.next()) })
    return AttendeeRegistered(
      attendee: attendee, category: pick(["delegate", "delegate", "press", "staff"]),
      listed: number % 3 != 0,
      details: try Sealed(
        details, key: key, context: "million/attendee:\(attendee)", commandID: "\(number)"))
  }

  // MARK: Record

  private mutating func record(of number: Int, entries: Int) throws -> [any EventBody] {
    let session = try sessionID(number)
    let first = try RecordID("\(session)-s1")
    // Of 24 entries, one is a position, one a conclusion and one a recommendation; the rest are statements.
    let statements = max(entries - 3, 0)
    var events: [any EventBody] = []
    for statement in 1...statements {
      let chinese = statement % 4 == 0 ? sentence(60, chinese: true) : nil
      let mentioned = try person(random.below(speakers))
      events.append(
        StatementRecorded(
          try RecordID("\(session)-s\(statement)"), in: session,
          EntryDetails(text(sentence(200), chinese), try attribution(statement, number)) {
            $0.form = .summary
            $0.acts = [pick(SpeechAct.common)]
            $0.addressees = statement % 10 == 0 ? [text("governments")] : []
            $0.spoken = statement % 2 == 0 ? .english : nil
            $0.mentions = statement % 8 == 0 ? [mentioned] : []
          }))
    }
    events.append(
      PositionRecorded(
        try RecordID("\(session)-p1"), in: session,
        EntryDetails(text(sentence(150)), try attribution(1, number)) {
          $0.topic = text(sentence(40))
          $0.basedOn = first
        }))
    events.append(
      ConclusionRecorded(
        try RecordID("\(session)-c1"), in: session,
        EntryDetails(text(sentence(200)), try attribution(3, number)) {
          $0.rationale = text(sentence(100))
        }))
    events.append(
      RecommendationRecorded(
        try RecordID("\(session)-r1"), in: session,
        EntryDetails(text(sentence(200)), try attribution(3, number)) {
          $0.addressees = [text("governments"), text("universities")]
        }))
    return events
  }

  /// Usually a person, sometimes a group or a part of the audience.
  private mutating func attribution(_ statement: Int, _ session: Int) throws -> Attribution {
    switch statement % 6 {
    case 3:
      return try Attribution(
        .quantified, of: text("speakers"), quantifier: .most, asPrinted: text("Most speakers"))
    case 5:
      return try Attribution(
        .group, of: text("Chinese partners"), groupBasis: .nationality,
        asPrinted: text("The Chinese partners", "中方"))
    default:
      // One of the session's three people, always printed the same way.
      let index = statement % 3
      let name = (session * 3 + index) % speakers
      let given = Words.given[name % Words.given.count]
      let family = Words.family[name / 10 % Words.family.count]
      return try Attribution(
        .named, persons: [try participant(index, of: session)],
        asPrinted: text("\(given) \(family)"))
    }
  }

  private mutating func correction(of statement: Int, in number: Int) throws -> StatementCorrected {
    let session = try sessionID(number)
    return StatementCorrected(
      try RecordID("\(session)-s\(statement)"), in: session,
      EntryDetails.Changes { $0.text = text(sentence(200)) })
  }

  // MARK: Names and words

  private func room(_ number: Int) throws -> RoomID { try RoomID("hall-\(number + 1)") }
  private func track(_ number: Int) throws -> TrackID { try TrackID("track-\(number + 1)") }
  private func person(_ number: Int) throws -> PersonID { try PersonID("speaker-name-\(number)") }
  private func sessionID(_ number: Int) throws -> SessionID {
    try SessionID("\(Words.subjects[number % Words.subjects.count].lowercased())-\(number)")
  }

  private func attendeeID(_ number: Int) throws -> AttendeeID {
    try AttendeeID("a-" + String(number + 60_466_176, radix: 36))
  }

  private func participant(_ index: Int, of session: Int) throws -> PersonID {
    try person((session * 3 + index) % speakers)
  }

  private func text(_ english: String, _ chinese: String? = nil) -> LocalizedText {
    LocalizedText([.english: english].merging(chinese.map { [self.chinese: $0] } ?? [:]) { $1 })
  }

  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[random.below(choices.count)]
  }

  /// A sentence of about this many characters.
  private mutating func sentence(_ characters: Int, chinese: Bool = false) -> String {
    var sentence = ""
    while sentence.utf8.count < characters * (chinese ? 3 : 1) {
      if !chinese, !sentence.isEmpty { sentence += " " }
      sentence += pick(chinese ? Words.chinese : Words.english)
    }
    return sentence + (chinese ? "。" : ".")
  }
}

private enum Words {
  static let given = [
    "Anna", "Boris", "Chen", "Dmitri", "Elena", "Fatima", "Georg", "Hui", "Ivan", "Jing",
  ]
  static let family = [
    "Petrova", "Schmidt", "Wang", "Karimov", "Sato", "O’Brien", "Feng", "García",
  ]
  static let chineseFamily = ["冯", "王", "李", "张"]
  static let chineseGiven = ["绍雷", "伟", "静", "海燕"]
  static let offices = ["Professor", "Dean", "Director", "Senior Fellow", "Adviser"]
  static let cities = ["Shanghai", "Kazan", "Almaty", "Vienna", "Tashkent", "Novosibirsk"]
  static let subjects = ["Energy", "Transport", "Finance", "Security", "Education", "Agriculture"]
  static let english = [
    "trade", "between", "the", "regions", "has", "grown", "faster", "than", "expected", "while",
    "“transport corridors”", "remain", "under-financed;", "governments", "should", "agree", "on",
    "common", "rules", "for", "investment", "and", "customs", "before", "the", "next", "summit",
  ]
  static let chinese = ["合作", "发展", "区域", "运输", "走廊", "投资", "应当", "进一步", "加强", "，"]
}

/// Steele, Lea and Flood, “Fast Splittable Pseudorandom Number Generators” (2014).
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
