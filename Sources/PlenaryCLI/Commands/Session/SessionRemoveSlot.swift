import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct RemoveSlot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove-slot", abstract: "Take one of a session's slots away; another must be left.")
    @Argument var session: String
    @Argument(help: "Its number (see session show).") var number: Int
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      try await global.conferenceContext().change(.removeSlot(id, number), change, global)
    }
  }
}
