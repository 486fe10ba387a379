import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension RoomCommand {
  struct Close: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "close", abstract: "Close a room that has no sessions left: it takes no more.")
    @Argument var room: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try RoomID(room)
      try await global.conferenceContext().change(Rooms.self, .close(id), change, global)
    }
  }
}
