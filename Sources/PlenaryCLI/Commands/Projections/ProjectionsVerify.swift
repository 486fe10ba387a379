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
      /// Left out, as the differences are, if the read model cannot be rebuilt up to its position.
      var rows: Int?
      var differences: [String]?
      /// Why it has stopped.
      var stopped: String?

      init(_ found: ProjectionComparison) {
        (readModel, position) = (found.readModel, found.position)
        (rows, differences) = (found.rows, found.differences)
        stopped = found.stopped.map { Failure($0).advised }
      }
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      var lines: [Line] = []
      for model in try models.chosen { lines.append(Line(try await conference.verify(model))) }
      if global.json { try Console.json(.projectionsVerify, items: lines) } else { lines.forEach(tell) }
      let stopped = lines.filter { $0.stopped != nil }.map(\.readModel)
      let wrong = lines.filter { $0.differences?.isEmpty == false }.map(\.readModel)
      var faults: [String] = []
      if !stopped.isEmpty {
        faults.append("A read model has stopped at an event that it cannot apply: \(list(stopped)).")
      }
      if !wrong.isEmpty {
        faults.append(
          "A read model does not match the event log: \(list(wrong)); repair it with “plenary projections rebuild”."
        )
      }
      if !faults.isEmpty { throw Failure(.failed, faults.joined(separator: " ")) }
    }

    private func tell(_ line: Line) {
      if let stopped = line.stopped { Console.print("\(line.readModel): \(stopped)") }
      guard let rows = line.rows, let differences = line.differences else { return }
      Console.print(
        "\(line.readModel): \(counted(rows, "row")) at position \(line.position), "
          + (differences.isEmpty ? "equal" : "\(differences.count) differ"))
      for difference in differences.prefix(20) { Console.print("  \(difference)") }
    }
  }
}
