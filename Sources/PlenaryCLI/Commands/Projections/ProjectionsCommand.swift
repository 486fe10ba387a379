import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

struct ProjectionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "projections",
    abstract: "Read models: program, attendance and proceedings, built from the event log.",
    subcommands: [Status.self, Rebuild.self, Verify.self, Follow.self])

  struct ModelArguments: ParsableArguments {
    @Argument(help: "Read models: program, attendance, proceedings (default: all).") var models: [String] = []

    func validate() throws { _ = try chosen }

    var chosen: [any ReadModel.Type] {
      get throws {
        try models.isEmpty
          ? ConferenceContext.readModels
          : models.map { name in
            guard let model = ConferenceContext.readModels.first(where: { $0.name == name }) else {
              throw ValidationError(
                "There is no read model “\(name)”; the read models are "
                  + ConferenceContext.readModels.map { $0.name }.joined(separator: ", ") + ".")
            }
            return model
          }
      }
    }
  }
}

private struct RebuiltModels: Encodable {
  var readModels: [String]
  var events: Int
}

/// Rebuilds read models, with progress on a terminal.
func rebuild(_ models: [any ReadModel.Type], _ global: GlobalOptions) async throws {
  let conference = try await global.conferenceContext()
  let events = try await conference.rebuild(models) { position, head in
    Console.progress("\(position) of \(head) events")
  }
  Console.endProgress()
  let names = models.map { $0.name }
  if global.json {
    return try Console.json(.projectionsRebuild, RebuiltModels(readModels: names, events: events))
  }
  Console.print("Rebuilt \(names.joined(separator: ", ")) from \(counted(events, "event")).")
}
