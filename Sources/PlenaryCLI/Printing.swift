import ArgumentParser
import EventLog
import Foundation
import Plenary
import PostgresLog
import ReadModels
import Publishing
import Record
import Scheduling
import Vocabulary

// What every command takes that prints, and the printing commands themselves: PDF, HTML, JSON and the
// formats of other programs all come from the same read model at the same position.

struct PrintOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "The file, or - for standard output (default: a name of its own).")
  var output: String?

  @Option(parsing: .upToNextOption, help: "Languages, in order (default: the conference's).")
  var languages: [String] = []

  @Option(help: "Your own copy of the templates (see program template).")
  var templates: String?

  func settings() throws -> PrintSettings {
    var settings = PrintSettings()
    settings.languages = languages.isEmpty ? nil : try languages.map { try Language($0) }
    return settings
  }

  /// Writes the document whole or not at all, and says where.
  func write(_ data: Data, default name: String) throws {
    if output == "-" { return Console.write(data) }
    let path = output ?? name
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    guard FileManager.default.fileExists(atPath: folder.path) else {
      throw Failure(
        .failed, "There is no folder \(folder.relativePath) to write \(path) into; make it first.")
    }
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Failure(.failed, "\(path) could not be written: \(error.localizedDescription)")
    }
    Console.print(path)
  }

  func pdf(_ document: any PrintedDocument) async throws -> Data {
    try await Typesetter.pdf(
      document, templates: templates.map { URL(fileURLWithPath: $0) },
      typst: Typesetter.find(environment: ProcessInfo.processInfo.environment),
      fontPaths: Typesetter.fontPaths(environment: ProcessInfo.processInfo.environment))
  }
}

enum Paper: String, ExpressibleByArgument, CaseIterable {
  case a5, a4, letter, a3, a2, a1
}

struct SheetOptions: ParsableArguments {
  @Option(
    help: "The paper: a4, letter; for the wall grid a3, a2, a1; for the errata slip a5 (default: what suits)."
  )
  var paper: Paper?
  @Flag(help: "For a printer without colours.") var grey = false

  func apply(to settings: inout PrintSettings) {
    settings.paper = paper?.rawValue
    settings.grey = grey ? true : nil
  }
}

/// Enters what is printed in the ledger.
struct LedgerOptions: ParsableArguments {
  @Flag(help: "It is going to be handed out: enter it in the print ledger.") var forPrint = false
  @Option(help: "How many.") var copies: Int?
  @Option(name: .customLong("for"), help: "For whom: “registration desk”.") var recipient: String?
  @Option(
    help: "Only what is new or changed since this print of the ledger, or since the “last” of the kind.")
  var sincePrint: String?
  @Option(help: "Who orders it (default: your login name).") var actor: String?
  @Option(help: "Why; kept with the entry.") var reason: String?

  func validate() throws {
    if !forPrint, copies != nil || recipient != nil {
      throw ValidationError("--copies and --for are for the ledger: give --for-print too.")
    }
    if let copies, !(1...10_000_000).contains(copies) {
      throw ValidationError("--copies takes a number, from 1.")
    }
    if let sincePrint, sincePrint != "last", (Int(sincePrint) ?? 0) < 1 {
      throw ValidationError("--since-print takes a number of the ledger, or “last”.")
    }
  }

  func since(_ kind: PrintKind, _ press: Press) async throws -> Int? {
    guard let sincePrint else { return nil }
    if let number = Int(sincePrint) { return number }
    let last = try await press.ledger().last { $0.particulars.kind == kind.rawValue }
    guard let last else {
      throw Failure(
        .refused, "No \(kind.rawValue) are in the print ledger; print all of them first, with --for-print.")
    }
    return last.number
  }

