import EventLog
import LogTestSupport
import People
import Plenary
import Postgres
import PostgresLog
import Testing
import Vocabulary

/// A vault that was restored from a backup has keys again that were destroyed.
@Suite(.timeLimit(.minutes(10))) struct `A speaker's key that came back from a backup` {
  private let berlin = conference("berlin")
  private let person = try! PersonID("li-wei")

  private func context(dryRun: Bool = false) throws -> CommandContext {
    try CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: dryRun)
  }

  private func keys(_ workspace: Workspace) async throws -> [String: SealingKey] {
    try await workspace.connection.run { connection in
      Dictionary(
        uniqueKeysWithValues: try Vault().keys(of: conference("berlin"), connection).map { ($0.text, $1) })
    }
  }

  private func remove(_ workspace: Workspace, dryRun: Bool = false) async throws -> Outcome<PeopleEvent> {
    try await workspace.stateContact(of: person, email: nil, in: berlin, context(dryRun: dryRun))
  }

  /// A speaker whose address was removed, and the key that the vault has again.
  private func restored(_ database: Database) async throws -> (Workspace, SealingKey) {
    let workspace = try await Workspace.open(
      Configuration(database: database.connectionString, conference: "berlin", environment: [:])
    ) { _ in }
    let name = try PersonName([NameForm("Li, Wei", in: .english, order: nil)])
    _ = try await workspace.change(
      Speakers.self, .register(SpeakerRegistered(person: person, name: name)), in: berlin, context())
    _ = try await workspace.stateContact(
      of: person, email: EmailAddress("li.wei@example.org"), in: berlin, context())
    let key = try #require(try await keys(workspace)[person.tag.text])
    #expect(try await remove(workspace).effect == .appended(Receipt(first: 3, last: 3, replayed: false)))
    #expect(try await keys(workspace) == [:])
    let tag = person.tag
    _ = try await workspace.connection.run { try Vault().keep([tag: key], in: conference("berlin"), $0) }
    return (workspace, key)
  }

  /// The log says already that it is destroyed.
  @Test func `is destroyed when the address is removed again`() async throws {
    let (workspace, key) = try await restored(Database())
    #expect(try await remove(workspace, dryRun: true).effect == .nothingToDo)
    #expect(try await keys(workspace) == [person.tag.text: key])
    #expect(try await remove(workspace).effect == .nothingToDo)
    #expect(try await keys(workspace) == [:])
  }

  /// The removal was a mistake that nobody could read, and was set aside: it removed nothing.
  @Test func `stays if the removal is set aside`() async throws {
    let (workspace, key) = try await restored(Database())
    let log = PostgresLog(try await workspace.connection)
    _ = try await log.append(AppendRequest(berlin, appending: EventSetAside(position: 3)))
    let tag = person.tag
    func forget() async throws {
      try await workspace.connection.run { try Vault.forget(in: conference("berlin"), $0) }
    }
    try await forget()
    #expect(try await keys(workspace) == [tag.text: key])
    _ = try await log.append(AppendRequest(berlin, appending: EventReinstated(position: 3)))
    try await forget()
    #expect(try await keys(workspace) == [:])
  }

  /// PostgreSQL's operators of JSON raise an error for it.
  @Test func `is destroyed whatever other bodies are in the log`() async throws {
    let database = try await Database()
    let (workspace, key) = try await restored(database)
    let log = PostgresLog(try await workspace.connection)
    let other = try PersonID("xu-anna")
    _ = try await workspace.connection.run { connection in
      try Vault().keep([other.tag: .random()], in: conference("berlin"), connection)
    }
    _ = try await log.append(
      AppendRequest(berlin, appending: ContactStated(person: other, contact: Sealed(base64: "a\u{0}b"))))
    _ = key
    _ = try await remove(workspace)
    #expect(try await keys(workspace).keys.sorted() == [other.tag.text])
  }

  @Test func `belongs to nobody who counts as erased if the erasure is set aside`() async throws {
    let database = try await Database()
    let (workspace, _) = try await restored(database)
    let log = PostgresLog(try await workspace.connection)
    _ = try await log.append(AppendRequest(berlin, appending: PersonErased(person: person, positions: [])))
    func erased() async throws -> Set<EventLog.Tag> {
      try await workspace.connection.run { try Vault.erased(of: conference("berlin"), $0) }
    }
    #expect(try await erased() == [person.tag])
    _ = try await log.append(AppendRequest(berlin, appending: EventSetAside(position: 4)))
    #expect(try await erased() == [])
  }
}
