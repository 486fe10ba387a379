import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension ProjectionsCommand {
  struct Follow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "follow", abstract: "Update the read models continuously until interrupted.",
      discussion: "Optional: every command that reads them updates them first.")
    @OptionGroup var models: ModelArguments
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let chosen = try models.chosen
      Console.error("Following \(conference.id); press Ctrl-C to stop.")
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