  func enter(
    _ made: Press.Made, _ kind: PrintKind, _ settings: PrintSettings, _ data: Data, _ print: PrintOptions,
    _ desk: Desk
  ) async throws {
    guard forPrint else { return }
    let templates = try await Typesetter.fingerprint(
      templates: print.templates.map { URL(fileURLWithPath: $0) },
      typst: Typesetter.find(environment: ProcessInfo.processInfo.environment))
    let body = DocumentPrinted(
      number: 0, kind: kind.rawValue, position: made.checkpoint.position, settings: settings,
      hash: hexadecimal(sha256(Array(data))), templates: templates, copies: copies,
      recipient: try recipient.map { try checkedText($0, "recipient") })
    let context = try CommandContext(actor: actor, reason: reason, commandID: nil, dryRun: false)
    let outcome = try await desk.workspace.change(
      Prints.self, .record(body), in: desk.conference, context)
    if case .documentPrinted(let entered)? = outcome.events.first {
      Console.error("Entered in the print ledger as print \(entered.number).")
    }
  }
}

extension PrintKind: ExpressibleByArgument {
  init?(argument: String) {
    // What people say: “grid”, “door-sign”.
    let known = Self.allCases.first { $0.rawValue == argument || $0.rawValue == argument + "s" }
    guard let kind = known ?? (argument == "grid" ? .wallGrid : nil) else { return nil }
    self = kind
  }
}

