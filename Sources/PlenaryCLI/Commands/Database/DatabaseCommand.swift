import ArgumentParser
import Foundation
import Glibc
import Plenary
import PrivateServer

struct DatabaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "The database: Plenary's own PostgreSQL server, or yours.",
    discussion: """
      Without --database, PLENARY_DATABASE_URL or PGHOST, Plenary runs its own PostgreSQL server. The \
      server starts automatically and uses a Unix socket in PLENARY_HOME.
      """,
    subcommands: [
      Start.self, Stop.self, Status.self, Migrate.self, Distribute.self, Backup.self, Restore.self,
      RotateKey.self, Psql.self,
    ])

  /// - Throws: `ValidationError` for what a command about the whole database cannot use.
  static func check(paths: [String?], _ global: GlobalOptions) throws {
    if global.conference != nil {
      throw ValidationError("--conference cannot be given: a backup has all conferences of the database.")
    }
    if paths.contains("") {
      throw ValidationError("An empty text names no file; give a path, e.g. /backup/monday.")
    }
  }
}

extension GlobalOptions {
  func databaseChoice() throws -> Configuration.Database {
    try Configuration(database: database, conference: conference).database
  }

  func ownServer() throws -> PrivateServer {
    guard case .own(let server) = try databaseChoice() else {
      throw Failure(
        .refused,
        "--database, PLENARY_DATABASE_URL or PGHOST selects another database; this command starts and stops "
          + "only Plenary's own server.")
    }
    return server
  }
}
