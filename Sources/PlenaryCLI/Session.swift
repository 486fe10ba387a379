import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import Projections
import Scheduling
import Vocabulary

struct SessionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "session", abstract: "The sessions of the program.",
    subcommands: [
      Schedule.self, Move.self, Revise.self, Cancel.self, List.self, Show.self,
    ])

  struct ParticularsOptions: ParsableArguments {
    @Option(help: "As printed, once a language.") var title: [LocalizedArgument] = []
    @Option(help: "An abstract, once a language.") var description: [LocalizedArgument] = []
    @Option(help: "What the session is like.")
    var kind: SessionForm?
    @Option(help: "The track's short name.") var track: String?
    @Option(parsing: .upToNextOption, help: "Languages spoken: en zh ru.")
    var languages: [String] = []
  }

  struct PartsOptions: ParsableArguments {
    @Option(help: "A speaker's short name; may be repeated.") var speaker: [String] = []
    @Option(help: "Who presides; may be repeated.") var chair: [String] = []
    @Option(help: "Who leads the discussion; may be repeated.") var moderator: [String] = []
    @Option(help: "Who responds; may be repeated.") var discussant: [String] = []
    @Option(help: "Who drafts the record; may be repeated.") var rapporteur: [String] = []

    func parts() throws -> [Sessions.Part] {
      let roles: [(SessionRole, [String])] = [
        (.chair, chair), (.moderator, moderator), (.speaker, speaker), (.discussant, discussant),
        (.rapporteur, rapporteur),
      ]
      return try roles.flatMap { role, people in
        try people.map { Sessions.Part(role, try PersonID($0)) }
      }
    }
  }

  struct Schedule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schedule", abstract: "Give a new session its place and time.",
      discussion: """
        Example: plenary session schedule opening --title "en=Opening" --room main-hall \
        --start "2016-03-25 09:00" --end 10:30 --kind plenary --chair feng-shaolei
        """)
    @Argument(help: "A short name, for ever: opening.") var session: String
    @Option(help: "The room's short name.") var room: String
    @Option(help: "2016-03-25 09:00, in the conference's zone.") var start: String
    @Option(help: "10:30, or with its date.") var end: String
    @OptionGroup var particulars: ParticularsOptions
    @OptionGroup var parts: PartsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let desk = try await global.desk()
      guard let title = try particulars.title.localized("title", desk.languages) else {
        throw ValidationError("Missing expected argument '--title <title>'")
      }
      let times = try desk.times()
      let begin = try times.read(start)
      let body = try SessionScheduled(
        session: id, title: title, kind: particulars.kind ?? .session,
        slot: Slot(room: RoomID(room), start: begin, end: times.read(end, day: begin.date)),
        track: particulars.track.map { try TrackID($0) },
        description: particulars.description.localized("description", .paragraphs, desk.languages),
        languages: particulars.languages.map { try Language($0) })
      try await desk.change(.schedule(body, further: [], parts.parts()), change, global)
    }
  }

  struct Move: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "move", abstract: "Give a session another time or room.",
      discussion: "What is not given stays; without --end the session keeps its length.")
    @Argument var session: String
    @Option(help: "The other room.") var room: String?
    @Option(help: "The new start, 2016-03-25 09:00; or only 09:30, on the same day.") var start: String?
    @Option(help: "The new end.") var end: String?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if room == nil, start == nil, end == nil {
        throw ValidationError("Say where to or when: --room, --start or --end.")
      }
    }

    func run() async throws {
      let id = try SessionID(session)
      let desk = try await global.desk()
      let times = try desk.times()
      try await desk.change(
        .move(
          id, slot: nil, room: room.map { try RoomID($0) }, start: start.map { try times.when($0) },
          end: end.map { try times.when($0) }, times.rules),
        change, global)
    }
  }

  struct Revise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a session's particulars.")
    @Argument var session: String
    @OptionGroup var particulars: ParticularsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let desk = try await global.desk()
      let languages = try particulars.languages.map { try Language($0) }
      let body = try SessionRevised(
        session: id, title: particulars.title.localized("title", desk.languages),
        kind: particulars.kind, track: particulars.track.map { try TrackID($0) },
        description: particulars.description.localized("description", .paragraphs, desk.languages),
        languages: languages.isEmpty ? nil : languages)
      try await desk.change(.revise(body), change, global)
    }
  }

  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "cancel",
      abstract: "Cancel a session: it stays in the program as cancelled and frees its room.")
    @Argument var session: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      try await global.desk().change(.cancel(id), change, global)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the sessions in their order.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let sessions = try await desk.view(ProgramModel.self, read).model.orderedSessions
      if global.json { return try Console.json(sessions) }
      var table = TextTable("NAME", "WHEN", "ROOM", "KIND", "TITLE")
      for session in sessions {
        table.add(
          session.id.slug, session.slot.times, session.slot.room.slug,
          session.cancelled ? "cancelled" : session.particulars.kind.rawValue,
          desk.text(session.particulars.title))
      }
      table.print(nothing: "No sessions yet; schedule one with “plenary session schedule NAME …”.")
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a session.")
    @Argument var session: String
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let desk = try await global.desk()
      let model = try await desk.view(ProgramModel.self, read).model
      guard let row = model.sessions[id.slug] else {
        throw Failure(.refused, Sessions.Refusal.unknownSession(id).description)
      }
      if global.json { return try Console.json(row) }
      var particulars = Particulars()
      particulars.add("name", id.slug)
      particulars.add("title", row.particulars.title.inAllLanguages(desk.languages))
      if row.cancelled { particulars.add("", "CANCELLED") }
      particulars.add("when", row.slot.times + " " + row.slot.start.zone)
      particulars.add(
        "room", desk.text(model.rooms[row.slot.room.slug]?.particulars.name) ?? row.slot.room.slug)
      particulars.add("kind", row.particulars.kind.rawValue)
      particulars.add("track", row.particulars.track?.slug)
      particulars.add("languages", row.particulars.languages.map(\.tag).joined(separator: ", "))
      for part in row.parts.sorted(by: { $0.role < $1.role }) {
        let name = model.people[part.person.slug]?.name.best(desk.languages).printed
        particulars.add(part.role.rawValue, "\(name ?? "?") (\(part.person))")
      }
      particulars.add("description", row.particulars.description?.inAllLanguages(desk.languages))
      particulars.add(
        "placed by",
        "\(row.placedBy.actor) at \(row.placedBy.recordedAt) (position \(row.placedBy.position))")
      particulars.print()
    }
  }
}
