import EventLog
package import Postgres
import PostgresLog
import PrivateServer
import ReadModels
import Scheduling
package import Vocabulary

/// An open database with an up-to-date schema, in which commands are carried out.
package struct Workspace: Sendable {
  /// What this login may do in this database.
  package enum Access: Sendable {
    case everything
    /// The log can be read, but nothing can be written: a standby, or a database that was set to read-only.
    case log
    /// The role `plenary_reader`: the read models as they stand, without the log and without personal data.
    case readModels
  }

  package let configuration: Configuration
  package let access: Access
  private let replaceable: ReplaceableConnection
  /// Called with notes for standard error: slow steps, and facts that the reader should know.
  package let note: @Sendable (String) -> Void

  /// Connects as the writer, or as the reader if the login has no other rights. Starts and migrates the private server if
  /// necessary.
  ///
  /// - Throws: `Failure`, or a connection error.
  package static func open(
    _ configuration: Configuration, note: @escaping @Sendable (String) -> Void
  ) async throws -> Workspace {
    switch configuration.database {
    case .external(let parameters):
      let (connection, used, granted) = try await connect(parameters)
      let isReadOnly = try await connection.run { try Standby.check($0, note) }
      return Workspace(
        configuration: configuration, access: isReadOnly && granted == .everything ? .log : granted,
        replaceable: ReplaceableConnection(connection, used),
        note: note)
    case .own(let server):
      let connection = try await connect(server, note)
      // While it restores its archive, it can be read.
      let isReadOnly = try await connection.run { try Standby.check($0, note) }
      return Workspace(
        configuration: configuration, access: isReadOnly ? .log : .everything,
        replaceable: ReplaceableConnection(connection, try configuration.database.parameters.asWriter),
        note: note)
    }
  }

  /// The present connection. It is replaced when it is lost. Whoever uses it sees what a script has appended so far.
  package var connection: Connection {
    get async throws {
      try await script?.record()
      return await replaceable.current
    }
  }

  var log: ReconnectingLog { ReconnectingLog(replaceable, vault, script: script) }

  /// What the commands of a script share.
  private(set) var script: RunningScript?

  /// Whether commands are only tried, and later ones see what the ones before them would have recorded.
  var isRehearsing: Bool { script?.isDryRun ?? false }

  func running(_ script: RunningScript) -> Workspace {
    var workspace = self
    workspace.script = script
    return workspace
  }

  var vault: Vault { configuration.vault }

  /// To an external database, which only its owner migrates.
  private static func connect(_ parameters: ConnectionParameters) async throws
    -> (Connection, ConnectionParameters, Access)
  {
    var (used, access) = (parameters.asWriter, Access.everything)
    var attempt = await attempt(used)
    if case .failure(let error) = attempt, error.isAboutWriter {
      switch await role(parameters) {
      case .missing: throw notSetUp
      case .forbidden:
        (used, access) = (parameters.asReader, .readModels)
        attempt = await Self.attempt(used)
        if case .failure = attempt { throw mayNotWrite }
      case .granted, .unknown: break
      }
    }
    let connection = try attempt.get()
    try check(try await connection.run { try Migration.situation($0) })
    return (connection, used, access)
  }

  /// - Throws: for every situation in which the schema is not current.
  static func check(_ situation: Migration.Situation) throws {
    switch situation {
    case .current: break
    case .behind: throw notSetUp
    case .incomplete(let objects): throw IncompleteSchema(objects: objects)
    case .ahead: throw NewerDatabase()
    case .other: throw OtherProgramsDatabase()
    case .restoring: throw DatabaseBeingRestored()
    }
  }

  /// Opens a database into which this process puts a backup, as its owner: an owner need not have the writer's role.
  /// Everybody else is refused.
  static func ofBackup(
    _ configuration: Configuration, note: @escaping @Sendable (String) -> Void
  ) async throws -> Workspace {
    let parameters = try configuration.database.parameters.setting("application_name", to: "plenary")
    return Workspace(
      configuration: configuration, access: .everything,
      replaceable: ReplaceableConnection(try await Connection.open(parameters), parameters), note: note)
  }

  /// To the private server, which is started and migrated if necessary.
  private static func connect(
    _ server: PrivateServer, _ note: @escaping @Sendable (String) -> Void
  ) async throws -> Connection {
    let parameters = try ConnectionParameters(server.connectionString)
    switch await attempt(parameters.asWriter) {
    case .success(let connection):
      switch try await connection.run({ try Migration.situation($0) }) {
      case .current: return connection
      case .behind, .incomplete: await connection.close()
      case .ahead: throw NewerDatabase()
      case .other: throw OtherProgramsDatabase()
      case .restoring: throw DatabaseBeingRestored()
      }
    case .failure(let error):
      // A server that misses the role runs already, but no database of it was ever migrated.
      if !error.isAboutWriter { try await server.start(progress: note) }
    }
    try await migrate(parameters)
    return try await Connection.open(parameters.asWriter)
  }

  /// Opens the connection again that was lost.
  func reconnect() async throws(PostgresError) { try await replaceable.replace(await replaceable.current) }

  /// Closes the connection.
  package func close() async { await replaceable.current.close() }

  private static func attempt(_ parameters: ConnectionParameters) async
    -> Result<Connection, PostgresError>
  {
    do {
      return .success(try await Connection.open(parameters))
    } catch { return .failure(error) }
  }

  private static let notSetUp = Failure(
    .failed,
    "The database has no schema of this version of Plenary yet.", .migrate, code: .notSetUp)

  private static let mayNotWrite = Failure(
    .failed,
    "This login has no rights in the database. Have the owner run “grant plenary_writer to LOGIN”, or “grant "
      + "plenary_reader to LOGIN” for somebody who only reads.",
    code: .noRights)

  /// Migrates the schema, as the database's owner.
  @discardableResult
  package static func migrate(_ parameters: ConnectionParameters, replacing: Bool = false) async throws
    -> [String]
  {
    let owner = try await Connection.open(parameters)
    let applied = try await owner.run { try Migration.apply(replacing: replacing, $0) }
    await owner.close()
    return applied
  }

  /// One that somebody names is looked up by the command. Of one that was chosen some time ago, it must be said where it comes from.
  private func existingIfInUse(_ conference: ConferenceID) async throws -> ConferenceID {
    if configuration.inUse == nil { return conference }
    if try await known().contains(conference) { return conference }
    throw Failure(
      .refused, "There is no conference “\(conference)”, which was chosen for commands that name none.",
      .nameConference, code: .noConference)
  }

  /// All conferences, also those that a script has opened.
  private func known() async throws -> [ConferenceID] {
    if let script { return try await script.conferences(on: replaceable.current) }
    return try await connection.run { try EventStream.heads($0) }.map(\.0)
  }

  /// The conference in use: the named one, else the only one.
  package func conference() async throws -> ConferenceID {
    guard let script else { return try await findConference() }
    return try await script.conference { try await findConference() }
  }

  private func findConference() async throws -> ConferenceID {
    if let named = configuration.conference { return try await existingIfInUse(ConferenceID(named)) }
    let known = try await known()
    if known.count == 1 { return known[0] }
    let present = try await unarchived(known)
    switch present.count {
    case 1: return present[0]
    case 0 where known.isEmpty:
      throw Failure(
        .refused, "There is no conference yet.", .openConference, code: .noConference)
    default:
      throw Failure(
        .wrongUsage,
        present.isEmpty
          ? "All of the \(known.count) conferences are archived."
          : "There are \(present.count) conferences (\(present.map(\.slug).joined(separator: ", "))).",
        .nameConference)
    }
  }

  private func unarchived(_ conferences: [ConferenceID]) async throws -> [ConferenceID] {
    var present: [ConferenceID] = []
    for id in conferences where try await ConferenceContext(self, id).status != .archived {
      present.append(id)
    }
    return present
  }
}

