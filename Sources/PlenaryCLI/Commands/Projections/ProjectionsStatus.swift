import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension ProjectionsCommand {
  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Show each read model's progress, and any event that stopped it.")
    @OptionGroup var global: GlobalOptions

    private struct Line: Encodable {
      var readModel: String
      var revision: Int
      var position: Int?
      var head: Int
      var stoppedBy: Int?
      var error: String?
      /// What can be done about it.
      var advice: String?
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let lines = try await conference.projectionStatus().map { status in
        Line(
          readModel: status.readModel, revision: status.revision, position: status.position,
          head: status.head, stoppedBy: status.stopped?.position, error: status.stopped?.error,
          advice: status.stopped.map { Hint.setEventAside($0.position).phrase })
      }
      if global.json { return try Console.json(.projectionsStatus, items: lines) }
      var table = TextTable("READ MODEL", "REVISION", "POSITION", "BEHIND", "STOPPED BY")
      for line in lines {
        table.add(
          line.readModel, "\(line.revision)", line.position.map(String.init) ?? "not built",
          "\(line.head - (line.position ?? 0))",
          line.stoppedBy.map { "event \($0): \(line.error ?? "")" })
      }
      table.print(nothing: "")
      for position in Set(lines.compactMap(\.stoppedBy)).sorted() {
        Console.print(
          HintedText(
            "Event \(position) stops a read model.", [.showEvent(position), .setEventAside(position)]
          ).advised)
      }
    }
  }
}
