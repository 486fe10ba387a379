import ArgumentParser
import EventLog
import Plenary
import Postgres
import PostgresLog
import ProjectionRunner
import ReadModels
import Scheduling
import Vocabulary

struct ProjectionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "projections",
    abstract: "The read models (program, attendance, proceedings) that are built from the log.",
    subcommands: [Status.self, Rebuild.self, Verify.self, Follow.self])

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
      let desk = try await global.desk()
      let lines = try await desk.workspace.connection.run { connection in
        let projectors = Projectors(desk.conference)
        let head = try EventStream.head(of: desk.conference, connection)
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

  struct ModelArguments: ParsableArguments {
    @Argument(help: "program, attendance, proceedings (default: all).") var models: [String] = []

    func validate() throws { _ = try chosen }

    var chosen: [any ReadModel.Type] {
      get throws {
        try models.isEmpty
          ? Projectors.all
          : models.map { name in
            guard let model = Projectors.all.first(where: { $0.name == name }) else {
              throw ValidationError(
                "There is no read model “\(name)”, only "
                  + Projectors.all.map { $0.name }.joined(separator: ", ") + ".")
            }
            return model
          }
      }
    }
  }

  struct Rebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rebuild",
      abstract: "Build read models anew from the log; until it is done, others read the old ones.")
    @OptionGroup var models: ModelArguments
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      try await rebuild(models.chosen, global)
    }
  }

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
      let desk = try await global.desk()
      var lines: [Line] = []
      for model in try models.chosen {
        let (position, rows, differences) = try await desk.workspace.connection.run { connection in
          let projectors = Projectors(desk.conference)
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

  struct Follow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "follow", abstract: "Keep the read models up with the log until interrupted.",
      discussion: "Not needed: every command that reads catches up first.")
    @OptionGroup var models: ModelArguments
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let chosen = try models.chosen
      let projectors = Projectors(desk.conference)
      Console.error("Following \(desk.conference); interrupt to end.")
      while true {
        for model in chosen {
          let progress = try await desk.workspace.connection.run {
            try projectors.catchUp(model, $0)
          }
          if case .caughtUp(let events) = progress {
            Console.print("\(model.name): \(events) event\(events == 1 ? "" : "s")")
          }
        }
        try await Task.sleep(for: .milliseconds(200))
      }
    }
  }
}

/// Builds read models anew, with progress on a terminal.
func rebuild(_ models: [any ReadModel.Type], _ global: GlobalOptions) async throws {
  let desk = try await global.desk()
  let events = try await desk.workspace.connection.run { connection in
    let head = try EventStream.head(of: desk.conference, connection)
    return try Projectors(desk.conference).rebuild(models, connection) { position in
      Console.progress("\(position) of \(head) events")
    }
  }
  Console.endProgress()
  let names = models.map { $0.name }.joined(separator: ", ")
  if global.json { return try Console.json(["readModels": names, "events": "\(events)"]) }
  Console.print("Rebuilt \(names) from \(events) events.")
}