extension ProgramCommand {
  struct Print: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "print", abstract: "Print the program: a booklet, door signs, itineraries …",
      discussion: """
        booklet       A5; with --imposed two pages a sheet, to be folded
        pocket        one sheet, folded to eight pages
        wall-grid     rooms and times, one day a grid (--paper a3, a2, a1, or a4 in several pages)
        day-sheets    a page a day
        door-signs    a page a room and day
        itineraries   a page a person: where to be when
        chair-sheets  a page a session, for whoever presides
        place-cards   folded tents for the podium

        Example: plenary program print door-signs --day 2016-03-25 --for-print --for "the porter"
        """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case pdf, html, json }

    @Argument(help: "What (default: booklet).") var kind: PrintKind = .booklet
    @Option(help: "pdf or json; of the booklet also html.") var format: Form = .pdf
    @Option(help: "Only this day: 2016-03-25.") var day: String?
    @Option(help: "Only this room.") var room: String?
    @Option(help: "Only this track.") var track: String?
    @Option(help: "Only this session.") var session: String?
    @Option(help: "Only this person.") var person: String?
    @Flag(help: "The booklet two pages a sheet, in the order for folding.") var imposed = false
    @Option(help: "The program as this release published it.") var release: String?
    @OptionGroup var sheet: SheetOptions
    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if kind.isAboutAttendees {
        throw ValidationError("“\(kind.rawValue)” is printed by “plenary attendee print \(kind.rawValue)”.")
      }
      if format == .html, kind != .booklet {
        throw ValidationError("Only the booklet is there as html; see also “program export --format html”.")
      }
      if imposed, kind != .booklet { throw ValidationError("--imposed is for the booklet.") }
      if release != nil, read.at != nil || read.asOf != nil {
        throw ValidationError("--release names a position already; leave --at and --as-of out.")
      }
      if format != .pdf, ledger.forPrint { throw ValidationError("--for-print goes with pdf.") }
    }

    private func settings(_ desk: Desk, _ press: Press) async throws -> PrintSettings {
      var settings = try print.settings()
      sheet.apply(to: &settings)
      if imposed { settings.imposed = true }
      if release != nil { settings.released = true }
      let model = try await desk.view(ProgramModel.self, read).model
      var only: [String: String] = [:]
      if let day { only["day"] = try CalendarDate(day).description }
      func name<Kind: IdentifierKind>(
        _ what: String, _ text: String?, _: Kind.Type, _ isKnown: (String) -> Bool
      ) throws {
        guard let text else { return }
        let id = try Identifier<Kind>(text)
        guard isKnown(id.slug) else {
          throw Failure(.refused, "There is no \(what) “\(id)”; see “plenary \(what) list”.")
        }
        only[what] = id.slug
      }
      try name("room", room, RoomKind.self) { model.rooms[$0] != nil }
      try name("track", track, TrackKind.self) { model.tracks[$0] != nil }
      try name("session", session, SessionKind.self) { model.sessions[$0] != nil }
      if let person {
        let id = try PersonID(person)
        guard model.people[id.slug] != nil else {
          throw Failure(.refused, "There is no speaker “\(id)”; see “plenary speaker list”.")
        }
        only["person"] = id.slug
      }
      settings.only = only.isEmpty ? nil : only
      settings.since = try await ledger.since(kind, press)
      return settings
    }

    private func bound(_ desk: Desk) async throws -> EventStream.Bound {
      guard let release else { return try read.bound(desk) }
      let releases = try await desk.workspace.view(ProgramModel.self, of: desk.conference, .head).model
        .orderedReleases
      guard let row = releases.first(where: { $0.particulars.version == release }) else {
        throw Failure(.refused, "There is no release “\(release)”; see “plenary program releases”.")
      }
      return .position(row.origin.position)
    }

    func run() async throws {
      let desk = try await global.desk()
      let press = Press(desk: desk)
      let settings = try await settings(desk, press)
      let made = try await press.make(kind, settings, bound(desk))
      let name = "\(desk.conference)-\(kind == .booklet ? "program" : kind.rawValue).\(format.rawValue)"
      switch format {
      case .json: try print.write(try JSONText.data(made.document, pretty: true), default: name)
      case .html:
        let view = try await press.program(released: release != nil, bound(desk))
        let publication = ProgramPublication(
          view.model, view.checkpoint, conference: desk.conference, settings)
        try print.write(Data(try publication.page().utf8), default: name)
      case .pdf:
        if let nothing = made.nothing {
          return Console.error("Nothing to print: \(nothing)")
        }
        let data = try await print.pdf(made.document)
        try print.write(data, default: name)
        try await ledger.enter(made, kind, settings, data, print, desk)
      }
    }
  }

  struct ListPrints: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prints", abstract: "The print ledger: what was printed to be handed out.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let prints = try await desk.view(ProgramModel.self, read).model.orderedPrints
      if global.json { return try Console.json(prints) }
      var table = TextTable("PRINT", "KIND", "POSITION", "COPIES", "FOR", "WHEN", "BY", "HASH")
      for print in prints {
        let body = print.particulars
        table.add(
          "\(print.number)", body.kind + (body.settings.since.map { " (since \($0))" } ?? ""),
          "\(body.position)", body.copies.map(String.init), body.recipient,
          "\(print.origin.recordedAt)", print.origin.actor, String(body.hash.prefix(12)))
      }
      table.print(nothing: "Nothing is in the ledger yet; print with --for-print.")
    }
  }

  struct Reprint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reprint", abstract: "Print again what is in the ledger: the same bytes.",
      discussion: """
        The document is made anew from the position that it was made from, and must have the hash that is \
        in the ledger. Where the templates or the typesetter are others now it cannot; --anyway writes it \
        as they set it. What was made with templates of your own needs them: --templates FOLDER.
        """)
    @Argument(help: "Its number in the ledger (see program prints).") var number: Int
    @Flag(help: "Write it even if the bytes are others.") var anyway = false
    @OptionGroup var print: PrintOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if !print.languages.isEmpty { throw ValidationError("A reprint is in the languages that it was in.") }
    }

    func run() async throws {
      let desk = try await global.desk()
      let press = Press(desk: desk)
      let entry = try await press.entry(number).particulars
      guard let kind = PrintKind(rawValue: entry.kind) else {
        throw Failure(.failed, "This Plenary does not know “\(entry.kind)”; use the newer one.")
      }
      let made = try await press.make(kind, entry.settings, .position(entry.position))
      let data = try await print.pdf(made.document)
      if hexadecimal(sha256(Array(data))) != entry.hash {
        let templates = try await Typesetter.fingerprint(
          templates: print.templates.map { URL(fileURLWithPath: $0) },
          typst: Typesetter.find(environment: ProcessInfo.processInfo.environment))
        let why =
          templates == entry.templates
          ? "the fonts of this machine, or data that were erased since"
          : "the templates or the typesetter, which are others than those that it was set with"
        let message = "Print \(number) comes out otherwise than it was printed; what differs is \(why)."
        guard anyway else {
          throw Failure(.failed, message + " Nothing was written; --anyway writes it as it is set now.")
        }
        Console.error("warning: \(message)")
      }
      try print.write(data, default: "\(desk.conference)-print-\(number).pdf")
    }
  }

  struct MakeErrata: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "errata", abstract: "What differs from what people hold in their hands.",
      discussion: """
        Says which prints of the ledger must be made again, and of door signs, badges, itineraries and \
        other pieces, which of them; and writes an errata slip, to be laid into the booklet.
        """)
    @Option(help: "Only against this print of the ledger (default: the last of each kind).")
    var sincePrint: Int?
    @Flag(inversion: .prefixedNo, help: "Write the errata slip.") var slip = true
    @OptionGroup var sheet: SheetOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let press = Press(desk: desk)
      let errata = try await press.errata(since: sincePrint)
      if global.json { try Console.json(errata) } else { errata.kinds.forEach(tell) }
      guard slip else { return }
      let ledger = try await press.ledger()
      let programs: [PrintKind] = [.booklet, .pocket, .wallGrid, .daySheets]
      var named: PrintRow?
      if let sincePrint { named = try await press.entry(sincePrint) }
      let base =
        named ?? ledger.last { $0.particulars.kind == PrintKind.booklet.rawValue }
        ?? ledger.last { print in programs.contains { $0.rawValue == print.particulars.kind } }
      guard let base else {
        return Console.error("No slip: no program is in the ledger, only what was printed from it.")
      }
      let body = base.particulars
      let before = try await press.program(
        released: body.settings.released ?? false, .position(body.position))
      let now = try await press.program(released: body.settings.released ?? false, .head)
      var settings = body.settings
      if !print.languages.isEmpty { settings.languages = try print.settings().languages }
      sheet.apply(to: &settings)
      // It is laid into the booklet.
      if sheet.paper == nil, body.kind == PrintKind.booklet.rawValue { settings.paper = Paper.a5.rawValue }
      settings.only = nil
      let name =
        PrintKind(rawValue: body.kind)?.title(in: settings.languages ?? desk.languages)
        ?? LocalizedText([.english: body.kind])
      let document = ProgramPublication(
        now.model, now.checkpoint, conference: desk.conference, settings
      ).changeSheet(
        from: before.model,
        .print(name, position: body.position, before.checkpoint.lastEventAt))
      guard !document.isEmpty else {
        return Console.error("No slip: the program is as it was in print \(base.number).")
      }
      let data = try await print.pdf(document)
      if global.json, print.output == nil { return }
      try print.write(data, default: "\(desk.conference)-errata.pdf")
    }

    private func tell(_ kind: Errata.Kind) {
      let copies = kind.copies.map { ", \($0) copies" } ?? ""
      let recipient = kind.recipient.map { ", for \($0)" } ?? ""
      Console.print(
        Console.bold("print \(kind.print)  \(kind.kind)")
          + Console.dim("  \(kind.printedAt)\(copies)\(recipient)"))
      guard kind.isStale else { return Console.print("    still right") }
      if kind.items.isEmpty { return Console.print("    differs: print it again, or hand out the slip") }
      for item in kind.items {
        let what =
          switch item.what {
          case .changed: "print again"
          case .new: "print (new)"
          case .gone: "take away"
          }
        Console.print("    \(what.padded(to: 12))  \(item.title)")
      }
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write the program for other programs and for screens.",
      discussion: """
        What is written is the last release; --draft writes the present program.

        ics          iCalendar: calendars
        html         one page for browsers, that works offline and on telephones
        xml          schedule.xml (frab): schedule apps and screens
        schedule     schedule.json, version 1
        schedule2    schedule.json, version 2
        jsonld       JSON-LD (schema.org): search engines
        csv          a row a slot: spreadsheets
        json         all that the booklet has
        """)

    enum Form: String, ExpressibleByArgument, CaseIterable {
      case ics, html, xml, schedule, schedule2, jsonld, csv, json

      var suffix: String {
        switch self {
        case .ics, .html, .xml, .csv, .json: rawValue
        case .schedule: "schedule.json"
        case .schedule2: "schedule2.json"
        case .jsonld: "jsonld"
        }
      }
    }

    @Argument(help: "What; or with --format (default: ics).") var kind: Form?
    @Option(help: "The same.") var format: Form?
    @Flag(help: "The present program, not the last release.") var draft = false
    @Flag(help: "Begin the CSV with a byte order mark, as Excel wants it.") var bom = false
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if kind != nil, format != nil { throw ValidationError("Name the format once.") }
    }

    func run() async throws {
      let form = kind ?? format ?? .ics
      let desk = try await global.desk()
      let view = try await desk.folded(PublicProgram.self, read)
      let known = view.model
      guard let model = draft ? known.present : known.released else { throw Press.nothingReleased }
      let publication = ProgramPublication(
        model, view.checkpoint, conference: desk.conference, try print.settings())
      let data =
        switch form {
        case .ics: Data(publication.iCalendar().utf8)
        case .html: Data(try publication.page(previousStarts: known.previousStarts).utf8)
        case .xml: Data(publication.scheduleXML().utf8)
        case .schedule: try publication.scheduleJSON(.v1)
        case .schedule2: try publication.scheduleJSON(.v2)
        case .jsonld: try publication.jsonLD(previousStarts: known.previousStarts)
        case .csv: Data(publication.csv(byteOrderMark: bom).utf8)
        case .json: try publication.json()
        }
      try print.write(data, default: "\(desk.conference)-program.\(form.suffix)")
    }
  }

  struct Template: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "template", abstract: "The templates that documents are set with.",
      subcommands: [TemplateExport.self], defaultSubcommand: TemplateExport.self)
  }

  struct TemplateExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Copy the templates into a folder, to change them; print with --templates FOLDER.",
      discussion: """
        They are Typst files. Each says at its head what its data.json holds; “program print KIND \
        --format json” shows that document.
        """)
    @Argument var folder: String

    func run() async throws {
      try Typesetter.copyTemplates(to: URL(fileURLWithPath: folder))
      Console.print(folder)
    }
  }
}

