import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension RoomCommand {
  struct Revise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a room's details.")
    @Argument var room: String
    @Option(help: "Take away what is said of it: capacity, note, venue, features.")
    var clear: [RoomRevised.Field] = []
    @Option(help: "As printed, once a language.") var name: [LocalizedArgument] = []
    @Option(help: "Seats.") var capacity: Int?
    @Option(help: "How to get there, what it has; once a language.") var note: [LocalizedArgument] = []
    @OptionGroup var equipment: EquipmentOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try validateCapacity(capacity) }

    func run() async throws {
      let id = try RoomID(room)
      let conference = try await global.conferenceContext()
      let body = try RoomRevised(
        room: id, name: name.localized("room's name", conference.languages), capacity: capacity,
        note: note.localized("note", conference.languages), venue: equipment.place(),
        features: equipment.equipment(), cleared: clear.isEmpty ? nil : clear)
      try await conference.change(Rooms.self, .revise(body, waivers: change.waivers()), change, global)
    }
  }
}
