import ArgumentParser
import EventLog
import Foundation
import Glibc
import Plenary
import PrivateServer
import Vocabulary

extension DatabaseCommand {
  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Show the database's location and status.",
      discussion: """
        Fails if an event cannot be read, if personal data in the log cannot be decrypted because the vault lacks its keys, \
        and if the server could not archive its write-ahead log the last time.
        """)
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      var lines: [(String, String)] = []
      var failure: (any Error)?
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
        if workspace.access == .readModels {
          lines.append(
            ("not looked at", "the events and the vault, which this login (plenary_reader) may not read"))
        }
        let nodes = try await workspace.nodes()
        for (conference, position) in try await workspace.conferences() {
          let node = nodes[conference].map { ", on \($0)" } ?? ""
          lines.append(("conference", "\(conference), \(counted(position, "event"))\(node)"))
          // Both are in the log and the vault.
          if workspace.access == .readModels { continue }
          do {
            let sealed = try await workspace.sealedData(of: conference)
            do { try sealed.checkReadable() } catch let unreadable as Failure {
              if sealed.masterKey == nil { lines.append(("vault", "lacks keys of \(conference)")) }
              failure = unreadable
            }
          } catch let event as UnreadableEvent {
            lines.append(("log", "event \(event.position) of \(conference) cannot be read"))
            failure = event
          }
        }
        if workspace.access != .readModels {
          lines += try await workspace.vaultKeys().map { ("vault", $0) }
        }
        if let archiver = try await workspace.archiver() {
          let last = archiver.lastArchived.map { "\($0.segment) at \($0.at)" } ?? "nothing yet"
          lines.append(("last archived", last))
          if let failed = archiver.lastFailed {
            lines.append(("last failure to archive", "\(failed.segment) at \(failed.at)"))
          }
          do { try archiver.check() } catch let error { failure = failure ?? error }
        }
      }
      if global.json {
        try Console.json(Dictionary(lines, uniquingKeysWith: { "\($0)\n\($1)" }))
      } else {
        var list = DetailsList()
        for (label, value) in lines { list.add(label, value) }
        list.print()
      }
      if let failure { throw failure }
    }
  }
}