extension AttendeeCommand {
  struct Print: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "print", abstract: "Print badges, sign-in sheets and lists.",
      discussion: """
        participants  those who agreed to be listed, by category
        sign-in       a row for everybody, to be signed
        check-in      for the desk: everybody who is expected, with a box to tick
        badges        double-sided; --size a6, 90x55 …; --since-print last for the new and changed ones

        Example: plenary attendee print badges --category press --size 90x55 --for-print
        """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case pdf, html, json, csv }

    @Argument(help: "What (default: participants).") var kind: PrintKind = .participants
    @Option(help: "pdf or json; of participants also html and csv.") var format: Form = .pdf
    @Option(help: "Only this category.") var category: String?
    @Option(help: "Only of this organisation.") var organisation: String?
    @Option(help: "Only who signed up for this session.") var session: String?
    @Option(help: "Only this attendee.") var attendee: String?
    @Option(parsing: .upToNextOption, help: "The columns of a list, in order: name organisation signature …")
    var columns: [String] = []
    @Option(help: "The size of badges or the sheet of labels: a6, 90x55 …") var size: String?
    @OptionGroup var sheet: SheetOptions
    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if !kind.isAboutAttendees {
        throw ValidationError("“\(kind.rawValue)” is printed by “plenary program print \(kind.rawValue)”.")
      }
      if format == .html || format == .csv, kind != .participants {
        throw ValidationError("Only the list of participants is there as \(format.rawValue).")
      }
      if format != .pdf, ledger.forPrint { throw ValidationError("--for-print goes with pdf.") }
    }

    func run() async throws {
      let desk = try await global.desk()
      let press = Press(desk: desk)
      var settings = try print.settings()
      sheet.apply(to: &settings)
      var only: [String: String] = [:]
      only["category"] = category
      only["organisation"] = organisation
      if let session {
        let id = try SessionID(session)
        let model = try await desk.view(ProgramModel.self, read).model
        guard model.sessions[id.slug] != nil else {
          throw Failure(.refused, "There is no session “\(id)”; see “session list”.")
        }
        only["session"] = id.slug
      }
      if let attendee {
        let id = try AttendeeID(attendee)
        guard try await desk.view(AttendanceModel.self, read).model.attendees[id.slug] != nil else {
          throw Failure(.refused, "There is no attendee “\(id)”; see “attendee list”.")
        }
        only["attendee"] = id.slug
      }
      settings.only = only.isEmpty ? nil : only
      settings.columns = columns.isEmpty ? nil : columns
      settings.size = size
      settings.since = try await ledger.since(kind, press)
      let name = "\(desk.conference)-\(kind.rawValue).\(format.rawValue)"
      if format == .html || format == .csv {
        let (view, program) = try await desk.workspace.viewWithProgram(
          AttendanceModel.self, of: desk.conference, read.bound(desk))
        let publication = AttendancePublication(
          view.model, program: program.model, view.checkpoint, conference: desk.conference, settings,
          open: try await desk.workspace.opener(of: desk.conference))
        let text = try format == .html ? publication.html() : publication.csv()
        return try print.write(Data(text.utf8), default: name)
      }
      let made = try await press.make(kind, settings, read.bound(desk))
      if format == .json {
        return try print.write(try JSONText.data(made.document, pretty: true), default: name)
      }
      if let nothing = made.nothing { return Console.error("Nothing to print: \(nothing)") }
      let data = try await print.pdf(made.document)
      try print.write(data, default: name)
      try await ledger.enter(made, kind, settings, data, print, desk)
    }
  }
}

