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
      /// Why it has stopped.
      var stopped: String?
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      var lines: [Line] = []
      for model in try models.chosen {
        do {
          let found = try await conference.verify(model)
          lines.append(
            Line(
              readModel: found.readModel, position: found.position, rows: found.rows,
              differences: found.differences))
        } catch let error as StoppedReadModel {
          lines.append(
            Line(
              readModel: model.name, position: error.position, rows: 0, differences: [],
              stopped: Failure(error).advised))
        }
      }
      if global.json {
        try Console.json(lines)
      } else {
        for line in lines {
          if let stopped = line.stopped {
            Console.print("\(line.readModel): \(stopped)")
            continue
          }
          Console.print(
            "\(line.readModel): \(counted(line.rows, "row")) at position \(line.position), "
              + (line.differences.isEmpty ? "equal" : "\(line.differences.count) differ"))
          for difference in line.differences.prefix(20) { Console.print("  \(difference)") }
        }
      }
      if lines.contains(where: { $0.stopped != nil }) {
        throw Failure(.failed, "A read model has stopped at an event that it cannot apply.")
      }
      if lines.contains(where: { !$0.differences.isEmpty }) {
        throw Failure(
          .failed, "A read model does not match the event log; repair it with “plenary projections rebuild”.")
      }
    }
  }
}
