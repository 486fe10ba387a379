import EventLog
import Foundation
import Glibc
import PostgresLog
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
  /// The conference that “conference use” chose, if none is named.
  package let inUse: String?
  package let environment: [String: String]
  let masterKeys: MasterKeys
  var vault: Vault { Vault(masterKeys) }

  /// - Throws: `Failure` for a database's name that is empty or malformed.
  package init(
    database: String?, conference: String?,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    self.environment = environment
    masterKeys = MasterKeys(environment: environment)
    /// An empty variable counts as not set.
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if database?.isEmpty == true {
      throw Failure(.wrongUsage, "The name of the database is empty.", .nameDatabase)
    }
    if let named = database ?? variable("PLENARY_DATABASE_URL") {
      do throws(PostgresError) {
        self.database = .external(try ConnectionParameters(named))
      } catch { throw Failure(.wrongUsage, error.message, .nameDatabase) }
    } else if ["PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE"].contains(where: { variable($0) != nil }) {
      self.database = .external(ConnectionParameters())
    } else {
      self.database = .own(PrivateServer(environment: environment))
    }
    let named = conference ?? variable("PLENARY_CONFERENCE")
    inUse =
      named == nil
      ? try DefaultConference(environment: environment).conference(of: self.database.location) : nil
    self.conference = named ?? inUse
  }

  /// The login name, which is the actor unless `--actor` names one.
  package static let loginName: String = {
    if let entry = getpwuid(getuid()), let name = entry.pointee.pw_name {
      return String(cString: name)
    }
    return "uid \(getuid())"
  }()
}
