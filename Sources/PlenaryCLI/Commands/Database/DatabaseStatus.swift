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

    /// The same for programs.
    private struct Report: Encodable {
      struct Conference: Encodable {
        var conference: String
        var logPosition: Int
        var node: String?
        /// Why the log or its personal data cannot be read.
        var problem: String?
      }

      struct Server: Encodable {
        enum State: String, Encodable { case notSetUp = "not-set-up", stopped, running }
        var state: State
        var version: String?
        var process: Int?
        var socketDirectory: String?
        var logFile: String?
      }

      struct Archived: Encodable {
        var segment: String
        var at: Timestamp

        init?(_ attempt: ArchiverStatus.Attempt?) {
          guard let attempt else { return nil }
          (segment, at) = attempt
        }
      }

      var database: String
      /// Plenary's own.
      var server: Server?
      /// Left out where the database was not opened.
      var conferences: [Conference]?
      var notLookedAt: String?
      var vault: [String]?
      var lastArchived: Archived?
      var lastArchivingFailure: Archived?
    }

    func run() async throws {
      var lines: [(String, String)] = []
      var failure: (any Error)?
      let database = try global.databaseChoice()
      lines.append(("database", database.location))
      var report = Report(database: database.location)
      if case .own(let server) = database {
        switch try server.status() {
        case .notInitialised:
          report.server = Report.Server(state: .notSetUp)
          lines.append(("server", "not set up yet; it is set up automatically when needed"))
        case .stopped:
          report.server = Report.Server(state: .stopped)
          lines.append(("server", "stopped; it starts automatically when needed"))
        case .running(let instance):
          report.server = Report.Server(
            state: .running, version: "\(instance.version)", process: Int(instance.pid),
            socketDirectory: instance.socketDirectory, logFile: instance.logFile)
          lines.append(("server", "PostgreSQL \(instance.version), process \(instance.pid)"))
          lines.append(("socket", instance.socketDirectory))
          lines.append(("log file", instance.logFile))
        }
      }
      if lines.last?.0 != "server" {
        let workspace = try await global.workspace()
        lines.append(("schema", "current"))
        if workspace.access == .readModels {
          let closed = "the events and the vault, which this login (plenary_reader) may not read"
          report.notLookedAt = closed
          lines.append(("not looked at", closed))
        }
        let nodes = try await workspace.nodes()
        var conferences: [Report.Conference] = []
        defer { report.conferences = conferences }
        if let inUse = workspace.configuration.inUse { lines.append(("in use", inUse)) }
        for (conference, position) in try await workspace.conferences() {
          var known = Report.Conference(
            conference: conference.slug, logPosition: position, node: nodes[conference])
          defer { conferences.append(known) }
          let node = nodes[conference].map { ", on \($0)" } ?? ""
          lines.append(("conference", "\(conference), \(counted(position, "event"))\(node)"))
          // Both are in the log and the vault.
          if workspace.access == .readModels { continue }
          do {
            let sealed = try await workspace.sealedData(of: conference)
            do { try sealed.checkReadable() } catch let unreadable as Failure {
              if sealed.masterKey == nil { lines.append(("vault", "lacks keys of \(conference)")) }
              known.problem = "\(unreadable)"
              failure = unreadable
            }
          } catch let event as UnreadableEvent {
            lines.append(("log", "event \(event.position) of \(conference) cannot be read"))
            known.problem = "\(event)"
            failure = event
          }
        }
        if workspace.access != .readModels {
          let keys = try await workspace.vaultKeys()
          report.vault = keys
          lines += keys.map { ("vault", $0) }
        }
        if let archiver = try await workspace.archiver() {
          let last = archiver.lastArchived.map { "\($0.segment) at \($0.at)" } ?? "nothing yet"
          lines.append(("last archived", last))
          report.lastArchived = Report.Archived(archiver.lastArchived)
          report.lastArchivingFailure = Report.Archived(archiver.lastFailed)
          if let failed = archiver.lastFailed {
            lines.append(("last failure to archive", "\(failed.segment) at \(failed.at)"))
          }
          do { try archiver.check() } catch let error { failure = failure ?? error }
        }
      }
      if global.json {
        try Console.json(.dbStatus, report)
      } else {
        var list = DetailsList()
        for (label, value) in lines { list.add(label, value) }
        list.print()
      }
      if let failure { throw failure }
    }
  }
}
