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
    @Argument(help: "A short name: main-hall.") var room: String
    @Option(help: "As printed, once a language.") var name: [LocalizedArgument]
    @Option(help: "Seats.") var capacity: Int?
    @Option(help: "How to get there, what it has; once a language.") var note: [LocalizedArgument] = []
    @OptionGroup var equipment: EquipmentOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try validateCapacity(capacity) }

    func command(in conference: ConferenceContext) throws -> Rooms.Command {
      let id = try RoomID(room)
      let name = try name.required("room's name", conference.languages, option: "name")
      let body = RoomAdded(
        room: id, name: name, capacity: capacity, note: try note.localized("note", conference.languages),
        venue: try equipment.place(), features: try equipment.equipment())
      return .add(body)
    }
  }
}
