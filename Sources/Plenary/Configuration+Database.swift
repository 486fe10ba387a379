import Foundation
import Postgres
import PrivateServer

extension Configuration.Database {
  /// Where it is, without passwords.
  package var location: String {
    switch self {
    case .external(let parameters): parameters.description
    case .own(let server): "Plenary's own server in \(server.home)"
    }
  }

  private var parameters: ConnectionParameters {
    get throws {
      switch self {
      case .external(let parameters): parameters
      case .own(let server): try ConnectionParameters(server.connectionString)
      }
    }
  }

  /// Puts this version's schema in place, as the database's owner.
  ///
  /// - Returns: what was applied.
  package func migrate(note: @escaping @Sendable (String) -> Void) async throws -> [String] {
    if case .own(let server) = self { try await server.start(progress: note) }
    return try await Workspace.migrate(parameters)
  }

  /// What `psql` needs to open it.
  ///
  /// - Parameters:
  ///   - role: whose rights are taken; nil: the login's own.
  ///   - options: libpq's `PGOPTIONS`, kept beside the role.
  /// - Returns: the password apart, because a connection string appears in the list of processes.
  package func psql(role: String?, options: String?) throws -> (connectionString: String, password: String?) {
    let parameters = try parameters
    var keywords = parameters.keywords.filter { !["password", "sslpassword"].contains($0.key) }
    if let role {
      // In the string, where nothing else in it can take the role's place.
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
