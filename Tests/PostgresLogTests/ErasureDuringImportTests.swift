import EventLog
import LogTestSupport
import People
import Plenary
import Postgres
import PostgresLog
import Scheduling
import Testing
import Vocabulary

import struct EventLog.Tag  // and not Testing.Tag

/// The log of one process, in which another process does something before the first append.
private actor InterruptedLog: SealingStore {
  private let log: PostgresLog
  private var meanwhile: (@Sendable () async throws -> Void)?

  init(_ log: PostgresLog, _ meanwhile: @escaping @Sendable () async throws -> Void) {
    (self.log, self.meanwhile) = (log, meanwhile)
  }

  private func interrupt() async throws(AppendError) {
    guard let meanwhile else { return }
    self.meanwhile = nil
    do { try await meanwhile() } catch { throw .failed("\(error)") }
  }

  func append(_ request: AppendRequest) async throws(AppendError) -> Receipt {
    try await interrupt()
    return try await log.append(request)
  }

  func append(_ request: AppendRequest, keeping keys: [Tag: SealingKey]) async throws(AppendError) -> Receipt
  {
    try await interrupt()
    return try await log.append(request, keeping: keys)
  }

  func read(_ conference: ConferenceID, matching query: Query, command: String?) async throws(AppendError)
    -> BoundaryRead
  {
    try await log.read(conference, matching: query, command: command)
  }

  func key(of person: Tag, in conference: ConferenceID) async throws(AppendError) -> SealingKey? {
    try await log.key(of: person, in: conference)
  }

  func keys(of conference: ConferenceID) async throws(AppendError) -> [Tag: SealingKey] {
    try await log.keys(of: conference)
  }
}

@Suite(.timeLimit(.minutes(10))) struct `An erasure during an import` {
  private let berlin = conference("berlin")

  private func workspace(_ database: Database) async throws -> Workspace {
    let configuration = try Configuration(
      database: database.connectionString, conference: "berlin", environment: [:])
    return try await Workspace.open(configuration) { _ in }
  }

  private func context() throws -> CommandContext {
    try CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false)
  }

  private func name(_ text: String) throws -> PersonName {
    try PersonName([NameForm(text, in: .english, order: nil)])
  }

  private func text(_ text: String) -> LocalizedText { LocalizedText([.english: text]) }

  private func open(_ workspace: Workspace) async throws {
    let opened = ConferenceOpened(
      title: text("Berlin"), firstDay: try CalendarDate("2016-06-01"),
      lastDay: try CalendarDate("2016-06-02"),
      zone: "Europe/Berlin")
    _ = try await workspace.change(Conferences.self, .open(opened, []), in: berlin, context())
  }

  /// The file has no keys of its own, so it finds both people by their addresses, and changes something of each.
  @Test func `of attendees leaves them erased, and takes in the others`() async throws {
    let database = try await Database()
    let (importing, erasing) = (try await workspace(database), try await workspace(database))
    try await open(importing)
    let (zoe, olaf) = (try AttendeeID("a-1"), try AttendeeID("a-2"))
    let addresses = [try EmailAddress("zoe@example.org"), try EmailAddress("olaf@example.org")]
    let known = [
      (zoe, AttendeeDetails(name: try name("Quillon, Zoe")) { $0.email = addresses[0] }),
      (olaf, AttendeeDetails(name: try name("Brun, Olaf")) { $0.email = addresses[1] }),
    ]
    for (id, details) in known {
      _ = try await importing.change(
        Attendees.self, sealing: details, of: id.tag, in: berlin, context()
      ) { .register(id, category: "delegate", listed: true, $0) }
    }
    let log = InterruptedLog(PostgresLog(try await importing.connection)) { [berlin] in
      _ = try await erasing.erase(
        zoe, in: berlin, CommandContext(actor: "olga", reason: nil, commandID: nil, dryRun: false))
    }
    let wanted = known.map { _, details in
      var details = details
      details.organisation = text("Works")
      return WantedAttendee(keys: [], details: details)
    }
    let (outcome, decided) = try await CommandHandler(store: log).handle(
      AttendeeImport.self, in: berlin, context(),
      sealingFor: { $0.compactMap { ($0 as? AttendeeRegistered)?.attendee.tag } }
    ) { _, keys in
      AttendeeImport.Command(
        source: try ImportSource("table"), format: "CSV", sha256: "00", wanted: wanted,
        withdrawsMissing: false, keys: keys)
    }
    let bodies = outcome.events.map(\.body)
    #expect(!bodies.contains { $0 is AttendeeRegistered }, "\(bodies)")
    #expect(bodies.compactMap { ($0 as? AttendeeRevised)?.attendee } == [olaf])
    let (command, state) = try #require(decided)
    #expect(try AttendeeImport.skipped(command, in: state).map(\.id) == [zoe])
    #expect(try await PostgresLog(erasing.connection).keys(of: berlin).keys.map(\.text) == ["attendee:a-2"])
    #expect(try await erasing.sealedData(of: berlin).unreadablePeople == [])
  }

  @Test func `of speakers leaves no address and no biography of theirs`() async throws {
    let database = try await Database()
    let (importing, erasing) = (try await workspace(database), try await workspace(database))
    try await open(importing)
    let person = try PersonID("zoe")
    let registered = SpeakerRegistered(person: person, name: try name("Quillon, Zoe"))
    _ = try await importing.change(Speakers.self, .register(registered), in: berlin, context())
    let log = InterruptedLog(PostgresLog(try await importing.connection)) { [berlin] in
      _ = try await erasing.erase(
        speaker: person, in: berlin, CommandContext(actor: "olga", reason: nil, commandID: nil, dryRun: false)
      )
    }
    var wanted = WantedProgram()
    var zoe = WantedPerson(
      WantedIdentity(keys: ["id:1"], content: "name:quillon", shortName: "zoe-quillon"),
      SpeakerDetails(name: try name("Quillon, Zoe")) { $0.biography = text("Keeps bees.") })
    zoe.email = try EmailAddress("zoe@example.org")
    wanted.people = [zoe]
    let (outcome, _) = try await CommandHandler(store: log).handle(
      ProgramImport.self, in: berlin, context(),
      sealingFor: { $0.compactMap { ($0 as? ContactStated)?.person.tag } }
    ) { [wanted] _, keys in
      ProgramImport.Command(
        source: try ImportSource("pretalx"), format: "schedule.xml", sha256: "00", wanted: wanted,
        choices: .init(),
        cancelsMissing: false, clearsMissing: true, keys: keys)
    }
    let bodies = outcome.events.map(\.body)
    #expect(!bodies.contains { $0 is ContactStated || $0 is SpeakerRegistered }, "\(bodies)")
    #expect(bodies.compactMap { ($0 as? SpeakerRevised)?.changes.biography } == [])
    #expect(try await PostgresLog(erasing.connection).keys(of: berlin).isEmpty)
    let words = try await Connection.open(database.owner).rows(of: "log.words").joined()
    #expect(!words.contains("bees"))
  }
}
