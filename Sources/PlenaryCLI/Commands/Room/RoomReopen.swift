import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension RoomCommand {
  struct Reopen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reopen", abstract: "Let a room that was closed take sessions again.")
    @Argument var room: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try RoomID(room)
      try await global.conferenceContext().change(Rooms.self, .reopen(id), change, global)
    }
  }
}
