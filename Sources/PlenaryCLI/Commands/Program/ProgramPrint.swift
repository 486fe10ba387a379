import ArgumentParser
import EventLog
import Foundation
import JSON
import Plenary
import PostgresLog
import Publishing
import ReadModels
import Record
import Scheduling
import Vocabulary

extension ProgramCommand {
  struct Print: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "print", abstract: "Print the program: a booklet, door signs, itineraries …",
      discussion: """
        booklet       A5; with --imposed two pages a sheet, to be replayed
        pocket        one sheet, replayed to eight pages
        wall-grid     rooms and times, one day a grid (--paper a3, a2, a1, or a4 in several pages)
        day-sheets    a page a day
        door-signs    a page a room and day
        itineraries   a page a person: where to be when
        chair-sheets  a page a session, for whoever presides
        place-cards   replayed tents for the podium

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

    private func settings(_ conference: ConferenceContext, _ printer: DocumentPrinter) async throws
      -> PrintSettings
    {
      var settings = try print.settings()
      sheet.apply(to: &settings)
      if imposed { settings.imposed = true }
      if release != nil { settings.released = true }
      let model = try await conference.view(ProgramModel.self, read).model
      var only: [String: String] = [:]
      if let day { only["day"] = try CalendarDate(day).description }
      func name<Kind: IdentifiedEntity>(
        _ what: String, _ text: String?, _: Kind.Type, _ isKnown: (String) -> Bool
      ) throws {
        guard let text else { return }
        let id = try Identifier<Kind>(text)
        guard isKnown(id.slug) else {
          throw Failure(.refused, "There is no \(what) “\(id)”; see “plenary \(what) list”.")
        }
        only[what] = id.slug
      }
      try name("room", room, RoomEntity.self) { model.rooms[$0] != nil }
      try name("track", track, TrackEntity.self) { model.tracks[$0] != nil }
      try name("session", session, SessionEntity.self) { model.sessions[$0] != nil }
      if let person {
        let id = try PersonID(person)
        guard model.people[id.slug] != nil else {
          throw Failure(.refused, "There is no speaker “\(id)”; see “plenary speaker list”.")
        }
        only["person"] = id.slug
      }
      settings.only = only.isEmpty ? nil : only
      settings.since = try await ledger.since(kind, printer)
      return settings
    }

    private func bound(_ conference: ConferenceContext) async throws -> LogBound {
      guard let release else { return try read.bound(conference) }
      let releases = try await conference.workspace.view(ProgramModel.self, of: conference.id, .head).model
        .orderedReleases
      guard let row = releases.first(where: { $0.details.version == release }) else {
        throw Failure(.refused, "There is no release “\(release)”; see “plenary program releases”.")
      }
      return .position(row.origin.position)
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let printer = DocumentPrinter(conference: conference)
      let settings = try await settings(conference, printer)
      let made = try await printer.make(kind, settings, bound(conference))
      let name = "\(conference.id)-\(kind == .booklet ? "program" : kind.rawValue).\(format.rawValue)"
      switch format {
      case .json: try print.write(try JSONText.data(made.document, pretty: true), default: name)
      case .html:
        let view = try await printer.program(released: release != nil, bound(conference))
        let publication = ProgramPublication(
          view.model, view.checkpoint, conference: conference.id, settings)
        try print.write(Data(try publication.page().utf8), default: name)
      case .pdf:
        if let nothing = made.nothing {
          return Console.error("Nothing to print: \(nothing)")
        }
        let data = try await print.pdf(made.document)
        try print.write(data, default: name)
        try await ledger.enter(made, kind, settings, data, print, conference)
      }
    }
  }
}
