import ArgumentParser
import EventLog
import Plenary
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
      Console.error("Following \(conference.id); interrupt to end.")
      while true {
        for model in chosen {
          let events = try await conference.catchUp(model)
          if events > 0 {
            Console.print("\(model.name): \(events) event\(events == 1 ? "" : "s")")
          }
        }
        try await Task.sleep(for: .milliseconds(200))
      }
    }
  }
}
