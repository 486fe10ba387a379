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
      let conference = try await global.conferenceContext()
      let printer = DocumentPrinter(conference: conference)
      var settings = try print.settings()
      sheet.apply(to: &settings)
      var only: [String: String] = [:]
      only["category"] = category
      only["organisation"] = organisation
      if let session {
        let id = try SessionID(session)
        let model = try await conference.view(ProgramModel.self, read).model
        guard model.sessions[id.slug] != nil else {
          throw Failure(.refused, "There is no session “\(id)”; see “session list”.")
        }
        only["session"] = id.slug
      }
      if let attendee {
        let id = try AttendeeID(attendee)
        guard try await conference.view(AttendanceModel.self, read).model.attendees[id.slug] != nil else {
          throw Failure(.refused, "There is no attendee “\(id)”; see “attendee list”.")
        }
        only["attendee"] = id.slug
      }
      settings.only = only.isEmpty ? nil : only
      settings.columns = columns.isEmpty ? nil : columns
      settings.size = size
      settings.since = try await ledger.since(kind, printer)
      let name = "\(conference.id)-\(kind.rawValue).\(format.rawValue)"
      if format == .html || format == .csv {
        let (view, program) = try await conference.workspace.consistentViews(
          AttendanceModel.self, of: conference.id, read.bound(conference))
        let publication = AttendancePublication(
          view.model, program: program.model, view.checkpoint, conference: conference.id, settings,
          open: try await conference.workspace.detailsDecryptor(for: conference.id))
        let text = try format == .html ? publication.html() : publication.csv()
        return try print.write(Data(text.utf8), default: name)
      }
      let made = try await printer.make(kind, settings, read.bound(conference))
      if format == .json {
        return try print.write(try JSONText.data(made.document, pretty: true), default: name)
      }
      if let nothing = made.nothing { return Console.error("Nothing to print: \(nothing)") }
      let data = try await print.pdf(made.document)
      try print.write(data, default: name)
      try await ledger.enter(made, kind, settings, data, print, conference)
    }
  }
}
