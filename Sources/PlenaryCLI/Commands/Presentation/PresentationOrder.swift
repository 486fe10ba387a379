import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension PresentationCommand {
  struct Order: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "order", abstract: "Say in which order a session's presentations are given.",
      discussion: "Those that are not named come after those that are.")
    @Argument var session: String
    @Argument(help: "Short names, the first first.") var presentations: [String]
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let order = try presentations.map { try PresentationID($0) }
      try await global.conferenceContext().change(Presentations.self, .order(id, order), change, global)
    }
  }
}
