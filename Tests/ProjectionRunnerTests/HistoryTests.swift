import EventLog
import LogTestSupport
import Plenary
import Postgres
import PostgresLog
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ProjectionRunner
@testable import ReadModels
@testable import Record
@testable import Scheduling

/// Following, rebuilding and as-of reading give the same rows, for any history.
@Suite(.timeLimit(.minutes(10))) struct `Follow, rebuild and as of` {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `give the same rows on random histories`(seed: UInt64) async throws {
    let bench = try await Bench()
    var chance = Chance(seed: seed)
    var appended = 0
    var followed: [String: [Int: [String: [String]]]] = [:]

    func follow<Model: ReadModel>(_: Model.Type) async throws {
      try await bench.catchUp(Model.self)
      let (model, checkpoint) = try await bench.load(Model.self)
      followed[Model.name, default: [:]][checkpoint.position] = try lines(model)
    }
    func compare<Model: ReadModel>(_: Model.Type) async throws {
      for (position, expected) in followed[Model.name, default: [:]] {
        let (model, checkpoint) = try await bench.asOf(Model.self, position)
        #expect(checkpoint.position == position)
        #expect(try lines(model) == expected, "\(Model.name) at \(position)")
      }
    }

    for _ in 1...250 {
      if try await randomCommand(&chance, bench) { appended += 1 }
      switch Int.random(in: 0..<30, using: &chance) {
      case 0, 1: try await follow(ProgramModel.self)
      case 2: try await follow(AttendanceModel.self)
      case 3: try await follow(ProceedingsModel.self)
      case 4 where appended > 20: try await bench.rebuild()
      default: break
      }
    }
    #expect(appended > 40)
    for _ in 1...2 {
      try await follow(ProgramModel.self)
      try await follow(AttendanceModel.self)
      try await follow(ProceedingsModel.self)
      try await compare(ProgramModel.self)
      try await compare(AttendanceModel.self)
      try await compare(ProceedingsModel.self)
      for model in Projectors.all { #expect(try await bench.differences(model) == []) }
      let before = try await bench.everything()
      #expect(try await bench.rebuild() == bench.log.head(bench.conference))
      #expect(try await bench.everything() == before)
    }
    var tree = MerkleTree()
    for event in try await bench.log.stream(bench.conference) { tree.append(event.leafHash) }
    #expect(try await bench.load(ProgramModel.self).1.tree.root == tree.root)
    #expect(try await bench.asOf(AttendanceModel.self, tree.count).1.tree == tree)
  }

  /// Carries out a command that may or may not be allowed.
  ///
  /// - Returns: whether something was appended.
  private func randomCommand(_ chance: inout Chance, _ bench: Bench) async throws -> Bool {
    func pick<Kind>(_ prefix: String, _ count: Int) -> Identifier<Kind> {
      Identifier(stringLiteral: "\(prefix)-\(Int.random(in: 1...count, using: &chance))")
    }
    func words() -> LocalizedText {
      var texts = [Language.english: "E \(chance.text(6))"]
      if chance.isTrue(oneIn: 3) { texts["zh"] = "开 \(chance.text(4))" }
      return LocalizedText(texts)
    }
    func someSlot() -> Slot {
      let start = Int.random(in: 8...18, using: &chance)
      return slot(
        "room-\(Int.random(in: 1...4, using: &chance))", start,
        start + Int.random(in: 1...3, using: &chance), day: Int.random(in: 1...4, using: &chance))
    }
    // A name is a line of text, with one comma between its parts.
    func part() -> String {
      String(
        String.UnicodeScalarView(
          chance.text(3).unicodeScalars.filter { $0.properties.isAlphabetic }))
    }
    func person() -> PersonName { PersonName(stringLiteral: "\(part())x, \(part())y") }
    let room: RoomID = pick("room", 4)
    let session: SessionID = pick("session", 12)
    let speaker: PersonID = pick("speaker", 6)
    let attendee: AttendeeID = pick("a", 8)
    let part = RoleAssignment(SessionRole.allCases.randomElement(using: &chance)!, speaker)
    let key = SealingKey(bytes: Array(0..<32))
    let email = try EmailAddress("\(Int.random(in: 1...3, using: &chance))@example.org")
    let context = try CommandContext(
      actor: "anna \(chance.isTrue(oneIn: 2))", reason: nil, commandID: nil, dryRun: false)

    func handle<D: Decider>(_: D.Type, _ command: D.Command) async throws -> Bool {
      do {
        let outcome = try await CommandHandler(store: bench.log)
          .handle(D.self, command, in: bench.conference, context)
        return outcome.effect != .nothingToDo
      } catch is Refused { return false }
    }
    func plan<D: WaivingDecider>(_: D.Type, _ action: D.Action) async throws -> Bool {
      let waivers = chance.isTrue(oneIn: 4) ? Conflict.Kind.allCases.map { Waiver($0, reason: "Known") } : []
      return try await handle(D.self, D.Command(action, waivers: waivers))
    }
    func plan(_ action: Sessions.Action) async throws -> Bool { try await plan(Sessions.self, action) }
    let rules = ZoneRules(zone: opened.details.zone, offset: 120)

    let attribution = Attribution.Draft(.named, persons: [speaker], asPrinted: words())
    let entry: RecordID = pick("e", 12)
    let other: RecordID = pick("e", 12)
    let correction: CorrectionID = pick("k", 8)
    let change = Statements.Change(
      EntryDetails.Changes { $0.text = words() }, by: chance.isTrue(oneIn: 3) ? attribution : nil)
    let places: [Statements.Place] = [.end(session), .end(session), .before(other), .after(other)]
    let place = places.randomElement(using: &chance)!
    switch Int.random(in: 0..<46, using: &chance) {
    case 0, 1: return try await handle(Conferences.self, .open(opened, []))
    case 2:
      return try await handle(
        Conferences.self,
        .revise(
          .init(organisations: [.init(organisation: words(), role: .host)]) {
            $0.title = chance.isTrue(oneIn: 2) ? words() : nil
            $0.place = words()
          }))
    case 3, 4, 5:
      return try await handle(Rooms.self, .add(RoomAdded(room: room, name: words()) { $0.capacity = 9 }))
    case 6:
      return try await handle(Rooms.self, .revise(RoomRevised(room: room) { $0.note = words() }, waivers: []))
    case 7: return try await handle(Rooms.self, .close(room))
    case 8:
      return try await handle(Tracks.self, .add(TrackAdded(track: pick("track", 3), name: words())))
    case 9, 10, 11, 12:
      return try await plan(
        .schedule(
          SessionScheduled(session: session, title: words(), kind: .panel, slot: someSlot()) {
            $0.track = chance.isTrue(oneIn: 3) ? pick("track", 3) : nil
          },
          further: chance.isTrue(oneIn: 4) ? [someSlot()] : [], [part]))
    case 13, 14:
      return try await plan(
        .move(session, .init(slot: 1, room: room, start: .at(someSlot().start), rules: rules)))
    case 15:
      return try await plan(
        .revise(
          SessionRevised(session: session) {
            $0.title = words()
            $0.kind = .keynote
            $0.cleared = [.track]
          }))
    case 16: return try await plan(.moveAll(.init(room: room), .init(minutes: 30), rules))
    case 17: return try await plan(chance.isTrue(oneIn: 2) ? .cancel(session) : .reinstate(session))
    case 18: return try await plan(.assign(session, part))
    case 19:
      let presentation: PresentationID = pick("presentation", 5)
      let actions: [Presentations.Action] = [
        .add(session, Presentation(presentation, title: words(), people: [speaker])),
        .revise(
          presentation,
          .init {
            $0.abstract = words()
            $0.people = []
          }),
        .order(session, [presentation]), .withdraw(presentation),
      ]
      if chance.isTrue(oneIn: 3) {
        return try await plan(
          chance.isTrue(oneIn: 2) ? .addSlot(session, someSlot()) : .removeSlot(session, 2))
      }
      return try await plan(Presentations.self, actions.randomElement(using: &chance)!)
    case 20: return try await plan(.unassign(session, part))
    case 21, 22:
      return try await handle(
        Speakers.self,
        .register(SpeakerRegistered(person: speaker, name: person()) { $0.biography = words() }))
    case 23:
      return try await handle(
        Speakers.self,
        .revise(
          SpeakerRevised(person: speaker) {
            $0.name = person()
            $0.biography = words()
          }))
    case 24:
      return try await handle(
        Speakers.self,
        chance.isTrue(oneIn: 2)
          ? .affiliate(speaker, Affiliation(organisation: words()))
          : .removeAffiliation(speaker, number: 1))
    case 25:
      if chance.isTrue(oneIn: 3) { return try await handle(Speakers.self, .withdraw(speaker)) }
      if chance.isTrue(oneIn: 3) { return try await handle(Speakers.self, .reinstate(speaker)) }
      if chance.isTrue(oneIn: 3) {
        return try await handle(SignUps.self, .signUp(attendee, session))
      }
      return try await handle(
        Releases.self, .release(ProgramReleased(version: "\(chance.next() % 9)", note: words())))
    case 26, 27:
      return try await handle(
        Attendees.self,
        .register(
          attendee, category: "press", listed: true,
          Confidential(
            AttendeeDetails(name: "Li, Wei") { $0.email = email }, key: key, conference: bench.conference,
            commandID: context.commandID)))
    case 28:
      return try await handle(
        Attendees.self,
        .revise(
          attendee, category: nil, listed: chance.isTrue(oneIn: 2),
          Confidential(
            AttendeeDetails.Changes { $0.email = email }, key: key, conference: bench.conference,
            commandID: context.commandID)))
    case 29:
      let commands: [Attendees.Command] = [
        .checkIn(CheckInRequest(attendee, ZoneRules(zone: "UTC", offset: 0))), .withdraw(attendee),
        .erase(attendee),
      ]
      return try await handle(Attendees.self, commands.randomElement(using: &chance)!)
    case 30:
      return try await handle(
        Statements.self,
        .record(
          entry, place,
          Statements.Draft(
            .statement,
            EntryDetails.Changes {
              $0.text = words()
              $0.form = .minute
              $0.acts = [SpeechAct.common[0]]
              $0.addressees = [words()]
              $0.spoken = .english
            }, by: attribution)))
    case 31:
      let kind: EntryKind = chance.isTrue(oneIn: 2) ? .position : .conclusion
      return try await handle(
        Statements.self,
        .record(
          entry, place,
          Statements.Draft(
            kind,
            EntryDetails.Changes {
              $0.text = words()
              $0.topic = kind == .position ? words() : nil
              $0.basedOn = chance.isTrue(oneIn: 2) ? other : nil
            }, by: attribution)))
    case 32:
      let commands: [Statements.Command] = [
        .retract(entry), .correct(entry, change), .translate(entry, ["zh": "译 \(chance.text(4))"]),
        .move(entry, place), .merge(entry, with: other), .reaffirm(entry),
        .split(entry, rest: other, at: LocalizedText([.english: " "])),
      ]
      return try await handle(Statements.self, commands.randomElement(using: &chance)!)
    case 38, 39, 40, 41:
      let request = Corrections.Request(
        correction, of: entry, kind: .substantive, chance.isTrue(oneIn: 6) ? nil : change)
      let commands: [Corrections.Command] = [
        .request(request), .make(request, against: .notes, reason: words()),
        .accept(correction, against: .recording, reason: nil), .refuse(correction, reason: words()),
      ]
      return try await handle(Corrections.self, commands.randomElement(using: &chance)!)
    case 42: return try await handle(Issues.self, .number(session, Int.random(in: 1...5, using: &chance)))
    case 33:
      return try await handle(
        Venues.self,
        chance.isTrue(oneIn: 2)
          ? .add(VenueAdded(venue: pick("venue", 3), name: words()) { $0.address = words() })
          : .revise(
            VenueRevised(venue: pick("venue", 3)) {
              $0.name = words()
              $0.cleared = [.address]
            }))
    case 34:
      let (venue, other): (VenueID, VenueID) = (pick("venue", 3), pick("venue", 3))
      return try await handle(
        Venues.self,
        .setTravelTime(.venue(venue), .venue(other), minutes: chance.isTrue(oneIn: 3) ? nil : 7))
    case 35:
      return try await handle(
        Rooms.self,
        .setHours(
          RoomHoursSet(
            room: room, day: chance.isTrue(oneIn: 2) ? "2016-06-02" : nil,
            hours: chance.isTrue(oneIn: 3) ? nil : [ClockRange(from: 480, until: 1200)]),
          waivers: Conflict.Kind.allCases.map { Waiver($0, reason: "Known") }))
    case 36:
      return try await handle(
        Prints.self,
        Prints.Command(
          Prints.Order(kind: "booklet", copies: 1, recipient: "porter \(chance.next() % 9)"),
          Prints.Made(position: 1, hash: "00", templates: "")))
    default:
      let head = try await bench.log.head(bench.conference)
      let model = try await bench.asOf(ProceedingsModel.self, head).0
      let sessions = try await bench.asOf(ProgramModel.self, head).0.sessionsByFirstSlot.map(\.id)
      return try await handle(
        Issues.self,
        .issue(
          Issues.Request(number: nil, at: nil, provisional: true, note: words()),
          Issues.Publication(
            at: head, date: "2016-06-03", build: ProceedingsIssued.Build(document: "00", typesetting: "11"),
            sessions: model.numbering(sessions).newlyFixed(
              since: model, issue: (model.lastIssue?.details.issue ?? 0) + 1))))
    }
  }

  @Test func `give the same rows for a long log, which is folded in memory`() async throws {
    let bench = try await Bench()
    try await bench.append(opened)
    for hundred in 0..<22 {
      _ = try await bench.log.append(
        AppendRequest(
          conference: bench.conference, commandID: newCommandID(), request: sha256("r"), actor: "anna",
          events: (0..<100).map {
            RoomAdded(room: Identifier(stringLiteral: "r-\(hundred)-\($0)"), name: "R")
          }))
    }
    #expect(try await bench.catchUp(ProgramModel.self) == .caughtUp(events: 2201))
    #expect(try await bench.catchUp(ProgramModel.self) == .current)
    #expect(try await bench.differences(ProgramModel.self) == [])
    try await bench.append(RoomRevised(room: "r-3-14") { $0.name = "Pi" })
    #expect(try await bench.catchUp(ProgramModel.self) == .caughtUp(events: 1))
    #expect(try await bench.differences(ProgramModel.self) == [])
    #expect(try await bench.load(ProgramModel.self).0.rooms["r-3-14"]?.details.name == "Pi")
  }
}
