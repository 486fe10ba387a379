import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import Projections
import Scheduling
import Vocabulary

struct RoomCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "room", abstract: "The rooms in which sessions take place.",
    subcommands: [Add.self, List.self, Revise.self, Close.self])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a room.")
    @Argument(help: "A short name: main-hall.") var room: String
    @Option(help: "As printed, once a language.") var name: [LocalizedArgument]
    @Option(help: "Seats.") var capacity: Int?
    @Option(help: "How to get there, what it has; once a language.") var note: [LocalizedArgument] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try validateCapacity(capacity) }

    func run() async throws {
      let id = try RoomID(room)
      let desk = try await global.desk()
      guard let name = try name.localized("room's name", desk.languages) else { return }
      let body = RoomAdded(
        room: id, name: name, capacity: capacity, note: try note.localized("note", desk.languages))
      try await desk.change(Rooms.self, .add(body), change, global)
    }
  }

  struct Revise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a room's particulars.")
    @Argument var room: String
    @Option(help: "As printed, once a language.") var name: [LocalizedArgument] = []
    @Option(help: "Seats.") var capacity: Int?
    @Option(help: "How to get there, what it has; once a language.") var note: [LocalizedArgument] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try validateCapacity(capacity) }

    func run() async throws {
      let id = try RoomID(room)
      let desk = try await global.desk()
      let body = try RoomRevised(
        room: id, name: name.localized("room's name", desk.languages), capacity: capacity,
        note: note.localized("note", desk.languages))
      try await desk.change(Rooms.self, .revise(body, waivers: change.waivers()), change, global)
    }
  }

  struct Close: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "close", abstract: "Close a room that has no sessions left: it takes no more.")
    @Argument var room: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try RoomID(room)
      try await global.desk().change(Rooms.self, .close(id), change, global)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the rooms.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let rooms = try await desk.view(ProgramModel.self, read).model.orderedRooms
      if global.json { return try Console.json(rooms) }
      var table = TextTable("NAME", "SEATS", "ROOM", "NOTE")
      for room in rooms {
        table.add(
          room.id.slug + (room.closed ? " (closed)" : ""), room.particulars.capacity.map(String.init),
          desk.text(room.particulars.name), desk.text(room.particulars.note))
      }
      table.print(nothing: "There are no rooms yet; add one with “plenary room add NAME --name …”.")
    }
  }
}

private func validateCapacity(_ capacity: Int?) throws {
  if let capacity, !(1...1_000_000).contains(capacity) {
    throw ValidationError("--capacity takes a number of seats, from 1.")
  }
}

struct TrackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track", abstract: "The tracks that sessions belong to.",
    subcommands: [Add.self, List.self])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a track.")
    @Argument(help: "A short name: economy.") var track: String
    @Option(help: "As printed, once a language.") var name: [LocalizedArgument]
    @Option(help: "#rrggbb") var color: String?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if let color, color.wholeMatch(of: /#[0-9A-Fa-f]{6}/) == nil {
        throw ValidationError("--color takes a colour such as #1f5c99.")
      }
    }

    func run() async throws {
      let id = try TrackID(track)
      let desk = try await global.desk()
      guard let name = try name.localized("track's name", desk.languages) else { return }
      let body = TrackAdded(track: id, name: name, color: color?.lowercased())
      try await desk.change(Rooms.self, .addTrack(body), change, global)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the tracks.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let tracks = try await desk.view(ProgramModel.self, read).model.orderedTracks
      if global.json { return try Console.json(tracks) }
      var table = TextTable("NAME", "COLOUR", "TRACK")
      for track in tracks {
        table.add(track.id.slug, track.particulars.color, desk.text(track.particulars.name))
      }
      table.print(nothing: "There are no tracks; add one with “plenary track add NAME --name …”.")
    }
  }
}
