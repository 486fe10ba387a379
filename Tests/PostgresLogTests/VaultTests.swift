import EventLog
import Foundation
import LogTestSupport
import People
import Plenary
import Postgres
import PostgresLog
import Record
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(10))) struct `The vault` {
  private let berlin = conference("berlin")

  /// - Parameter note: what may be said; anything else is a fault.
  private func workspace(_ database: Database, note expected: String? = nil) async throws -> Workspace {
    let configuration = try Configuration(
      database: database.connectionString, conference: "berlin", environment: [:])
    return try await Workspace.open(configuration) { note in
      if expected.map({ note.contains($0) }) != true { Issue.record("said “\(note)”") }
    }
  }

  private func details(_ email: String = "li.wei@example.org") throws -> AttendeeDetails {
    let address = try EmailAddress(email)
    return try AttendeeDetails(name: PersonName([NameForm("Li, Wei", in: .english, order: nil)])) {
      $0.email = address
    }
  }

  private func register(
    _ attendee: AttendeeID, _ details: AttendeeDetails, _ workspace: Workspace,
    commandID: String? = nil, dryRun: Bool = false
  ) async throws -> Outcome<PeopleEvent> {
    let context = try CommandContext(actor: "anna", reason: nil, commandID: commandID, dryRun: dryRun)
    return try await workspace.change(
      Attendees.self, sealing: details, of: attendee.tag, in: berlin, context
    ) { .register(attendee, category: "delegate", listed: true, $0) }
  }

  private func revise(
    _ attendee: AttendeeID, _ revision: AttendeeDetails.Changes, _ workspace: Workspace,
    commandID: String? = nil
  ) async throws -> Outcome<PeopleEvent> {
    let context = try CommandContext(actor: "anna", reason: nil, commandID: commandID, dryRun: false)
    return try await workspace.change(
      Attendees.self, sealing: revision, of: attendee.tag, in: berlin, context
    ) { .revise(attendee, category: nil, listed: nil, $0) }
  }

  private func context() throws -> CommandContext {
    try CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false)
  }

  private func keys(_ workspace: Workspace) async throws -> [String: SealingKey] {
    try await workspace.connection.run { connection in
      Dictionary(
        uniqueKeysWithValues: try Vault().keys(of: conference("berlin"), connection).map { ($0.text, $1) })
    }
  }

  private func lastSealed(_ workspace: Workspace, _ attendee: AttendeeID) async throws -> Sealed? {
    var state = Attendees.initial
    for event in try await PostgresLog(workspace.connection).stream(berlin)
    where event.tags.contains(attendee.tag.text) {
      try Attendees.evolve(&state, event)
    }
    return state.details
  }

  @Test func `has one key per person, which decrypts the log's data`() async throws {
    let workspace = try await self.workspace(Database())
    let (a, b) = (try AttendeeID("a-1"), try AttendeeID("a-2"))
    _ = try await register(a, details(), workspace)
    _ = try await register(b, details(), workspace)
    let keys = try await keys(workspace)
    #expect(keys.keys.sorted() == ["attendee:a-1", "attendee:a-2"])
    #expect(keys["attendee:a-1"] != keys["attendee:a-2"])
    let sealed = try #require(try await lastSealed(workspace, a))
    let key = try #require(keys["attendee:a-1"])
    #expect(
      sealed.open(AttendeeDetails.self, key: key, context: AttendeeDetails.context(berlin, a))
        == (try details()))
    // Another person's key does not decrypt it, and it does not decrypt as another person's data.
    #expect(
      sealed.open(
        AttendeeDetails.self, key: keys["attendee:a-2"]!,
        context: AttendeeDetails.context(berlin, a)) == nil)
    #expect(
      sealed.open(AttendeeDetails.self, key: key, context: AttendeeDetails.context(berlin, b)) == nil)
  }

  @Test func `keeps the first of several keys made at the same time`() async throws {
    let database = try await Database()
    let kept = try await withThrowingTaskGroup(of: SealingKey?.self) { group in
      for _ in 1...10 {
        group.addTask {
          let key = SealingKey.random()
          return try await Connection.open(database.writer).run { connection in
            try Vault().keep([AttendeeID("a-1").tag: key], in: conference("berlin"), connection) ? key : nil
          }
        }
      }
      return try await group.reduce(into: [SealingKey]()) { kept, key in if let key { kept.append(key) } }
    }
    #expect(kept.count == 1)
    let keys = try await Connection.open(database.writer).run { connection in
      try Vault().keys(of: conference("berlin"), connection)
    }
    #expect(Array(keys.values) == kept)
  }

  @Test func `encrypts the same data only once`() async throws {
    let workspace = try await self.workspace(Database())
    let attendee = try AttendeeID("a-1")
    let id = newCommandID()
    let first = try await register(attendee, details(), workspace, commandID: id)
    #expect(first.effect == .appended(Receipt(first: 1, last: 1, replayed: false)))
    let again = try await register(attendee, details(), workspace, commandID: id)
    #expect(again.effect == .appended(Receipt(first: 1, last: 1, replayed: true)))
    let other = try await register(attendee, details(), workspace)
    #expect(other.effect == .nothingToDo)
    await #expect(throws: AppendError.commandIDReused) {
      try await register(attendee, details("other@example.org"), workspace, commandID: id)
    }
  }

  @Test func `answers a repeated registration by its receipt after a revision`() async throws {
    let workspace = try await self.workspace(Database())
    let attendee = try AttendeeID("a-1")
    let id = newCommandID()
    _ = try await register(attendee, details(), workspace, commandID: id)
    _ = try await revise(attendee, .init { $0.email = try EmailAddress("new@example.org") }, workspace)
    let again = try await register(attendee, details(), workspace, commandID: id)
    #expect(again.effect == .appended(Receipt(first: 1, last: 1, replayed: true)))
  }

  @Test func `keeps nothing of a dry run`() async throws {
    let workspace = try await self.workspace(Database())
    let outcome = try await register(AttendeeID("a-1"), details(), workspace, dryRun: true)
    #expect(outcome.effect == .wouldAppend)
    #expect(try await keys(workspace) == [:])
    #expect(try await PostgresLog(workspace.connection).stream(berlin) == [])
  }

  @Test func `loses the key of an erased person, and never gets another`() async throws {
    let workspace = try await self.workspace(Database())
    let attendee = try AttendeeID("a-1")
    let id = newCommandID()
    _ = try await register(attendee, details(), workspace, commandID: id)
    let outcome = try await workspace.erase(attendee, in: berlin, context())
    #expect(outcome.effect == .appended(Receipt(first: 2, last: 2, replayed: false)))
    #expect(try await keys(workspace) == [:])
    // Later attempts make no key.
    await #expect(throws: Refused.self) { try await register(attendee, details(), workspace) }
    await #expect(throws: Refused.self) {
      try await revise(attendee, .init { $0.email = try EmailAddress("new@example.org") }, workspace)
    }
    let again = try await register(attendee, details(), workspace, commandID: id)
    #expect(again.effect == .appended(Receipt(first: 1, last: 1, replayed: true)))
    #expect(try await workspace.erase(attendee, in: berlin, context()).effect == .nothingToDo)
    #expect(try await keys(workspace) == [:])
    let events = try await PostgresLog(workspace.connection).stream(berlin)
    #expect(events.map(\.type) == ["AttendeeRegistered", "PersonErased"])
    #expect(events.map(\.leaf) == events.map(\.leafHash))
  }

  @Test func `loses a key that came back from a backup, when the erasure is sent again`() async throws {
    let workspace = try await self.workspace(Database())
    let attendee = try AttendeeID("a-1")
    _ = try await register(attendee, details(), workspace)
    let key = try #require(try await keys(workspace)[attendee.tag.text])
    _ = try await workspace.erase(attendee, in: berlin, context())
    func restore() async throws {
      _ = try await workspace.connection.run { connection in
        try Vault().keep([attendee.tag: key], in: conference("berlin"), connection)
      }
    }
    try await restore()
    #expect(try await keys(workspace) == [attendee.tag.text: key])
    #expect(try await workspace.erase(attendee, in: berlin, context()).effect == .nothingToDo)
    #expect(try await keys(workspace) == [:])
    // A dry run leaves it where it is.
    try await restore()
    let dry = try CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: true)
    #expect(try await workspace.erase(attendee, in: berlin, dry).effect == .nothingToDo)
    #expect(try await keys(workspace) == [attendee.tag.text: key])
  }

  @Test func `keeps the key if an erasure is refused or a dry run`() async throws {
    let database = try await Database()
    let workspace = try await self.workspace(database)
    let attendee = try AttendeeID("a-1")
    _ = try await register(attendee, details(), workspace)
    let before = try await keys(workspace)
    await #expect(throws: Refused.self) {
      try await workspace.erase(AttendeeID("a-2"), in: berlin, context())
    }
    let dry = try CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: true)
    #expect(try await workspace.erase(attendee, in: berlin, dry).effect == .wouldAppend)
    // If the event cannot be appended, the key stays.
    let owner = try await Connection.open(database.owner)
    try await owner.executeScript(
      """
      create function vault.refuse() returns trigger language plpgsql as $$
        begin raise 'refused'; end $$;
      create trigger refused before truncate on vault.key execute function vault.refuse();
      """)
    await #expect(throws: (any Error).self) {
      try await workspace.erase(attendee, in: berlin, context())
    }
    try await owner.execute("drop trigger refused on vault.key")
    #expect(try await keys(workspace) == before)
    #expect(try await PostgresLog(workspace.connection).stream(berlin).count == 1)
  }

  @Test func `has one outcome for a concurrent registration, revision and erasure`() async throws {
    let database = try await Database()
    let attendee = try AttendeeID("a-1")
    _ = try await register(attendee, details(), self.workspace(database))
    await withTaskGroup(of: Void.self) { group in
      for number in 1...6 {
        group.addTask {
          guard let workspace = try? await self.workspace(database) else { return }
          if number == 3 {
            _ = try? await workspace.erase(attendee, in: berlin, context())
          } else {
            _ = try? await revise(
              attendee, .init { $0.email = try EmailAddress("\(number)@example.org") }, workspace)
          }
        }
      }
    }
    let workspace = try await self.workspace(database)
    let types = try await PostgresLog(workspace.connection).stream(berlin).map(\.type)
    #expect(types.last == "PersonErased" && types.count { $0 == "PersonErased" } == 1)
    #expect(try await keys(workspace) == [:])
  }

  @Test func `keeps the key of somebody with the same short name in another conference`() async throws {
    let workspace = try await self.workspace(Database())
    let attendee = try AttendeeID("a-1")
    _ = try await register(attendee, details(), workspace)
    let (paris, key) = (conference("paris"), SealingKey.random())
    _ = try await workspace.connection.run { try Vault().keep([attendee.tag: key], in: paris, $0) }
    _ = try await workspace.erase(attendee, in: berlin, context())
    #expect(try await keys(workspace) == [:])
    #expect(try await workspace.connection.run { try Vault().keys(of: paris, $0) } == [attendee.tag: key])
  }

  @Test func `takes nobody for erased whose erasure was set aside`() async throws {
    let workspace = try await self.workspace(Database())
    let attendee = try AttendeeID("a-1")
    let log = PostgresLog(try await workspace.connection)
    func erased() async throws -> Set<EventLog.Tag> {
      try await workspace.connection.run { connection in
        let all = try Vault.erased(of: conference("berlin"), connection)
        // The same, asked for a few of them.
        #expect(
          try Vault.erased([attendee.tag, AttendeeID("a-2").tag], of: conference("berlin"), connection) == all
        )
        #expect(try Vault.erased([], of: conference("berlin"), connection).isEmpty)
        #expect(try Vault.erased([attendee.tag], of: conference("paris"), connection).isEmpty)
        return all
      }
    }
    _ = try await log.append(AppendRequest(berlin, appending: PersonErased(attendee: attendee)))
    #expect(try await erased() == [attendee.tag])
    _ = try await log.append(AppendRequest(berlin, appending: EventSetAside(position: 1)))
    #expect(try await erased() == [])
    _ = try await log.append(AppendRequest(berlin, appending: EventReinstated(position: 1)))
    #expect(try await erased() == [attendee.tag])
  }

  @Test func `looks for erasures by their owners, also in a conference that came after the last ANALYZE`()
    async throws
  {
    let database = try await Database()
    let log = PostgresLog(try await self.workspace(database).connection)
    let attendees = try (0..<1_000).map {
      AttendeeRegistered(
        attendee: try AttendeeID("a-\($0)"), category: "press", listed: true,
        details: Sealed(base64: "c2VhbGVk"))
    }
    for id in ["berlin", "shanghai"] {
      _ = try await log.append(
        AppendRequest(
          conference: conference(id), commandID: newCommandID(), request: sha256("request"), actor: "anna",
          events: attendees))
      if id == "berlin" { try await Connection.open(database.owner).execute("analyze log.event, log.tag") }
    }
    func entriesRead() async throws -> Int {
      try await log.connection.execute("select pg_stat_force_next_flush()")
      let rows = try await log.connection.query(
        "select sum(idx_tup_read)::bigint as entries from pg_stat_all_indexes where schemaname = 'log'")
      return try rows[0].decode("entries")
    }
    let before = try await entriesRead()
    let owners = try (0..<50).map { try AttendeeID("a-\($0)").tag }
    let erased = try await log.connection.run { try Vault.erased(owners, of: conference("shanghai"), $0) }
    #expect(erased.isEmpty)
    #expect(try await entriesRead() - before < 500)
  }

  // MARK: What others change meanwhile

  @Test func `keeps two concurrent revisions of different details`() async throws {
    let database = try await Database()
    let workspaces = try await [self.workspace(database), self.workspace(database)]
    for number in 1...12 {
      let attendee = try AttendeeID("a-\(number)")
      _ = try await register(attendee, details(), workspaces[0])
      let revisions = try [
        AttendeeDetails.Changes { $0.email = try EmailAddress("new@example.org") },
        AttendeeDetails.Changes { $0.note = "vegetarian" },
      ]
      let effects = try await withThrowingTaskGroup(of: Outcome<PeopleEvent>.Effect.self) { group in
        for (workspace, revision) in zip(workspaces, revisions) {
          group.addTask { try await revise(attendee, revision, workspace).effect }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(effects.allSatisfy { if case .appended = $0 { true } else { false } })
      let key = try #require(try await keys(workspaces[0])[attendee.tag.text])
      let sealed = try #require(try await lastSealed(workspaces[0], attendee))
      var expected = try details("new@example.org")
      expected.note = "vegetarian"
      #expect(
        sealed.open(key: key, context: AttendeeDetails.context(berlin, attendee)) == expected,
        "attendee \(number)")
    }
  }

  private func registerSpeaker(_ person: PersonID, _ workspace: Workspace) async throws {
    let name = try PersonName([NameForm("Li, Wei", in: .english, order: nil)])
    _ = try await workspace.change(
      Speakers.self, .register(SpeakerRegistered(person: person, name: name)), in: berlin, context())
  }

  @Test func `makes no key for a dry run or a refused contact`() async throws {
    let workspace = try await self.workspace(Database())
    let person = try PersonID("li-wei")
    let address = try EmailAddress("li.wei@example.org")
    await #expect(throws: Refused.self) {
      try await workspace.stateContact(of: person, email: address, in: berlin, context())
    }
    try await registerSpeaker(person, workspace)
    let dry = try CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: true)
    let outcome = try await workspace.stateContact(of: person, email: address, in: berlin, dry)
    #expect(outcome.effect == .wouldAppend)
    #expect(try await keys(workspace) == [:])
    _ = try await workspace.stateContact(of: person, email: address, in: berlin, context())
    #expect(try await keys(workspace).keys.sorted() == ["person:li-wei"])
  }

  @Test func `decrypts the last of concurrently set and removed contacts`() async throws {
    let database = try await Database()
    let workspace = try await self.workspace(database)
    let person = try PersonID("li-wei")
    try await registerSpeaker(person, workspace)
    for round in 1...6 {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1...3 {
          let workspace = try await self.workspace(database)
          group.addTask {
            let email = number == 3 ? nil : try EmailAddress("\(round).\(number)@example.org")
            _ = try await workspace.stateContact(of: person, email: email, in: berlin, context())
          }
        }
        try await group.waitForAll()
      }
      var state = Speakers.initial
      for event in try await PostgresLog(workspace.connection).stream(berlin) {
        try Speakers.evolve(&state, event)
      }
      let key = try await keys(workspace)[person.tag.text]
      if let sealed = state.contact {
        let key = try #require(key, "An address that was stated opens.")
        #expect(
          sealed.open(SpeakerContact.self, key: key, context: SpeakerContact.context(berlin, person)) != nil)
      } else {
        #expect(key == nil)
      }
    }
  }

  /// VACUUM does not overwrite what it removes.
  @Test func `leaves no byte of a destroyed key in the file of its table`() async throws {
    let database = try await Database()
    let workspace = try await self.workspace(database)
    for number in 1...8 { _ = try await register(AttendeeID("a-\(number)"), details(), workspace) }
    let before = try await keys(workspace)
    let owner = try await Connection.open(database.owner)
    func isInFile(_ key: SealingKey) async throws -> Bool {
      try await owner.execute("checkpoint")
      let file = try await owner.query(
        "select pg_read_binary_file(pg_relation_filepath('vault.key')) as bytes")
      return Data(try file[0].decode("bytes", as: [UInt8].self)).range(of: Data(key.bytes)) != nil
    }
    for key in before.values { #expect(try await isInFile(key)) }
    _ = try await workspace.erase(AttendeeID("a-3"), in: berlin, context())
    for (person, key) in before { #expect(try await isInFile(key) == (person != "attendee:a-3")) }
    var after = before
    after["attendee:a-3"] = nil
    #expect(try await keys(workspace) == after)
  }

  /// PostgreSQL's operators of JSON raise an error for this one.
  @Test func `is searched for what is left whatever bodies are in the log`() async throws {
    let workspace = try await self.workspace(Database())
    let attendee = try AttendeeID("a-1")
    _ = try await register(attendee, details(), workspace)
    try await registerSpeaker(PersonID("li-wei"), workspace)
    _ = try await PostgresLog(workspace.connection).append(
      AppendRequest(
        berlin,
        appending: ContactStated(
          person: PersonID("li-wei"), contact: Sealed(base64: "a\u{0}li.wei@example.org"))))
    // No read model takes it either.
    _ = try await PostgresLog(workspace.connection).append(
      AppendRequest(berlin, appending: EventSetAside(position: 3)))
    let known = try await workspace.known(about: attendee, in: berlin)
    _ = try await workspace.erase(attendee, in: berlin, context())
    #expect(try await workspace.traces(of: known).found.contains("log.event, event 3: body"))
  }

  @Test func `erases an attendee while others register and revise`() async throws {
    let database = try await Database()
    let workspace = try await self.workspace(database)
    for number in 1...6 { _ = try await register(AttendeeID("a-\(number)"), details(), workspace) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...6 {
        let workspace = try await self.workspace(database)
        group.addTask {
          if number.isMultiple(of: 2) {
            _ = try await workspace.erase(AttendeeID("a-\(number)"), in: berlin, context())
          } else {
            _ = try await register(AttendeeID("b-\(number)"), details(), workspace)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(
      try await keys(workspace).keys.sorted()
        == ["a-1", "a-3", "a-5", "b-1", "b-3", "b-5"].map { "attendee:\($0)" })
    #expect(try await workspace.sealedData(of: berlin).unreadablePeople == [])
  }

  /// One holds the table's new keys and destroys some; the other one waits for it.
  @Test func `has no deadlock between an erasure and a restore that runs`() async throws {
    let database = try await Database()
    let workspace = try await self.workspace(database)
    for number in 1...2 { _ = try await register(AttendeeID("a-\(number)"), details(), workspace) }
    let key = try #require(try await keys(workspace)["attendee:a-1"])
    _ = try await workspace.erase(AttendeeID("a-1"), in: berlin, context())
    let restoring = try await Connection.open(database.owner)
    try await restoring.execute("begin")
    try await restoring.execute(
      "insert into vault.key (conference, owner, key) values ('berlin', 'attendee:a-1', \(key.bytes)::bytea)")
    async let erasure = workspace.erase(AttendeeID("a-2"), in: berlin, context())
    try await Connection.open(database.owner).waitUntilBlocked(workspace.connection.backend)
    #expect(
      try await restoring.query("select vault.forget('berlin') as n")[0].decode("n", as: Int.self) == 1)
    try await restoring.execute("commit")
    #expect(try await erasure.effect == .appended(Receipt(first: 4, last: 4, replayed: false)))
    #expect(try await keys(workspace) == [:])
  }

  /// Of a withheld speaker the log does not tell whose key it is.
  @Test func `loses a withheld speaker's key that comes back during the erasure`() async throws {
    let database = try await Database()
    let workspace = try await self.workspace(database)
    let person = try PersonID("li-wei")
    try await registerSpeaker(person, workspace)
    let (command, key) = (newCommandID(), SealingKey.random())
    let identity = try Sealed(
      WithheldIdentity(person: person), key: key, context: WithheldIdentity.context(berlin),
      commandID: command)
    let attribution = try Attribution(
      .withheld, asPrinted: LocalizedText([.english: "A participant"]), identity: identity)
    let said = StatementRecorded(
      try RecordID("e-1"), in: try SessionID("opening"),
      EntryDetails(LocalizedText([.english: "No."]), attribution))
    let log = PostgresLog(try await workspace.connection)
    _ = try await log.append(AppendRequest(berlin, appending: said, commandID: command))
    let owner = try await Connection.open(database.owner)
    try await owner.executeScript(
      """
      create function vault.come_back() returns trigger language plpgsql security definer as $$
        begin
          insert into vault.key (conference, owner, key)
          values ('berlin', 'identity:\(command)', '\\x\(hexadecimal(key.bytes))') on conflict do nothing;
          return null;
        end $$;
      create trigger comes_back after insert on log.receipt for each row execute function vault.come_back();
      """)
    _ = try await workspace.erase(speaker: person, in: berlin, context())
    try await owner.execute("drop trigger comes_back on log.receipt")
    #expect(try await keys(workspace) == [:])
    #expect(try await owner.rows(of: "vault.key") == ["(berlin,identity:\(command),,)"])
    #expect(try await workspace.sealedData(of: berlin).unreadableEntries == [])
  }

  @Test func `answers by the receipt after the key was destroyed, and keeps nothing to compare`()
    async throws
  {
    let workspace = try await self.workspace(Database())
    let person = try PersonID("li-wei")
    try await registerSpeaker(person, workspace)
    let id = newCommandID()
    let first = try CommandContext(actor: "anna", reason: nil, commandID: id, dryRun: false)
    let address = try EmailAddress("li.wei@example.org")
    let other = try EmailAddress("other@example.org")
    let stated = try await workspace.stateContact(of: person, email: address, in: berlin, first)
    #expect(stated.effect == .appended(Receipt(first: 2, last: 2, replayed: false)))
    await #expect(throws: AppendError.commandIDReused) {
      try await workspace.stateContact(of: person, email: other, in: berlin, first)
    }
    // The key is destroyed, and another one is made.
    _ = try await workspace.stateContact(of: person, email: nil, in: berlin, context())
    _ = try await workspace.stateContact(of: person, email: other, in: berlin, context())
    for email in [address, other] {
      let again = try await workspace.stateContact(of: person, email: email, in: berlin, first)
      #expect(again.effect == .appended(Receipt(first: 2, last: 2, replayed: true)))
    }
  }

  @Test func `distinguishes people under one command id`() async throws {
    let workspace = try await self.workspace(Database())
    let id = newCommandID()
    _ = try await register(AttendeeID("a-1"), details(), workspace, commandID: id)
    await #expect(throws: AppendError.commandIDReused) {
      try await register(AttendeeID("a-2"), details(), workspace, commandID: id)
    }
    _ = try await revise(AttendeeID("a-1"), .init { $0.note = "vegetarian" }, workspace)
    await #expect(throws: AppendError.commandIDReused) {
      try await revise(AttendeeID("a-1"), .init { $0.note = "vegetarian" }, workspace, commandID: id)
    }
  }
}
