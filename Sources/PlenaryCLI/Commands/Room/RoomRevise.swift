import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension RoomCommand {
  struct Revise: DecidedChange, ConflictingCommand {
    typealias Domain = Rooms

    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a room's details.")
    @Argument(help: "The room's short name: main-hall.") var room: String
    @Option(help: "Take away what is said of it: capacity, note, venue, features.")
    var clear: [RoomRevised.Field] = []
    @Option(help: "As printed, once a language.") var name: [LocalizedArgument] = []
    @Option(help: "Seats.") var capacity: Int?
    @Option(help: "How to get there, what it has; once a language.") var note: [LocalizedArgument] = []
    @OptionGroup var equipment: EquipmentOptions
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try validateCapacity(capacity) }

    func command(in conference: ConferenceContext) throws -> Rooms.Command {
      let id = try RoomID(room)
      let body = try RoomRevised(
        room: id, name: name.localized("room's name", conference.languages), capacity: capacity,
        note: note.localized("note", conference.languages), venue: equipment.place(),
        features: equipment.equipment(), cleared: clear.isEmpty ? nil : clear)
      return try .revise(body, waivers: waivers())
    }
  }
}
