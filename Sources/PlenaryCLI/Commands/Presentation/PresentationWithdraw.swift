import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension PresentationCommand {
  struct Withdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "withdraw", abstract: "A presentation will not be given.")
    @Argument var presentation: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try PresentationID(presentation)
      try await global.conferenceContext().change(Presentations.self, .withdraw(id), change, global)
    }
  }
}
