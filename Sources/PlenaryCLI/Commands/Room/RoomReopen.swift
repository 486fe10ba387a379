import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension RoomCommand {
  struct Reopen: DecidedChange {
    typealias Domain = Rooms

    static let configuration = CommandConfiguration(
      commandName: "reopen", abstract: "Reopen a closed room, so that it takes sessions again.")
    @Argument(help: "The room's short name: main-hall.", completion: .rooms) var room: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Rooms.Command {
      let id = try RoomID(room)
      return .reopen(id)
    }
  }
}
