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
      let desk = try await global.desk()
      let bound = try await desk.bound(read)
      try await desk.workspace.connection.run { connection in
        try EventStream.read(desk.conference, after: 0, upTo: bound, detail: .whole, connection) {
          Console.print(try JSONText.encode(EventLine($0, nil)))
        }
      }
    }
  }
}
