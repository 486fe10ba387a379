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

extension AttendeeCommand {
  struct Print: PrintingCommand, ReadingCommand {
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
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if !kind.isAboutAttendees {
        throw ValidationError("“\(kind.rawValue)” is printed by “plenary program print \(kind.rawValue)”.")
      }
      if format == .html || format == .csv, kind != .participants {
        throw ValidationError("Only the list of participants is there as \(format.rawValue).")
      }
      try validateLedger(isPDF: format == .pdf)
    }

    private func selection() throws -> PrintSelection {
      var selection = PrintSelection()
      selection.category = category
      selection.organisation = organisation
      selection.session = try session.map { try SessionID($0) }
      selection.attendee = try attendee.map { try AttendeeID($0) }
      return selection
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let printer = print.printer(conference)
      let bound = try read.bound(conference)
      var settings = try print.settings()
      sheet.apply(to: &settings)
      settings.only = try await printer.checked(selection(), bound)
      settings.columns = columns.isEmpty ? nil : columns
      settings.size = size
      let order = PrintOrder(
        kind, settings, since: ledger.since, bound, copies: ledger.copies,
        recipient: try ledger.checkedRecipient())
      let name = "\(conference.id)-\(kind.rawValue).\(format.rawValue)"
      switch format {
      case .html, .csv:
        let publication = try await printer.attendance(settings, bound).publication
        let text = try format == .html ? publication.html() : publication.csv()
        try print.write(Data(text.utf8), default: name)
      case .json:
        try print.write(
          try JSONText.data(try await printer.prepare(order).document, pretty: true), default: name)
      case .pdf: try await printPDF(order, with: printer, default: name)
      }
    }
  }
}
