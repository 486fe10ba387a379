import ArgumentParser
import Foundation
import Glibc
import Plenary
import PrivateServer

extension DatabaseCommand {
  struct Start: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "start", abstract: "Start Plenary's own PostgreSQL server.",
      discussion: """
        With --archive, the server copies its write-ahead log into a folder from now on, for restoring any moment \
        since a pg_basebackup, and replicas can connect; the server remembers this. See “Back up and restore” in the \
        user's guide.
        """)
    @Option(
      help: ArgumentHelp(
        "Archive the write-ahead log in this folder; restarts the server if that is new.", valueName: "folder"
      ))
    var archive: String?
    @Flag(help: "Stop archiving the write-ahead log. Restarts the server if it was archived.") var noArchive =
      false
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if noArchive, archive != nil { throw ValidationError("Give --archive or --no-archive, not both.") }
    }

    private struct Report: Encodable {
      var running: Bool
      var socketDirectory: String
      var archive: String?
    }

    func run() async throws {
      let server = try global.ownServer()
      try await server.start { Console.error($0) }
      if let archive {
        try await server.archive(to: URL(fileURLWithPath: archive).path) { Console.error($0) }
        if !global.json { Console.print("The write-ahead log is archived in \(archive).") }
      }
      if noArchive { try await server.stopArchiving { Console.error($0) } }
      if global.json {
        return try Console.json(
          .dbStart, Report(running: true, socketDirectory: server.socketDirectory, archive: archive))
      }
      Console.print("The server is running. Socket directory: \(server.socketDirectory)")
    }
  }
}
