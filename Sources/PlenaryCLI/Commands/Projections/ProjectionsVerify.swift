import ArgumentParser
import EventLog
import Plenary
import Postgres
import PostgresLog
import ProjectionRunner
import ReadModels
import Scheduling
import Vocabulary

extension ProjectionsCommand {
  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Check that a rebuild would change nothing.")
    @OptionGroup var models: ModelArguments
    @OptionGroup var global: GlobalOptions

    private struct Line: Encodable {
      var readModel: String
      var position: Int
      var rows: Int
      var differences: [String]
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      var lines: [Line] = []
      for model in try models.chosen {
        let (position, rows, differences) = try await conference.workspace.connection.run { connection in
          let projectors = Projectors(conference.id)
          _ = try projectors.catchUp(model, connection)
          return try projectors.verify(model, connection)
        }
        lines.append(
          Line(
            readModel: model.name, position: position, rows: rows,
            differences: differences.map { "\($0.table) \($0.key) is \($0.what.rawValue)" }))
      }
      if global.json {
        try Console.json(lines)
      } else {
        for line in lines {
          Console.print(
            "\(line.readModel): \(line.rows) rows at position \(line.position), "
              + (line.differences.isEmpty ? "equal" : "\(line.differences.count) differ"))
          for difference in line.differences.prefix(20) { Console.print("  \(difference)") }
        }
      }
      if lines.contains(where: { !$0.differences.isEmpty }) {
        throw Failure(
          .failed, "Somebody changed a read model; “plenary projections rebuild” puts it right.")
      }
    }
  }
}
