package import EventLog
package import Postgres
package import PostgresLog
import Synchronization
import TestSupport
package import Vocabulary

/// A database of its own for one test, with the schema in place.
///
/// The schema is put in place once, in a template; every test gets a copy of it.
package struct Database: Sendable {
  /// As its superuser and owner.
  package let owner: ConnectionParameters

  private static let template = Task {
    let parameters = try await TestServer.shared.database()
    let connection = try await Connection.open(parameters)
    _ = try await connection.run { try Migration.apply($0) }
    // The events of tests of the log itself.
    try await connection.execute(
      """
      insert into log.event_type (type, version)
      select type, 1 from unnest(array['Noted', 'Doubted', 'Said', 'Unheard', 'Pretended', 'Unwritable']) as type
      """)
    await connection.close()
    return parameters.keywords["dbname"] ?? ""
  }

  package init() async throws {
    owner = try await TestServer.shared.database(from: Self.template.value)
  }

  package var writer: ConnectionParameters { owner.settingRole("plenary_writer") }
  package var reader: ConnectionParameters { owner.settingRole("plenary_reader") }

  /// What `--database` takes.
  package var connectionString: String {
    owner.keywords.map { "\($0)=\($1)" }.joined(separator: " ")
  }

  package func log() async throws -> PostgresLog { PostgresLog(try await Connection.open(writer)) }

  /// Makes the log take events of this type and version, although no program of today reads them.
  package func register(_ type: String, version: Int = 1) async throws {
    let connection = try await Connection.open(owner)
    try await connection.execute(
      "insert into log.event_type (type, version) values (\(type), \(version)) on conflict do nothing")
    await connection.close()
  }

  /// Connects as a login of its own that was granted these roles, and that cannot become anybody else.
  package func login(_ name: String, granted roles: String...) async throws -> Connection {
    let database = owner.keywords["dbname"] ?? ""
    let role = "\(name)_\(database)"
    let connection = try await Connection.open(owner)
    try await connection.execute("create role \(identifier: role) login")
    for granted in roles {
      try await connection.execute("grant \(identifier: granted) to \(identifier: role)")
    }
    await connection.close()
    return try await Connection.open(owner.setting("user", to: role))
  }
}

/// A backend was expected to wait for a lock, and did not.
package struct NeverBlocked: Error {
  package let backend: Int
}

extension Connection {
  /// The process of the server that answers this connection.
  package var backend: Int {
    get async throws { try query("select pg_backend_pid() as pid")[0].decode("pid") }
  }

  /// Returns when a backend waits for a lock; there is nothing that could be waited for but the view.
  ///
  /// - Throws: `NeverBlocked` after a minute.
  package func waitUntilBlocked(_ backend: Int) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while try query(
      "select from pg_stat_activity where pid = \(backend) and wait_event_type = 'Lock'"
    ).isEmpty {
      guard ContinuousClock.now < deadline else { throw NeverBlocked(backend: backend) }
      try Task.checkCancellation()
      await Task.yield()
    }
  }

  /// Every row of a table as text, in order.
  package func rows(of table: String) throws -> [String] {
    try query("select t::text as row from \(raw: table) as t order by 1").map {
      try $0.decode("row")
    }
  }
}

package func conference(_ name: String) -> ConferenceID {
  do { return try ConferenceID(name) } catch { fatalError("\(error)") }
}

extension PostgresLog {
  /// Every event after a position as projectors and exports read it.
  ///
  /// - Throws: `LogGap`.
  package func stream(_ conference: ConferenceID, after: Int = 0) async throws -> [RecordedEvent] {
    try await connection.run { connection in
      var events: [RecordedEvent] = []
      try EventStream.read(conference, after: after, detail: .whole, connection) { events.append($0) }
      return events
    }
  }

  package func head(_ conference: ConferenceID) async throws -> Int {
    try await connection.run { try EventStream.head(of: conference, $0) }
  }
}

/// Something that several tasks write to.
package final class Shared<Value: Sendable>: Sendable {
  private let contents: Mutex<Value>

  package init(_ value: Value) { contents = Mutex(value) }

  package var value: Value { contents.withLock { $0 } }

  package func change<R: Sendable>(_ body: (inout Value) -> R) -> R { contents.withLock { body(&$0) } }
}