extension ConnectionParameters {
  fileprivate static let writer = "plenary_writer"

  /// Takes the role with the least rights that a command needs.
  ///
  /// A program that is stopped or loses its way within a transaction holds a conference or a read model locked. The server
  /// ends it then. The limits are far above what a command takes; a rebuild of a million events has no statement of a
  /// minute.
  var asWriter: ConnectionParameters {
    settingRole(Self.writer).setting("application_name", to: "plenary")
      .settingSession("idle_in_transaction_session_timeout", to: "5min")
      .settingSession("statement_timeout", to: "15min")
  }

  var asReader: ConnectionParameters {
    settingRole("plenary_reader").setting("application_name", to: "plenary")
  }
}

extension PostgresError {
  /// Whether the server refused the writer's role, and not the login.
  ///
  /// The server's messages come in many languages, but all of them name the role.
  fileprivate var isAboutWriter: Bool { message.contains(ConnectionParameters.writer) }
}

extension Workspace {
  /// What a login may do with the writer's role.
  private enum Role { case granted, forbidden, missing, unknown }

  /// Whether the login may become the writer, and why not. The server is asked, because its messages come in many
  /// languages.
  ///
  /// - Parameter parameters: of the login, without the role.
  /// - Returns: `unknown` if there is no answer.
  private static func role(_ parameters: ConnectionParameters) async -> Role {
    guard let connection = try? await Connection.open(parameters) else { return .unknown }
    let rows = try? await connection.query(
      """
      select
        -- From PostgreSQL 16 on, a member may be unable to become the role: with set false, or with admin alone.
        case when pg_catalog.current_setting('server_version_num')::integer >= 160000
          then pg_catalog.pg_has_role(oid, 'SET')
          else pg_catalog.pg_has_role(oid, 'MEMBER')
        end as granted
      from pg_catalog.pg_roles where rolname = \(ConnectionParameters.writer)
      """)
    await connection.close()
    guard let rows else { return .unknown }
    guard let row = rows.first else { return .missing }
    guard let isGranted = try? row.decode("granted", as: Bool.self) else { return .unknown }
    return isGranted ? .granted : .forbidden
  }
}
