import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension RoomCommand {
  struct Close: DecidedChange {
    typealias Domain = Rooms

    static let configuration = CommandConfiguration(
      commandName: "close", abstract: "Close a room that has no sessions left, so that it takes no new ones.")
    @Argument(help: "The room's short name: main-hall.", completion: .rooms) var room: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Rooms.Command {
      let id = try RoomID(room)
      return .close(id)
    }
  }
}
