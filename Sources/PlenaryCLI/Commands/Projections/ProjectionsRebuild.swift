import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension ProjectionsCommand {
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
}
