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
  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Show how far each read model has come, and what stopped it.")
    @OptionGroup var global: GlobalOptions

    private struct Line: Encodable {
      var readModel: String
      var revision: Int
      var position: Int?
      var head: Int
      var stoppedAt: Int?
      var error: String?
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let lines = try await conference.workspace.connection.run { connection in
        let projectors = Projectors(conference.id)
        let head = try EventStream.head(of: conference.id, connection)
        return try Projectors.all.map { model in
          let checkpoint = try projectors.checkpoint(model, connection)
          let stop = try projectors.deadLetter(model, connection)
          return Line(
            readModel: model.name, revision: model.revision, position: checkpoint?.position,
            head: head, stoppedAt: stop?.position, error: stop?.error)
        }
      }
      if global.json { return try Console.json(lines) }
      var table = TextTable("READ MODEL", "REVISION", "POSITION", "BEHIND", "STOPPED BY")
      for line in lines {
        table.add(
          line.readModel, "\(line.revision)", line.position.map(String.init) ?? "not built",
          "\(line.head - (line.position ?? 0))",
          line.stoppedAt.map { "event \($0): \(line.error ?? "")" })
      }
      table.print(nothing: "")
    }
  }
}
