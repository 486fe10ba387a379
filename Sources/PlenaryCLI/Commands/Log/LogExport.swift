import ArgumentParser
import EventLog
import Foundation
import JSON
import Plenary
import Postgres
import PostgresLog
import Scheduling
import Vocabulary

extension LogCommand {
  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write all events as JSON, one a line, with their hashes; sealed data stay sealed.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let bound = try await conference.bound(read)
      try await conference.workspace.connection.run { connection in
        try EventStream.read(conference.id, after: 0, upTo: bound, detail: .whole, connection) {
          Console.print(try JSONText.encode(EventLine($0, nil)))
        }
      }
    }
  }
}