extension Press.Made {
  /// Why there is no page in it; nil where there is one.
  var nothing: String? {
    guard let document = document as? any PrintedInParts, document.parts.isEmpty else { return nil }
    return "nobody and nothing is meant by these options, or nothing has changed."
  }
}

extension ProceedingsCommand {
  enum Form: String, ExpressibleByArgument, CaseIterable { case pdf, html, json }

  struct Print: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "print",
      abstract: "Print the proceedings: the record, conclusions, speakers and an index of persons.")
    @Option(help: "pdf, html or json.") var format: Form = .pdf
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let publication = try await desk.proceedings(print, read)
      let data =
        switch format {
        case .html: Data(publication.html().utf8)
        case .json: try publication.json()
        case .pdf: try await print.pdf(publication.record())
        }
      try print.write(data, default: "\(desk.conference)-proceedings.\(format.rawValue)")
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write the proceedings for other programs: HTML or JSON.")
    @Option(help: "html or json.") var format: Form = .json
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if format == .pdf { throw ValidationError("“proceedings print” writes pdf; this writes html or json.") }
    }

    func run() async throws {
      let desk = try await global.desk()
      let publication = try await desk.proceedings(print, read)
      let data = format == .html ? Data(publication.html().utf8) : try publication.json()
      try print.write(data, default: "\(desk.conference)-proceedings.\(format.rawValue)")
    }
  }
}

extension Desk {
  fileprivate func proceedings(_ print: PrintOptions, _ read: ReadOptions) async throws
    -> ProceedingsPublication
  {
    let (view, program) = try await workspace.viewWithProgram(
      ProceedingsModel.self, of: conference, read.bound(self))
    return ProceedingsPublication(
      view.model, program: program.model, view.checkpoint, conference: conference, try print.settings())
  }
}
