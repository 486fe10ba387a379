import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension ProjectionsCommand {
  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Check that the read models match the event log.")
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
        let found = try await conference.verify(model)
        lines.append(
          Line(
            readModel: found.readModel, position: found.position, rows: found.rows,
            differences: found.differences))
      }
      if global.json {
        try Console.json(lines)
      } else {
        for line in lines {
          Console.print(
            "\(line.readModel): \(line.rows) row\(line.rows == 1 ? "" : "s") at position \(line.position), "
              + (line.differences.isEmpty ? "equal" : "\(line.differences.count) differ"))
          for difference in line.differences.prefix(20) { Console.print("  \(difference)") }
        }
      }
      if lines.contains(where: { !$0.differences.isEmpty }) {
        throw Failure(
          .failed, "A read model does not match the event log; repair it with “plenary projections rebuild”.")
      }
    }
  }
}
