import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension RoomCommand {
  struct Add: DecidedChange {
    typealias Domain = Rooms

    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a room.")
    @Argument(help: "Permanent short name, e.g. main-hall.") var room: String
    @OptionGroup var details: DetailsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Rooms.Command {
      let id = try RoomID(room)
      var wanted = RoomDetails(
        name: try details.name.required("room's name", conference.languages, option: "name"))
      try details.changes(conference.languages).apply(to: &wanted)
      return .add(RoomAdded(room: id, details: wanted))
    }
  }
}
