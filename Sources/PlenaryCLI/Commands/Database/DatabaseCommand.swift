import ArgumentParser
import Foundation
import Glibc
import Plenary
import PrivateServer

struct DatabaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "The database: Plenary's own server, or one of yours.",
    discussion: """
      Without --database, PLENARY_DATABASE_URL or PGHOST, Plenary runs a PostgreSQL of its own, on a \
      Unix socket in PLENARY_HOME, and starts it when it is needed.
      """,
    subcommands: [Start.self, Stop.self, Status.self, Migrate.self, Psql.self])
}

extension GlobalOptions {
  func databaseChoice() throws -> Configuration.Database {
    try Configuration(database: database, conference: conference).database
  }

  func ownServer() throws -> PrivateServer {
    guard case .own(let server) = try databaseChoice() else {
      throw Failure(
        .refused,
        "A database is named by --database, PLENARY_DATABASE_URL or PGHOST; only Plenary's own server is "
          + "started and stopped here.")
    }
    return server
  }
}
