import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

struct RoomCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "room", abstract: "The rooms in which sessions take place.",
    subcommands: [
      Add.self, List.self, Revise.self, Hours.self, Closure.self, Close.self, Reopen.self,
    ])

  struct EquipmentOptions: ParsableArguments {
    @Option(help: "The venue that it is in.") var venue: String?
    @Option(parsing: .upToNextOption, help: "What it has: projector interpretation step-free.")
    var features: [String] = []

    func place() throws -> VenueID? { try venue.map { try VenueID($0) } }
    func equipment() throws -> [FeatureID]? {
      features.isEmpty ? nil : try features.map { try FeatureID($0) }
    }
  }

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
      let desk = try await global.desk()
      guard let name = try name.localized("room's name", desk.languages) else { return }
      let body = RoomAdded(
        room: id, name: name, capacity: capacity, note: try note.localized("note", desk.languages),
        venue: try equipment.place(), features: try equipment.equipment())
      try await desk.change(Rooms.self, .add(body), change, global)
    }
  }

  struct Revise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a room's particulars.")
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
      let desk = try await global.desk()
      let body = try RoomRevised(
        room: id, name: name.localized("room's name", desk.languages), capacity: capacity,
        note: note.localized("note", desk.languages), venue: equipment.place(),
        features: equipment.equipment(), cleared: clear.isEmpty ? nil : clear)
      try await desk.change(Rooms.self, .revise(body, waivers: change.waivers()), change, global)
    }
  }

  struct Hours: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "hours", abstract: "Say when a room is open.",
      discussion: """
        Examples: plenary room hours hall 08:00-22:00
                  plenary room hours hall 09:00-12:00 14:00-18:00 --day 2016-03-26
                  plenary room hours hall never --day 2016-03-27
                  plenary room hours hall always
        Hours that end after midnight end on the next day: 18:00-02:00.
        """)
    @Argument var room: String
    @Argument(help: "08:00-22:00, “always” or “never”.") var hours: [String]
    @Option(help: "Only on this day.") var day: String?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try RoomID(room)
      let ranges: [ClockRange]? =
        switch hours {
        case ["always"]: nil
        case ["never"]: []
        default: try hours.map { try ClockRange($0) }
        }
      let day = try day.map { try CalendarDate($0) }
      try await global.desk().change(
        Rooms.self,
        .setHours(RoomHoursSet(room: id, day: day, hours: ranges), waivers: change.waivers()),
        change, global)
    }
  }

  struct Closure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "closure", abstract: "Say that a room cannot be used for a while; or take it back.",
      discussion: """
        Example: plenary room closure hall --from "2016-03-25 12:00" --until 14:00 --note Cleaning
        """)
    @Argument var room: String
    @Option(help: "2016-03-25 12:00") var from: String?
    @Option(help: "14:00, or with its date.") var until: String?
    @Option(help: "Why, once a language.") var note: [LocalizedArgument] = []
    @Option(help: "Take back the closure of this number (see room list).") var remove: Int?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if (remove == nil) == (from == nil) || (from == nil) != (until == nil) {
        throw ValidationError("Give --from and --until, or --remove NUMBER.")
      }
    }

    func run() async throws {
      let id = try RoomID(room)
      let desk = try await global.desk()
      let times = try desk.times()
      guard let from, let until else {
        return try await desk.change(
          Rooms.self, .removeClosure(id, number: remove ?? 0), change, global)
      }
      let start = try times.read(from)
      try await desk.change(
        Rooms.self,
        .stateClosure(
          id, from: start, until: times.read(until, day: start.date),
          note: note.localized("note", desk.languages), waivers: change.waivers()),
        change, global)
    }
  }

  struct Reopen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reopen", abstract: "Let a room that was closed take sessions again.")
    @Argument var room: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try RoomID(room)
      try await global.desk().change(Rooms.self, .reopen(id), change, global)
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
      var table = TextTable("NAME", "SEATS", "ROOM", "VENUE", "HAS", "OPEN", "NOTE")
      for room in rooms {
        table.add(
          room.id.slug + (room.closed ? " (closed)" : ""), room.particulars.capacity.map(String.init),
          desk.text(room.particulars.name), room.particulars.venue?.slug,
          room.particulars.features?.map(\.slug).joined(separator: ", "), opening(room),
          desk.text(room.particulars.note))
      }
      table.print(nothing: "There are no rooms yet; add one with “plenary room add NAME --name …”.")
    }
  }
}

/// `08:00–22:00; 2016-03-26 09:00–12:00; not 2016-03-25 12:00 to 14:00 (1)`
private func opening(_ room: RoomRow) -> String {
  func hours(_ ranges: [ClockRange]) -> String {
    ranges.isEmpty ? "never" : ranges.map(\.description).joined(separator: ", ")
  }
  return
    ([room.hours.map(hours)].compactMap(\.self) + room.hoursOfDay.map { "\($0.day) \(hours($0.hours))" }
    + room.closures.map {
      "not \($0.from.date) \($0.from.clock) to "
        + ($0.until.date == $0.from.date ? "" : "\($0.until.date) ") + "\($0.until.clock) (\($0.number))"
    }).joined(separator: "; ")
}

extension RoomRevised.Field: ExpressibleByArgument {}

private func validateCapacity(_ capacity: Int?) throws {
  if let capacity, !(1...1_000_000).contains(capacity) {
    throw ValidationError("--capacity takes a number of seats, from 1.")
  }
}

struct TrackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track", abstract: "The tracks that sessions belong to.",
    subcommands: [Add.self, Revise.self, List.self])

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

  struct Revise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a track's name or colour.")
    @Argument var track: String
    @Option(help: "As printed, once a language.") var name: [LocalizedArgument] = []
    @Option(help: "#rrggbb, or “none”.") var color: String?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if let color, color != "none", color.wholeMatch(of: /#[0-9A-Fa-f]{6}/) == nil {
        throw ValidationError("--color takes a colour such as #1f5c99, or “none”.")
      }
    }

    func run() async throws {
      let id = try TrackID(track)
      let desk = try await global.desk()
      let body = TrackRevised(
        track: id, name: try name.localized("track's name", desk.languages),
        color: color == "none" ? nil : color?.lowercased(), cleared: color == "none" ? [.color] : nil)
      try await desk.change(Rooms.self, .reviseTrack(body), change, global)
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
