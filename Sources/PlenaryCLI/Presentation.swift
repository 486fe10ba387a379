import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

struct PresentationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "presentation", abstract: "What is presented in a session, one after the other.",
    subcommands: [Add.self, Revise.self, Order.self, Withdraw.self, List.self])

  struct ParticularsOptions: ParsableArguments {
    @Option(help: "As printed, once a language.") var title: [LocalizedArgument] = []
    @Option(help: "Once a language.") var abstract: [LocalizedArgument] = []
    @Option(help: "Who presents, in the order in which they are named; may be repeated.")
    var presenter: [String] = []
    @Option(help: "Minutes (default: a share of what the others leave of the session).")
    var minutes: Int?
    @Option(help: "The language that it is given in.") var language: String?
    @Option(help: "When it begins, 2016-03-25 09:20 (default: when the one before it ends).")
    var start: String?
    @Option(help: "slides=https://…; also paper, recording, article, related, attachment.")
    var link: [LinkArgument] = []

    func validate() throws {
      if let minutes, !(1...1440).contains(minutes) {
        throw ValidationError("--minutes takes 1 to 1440.")
      }
    }

    func people() throws -> [PersonID] { try presenter.map { try PersonID($0) } }
    func links() throws -> [Link]? { link.isEmpty ? nil : try link.map { try $0.link() } }
  }

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add a presentation to a session, behind those that it has.",
      discussion: """
        Example: plenary presentation add water-on-mars panel-1 --title "en=Water on Mars" \
        --presenter li-wei --minutes 20
        """)
    @Argument(help: "A short name, for ever: water-on-mars.") var presentation: String
    @Argument(help: "The session's short name.") var session: String
    @OptionGroup var particulars: ParticularsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let (id, session) = try (PresentationID(presentation), SessionID(session))
      let desk = try await global.desk()
      guard let title = try particulars.title.localized("title", desk.languages) else {
        throw ValidationError("Missing expected argument '--title <title>'")
      }
      let body = try Presentation(
        id, title: title,
        abstract: particulars.abstract.localized("abstract", .paragraphs, desk.languages),
        people: particulars.people(), minutes: particulars.minutes,
        language: particulars.language.map { try Language($0) },
        start: particulars.start.map { try desk.times().read($0) }, links: particulars.links())
      try await desk.change(.present(session, body), change, global)
    }
  }

  struct Revise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a presentation's particulars; what is not given stays.",
      discussion: "--presenter replaces all who present it.")
    @Argument var presentation: String
    @OptionGroup var particulars: ParticularsOptions
    @Option(help: "Take away what it has: abstract, minutes, language, start, links.")
    var clear: [Sessions.PresentationChange.Field] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try PresentationID(presentation)
      let desk = try await global.desk()
      let people = try particulars.people()
      let wanted = try Sessions.PresentationChange(
        title: particulars.title.localized("title", desk.languages),
        abstract: particulars.abstract.localized("abstract", .paragraphs, desk.languages),
        people: people.isEmpty ? nil : people, minutes: particulars.minutes,
        language: particulars.language.map { try Language($0) },
        start: particulars.start.map { try desk.times().read($0) }, links: particulars.links(),
        cleared: clear)
      try await desk.change(.revisePresentation(id, wanted), change, global)
    }
  }

  struct Order: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "order", abstract: "Say in which order a session's presentations are given.",
      discussion: "Those that are not named come after those that are.")
    @Argument var session: String
    @Argument(help: "Short names, the first first.") var presentations: [String]
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let order = try presentations.map { try PresentationID($0) }
      try await global.desk().change(.order(id, order), change, global)
    }
  }

  struct Withdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "withdraw", abstract: "A presentation will not be given.")
    @Argument var presentation: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try PresentationID(presentation)
      try await global.desk().change(.withdrawPresentation(id), change, global)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the presentations, with their times.")
    @Option(help: "Only those of this session.") var session: String?
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    private struct Line: Encodable {
      var session: SessionID
      var start: ZonedTime
      var end: ZonedTime
      var presentation: Presentation
    }

    func run() async throws {
      let wanted = try session.map { try SessionID($0) }
      let desk = try await global.desk()
      let model = try await desk.view(ProgramModel.self, read).model
      let lines = model.orderedSessions.filter { !$0.cancelled && (wanted == nil || $0.id == wanted) }
        .flatMap { session in
          session.runningOrder.items.map {
            Line(session: session.id, start: $0.start, end: $0.end, presentation: $0.presentation)
          }
        }
      if global.json { return try Console.json(lines) }
      var table = TextTable("NAME", "SESSION", "WHEN", "PRESENTERS", "TITLE")
      for line in lines {
        let people = line.presentation.people.compactMap {
          model.people[$0.slug]?.name.best(desk.languages).printed
        }
        table.add(
          line.presentation.presentation.slug, line.session.slug,
          "\(line.start.date) \(line.start.clock)–\(line.end.clock)", people.joined(separator: ", "),
          desk.text(line.presentation.title))
      }
      table.print(
        nothing: "No presentations; add one with “plenary presentation add NAME SESSION --title …”.")
    }
  }
}

extension Sessions.PresentationChange.Field: ExpressibleByArgument {}
