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
      var follower = ReadModelFollower(conference)
      // One read model that has stopped does not stop the others. Its error is printed once.
      var stopped: [String: String] = [:]
      while true {
        for model in chosen {
          do {
            let events = try await follower.catchUp(model)
            if events > 0 {
              stopped[model.name] = nil
              Console.print("\(model.name): \(counted(events, "event"))")
            }
          } catch let error as StoppedReadModel {
            let text = Failure(error).advised
            if stopped.updateValue(text, forKey: model.name) != text { Console.error("plenary: \(text)") }
          }
        }
        try await Task.sleep(for: .betweenLooks)
      }
    }
  }
}
