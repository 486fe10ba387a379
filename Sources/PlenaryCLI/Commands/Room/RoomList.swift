import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension RoomCommand {
  struct List: ReadingCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the rooms.")
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let view = try await conference.view(ProgramModel.self, read)
      let rooms = view.model.orderedRooms
      if global.json { return try Console.json(.roomList, items: rooms, at: view.checkpoint.position) }
      var table = TextTable("NAME", "SEATS", "ROOM", "VENUE", "FEATURES", "OPEN", "NOTE")
      for room in rooms {
        table.add(
          room.id.slug + (room.closed ? " (closed)" : ""), room.details.capacity.map(String.init),
          conference.text(room.details.name), room.details.venue?.slug,
          room.details.features?.map(\.slug).joined(separator: ", "), opening(room),
          conference.text(room.details.note))
      }
      try table.print(
        tableOptions, title: "rooms",
        nothing: "There are no rooms yet; add one with “plenary room add NAME --name …”.")
    }
  }
}
