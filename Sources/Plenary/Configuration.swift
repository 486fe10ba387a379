import Foundation
import Glibc
package import Postgres
package import PrivateServer
import Vocabulary

/// Which database, which conference, and the environment.
package struct Configuration: Sendable {
  package enum Database: Sendable {
    /// Named by `--database`, `PLENARY_DATABASE_URL` or libpq's own variables.
    case external(ConnectionParameters)
    /// Plenary's private server.
    case own(PrivateServer)
  }

  package let database: Database
  package let conference: String?
  package let environment: [String: String]

  package init(
    database: String?, conference: String?,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    self.environment = environment
    self.conference = conference ?? environment["PLENARY_CONFERENCE"]
    if let named = database ?? environment["PLENARY_DATABASE_URL"], !named.isEmpty {
      self.database = .external(try ConnectionParameters(named))
    } else if ["PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE"].contains(where: {
      environment[$0]?.isEmpty == false
    }) {
      self.database = .external(ConnectionParameters())
    } else {
      self.database = .own(PrivateServer(environment: environment))
    }
  }

  /// The login name, which is the actor unless `--actor` names one.
  package static var loginName: String {
    if let entry = getpwuid(getuid()), let name = entry.pointee.pw_name {
      return String(cString: name)
    }
    return "uid \(getuid())"
  }
}
