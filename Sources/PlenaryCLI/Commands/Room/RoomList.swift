import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension RoomCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the rooms.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let rooms = try await desk.view(ProgramModel.self, read).model.orderedRooms
      if global.json { return try Console.json(rooms) }
      var table = TextTable("NAME", "SEATS", "ROOM", "VENUE", "HAS", "OPEN", "NOTE")
      for room in rooms {
        table.add(
          room.id.slug + (room.closed ? " (closed)" : ""), room.details.capacity.map(String.init),
          desk.text(room.details.name), room.details.venue?.slug,
          room.details.features?.map(\.slug).joined(separator: ", "), opening(room),
          desk.text(room.details.note))
      }
      table.print(nothing: "There are no rooms yet; add one with “plenary room add NAME --name …”.")
    }
  }
}
