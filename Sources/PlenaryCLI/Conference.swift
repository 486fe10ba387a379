import ArgumentParser
import EventLog
import Plenary
import Postgres
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

struct ConferenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conference", abstract: "The conferences and their particulars.",
    subcommands: [Open.self, Show.self, List.self, Revise.self])

  struct ParticularsOptions: ParsableArguments {
    @Option(help: "The formal title, once a language.") var title: [LocalizedArgument] = []
    @Option(help: "The short title, once a language.") var shortTitle: [LocalizedArgument] = []
    @Option(help: "City, or city and venue, once a language.") var place: [LocalizedArgument] = []
    @Option(help: "2016-03-25") var firstDay: String?
    @Option(help: "Default: the first day.") var lastDay: String?
    @Option(parsing: .upToNextOption, help: "In order of preference: en zh ru.")
    var languages: [String] = []
    @Option(help: "What the booklet greets its readers with, once a language.")
    var welcome: [LocalizedArgument] = []
    @Option(help: "Minutes that a person needs between two rooms.") var roomChange: Int?
    @Option(help: "An organiser; en=…;zh=… for several languages.")
    var organiser: [LocalizedArgument] = []
    @Option(help: "A host.") var host: [LocalizedArgument] = []
    @Option(help: "A co-host.") var coHost: [LocalizedArgument] = []
    @Option(help: "A partner.") var partner: [LocalizedArgument] = []
    @Option(help: "A sponsor.") var sponsor: [LocalizedArgument] = []

    func validate() throws {
      if let roomChange, !(0...600).contains(roomChange) {
        throw ValidationError("--room-change takes minutes, 0 to 600.")
      }
    }

    func organisations(_ languages: [Language]) throws -> [OrganisationRoleAssigned] {
      let roles: [([LocalizedArgument], OrganisationRole)] = [
        (organiser, .organiser), (host, .host), (coHost, .coHost), (partner, .partner),
        (sponsor, .sponsor),
      ]
      return try roles.flatMap { arguments, role in
        try arguments.separately(role.rawValue, languages).map {
          OrganisationRoleAssigned(organisation: $0, role: role)
        }
      }
    }
  }

  struct Open: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "open", abstract: "Open a conference: its log begins.",
      discussion: """
        Example: plenary conference open shanghai-2016 --title "en=Cooperation between China and \
        Russia" --first-day 2016-03-25 --zone Asia/Shanghai --languages en zh ru
        """)
    @Argument(help: "A short name, for ever: shanghai-2016.") var name: String
    @Option(help: "An IANA time zone: Asia/Shanghai.") var zone: String
    @OptionGroup var particulars: ParticularsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try ConferenceID(name)
      var languages = try particulars.languages.map { try Language($0) }
      if languages.isEmpty { languages = [.english] }
      guard let title = try particulars.title.localized("title", languages) else {
        throw ValidationError("Missing expected argument '--title <title>'")
      }
      guard let firstDay = particulars.firstDay else {
        throw ValidationError("Missing expected argument '--first-day <first-day>'")
      }
      _ = try TimeInput(zone: zone)
      let first = try CalendarDate(firstDay)
      let opened = try ConferenceOpened(
        title: title, shortTitle: particulars.shortTitle.localized("short title", languages),
        place: particulars.place.localized("place", languages), firstDay: first,
        lastDay: particulars.lastDay.map { try CalendarDate($0) } ?? first, zone: zone,
        languages: languages, welcome: particulars.welcome.localized("welcome", .paragraphs, languages),
        roomChange: particulars.roomChange)
      let workspace = try await global.workspace()
      let context = try change.context()
      let outcome = try await workspace.change(
        Conferences.self, .open(opened, try particulars.organisations(languages)), in: conference,
        context)
      try outcome.report(context, json: global.json)
    }
  }

  struct Revise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a conference's particulars.")
    @Option(help: "Take away what is said of it: shortTitle, place, welcome, roomChange.")
    var clear: [ConferenceRevised.Field] = []
    @OptionGroup var particulars: ParticularsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let languages = try particulars.languages.map { try Language($0) }
      let revision = try Conferences.Revision(
        title: particulars.title.localized("title", desk.languages),
        shortTitle: particulars.shortTitle.localized("short title", desk.languages),
        place: particulars.place.localized("place", desk.languages),
        firstDay: particulars.firstDay.map { try CalendarDate($0) },
        lastDay: particulars.lastDay.map { try CalendarDate($0) },
        languages: languages.isEmpty ? nil : languages,
        welcome: particulars.welcome.localized("welcome", .paragraphs, desk.languages),
        roomChange: particulars.roomChange, cleared: clear,
        organisations: particulars.organisations(desk.languages), waivers: change.waivers())
      try await desk.change(Conferences.self, .revise(revision), change, global)
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show a conference's particulars.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let view = try await desk.view(ProgramModel.self, read)
      guard let row = view.model.conference else { return }
      if global.json { return try Console.json(row) }
      let opened = row.particulars
      var particulars = Particulars()
      particulars.add("name", desk.conference.slug)
      particulars.add("title", opened.title.inAllLanguages(desk.languages))
      particulars.add("short title", opened.shortTitle?.inAllLanguages(desk.languages))
      particulars.add("place", opened.place?.inAllLanguages(desk.languages))
      particulars.add(
        "days",
        opened.firstDay == opened.lastDay
          ? opened.firstDay.description : "\(opened.firstDay) to \(opened.lastDay)")
      particulars.add("zone", opened.zone)
      particulars.add("room change", opened.roomChange.map { "\($0) minutes" })
      particulars.add("languages", opened.languages.map(\.tag).joined(separator: ", "))
      for organisation in row.organisations {
        particulars.add(organisation.role.rawValue, desk.text(organisation.organisation))
      }
      particulars.add("rooms", "\(view.model.rooms.count)")
      particulars.add("sessions", "\(view.model.sessions.count)")
      particulars.add("position", "\(view.checkpoint.position)")
      particulars.print()
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List all conferences.")
    @OptionGroup var global: GlobalOptions

    private struct Line: Encodable {
      var conference: String
      var position: Int
      var title: LocalizedText
      var firstDay: CalendarDate
      var lastDay: CalendarDate
    }

    func run() async throws {
      let workspace = try await global.workspace()
      var lines: [Line] = []
      for (conference, position) in try await workspace.connection.run({ try EventStream.heads($0) }) {
        let desk = try await Desk(workspace, conference)
        lines.append(
          Line(
            conference: conference.slug, position: position, title: desk.opened.title,
            firstDay: desk.opened.firstDay, lastDay: desk.opened.lastDay))
      }
      if global.json { return try Console.json(lines) }
      var table = TextTable("NAME", "DAYS", "EVENTS", "TITLE")
      for line in lines {
        table.add(
          line.conference,
          line.firstDay == line.lastDay ? "\(line.firstDay)" : "\(line.firstDay) to \(line.lastDay)",
          "\(line.position)", line.title.best([.english]).text)
      }
      table.print(nothing: "There is no conference yet; open one with “plenary conference open”.")
    }
  }
}

extension ConferenceRevised.Field: ExpressibleByArgument {}

extension LocalizedText {
  /// Every language's text on a line of its own, the preferred ones first: `en  Opening`.
  func inAllLanguages(_ preferred: [Language]) -> String {
    let order = preferred.filter(languages.contains) + languages.filter { !preferred.contains($0) }
    return order.count == 1
      ? self[order[0]]! : order.map { "\($0.tag.padded(to: 3)) \(self[$0]!)" }.joined(separator: "\n")
  }
}
