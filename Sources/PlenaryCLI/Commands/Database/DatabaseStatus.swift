import ArgumentParser
import Foundation
import Glibc
import Plenary
import PrivateServer
import Vocabulary

extension DatabaseCommand {
  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Show the database's location and status.")
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      var lines: [(String, String)] = []
      let database = try global.databaseChoice()
      lines.append(("database", database.location))
      if case .own(let server) = database {
        switch try server.status() {
        case .notInitialised:
          lines.append(("server", "not set up yet; it is set up automatically when needed"))
        case .stopped: lines.append(("server", "stopped; it starts automatically when needed"))
        case .running(let instance):
          lines.append(("server", "PostgreSQL \(instance.version), process \(instance.pid)"))
          lines.append(("socket", instance.socketDirectory))
          lines.append(("log file", instance.logFile))
        }
      }
      if lines.last?.0 != "server" {
        let workspace = try await global.workspace()
        lines.append(("schema", "current"))
        for (conference, position) in try await workspace.conferences() {
          lines.append(("conference", "\(conference), \(counted(position, "event"))"))
        }
      }
      if global.json {
        return try Console.json(Dictionary(lines, uniquingKeysWith: { "\($0)\n\($1)" }))
      }
      var list = DetailsList()
      for (label, value) in lines { list.add(label, value) }
      list.print()
    }
  }
}
