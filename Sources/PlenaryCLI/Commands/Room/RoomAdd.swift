import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension RoomCommand {
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a room.")
    @Argument(help: "A short name: main-hall.") var room: String
    @Option(help: "As printed, once a language.") var name: [LocalizedArgument]
    @Option(help: "Seats.") var capacity: Int?
    @Option(help: "How to get there, what it has; once a language.") var note: [LocalizedArgument] = []
    @OptionGroup var equipment: EquipmentOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try validateCapacity(capacity) }

    func run() async throws {
      let id = try RoomID(room)
      let conference = try await global.conferenceContext()
      guard let name = try name.localized("room's name", conference.languages) else { return }
      let body = RoomAdded(
        room: id, name: name, capacity: capacity, note: try note.localized("note", conference.languages),
        venue: try equipment.place(), features: try equipment.equipment())
      try await conference.change(Rooms.self, .add(body), change, global)
    }
  }
}
