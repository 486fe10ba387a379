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

@Suite(.timeLimit(.minutes(10))) struct `A projector` {
  /// A conference with rows in most tables.
  private func story(_ bench: Bench) async throws {
    try await bench.append(opened)
    try await bench.append(
      RoomAdded(room: "aula", name: "Aula"),
      TrackAdded(track: "economy", name: "Economy"),
      session("opening", slot("aula", 9, 10)), speaker("li-wei"),
      PersonAssigned(session: "opening", person: "li-wei", role: .chair),
      ProgramReleased(version: "1.0"),
      AttendeeRegistered(
        attendee: "a-1", category: "press", listed: true, details: Sealed(base64: "c2VhbGVk")),
      StatementRecorded("e-1", in: "opening", EntryDetails("It began.", .nobody) { $0.form = .summary }),
      ProceedingsIssued(issue: 1, provisional: false))
  }

  /// A conference with rows in every table.
  private func wholeStory(_ bench: Bench) async throws {
    try await story(bench)
    try await bench.append(
      VenueAdded(venue: "west", name: "West") { $0.address = "1 Road\n\\N" },
      VenueAdded(venue: "east", name: "East"),
      TravelTimeSet(.venue("west"), .venue("east"), minutes: 20),
      ConflictWaived(conflict: conflict("opening"), reason: "So\t\\be it"),
      DocumentPrinted(
        number: 1, kind: "booklet", position: 9, settings: PrintSettings(), hash: "00", templates: "11",
        copies: 3,
        recipient: "the\tporter"),
      NoticesSent(position: 9, people: ["li-wei"]),
      imported(["code:SFKNTZ", "id:a\\b\tc"], of: "session:opening"),
      imported(["code:A7B3C"], of: "attendee:a-1"),
      ParagraphsNumbered(
        issue: 1, session: "opening", ordinal: "1", numbers: [ParagraphsNumbered.Number("e-1", "1")]),
      CorrectionRequested(
        "k-1", of: "e-1", in: "opening", kind: .substantive, requester: "The speaker",
        EntryDetails.Changes { $0.text = "It\tbegan\\late." }),
      ProceedingsProofed(at: 9), SessionConvened(session: "opening", step: 1),
      SegmentOpened(session: "opening", segment: 1, details: SegmentDetails(title: "First\tpart")),
      SessionHeadingSet(session: "opening", heading: "A\\heading"),
      FrontMatterRevised { $0.headline = "A headline" },
      OrganisationAdded(organisation: "ecnu", name: "ECNU"),
      SubjectAdded(subject: "trade", name: "Trade"))
  }

  private func imported(_ keys: [String], of thing: String) -> FileImported {
    let facts = [ImportedFact(of: .init(stored: thing), keys: keys, digests: ["title": "00112233aabb"])]
    return FileImported(source: "pretalx", format: "schedule.xml", sha256: "00", facts: facts)
  }

  private func conflict(_ session: SessionID) -> Conflict {
    Conflict(.roomUnavailable, session, room: "aula")
  }

  /// More events, with changes in every table.
  private func changeEverything(_ bench: Bench) async throws {
    try await bench.append(
      ConferenceRevised { $0.title = "Renamed" },
      RoomRevised(room: "aula") { $0.capacity = 300 },
      TrackAdded(track: "culture", name: "Culture"),
      SessionMoved(session: "opening", from: slot("aula", 9, 10), to: slot("aula", 10, 11)),
      SpeakerRevised(person: "li-wei") { $0.name = "Li, Wei" },
      ProgramReleased(version: "2.0"), AttendeeCheckedIn(attendee: "a-1"),
      CorrectionAccepted(
        correction: "k-1", entry: "e-1", session: "opening", verifiedAgainst: .recording,
        reason: "Heard again"),
      ProceedingsIssued(issue: 2, provisional: false),
      SessionOrdinalSet(session: "opening", ordinal: 1), ProceedingsProofed(at: 19),
      SessionClosed(session: "opening", step: 2),
      SegmentRevised(
        session: "opening", segment: 1, changes: SegmentDetails.Changes { $0.title = "Second part" }),
      SessionHeadingSet(session: "opening", heading: "Another"),
      FrontMatterRevised { $0.dateline = "Berlin" },
      OrganisationRevised(organisation: "ecnu") { $0.abbreviation = "ECNU" },
      SubjectRevised(subject: "trade") { $0.name = "Trades" },
      VenueRevised(venue: "west") { $0.cleared = [.address] },
      TravelTimeSet(.venue("west"), .venue("east"), minutes: 25),
      ConflictWaived(conflict: conflict("closing"), reason: "Again"),
      DocumentPrinted(
        number: 2, kind: "pocket", position: 9, settings: PrintSettings(), hash: "22", templates: "33"),
      NoticesSent(position: 20, people: ["li-wei"]),
      imported(["code:SFKNTZ", "guid:5f1c7bde-3d2b-5c7e-9a51-0e8f6d0c2a11"], of: "session:opening"),
      imported(["code:A7B3C", "id:2"], of: "attendee:a-1"),
      SittingRevised(session: "opening", step: 1) {
        $0.at = .day("2016-06-01")
        $0.cleared = [.presiding]
      },
      SegmentRevised(
        session: "opening", segment: 1,
        changes: SegmentDetails.Changes { $0.order = OrderKey(3, fraction: "i5") }),
      SessionHeadingSet(session: "opening", heading: "Beginning"),
      FrontMatterRevised {
        $0.seriesNumber = 3
        $0.cleared = [.brand, .participants]
      })
  }

  private func catchUpAll(_ bench: Bench) async throws {
    try await bench.catchUp(ProgramModel.self)
    try await bench.catchUp(AttendanceModel.self)
    try await bench.catchUp(ProceedingsModel.self)
  }

  @Test(arguments: Bench.tables + ["projection.checkpoint"], ["raise 'failed'", "kill"])
  func `leaves its rows and its checkpoint unchanged if any statement fails`(
    _ table: String, _ failure: String
  ) async throws {
    let bench = try await Bench()
    try await wholeStory(bench)
    try await catchUpAll(bench)
    let before = try await bench.everything()
    try await changeEverything(bench)
    let owner = try await Connection.open(bench.database.owner)
    let action = failure == "kill" ? "perform pg_terminate_backend(pg_backend_pid())" : failure
    try await owner.executeScript(
      """
      create function projection.fail() returns trigger language plpgsql security definer as $$
        begin \(action); return new; end $$;
      create trigger fails before insert or update on \(table)
        for each row execute function projection.fail();
      """)
    for rebuilds in [false, true] {
      let victim = try await Connection.open(bench.database.writer)
      await #expect(throws: PostgresError.self) {
        try await victim.run { connection in
          let projectors = Projectors(conference("berlin"))
          if rebuilds {
            _ = try projectors.rebuild(Projectors.all, connection)
          } else {
            switch table.prefix(7) {
            case "attenda": _ = try projectors.catchUp(AttendanceModel.self, connection)
            case "proceed": _ = try projectors.catchUp(ProceedingsModel.self, connection)
            default: _ = try projectors.catchUp(ProgramModel.self, connection)
            }
          }
        }
      }
      #expect(try await bench.everything() == before)
    }
    try await owner.execute("drop trigger fails on \(raw: table)")
    try await catchUpAll(bench)
    for model in Projectors.all { #expect(try await bench.differences(model) == []) }
    let head = try await bench.log.head(bench.conference)
    #expect(try await bench.load(ProgramModel.self).1.position == head)
  }

  @Test func `writes the same rows to every table by following and by rebuilding`()
    async throws
  {
    let bench = try await Bench()
    try await wholeStory(bench)
    try await catchUpAll(bench)
    let inDatabase = try await bench.connection.query(
      """
      select schemaname || '.' || tablename as name from pg_tables
      where schemaname in ('program', 'attendance', 'proceedings')
      """
    ).map { try $0.decode("name", as: String.self) }
    #expect(Set(inDatabase) == Set(Bench.tables))
    func check() async throws {
      for table in Bench.tables { #expect(try await !bench.rows(table).isEmpty, "\(table)") }
      let followed = try await bench.everything()
      for model in Projectors.all { #expect(try await bench.differences(model) == []) }
      try await bench.rebuild()
      #expect(try await bench.everything() == followed)
      for model in Projectors.all { #expect(try await bench.differences(model) == []) }
      let head = try await bench.log.head(bench.conference)
      #expect(
        try lines(await bench.load(ProgramModel.self).0) == lines(await bench.asOf(ProgramModel.self, head).0)
      )
      #expect(
        try lines(await bench.load(AttendanceModel.self).0)
          == lines(await bench.asOf(AttendanceModel.self, head).0))
      #expect(
        try lines(await bench.load(ProceedingsModel.self).0)
          == lines(await bench.asOf(ProceedingsModel.self, head).0))
    }
    try await check()
    try await changeEverything(bench)
    try await catchUpAll(bench)
    try await check()
    // Removed things have no rows any more.
    try await bench.append(
      TravelTimeSet(.venue("west"), .venue("east"), minutes: nil), VenueRemoved(venue: "east"),
      SittingStepRetracted(session: "opening", step: 1), SegmentRemoved(session: "opening", segment: 1),
      SessionHeadingSet(session: "opening", heading: nil))
    try await catchUpAll(bench)
    for table in ["proceedings.segment", "proceedings.heading"] {
      #expect(try await bench.rows(table).isEmpty, "\(table)")
    }
    #expect(try await bench.rows("proceedings.sitting_step").count == 1)
    #expect(try await bench.differences(ProceedingsModel.self) == [])
    #expect(try await bench.rows("program.travel_time").isEmpty)
    #expect(try await bench.rows("program.venue").count == 1)
    #expect(try await bench.differences(ProgramModel.self) == [])
  }

  @Test(arguments: Bench.tables) func `finds a changed row in any table`(_ table: String) async throws {
    let bench = try await Bench()
    try await wholeStory(bench)
    try await catchUpAll(bench)
    let owner = try await Connection.open(bench.database.owner)
    try await owner.execute("delete from \(raw: table)")
    var found = 0
    for model in Projectors.all { found += try await bench.differences(model).count }
    #expect(found > 0)
    try await bench.rebuild()
    for model in Projectors.all { #expect(try await bench.differences(model) == []) }
    #expect(try await !bench.rows(table).isEmpty)
  }

  @Test func `applies every event once, even with many concurrent followers`() async throws {
    let bench = try await Bench()
    try await story(bench)
    for round in 1...5 {
      try await bench.append(
        TrackAdded(track: Identifier(stringLiteral: "track-\(round)"), name: "Track"),
        PersonAssigned(session: "opening", person: "li-wei", role: .speaker),
        PersonUnassigned(session: "opening", person: "li-wei", role: .speaker))
      let head = try await bench.log.head(bench.conference)
      let before = try await bench.load(ProgramModel.self).1.position
      let taken = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 1...6 {
          group.addTask {
            try await Connection.open(bench.database.writer).run { connection in
              switch try Projectors(conference("berlin")).catchUp(ProgramModel.self, connection) {
              case .caughtUp(let events): events
              case .current, .busy: 0
              }
            }
          }
        }
        return try await group.reduce(0, +)
      }
      #expect(taken == head - before)
      #expect(try await bench.differences(ProgramModel.self) == [])
    }
    let row = try #require(try await bench.load(ProgramModel.self).0.sessions["opening"])
    #expect(row.sequence == 5, "What one command changes is one change.")
  }

  @Test func `stops at an unknown event, in that conference only`() async throws {
    let berlin = try await Bench()
    let shanghai = berlin.at(conference("shanghai"))
    try await story(berlin)
    try await story(shanghai)
    try await berlin.append(type: "BogusHappened")
    try await berlin.append(RoomAdded(room: "foyer", name: "Foyer"))
    for _ in 1...2 {
      let stopped = try #require(
        await #expect(throws: ProjectorStopped.self) { try await berlin.catchUp(ProgramModel.self) })
      #expect(stopped.position == 11)
      #expect(stopped.type == "BogusHappened")
      #expect(stopped.conference == berlin.conference)
      let (model, checkpoint) = try await berlin.load(ProgramModel.self)
      #expect(checkpoint.position == 10)
      #expect(model.sessions["opening"] != nil && model.rooms["foyer"] == nil)
      let letters = try await berlin.connection.query(
        "select conference, projector, position, type from projection.dead_letter"
      ).map {
        try [
          $0.decode("conference"), $0.decode("projector"), "\($0.decode("position", as: Int.self))",
          $0.decode("type"),
        ]
      }
      #expect(letters == [["berlin", "program", "11", "BogusHappened"]])
      #expect(try await berlin.differences(ProgramModel.self) == [])
    }
    // A rebuild stops there too, and writes everything before it.
    await #expect(throws: ProjectorStopped.self) { try await berlin.rebuild() }
    #expect(try await berlin.load(AttendanceModel.self).1.position == 10)
    #expect(try await berlin.rows("projection.dead_letter").count == 3)
    await #expect(throws: ProjectorStopped.self) { _ = try await berlin.asOf(ProgramModel.self, 12) }
    #expect(try await berlin.asOf(ProgramModel.self, 10).1.position == 10)

    #expect(try await shanghai.catchUp(ProgramModel.self) == .caughtUp(events: 10))
    try await shanghai.append(RoomAdded(room: "foyer", name: "Foyer"))
    #expect(try await shanghai.catchUp(ProgramModel.self) == .caughtUp(events: 1))
    #expect(try await shanghai.rows("projection.dead_letter") == [])
  }

  @Test(arguments: [
    ("RoomAdded", "{}"), ("RoomAdded", "[]"), ("RoomRevised", #"{"room":"nowhere"}"#),
    ("PersonAssigned", #"{"session":"nowhere","person":"li-wei","role":"chair"}"#),
    ("PersonAssigned", #"{"session":"opening","person":"nobody","role":"chair"}"#),
    ("PersonUnassigned", #"{"session":"opening","person":"nobody","role":"chair"}"#),
    ("SessionMoved", "{}"), ("SpeakerRevised", #"{"person":"nobody"}"#),
  ])
  func `stops at an impossible event, and writes nothing of it`(_ type: String, _ body: String)
    async throws
  {
    let bench = try await Bench()
    try await story(bench)
    try await bench.catchUp(ProgramModel.self)
    let before = try await bench.load(ProgramModel.self)
    try await bench.append(type: type, body: body)
    await #expect(throws: ProjectorStopped.self) { try await bench.catchUp(ProgramModel.self) }
    let after = try await bench.load(ProgramModel.self)
    #expect(try lines(after.0) == lines(before.0))
    #expect(after.1 == before.1)
    #expect(try await bench.differences(ProgramModel.self) == [])
    let stop = try await bench.connection.run {
      try Projectors(conference("berlin")).deadLetter(ProgramModel.self, $0)?.position
    }
    #expect(stop == 11)
  }

  @Test func `lets others read the old rows until its rebuild is complete`() async throws {
    let bench = try await Bench()
    try await story(bench)
    try await catchUpAll(bench)
    let owner = try await Connection.open(bench.database.owner)
    try await owner.execute("update program.room set capacity = 7")  // a rebuild would not write this
    let before = try await bench.load(ProgramModel.self)
    // Blocks the rebuild after it has written all rows, just before its end.
    try await owner.execute("begin")
    try await owner.execute("lock table projection.dead_letter in share mode")
    let builder = try await Connection.open(bench.database.writer)
    let backend = try await builder.backend
    async let events = builder.run { connection in
      try Projectors(conference("berlin")).rebuild([ProgramModel.self], connection)
    }
    let watcher = try await Connection.open(bench.database.owner)
    try await watcher.waitUntilBlocked(backend)
    let during = try await bench.load(ProgramModel.self)
    #expect(try lines(during.0) == lines(before.0))
    #expect(during.0.rooms["aula"]?.details.capacity == 7)
    // Following reports that the projector is busy; readers see the old rows.
    try await bench.append(TrackAdded(track: "culture", name: "Culture"))
    #expect(try await bench.catchUp(ProgramModel.self) == .busy)
    try await owner.execute("rollback")
    #expect(try await events == 10)
    let after = try await bench.load(ProgramModel.self)
    #expect(after.0.rooms["aula"]?.details.capacity == nil)
    #expect(try await bench.catchUp(ProgramModel.self) == .caughtUp(events: 1))
    #expect(try await bench.differences(ProgramModel.self) == [])
  }

  @Test(arguments: [
    ("update program.room set capacity = 7", "program.room", "aula", "different"),
    (
      "update program.session set slots = replace(slots::text, 'aula', 'foyer')::json", "program.session",
      "opening", "different"
    ),
    ("update program.session set kind = 'nonsense'", "program.session", "opening", "different"),
    ("update program.person set sort_key = 'Z'", "program.person", "li-wei", "different"),
    (
      "update program.conference set title = '{\"en\":\"Other\"}'", "program.conference", "conference",
      "different"
    ),
    ("delete from program.track", "program.track", "economy", "missing"),
    ("update program.release set version = '3.0'", "program.release", "1.0", "missing"),
    (
      "insert into program.track values ('berlin', 'fake', 1, '{\"en\":\"Fake\"}', null)",
      "program.track", "fake", "extra"
    ),
    (
      "update projection.checkpoint set last_event_at = 'epoch' where projector = 'program'",
      "projection.checkpoint", "program", "different"
    ),
    (
      "update projection.checkpoint set frontier = sha256('') || sha256('') where projector = 'program'",
      "projection.checkpoint", "program", "different"
    ),
  ])
  func `finds manual changes, and a rebuild repairs them`(
    _ change: String, _ table: String, _ key: String, _ what: String
  ) async throws {
    let bench = try await Bench()
    try await story(bench)
    try await catchUpAll(bench)
    let before = try await bench.everything()
    try await Connection.open(bench.database.owner).executeScript(change)
    let found = try await bench.differences(ProgramModel.self)
    #expect(found.contains { $0.table == table && $0.key == key && $0.what.rawValue == what })
    #expect(found.allSatisfy { $0.table == table })
    try await bench.rebuild()
    #expect(try await bench.differences(ProgramModel.self) == [])
    #expect(try await bench.everything() == before)
  }

  /// The rows of all tables with the transactions that wrote them.
  private func writers(_ bench: Bench) async throws -> [String: String] {
    var writers: [String: String] = [:]
    for table in Bench.tables where table != "program.public" {
      for row in try await bench.connection.query(
        "select xmin::text as writer, t::text as row from \(raw: table) as t")
      {
        writers[table + (try row.decode("row", as: String.self))] = try row.decode("writer", as: String.self)
      }
    }
    return writers
  }

  /// PostgreSQL writes times in the zone of the session.
  @Test(arguments: ["UTC", "Asia/Shanghai", "America/St_Johns"])
  func `leaves rows alone that a rebuild finds as they should be`(_ zone: String) async throws {
    let bench = try await Bench()
    try await wholeStory(bench)
    try await bench.append(
      RoomAdded(room: "hall", name: "Hall"), RoomAdded(room: "attic", name: "Attic"),
      AttendeeCheckedIn(attendee: "a-1", station: "desk\u{8}\u{b}\u{c}1"))
    try await catchUpAll(bench)
    try await bench.connection.execute("set timezone = \(raw: "'" + zone + "'")")
    let before = try await writers(bench)
    try await bench.rebuild()
    #expect(try await writers(bench) == before)
    for model in Projectors.all { #expect(try await bench.differences(model) == []) }

    let owner = try await Connection.open(bench.database.owner)
    try await owner.executeScript(
      """
      update program.room set capacity = 7 where room = 'hall';
      delete from program.room where room = 'attic';
      -- Its key is a number.
      update program.print set copies = 9 where number = 1;
      """)
    try await bench.rebuild()
    let after = try await writers(bench)
    #expect(Set(after.keys) == Set(before.keys))
    let written = after.filter { before[$0.key] != $0.value }.keys
    #expect(
      written.count == 3
        && written.allSatisfy { $0.contains("hall") || $0.contains("attic") || $0.contains("booklet") },
      "\(written)")

    try await owner.execute(
      """
      insert into program.room
      select made.* from program.room as known, json_populate_record(known, '{"room":"fake"}') as made
      where known.room = 'hall'
      """)
    try await bench.rebuild()
    #expect(try await writers(bench) == after)
  }

  /// Whoever plans for hardly any rows may read all of them to find one.
  @Test(arguments: [1, 2, 3, 20, 200])
  func `looks its rows up one by one in a conference that came after the last ANALYZE`(count: Int)
    async throws
  {
    let berlin = try await Bench()
    let shanghai = berlin.at(conference("shanghai"))
    let attendees = try (0..<1_000).map { number in
      AttendeeRegistered(
        attendee: try AttendeeID("a-\(number)"), category: "press", listed: true,
        details: Sealed(base64: "c2VhbGVk"))
    }
    for bench in [berlin, shanghai] {
      try await bench.append(opened)
      _ = try await bench.log.append(
        AppendRequest(
          conference: bench.conference, commandID: newCommandID(), request: sha256("request"), actor: "anna",
          events: attendees))
      try await bench.rebuild()
      if bench.conference == berlin.conference {
        try await Connection.open(berlin.database.owner).execute("analyze attendance.attendee")
      }
    }
    func entriesRead() async throws -> Int {
      try await shanghai.connection.execute("select pg_stat_force_next_flush()")
      let rows = try await shanghai.connection.query(
        "select idx_tup_read::bigint as entries from pg_stat_all_indexes where indexrelname = 'attendee_has_one_row'"
      )
      return try rows[0].decode("entries")
    }
    let before = try await entriesRead()
    let checkIns = try (0..<count).map { AttendeeCheckedIn(attendee: try AttendeeID("a-\($0 * 3)")) }
    _ = try await shanghai.log.append(
      AppendRequest(
        conference: shanghai.conference, commandID: newCommandID(), request: sha256("request"), actor: "anna",
        events: checkIns))
    try await shanghai.catchUp(AttendanceModel.self)
    // Many are deleted in one statement, which may read the whole conference once.
    #expect(try await entriesRead() - before < (count > 100 ? 2_000 : 0) + 10 * count + 10)
    #expect(try await shanghai.differences(AttendanceModel.self) == [])
  }

  @Test func `rebuilds everything after a change of revision`() async throws {
    let bench = try await Bench()
    try await story(bench)
    try await catchUpAll(bench)
    let owner = try await Connection.open(bench.database.owner)
    let before = try await bench.everything()
    try await owner.executeScript(
      """
      update projection.checkpoint set revision = 0 where projector = 'program';
      update program.room set capacity = 7;
      insert into program.track values ('berlin', 'fake', 1, '{"en":"Fake"}', null);
      """)
    // The checkpoint is at the head, but older code wrote the rows.
    #expect(try await bench.catchUp(ProgramModel.self) == .caughtUp(events: 10))
    #expect(try await bench.everything() == before)
  }

  @Test func `rebuilds one conference without touching another`() async throws {
    let berlin = try await Bench()
    let shanghai = berlin.at(conference("shanghai"))
    try await story(berlin)
    try await story(shanghai)
    try await catchUpAll(berlin)
    try await catchUpAll(shanghai)
    try await Connection.open(berlin.database.owner).execute("update program.room set capacity = 7")
    let before = try await shanghai.everything()
    try await berlin.rebuild()
    #expect(try await shanghai.everything() == before)
    #expect(try await shanghai.differences(ProgramModel.self).count == 1)
    #expect(try await berlin.differences(ProgramModel.self) == [])
  }

  @Test func `has nothing to do in an empty conference`() async throws {
    let bench = try await Bench()
    #expect(try await bench.catchUp(ProgramModel.self) == .caughtUp(events: 0))
    #expect(try await bench.catchUp(ProgramModel.self) == .current)
    #expect(try await bench.rebuild() == 0)
    #expect(try await bench.load(ProgramModel.self).1 == Checkpoint())
    #expect(try await bench.differences(ProgramModel.self) == [])
  }

  @Test func `handles erased attendees`() async throws {
    let bench = try await Bench()
    try await bench.append(opened)
    let workspace = try await Workspace.open(
      Configuration(database: bench.database.connectionString, conference: "berlin", environment: [:])
    ) { _ in }
    let details = AttendeeDetails(name: "Li, Wei") { $0.email = "li.wei@example.org" }
    for number in 1...2 {
      let attendee: AttendeeID = Identifier(stringLiteral: "a-\(number)")
      _ = try await workspace.change(
        Attendees.self, sealing: details, of: attendee.tag, in: bench.conference,
        CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false)
      ) { .register(attendee, category: "press", listed: true, $0) }
    }
    try await bench.catchUp(AttendanceModel.self)
    _ = try await workspace.erase(
      "a-1", in: bench.conference,
      CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false))
    try await bench.catchUp(AttendanceModel.self)
    let followed = try await bench.everything()
    #expect(try await bench.rebuild([AttendanceModel.self]) == 4)
    #expect(try await bench.everything() == followed)
    #expect(try await bench.differences(AttendanceModel.self) == [])
    let model = try await bench.load(AttendanceModel.self).0
    #expect(model.attendees["a-1"]?.details == nil && model.attendees["a-1"]?.status == .erased)
    let opened = try await workspace.details(of: model.attendees.rows, in: bench.conference)
    #expect(opened.values == ["a-2": details] && opened.unreadable == [])
    // The encrypted details in the earlier rows can no longer be decrypted.
    let then = try await bench.asOf(AttendanceModel.self, 2).0
    let row = try #require(then.attendees["a-1"])
    let openedThen = try await workspace.details(of: [row], in: bench.conference)
    #expect(row.details != nil && openedThen.values == [:] && openedThen.unreadable == [])
  }
}
