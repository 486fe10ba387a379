import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

struct SessionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "session", abstract: "The sessions of the program.",
    subcommands: [
      Schedule.self, Move.self, AddSlot.self, RemoveSlot.self, Revise.self, Cancel.self,
      Reinstate.self, List.self, Show.self,
    ])

  struct ParticularsOptions: ParsableArguments {
    @Option(help: "As printed, once a language.") var title: [LocalizedArgument] = []
    @Option(help: "An abstract, once a language.") var description: [LocalizedArgument] = []
    @Option(help: "What the session is like.")
    var kind: SessionForm?
    @Option(help: "The track's short name.") var track: String?
    @Option(parsing: .upToNextOption, help: "Languages spoken: en zh ru.")
    var languages: [String] = []
    @Option(parsing: .upToNextOption, help: "Languages that it is interpreted into.")
    var interpretation: [String] = []
    @Option(help: "slides=https://…; also paper, recording, stream, article, related, attachment.")
    var link: [LinkArgument] = []
    @Option(help: "How many people are expected.") var expected: Int?
    @Option(parsing: .upToNextOption, help: "What its room must have: projector interpretation.")
    var needs: [String] = []

    func validate() throws {
      if let expected, !(0...1_000_000).contains(expected) {
        throw ValidationError("--expected takes a number of people.")
      }
    }

    func links() throws -> [Link]? { link.isEmpty ? nil : try link.map { try $0.link() } }
    func features() throws -> [FeatureID]? {
      needs.isEmpty ? nil : try needs.map { try FeatureID($0) }
    }
    func spoken() throws -> [Language] { try languages.map { try Language($0) } }
    func interpreted() throws -> [Language]? {
      interpretation.isEmpty ? nil : try interpretation.map { try Language($0) }
    }
  }

  struct PartsOptions: ParsableArguments {
    @Option(help: "A speaker's short name; may be repeated.") var speaker: [String] = []
    @Option(help: "Who presides; may be repeated.") var chair: [String] = []
    @Option(help: "Who leads the discussion; may be repeated.") var moderator: [String] = []
    @Option(help: "Who presents; may be repeated.") var presenter: [String] = []
    @Option(help: "Who responds; may be repeated.") var discussant: [String] = []
    @Option(help: "Who drafts the record; may be repeated.") var rapporteur: [String] = []

    func parts() throws -> [Sessions.Part] {
      let roles: [(SessionRole, [String])] = [
        (.chair, chair), (.moderator, moderator), (.speaker, speaker),
        (.presenter, presenter), (.discussant, discussant), (.rapporteur, rapporteur),
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

        A session in several parts has --part once for each after the first: --part "main-hall \
        2016-03-26 14:00-15:30".
        """)
    @Argument(help: "A short name, for ever: opening.") var session: String
    @Option(help: "The room's short name.") var room: String
    @Option(help: "2016-03-25 09:00, in the conference's zone.") var start: String
    @Option(help: "10:30, or with its date.") var end: String
    @Option(help: "One more slot: “ROOM 2016-03-26 14:00-15:30”; may be repeated.")
    var part: [String] = []
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
        languages: particulars.spoken(), interpretation: particulars.interpreted(),
        links: particulars.links(), expected: particulars.expected, needs: particulars.features())
      let further = try part.map { try readSlot($0, times) }
      try await desk.change(.schedule(body, further: further, parts.parts()), change, global)
    }
  }

  struct Move: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "move", abstract: "Give a session another time or room; or many at once.",
      discussion: """
        What is not given stays; without --end the session keeps its length.

        With --all, every session that --track, --room and --day mean is moved, in one step that \
        --dry-run shows and “log undo” takes back:
          plenary session move --all --track economy --by +30m
          plenary session move --all --room hall --day 2016-03-26 --to annex
        """)
    @Argument(help: "The session; none with --all.") var session: String?
    @Option(help: "The other room; with --all, the room that they are in.") var room: String?
    @Option(help: "The other room.") var to: String?
    @Option(help: "The new start, 2016-03-25 09:00; or only 09:30, on the same day.") var start: String?
    @Option(help: "The new end.") var end: String?
    @Option(help: "How much later (+30m, +1h, +1d) or earlier (-1h30m).") var by: String?
    @Option(help: "Which of its slots, where it has several (see session show).") var slot: Int?
    @Flag(help: "Many sessions at once.") var all = false
    @Option(help: "With --all: only those of this track.") var track: String?
    @Option(help: "With --all: only those of this day.") var day: String?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if all {
        if session != nil { throw ValidationError("Name a session, or give --all; not both.") }
        if start != nil || end != nil || slot != nil {
          throw ValidationError("With --all, say by how much (--by) or to which room (--to).")
        }
        if by == nil, to == nil {
          throw ValidationError("Say where to or by how much: --to ROOM or --by +30m.")
        }
        return
      }
      if session == nil { throw ValidationError("Name a session, or give --all.") }
      if track != nil || day != nil { throw ValidationError("--track and --day go with --all.") }
      if room != nil, to != nil { throw ValidationError("--room and --to name the same; give one.") }
      if room == nil, to == nil, start == nil, end == nil, by == nil {
        throw ValidationError("Say where to or when: --room, --start, --end or --by.")
      }
      if by != nil, start != nil || end != nil {
        throw ValidationError("Give --by, or --start and --end.")
      }
    }

    func run() async throws {
      let shift = try by.map(readShift)
      let desk = try await global.desk()
      let times = try desk.times()
      let rooms = try (room.map { try RoomID($0) }, to.map { try RoomID($0) })
      if all {
        let selection = Sessions.Selection(
          track: try track.map { try TrackID($0) }, room: rooms.0,
          day: try day.map { try CalendarDate($0) })
        return try await desk.change(
          .moveAll(
            selection, .init(days: shift?.days ?? 0, minutes: shift?.minutes ?? 0, room: rooms.1),
            times.rules),
          change, global)
      }
      let id = try SessionID(session ?? "")
      if let shift {
        return try await desk.change(
          .shift(
            id, slot: slot, .init(days: shift.days, minutes: shift.minutes, room: rooms.1 ?? rooms.0),
            times.rules),
          change, global)
      }
      try await desk.change(
        .move(
          id, slot: slot, room: rooms.1 ?? rooms.0, start: start.map { try times.when($0) },
          end: end.map { try times.when($0) }, times.rules),
        change, global)
    }
  }

  struct AddSlot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add-slot", abstract: "Give a session one more place and time: its second part.")
    @Argument var session: String
    @Option(help: "The room's short name.") var room: String
    @Option(help: "2016-03-26 14:00, in the conference's zone.") var start: String
    @Option(help: "15:30, or with its date.") var end: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let desk = try await global.desk()
      let times = try desk.times()
      let begin = try times.read(start)
      let slot = try Slot(room: RoomID(room), start: begin, end: times.read(end, day: begin.date))
      try await desk.change(.addSlot(id, slot), change, global)
    }
  }

  struct RemoveSlot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove-slot", abstract: "Take one of a session's slots away; another must be left.")
    @Argument var session: String
    @Argument(help: "Its number (see session show).") var number: Int
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      try await global.desk().change(.removeSlot(id, number), change, global)
    }
  }

  struct Revise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a session's particulars; what is not given stays.")
    @Argument var session: String
    @OptionGroup var particulars: ParticularsOptions
    @Option(help: "Take away what it has: track, description, interpretation, links, expected, needs.")
    var clear: [SessionRevised.Field] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let desk = try await global.desk()
      let languages = try particulars.spoken()
      let body = try SessionRevised(
        session: id, title: particulars.title.localized("title", desk.languages),
        kind: particulars.kind, track: particulars.track.map { try TrackID($0) },
        description: particulars.description.localized("description", .paragraphs, desk.languages),
        languages: languages.isEmpty ? nil : languages, interpretation: particulars.interpreted(),
        links: particulars.links(), expected: particulars.expected, needs: particulars.features(),
        cleared: clear.isEmpty ? nil : clear)
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

  struct Reinstate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reinstate", abstract: "Bring a cancelled session back, where and when it was.")
    @Argument var session: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      try await global.desk().change(.reinstate(id), change, global)
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
      let entries = sessions.flatMap { session in
        session.liveSlots.enumerated().map { (session, $0.offset, $0.element.slot) }
      }.sorted { ($0.2.start, $0.2.room, $0.0.id) < ($1.2.start, $1.2.room, $1.0.id) }
      for (session, part, slot) in entries {
        let parts = session.liveSlots.count
        table.add(
          session.id.slug, slot.times, slot.room.slug,
          session.cancelled ? "cancelled" : session.particulars.kind.rawValue,
          (desk.text(session.particulars.title) ?? "") + (parts > 1 ? " (\(part + 1)/\(parts))" : ""))
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
      for slot in row.liveSlots {
        let room = desk.text(model.rooms[slot.slot.room.slug]?.particulars.name) ?? slot.slot.room.slug
        particulars.add(
          row.liveSlots.count > 1 ? "slot \(slot.number)" : "when",
          "\(slot.slot.times) \(slot.slot.start.zone), \(room)")
      }
      particulars.add("kind", row.particulars.kind.rawValue)
      particulars.add("track", row.particulars.track?.slug)
      particulars.add("languages", row.particulars.languages.map(\.tag).joined(separator: ", "))
      particulars.add(
        "interpretation", row.particulars.interpretation?.map(\.tag).joined(separator: ", "))
      for part in row.parts.sorted(by: { $0.role < $1.role }) {
        let name = model.people[part.person.slug]?.name.best(desk.languages).printed
        particulars.add(part.role.rawValue, "\(name ?? "?") (\(part.person))")
      }
      particulars.add("description", row.particulars.description?.inAllLanguages(desk.languages))
      for item in row.runningOrder.items {
        let presentation = item.presentation
        let names = presentation.people.compactMap {
          model.people[$0.slug]?.name.best(desk.languages).printed
        }
        particulars.add(
          "\(item.start.clock)–\(item.end.clock)",
          "\(desk.text(presentation.title) ?? "") (\(presentation.presentation))"
            + (names.isEmpty ? "" : "\n" + names.joined(separator: ", ")))
      }
      for link in row.particulars.links ?? [] { particulars.add(link.kind.rawValue, link.url) }
      particulars.add("expected", row.particulars.expected.map(String.init))
      particulars.add("signed up", row.signUps > 0 ? "\(row.signUps)" : nil)
      particulars.add("needs", row.particulars.needs?.map(\.slug).joined(separator: ", "))
      particulars.add(
        "placed by",
        "\(row.placedBy.actor) at \(row.placedBy.recordedAt) (position \(row.placedBy.position))")
      particulars.print()
    }
  }
}

/// `slides=https://…`; without a kind it is related.
struct LinkArgument: ExpressibleByArgument {
  let kind: Link.Kind
  let url: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    if parts.count == 2, let kind = Link.Kind(rawValue: parts[0]) {
      (self.kind, url) = (kind, parts[1])
    } else {
      (kind, url) = (.related, argument)
    }
  }

  func link() throws -> Link { try Link(kind, url) }
}

extension SessionRevised.Field: ExpressibleByArgument {}

/// Reads `main-hall 2016-03-26 14:00-15:30`.
private func readSlot(_ text: String, _ times: TimeInput) throws -> Slot {
  guard let match = trimming(text).wholeMatch(of: /(\S+)\s+(\d{4}-\d{2}-\d{2})\s+([\d:]+)\s*[-–]\s*([\d:]+)/)
  else {
    throw InvalidValue(
      "“\(excerpt(text))” is no slot; write it as “main-hall 2016-03-26 14:00-15:30”.")
  }
  let start = try times.read("\(match.2) \(match.3)")
  var end = try times.read(String(match.4), day: start.date)
  // A party that ends at 01:00 ends on the next morning.
  if end <= start { end = try times.read(String(match.4), day: start.date.adding(days: 1)) }
  return try Slot(room: RoomID(String(match.1)), start: start, end: end)
}

/// Reads `+30m`, `-1h30m`, `+1d`.
func readShift(_ text: String) throws -> (days: Int, minutes: Int) {
  guard
    let match = trimming(text).wholeMatch(of: /([+-])?(?:(\d{1,3})d)?(?:(\d{1,3})h)?(?:(\d{1,5})m(?:in)?)?/),
    match.2 != nil || match.3 != nil || match.4 != nil
  else {
    throw InvalidValue("“\(excerpt(text))” is no span of time; write it as +30m, -1h30m or +1d.")
  }
  let sign = match.1 == "-" ? -1 : 1
  func number(_ text: Substring?) -> Int { text.flatMap { Int($0) } ?? 0 }
  return (sign * number(match.2), sign * (number(match.3) * 60 + number(match.4)))
}
