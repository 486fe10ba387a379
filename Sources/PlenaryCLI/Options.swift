import ArgumentParser
import EventLog
import Foundation
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

/// What every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The database, as libpq names it.", valueName: "url"))
  var database: String?

  @Option(name: .shortAndLong, help: "The conference; needed where there are several.")
  var conference: String?

  @Flag(help: "Print JSON, for programs.")
  var json = false

  func workspace() async throws -> Workspace {
    let configuration = try Configuration(database: database, conference: conference)
    return try await Workspace.open(configuration) { Console.error($0) }
  }

  /// The conference that is meant, as it stands.
  func desk() async throws -> Desk {
    let workspace = try await workspace()
    return try await Desk(workspace, try await workspace.conference())
  }
}

/// What every command takes that changes something.
struct ChangeOptions: ParsableArguments {
  @Flag(name: .long, help: "Show the events that would be appended, and append nothing.")
  var dryRun = false

  @Option(help: "Why; kept with the events.")
  var reason: String?

  @Option(
    help: ArgumentHelp(
      "Accept conflicts of this kind (with --reason): \(Conflict.Kind.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "kind"))
  var waive: [Conflict.Kind] = []

  @Option(help: "Who orders it (default: your login name).")
  var actor: String?

  @Option(name: .customLong("command-id"), help: "A UUID; sent again, the command has one effect.")
  var commandID: String?

  func validate() throws {
    if !waive.isEmpty, reason == nil {
      throw ValidationError("--waive needs a --reason: it is what others will read of it.")
    }
  }

  func waivers() throws -> [Waiver] {
    try waive.map { Waiver($0, reason: try checkedText(reason ?? "", "reason")) }
  }

  func context() throws -> CommandContext {
    try CommandContext(actor: actor, reason: reason, commandID: commandID, dryRun: dryRun)
  }
}

/// What every command takes that reads.
struct ReadOptions: ParsableArguments {
  @Option(help: "Show it as it was at this position of the log.")
  var at: Int?

  @Option(name: .customLong("as-of"), help: "Show it as it was at this time (2016-03-25 09:00).")
  var asOf: String?

  func validate() throws {
    if at != nil, asOf != nil {
      throw ValidationError("--at and --as-of cannot both be given.")
    }
    if let at, at < 1 { throw ValidationError("--at takes a position, from 1.") }
  }

  func bound(_ desk: Desk) throws -> EventStream.Bound {
    if let at { return .position(at) }
    guard let asOf else { return .head }
    if let instant = Timestamp(asOf) { return .time(instant) }  // with an offset of its own
    return .time(try TimeInput(zone: desk.opened.zone).read(asOf).instant)
  }
}

/// The workspace with the conference that a command is about.
struct Desk: Sendable {
  let workspace: Workspace
  let conference: ConferenceID
  let opened: ConferenceOpened

  init(_ workspace: Workspace, _ conference: ConferenceID) async throws {
    self.workspace = workspace
    self.conference = conference
    let reading = try await PostgresLog(workspace.connection).read(
      conference, matching: .tagged(.conference), command: nil)
    var state = Conferences.initial
    for event in reading.events { try Conferences.evolve(&state, event) }
    guard let opened = state.opened else {
      throw Failure(.refused, "There is no conference “\(conference)”; see “plenary conference list”.")
    }
    self.opened = opened
  }

  var languages: [Language] { opened.languages }

  func times() throws -> TimeInput {
    try TimeInput(zone: opened.zone, days: opened.firstDay...opened.lastDay)
  }

  /// Carries out a command and tells what it came to.
  func change<D: Decider>(
    _ decider: D.Type, _ command: D.Command, _ options: ChangeOptions, _ global: GlobalOptions
  ) async throws {
    let context = try options.context()
    let outcome = try await workspace.change(decider, command, in: conference, context)
    try outcome.report(context, json: global.json)
  }

  /// A command about sessions, with what it waives.
  ///
  /// A dry run of one that conflicts stand against shows its events all the same, and then the conflicts.
  func change(_ order: Sessions.Order, _ options: ChangeOptions, _ global: GlobalOptions) async throws {
    let command = try Sessions.Command(order, waivers: options.waivers())
    let context = try options.context()
    do {
      let outcome = try await workspace.change(Sessions.self, command, in: conference, context)
      try outcome.report(context, json: global.json)
    } catch let refused as Refused where options.dryRun {
      var waiving = command
      waiving.waivers = Conflict.Kind.allCases.map { Waiver($0, reason: "dry run") }
      var outcome = try await workspace.change(Sessions.self, waiving, in: conference, context)
      outcome.events.removeAll { if case .conflictWaived = $0 { true } else { false } }
      try outcome.report(context, json: global.json)
      throw refused
    }
  }

  func view<Model: ReadModel>(_: Model.Type, _ options: ReadOptions) async throws -> View<Model> {
    try await workspace.view(Model.self, of: conference, options.bound(self))
  }

  /// A model that is folded from the log whenever it is asked for.
  func folded<Model: ReadModel>(_: Model.Type, _ options: ReadOptions) async throws -> View<Model> {
    try await workspace.folded(Model.self, of: conference, options.bound(self))
  }

  /// The text as this conference's organizers read it.
  func text(_ text: LocalizedText?) -> String? { text?.best(languages).text }
}

extension Outcome {
  private struct Report: Encodable {
    struct Event: Encodable {
      var position: Int?
      var type: String
      var tags: [String]
      var body: any EventBody

      enum CodingKeys: CodingKey { case position, type, tags, body }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(position, forKey: .position)
        try container.encode(type, forKey: .type)
        try container.encode(tags, forKey: .tags)
        try container.encode(body, forKey: .body)
      }
    }
    var effect: String
    var commandID: String
    var first: Int?
    var last: Int?
    var events: [Event]
    var remarks: [String]
  }

  /// Says what became of the command.
  func report(_ context: CommandContext, json: Bool) throws {
    var first: Int?
    var report = Report(effect: "", commandID: context.commandID, events: [], remarks: remarks)
    switch effect {
    case .appended(let receipt):
      (report.first, report.last) = (receipt.first, receipt.last)
      first = receipt.first
      report.effect = receipt.replayed ? "done before" : "appended"
    case .nothingToDo: report.effect = "nothing to do"
    case .wouldAppend: report.effect = "would append"
    }
    report.events = events.enumerated().map { index, event in
      Report.Event(
        position: first.map { $0 + index }, type: type(of: event.body).type,
        tags: event.body.tags.map(\.text), body: event.body)
    }
    if json { return try Console.json(report) }
    for remark in remarks { Console.error(remark) }
    switch effect {
    case .nothingToDo: Console.print("Nothing to do: it is so already.")
    case .appended(let receipt) where receipt.replayed:
      Console.print("Done before, by this command id, at \(positions(receipt)).")
    case .appended, .wouldAppend:
      for event in report.events {
        let place = event.position.map { "\($0)" } ?? "would append"
        Console.print("\(place)  \(event.type)  \(event.tags.joined(separator: " "))")
        if context.dryRun { Console.print("    " + (try JSONText.encode(event.body))) }
      }
    }
  }

  private func positions(_ receipt: Receipt) -> String {
    receipt.first == receipt.last
      ? "position \(receipt.first)" : "positions \(receipt.first) to \(receipt.last)"
  }
}

// MARK: Values

/// `[LANG=]TEXT`, given once for each language.
struct LocalizedArgument: ExpressibleByArgument {
  let language: String?
  let text: String

