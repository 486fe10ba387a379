import ArgumentParser
import EventLog
import Foundation
import Plenary
import Postgres
import PostgresLog
import Scheduling
import Vocabulary

struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "The log: every event that ever happened, in order.",
    subcommands: [Show.self, Tail.self, Undo.self, Verify.self, Export.self])
}

extension ConferenceContext {
  /// How far to read the log itself.
  ///
  /// - Throws: `Failure` for a position that it has not reached.
  func bound(_ options: ReadOptions) async throws -> LogBound {
    let bound = try options.bound(self)
    if case .position(let wanted) = bound {
      let head = try await head()
      if head < wanted {
        throw Failure(
          .refused, "The log of \(id) ends at position \(head); there is no \(wanted) yet.")
      }
    }
    return bound
  }

  func events(after: Int = 0, upTo bound: LogBound) async throws -> [RecordedEvent] {
    try await workspace.connection.run { connection in
      var events: [RecordedEvent] = []
      try EventStream.read(id, after: after, upTo: bound, detail: .whole, connection) {
        events.append($0)
      }
      return events
    }
  }

  func head() async throws -> Int {
    try await workspace.connection.run { try EventStream.head(of: id, $0) }
  }
}
