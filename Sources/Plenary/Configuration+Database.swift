import Foundation
import Postgres
import PostgresLog
import PrivateServer

extension Configuration.Database {
  /// The server and database, without passwords.
  package var location: String {
    switch self {
    case .external(let parameters): parameters.description
    case .own(let server): "Plenary's own server in \(server.home)"
    }
  }

  /// Of the login, without a role.
  var parameters: ConnectionParameters {
    get throws {
      switch self {
      case .external(let parameters): parameters
      case .own(let server): try ConnectionParameters(server.connectionString)
      }
    }
  }

  /// Migrates the database to this version's schema, as its owner.
  ///
  /// - Parameter replacing: Also replaces the schema of another build with the same number.
  /// - Returns: The names of the applied files.
  package func migrate(replacing: Bool, note: @escaping @Sendable (String) -> Void) async throws -> [String] {
    if case .own(let server) = self { try await server.start(progress: note) }
    return try await Workspace.migrate(parameters, replacing: replacing)
  }

  /// Distributes the database's tables over the nodes of a Citus cluster, as its owner.
  ///
  /// - Returns: The names of the tables that were not distributed yet.
  package func distribute(note: @escaping @Sendable (String) -> Void) async throws -> [String] {
    if case .own(let server) = self { try await server.start(progress: note) }
    let owner = try await Connection.open(parameters)
    try await owner.run { try Distribution.requireCitus($0) }
    try await Workspace.migrate(parameters)
    let tables = try await owner.run { try Distribution.apply($0) }
    await owner.close()
    return tables
  }

  /// What `psql` needs to open the database.
  ///
  /// - Parameters:
  ///   - role: The role to take; nil keeps the login's own rights.
  ///   - options: The value of libpq's `PGOPTIONS`, kept in addition to the role.
  /// - Returns: The connection string and, separately, the password: a command line is visible in the list of
  ///   processes.
  package func psql(role: String?, options: String?) throws -> (connectionString: String, password: String?) {
    let parameters = try parameters
    var keywords = parameters.keywords.filter { !["password", "sslpassword"].contains($0.key) }
    if let role {
      // In the connection string, because it takes precedence over PGOPTIONS.
      let others = keywords["options"] ?? options
      keywords["options"] = [others, "-c role=\(role)"].compactMap(\.self).joined(separator: " ")
    }
    let string = keywords.sorted { $0.key < $1.key }
      .map { keyword, value in
        let quoted = value.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        return "\(keyword)='\(quoted)'"
      }.joined(separator: " ")
    return (string, parameters.keywords["password"])
  }
}
