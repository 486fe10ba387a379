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
  struct Follow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "follow", abstract: "Keep the read models up with the log until interrupted.",
      discussion: "Not needed: every command that reads catches up first.")
    @OptionGroup var models: ModelArguments
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let chosen = try models.chosen
      let projectors = Projectors(conference.id)
      Console.error("Following \(conference.id); interrupt to end.")
      while true {
        for model in chosen {
          let progress = try await conference.workspace.connection.run {
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