  init?(argument: String) {
    // “AI=hype” is a text: a language is written in lower case, and has to be one.
    if let match = argument.prefixMatch(of: /(([a-z]{2,3})(?:-[A-Za-z0-9]{2,8})*)=/),
      Locale.LanguageCode.isoLanguageCodes.contains(where: { $0.identifier == match.output.2 })
    {
      language = String(match.output.1)
      text = String(argument[match.range.upperBound...])
    } else {
      language = nil
      text = argument
    }
  }

  func checked(_ what: String, _ shape: TextShape, _ languages: [Language]) throws
    -> (Language, String)
  {
    let language = try language.map { try Language($0) } ?? languages[0]
    return (language, try checkedText(text, what, shape))
  }
}

extension [LocalizedArgument] {
  /// - Returns: nil where nothing was given.
  func localized(_ what: String, _ languages: [Language]) throws -> LocalizedText? {
    try localized(what, .line, languages)
  }

  /// - Returns: nil where nothing was given.
  func localized(_ what: String, _ shape: TextShape, _ languages: [Language]) throws
    -> LocalizedText?
  {
    var texts: [Language: String] = [:]
    for argument in self {
      let (language, text) = try argument.checked(what, shape, languages)
      guard texts.updateValue(text, forKey: language) == nil else {
        throw InvalidValue("The \(what) is given twice in “\(language)”.")
      }
    }
    return texts.isEmpty ? nil : LocalizedText(texts)
  }

  /// Each argument as a text of its own: for options that may be given for several things.
  func separately(_ what: String, _ languages: [Language]) throws -> [LocalizedText] {
    try map { argument in
      // Languages of one thing stand in one argument: "en=Russia;zh=俄罗斯".
      var texts: [Language: String] = [:]
      let whole = (argument.language.map { $0 + "=" } ?? "") + argument.text
      for part in whole.split(separator: ";") where !trimming(part).isEmpty {
        guard let argument = LocalizedArgument(argument: trimming(part)) else { continue }
        let (language, text) = try argument.checked(what, .line, languages)
        guard texts.updateValue(text, forKey: language) == nil else {
          throw InvalidValue(
            "The \(what) is given twice in “\(language)”: a semicolon separates languages, as in en=…;zh=…")
        }
      }
      guard !texts.isEmpty else { throw InvalidValue("The \(what) is empty.") }
      return LocalizedText(texts)
    }
  }

  /// The names of a person: each argument a form.
  func personName(_ order: NameOrder?, sortKey: String?, _ languages: [Language]) throws
    -> PersonName?
  {
    if isEmpty { return nil }
    return try PersonName(
      map { argument in
        let (language, text) = try argument.checked("name", .line, languages)
        return try NameForm(text, in: language, order: order)
      }, sortKey: sortKey)
  }
}

extension NameOrder: ExpressibleByArgument {}
extension Conflict.Kind: ExpressibleByArgument {}
extension SessionForm: ExpressibleByArgument {}
extension SessionRole: ExpressibleByArgument {}
