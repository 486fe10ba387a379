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
      var looks = LooksForEvents()
      var applied = AppliedEvents()
      defer { applied.print() }
      // One read model that has stopped does not stop the others. Its error is printed once.
      var stopped: [String: String] = [:]
      while true {
        var found = false
        for model in chosen {
          do {
            let events = try await follower.catchUp(model)
            if events > 0 {
              stopped[model.name] = nil
              applied.add(events, to: model.name)
              found = true
            }
          } catch let error as StoppedReadModel {
            let text = Failure(error).advised
            if stopped.updateValue(text, forKey: model.name) != text { Console.error("plenary: \(text)") }
          }
        }
        applied.printOnceASecond()
        try await Task.sleep(for: looks.wait(found: found))
      }
    }
  }
}

/// The events that were applied and not printed yet, each read model's together.
private struct AppliedEvents {
  private var waiting: [(model: String, events: Int)] = []
  private var since = ContinuousClock.now

  mutating func add(_ events: Int, to model: String) {
    if waiting.isEmpty { since = .now }
    if let place = waiting.firstIndex(where: { $0.model == model }) {
      waiting[place].events += events
    } else {
      waiting.append((model, events))
    }
  }

  mutating func printOnceASecond() {
    if !waiting.isEmpty, ContinuousClock.now - since >= .seconds(1) { print() }
  }

  mutating func print() {
    for (model, events) in waiting { Console.print("\(model): \(counted(events, "event"))") }
    waiting = []
  }
}
