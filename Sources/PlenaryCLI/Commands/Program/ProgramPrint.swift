import ArgumentParser
import EventLog
import Foundation
import JSON
import Plenary
import Publishing
import ReadModels
import Record
import Scheduling
import Vocabulary

extension ProgramCommand {
  struct Print: PrintingCommand, ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "print", abstract: "Print the program: a booklet, door signs, itineraries and more.",
      discussion: """
        booklet       A5; with --imposed two pages on each side of a sheet, for folding;
                      by day, track or room (--by), in at most so many --pages
        pocket        one sheet, folded to eight pages
        wall-grid     rooms and times, one grid per day (--paper a3, a2, a1, a0, or a4 on several pages)
        day-sheets    one page per day
        door-signs    one page per room and day
        itineraries   one page per person: where to be, and when
        chair-sheets  one page per session, for its chair
        place-cards   folded cards for the podium

        Example: plenary program print door-signs --day 2016-03-25 --for-print --for "the porter"
        """)

    enum Grouping: String, ExpressibleByArgument, CaseIterable { case day, track, room }
    enum Form: String, ExpressibleByArgument, CaseIterable { case pdf, html, json }

    @Argument(
      help: "Kind of document; see above.",
      completion: .list(PrintKind.kinds(aboutAttendees: false).map(\.rawValue)),
      transform: { try PrintKind(argument: $0, aboutAttendees: false) })
    var kind: PrintKind = .booklet
    @Option(help: "Output format; html only for the booklet.") var format: Form = .pdf
    @Option(help: "Only this day: 2016-03-25.") var day: String?
    @Option(help: "Only this room: main-hall.", completion: .rooms) var room: String?
    @Option(help: "Only this track: economy.", completion: .tracks) var track: String?
    @Option(help: "Only this session: opening.", completion: .sessions) var session: String?
    @Option(help: "Only this person: feng-shaolei.", completion: .speakers) var person: String?
    @Flag(help: "Put two booklet pages on each side of a sheet, in the order for folding.")
    var imposed = false
    @Option(help: "Group the sessions of a booklet: day, track, room (default: day).") var by: Grouping?
    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "The most pages of a booklet, e.g. 64 (default: 192). What does not fit is shortened, then left out, and listed.",
        valueName: "number")) var pages: Int?
    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "With --imposed: the thickness of the paper in micrometres, e.g. 100. Inner sheets stand out when they are folded, so their pages move towards the fold (default: 0).",
        valueName: "micrometres")) var creep: Int?
    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "Put so many short itineraries on a page, 2 or 4, or 2 short chair-sheets, to be cut apart. Long ones keep a page each, at the end (default: 1).",
        valueName: "number")) var perPage: Int?
    @Flag(help: "Only chair-sheets of sessions with a chair, a moderator or presentations.") var chairedOnly =
      false
    @Flag(
      help:
        "For a print shop: crop marks, 3 mm of bleed, a trim box, and colours of four inks (with --grey: none). It is not PDF/X, which Typst cannot write. Pictures keep their colours."
    ) var press = false
    @Option(
      help: ArgumentHelp(
        "Where the program is on the web: https://forum.example/program.html. Door signs get a QR code that opens it for their room (default: no code).",
        valueName: "address")) var web: String?
    @Flag(
      help:
        "Door signs also show what takes place in the rooms before and after, in the order of “plenary room list”. Only if that order follows the building. “plenary program errata” does not compare them."
    ) var nextDoor = false
    @Option(help: "Print the program as released under this version: 1.0 (default: as it is now).")
    var release: String?
    @OptionGroup var sheet: SheetOptions
    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var templates: TemplateOptions
    @OptionGroup var pictures: PictureOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if format == .html, kind != .booklet {
        throw ValidationError(
          "Only the booklet can be printed as html; see also “plenary program export --format html”.")
      }
      if imposed, kind != .booklet || format == .html {
        throw ValidationError("--imposed is only for the booklet as pdf or json.")
      }
      if by != nil || pages != nil, kind != .booklet || format == .html {
        throw ValidationError("--by and --pages are only for the booklet as pdf or json.")
      }
      if let pages, !(8...4000).contains(pages) {
        throw ValidationError("--pages takes a number from 8 to 4000, not \(pages).")
      }
      if web != nil || nextDoor, kind != .doorSigns {
        throw ValidationError("--web and --next-door are only for door-signs.")
      }
      if let web {
        guard !web.contains("#"), web.utf8.count <= 300, (try? Link(.related, web)) != nil else {
          throw ValidationError(
            "--web takes an address without “#”, at most 300 bytes long (300 Latin letters, 100 Chinese characters), e.g. https://forum.example/program.html."
          )
        }
      }
      if let creep {
        if !imposed { throw ValidationError("--creep requires --imposed.") }
        guard (0...500).contains(creep) else {
          throw ValidationError("--creep takes a number of micrometres from 0 to 500, not \(creep).")
        }
      }
      if let perPage {
        let possible = kind == .itineraries ? [1, 2, 4] : kind == .chairSheets ? [1, 2] : []
        if possible.isEmpty { throw ValidationError("--per-page is only for itineraries and chair-sheets.") }
        guard possible.contains(perPage) else {
          throw ValidationError(
            "--per-page takes \(list(possible.map(String.init))) for \(kind.rawValue), not \(perPage).")
        }
      }
      if chairedOnly, kind != .chairSheets {
        throw ValidationError("--chaired-only is only for chair-sheets.")
      }
      if press {
        try kind.checkPress(format: format.rawValue)
        if imposed {
          throw ValidationError(
            "--press and --imposed cannot both be given: a print shop arranges the pages itself.")
        }
      }
      let selections = ["day": day, "room": room, "track": track, "session": session, "person": person]
      for (name, value) in selections.sorted(by: { $0.key < $1.key })
      where value != nil && !kind.selections.contains(name) {
        throw ValidationError(
          "--\(name) is not for \(kind.rawValue); choose with --\(kind.selections.joined(separator: " or --"))."
        )
      }
      if release != nil, read.at != nil || read.asOf != nil {
        throw ValidationError("--release sets the position already; leave out --at and --as-of.")
      }
      try pictures.validate(kind, format: format.rawValue)
      try validatePrint(format: format.rawValue)
    }

    private func selection(_ conference: ConferenceContext, _ bound: LogBound) async throws -> PrintSelection
    {
      var selection = PrintSelection()
      selection.day = try day.map { try CalendarDate($0) }
      selection.room = try room.map { try RoomID($0) }
      selection.track = try track.map { try TrackID($0) }
      if let session { selection.session = try await conference.session(session, bound) }
      if let person { selection.person = try await conference.person(person, bound) }
      return selection
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let printer = templates.printer(conference, pictures: pictures)
      var bound = try read.bound(conference)
      if let release { bound = .position(try await printer.position(ofRelease: release)) }
      var settings = try print.settings(conference)
      sheet.apply(to: &settings)
      if imposed { settings.imposed = true }
      if let by, by != .day { settings.by = by.rawValue }
      settings.pages = pages
      settings.creep = creep == 0 ? nil : creep
      settings.perPage = perPage == 1 ? nil : perPage
      settings.chairedOnly = chairedOnly ? true : nil
      settings.press = press ? true : nil
      settings.web = web
      settings.nextDoor = nextDoor ? true : nil
      try pictures.apply(to: &settings, conference)
      if release != nil { settings.released = true }
      let selection = try await selection(conference, bound)
      let order = PrintOrder(
        kind, settings, selection, since: ledger.since, bound, copies: ledger.copies,
        recipient: try ledger.checkedRecipient())
      // “program.html” and “program.json” are exports.
      let name = print.name(
        conference, kind == .booklet && format == .pdf ? "program" : kind.rawValue, imposed ? "imposed" : nil,
        settings.by.map { "by-\($0)" }, pages.map { "\($0)-pages" }, press ? "press" : nil,
        settings.perPage.map { "\($0)-per-page" }, chairedOnly ? "chaired" : nil,
        nextDoor ? "next-door" : nil,
        web == nil ? nil : "web", settings.creep.map { "creep-\($0)" },
        settings.pictures == nil ? nil : "pictures",
        release, day, room, track,
        selection.session?.slug, selection.person?.slug, ledger.fileNamePart,
        read.fileNamePart,
        suffix: format.rawValue)
      switch format {
      case .json:
        try print.write(
          try JSONText.data(try await printer.prepare(order).document, pretty: true), default: name,
          json: global.json, kind: kind.rawValue, isPrivate: false)
      case .html:
        _ = try await printer.prepare(order)
        let view = try await printer.program(released: release != nil, bound)
        let publication = ProgramPublication(
          view.model, view.checkpoint, conference: conference.id, order.settings)
        try print.write(
          Data(try publication.page().utf8), default: name, json: global.json, kind: kind.rawValue,
          isPrivate: false)
      case .pdf: try await printPDF(order, with: printer, default: name)
      }
    }
  }
}

extension PrintKind {
  /// What its pages can be selected by.
  fileprivate var selections: [String] {
    switch self {
    case .booklet, .pocket, .wallGrid, .daySheets: ["day", "room", "track", "session", "person"]
    case .doorSigns: ["day", "room"]
    case .itineraries: ["person"]
    case .chairSheets: ["day", "session"]
    case .placeCards: ["session"]
    case .participants, .signIn, .checkIn, .badges: ["category", "organisation", "session", "attendee"]
    }
  }
}
