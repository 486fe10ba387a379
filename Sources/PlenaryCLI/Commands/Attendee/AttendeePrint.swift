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
        participants  the public list by category, without unlisted attendees
        sign-in       a row to sign for each attendee
        check-in      for the registration desk: a box to tick for each expected attendee
        badges        double-sided; --since-print last prints only new and changed badges

        Example: plenary attendee print badges --category press --size 90x55 --for-print
        """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case pdf, html, json, csv, xlsx }

    @Argument(
      help: "Kind of document; see above.",
      completion: .list(PrintKind.kinds(aboutAttendees: true).map(\.rawValue)),
      transform: { try PrintKind(argument: $0, aboutAttendees: true) })
    var kind: PrintKind = .participants
    @Option(help: "File format; html only for participants, csv and xlsx for participants and check-in.")
    var format: Form = .pdf
    @OptionGroup var style: CSVOptions
    @Option(help: "Only attendees of this category, e.g. press.") var category: String?
    @Option(help: "Only attendees of this organisation, e.g. “Fudan University”.") var organisation: String?
    @Option(help: "Only attendees who signed up for this session, e.g. workshop-1.", completion: .sessions)
    var session: String?
    @Option(help: "Only this attendee, e.g. a-7k3m9q.", completion: .attendees) var attendee: String?
    @Option(
      parsing: .upToNextOption,
      help: "Columns of a list, in this order: name organisation signature (default: by kind of list).")
    var columns: [String] = []
    @Option(help: "Size of badges or labels, e.g. 90x55 (default: a6).") var size: String?
    @Flag(
      help:
        "Prepare badges for a print shop: crop marks, a trim box, colours of four inks, and 3 mm of bleed for single cards."
    )
    var press = false
    @OptionGroup var sheet: SheetOptions
    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var templates: TemplateOptions
    @OptionGroup var pictures: PictureOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if format == .html, kind != .participants {
        throw ValidationError("--format html is only for participants; use pdf or json.")
      }
      if format == .csv || format == .xlsx, kind != .participants, kind != .checkIn {
        throw ValidationError("--format \(format) is only for participants and check-in; use pdf or json.")
      }
      try style.check(isCSV: format == .csv)
      if !columns.isEmpty, kind == .badges {
        throw ValidationError("--columns is for lists, not for badges.")
      }
      if size != nil, kind != .badges { throw ValidationError("--size is only for badges.") }
      if press { try kind.checkPress(format: format.rawValue) }
      try pictures.validate(kind, format: format.rawValue)
      try validatePrint(format: format.rawValue)
    }

    private func selection(_ conference: ConferenceContext, _ bound: LogBound) async throws -> PrintSelection
    {
      var selection = PrintSelection()
      selection.category = category
      selection.organisation = organisation
      if let session { selection.session = try await conference.session(session, bound) }
      if let attendee { selection.attendee = try await conference.attendee(attendee, bound) }
      return selection
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let printer = templates.printer(conference, pictures: pictures)
      let bound = try read.bound(conference)
      var settings = try print.settings(conference)
      sheet.apply(to: &settings)
      settings.columns = columns.isEmpty ? nil : columns
      settings.size = size
      settings.press = press ? true : nil
      try pictures.apply(to: &settings, conference)
      let selection = try await selection(conference, bound)
      let order = PrintOrder(
        kind, settings, selection, since: ledger.since, bound, copies: ledger.copies,
        recipient: try ledger.checkedRecipient())
      let name = print.name(
        conference, kind.rawValue, category, organisation, selection.session?.slug, selection.attendee?.slug,
        size, press ? "press" : nil, settings.pictures == nil ? nil : "pictures", ledger.fileNamePart,
        read.fileNamePart, suffix: format.rawValue)
      switch format {
      case .html, .csv, .xlsx:
        try await printer.check(order.selection, bound)
        let (publication, checkpoint) = try await printer.attendance(order.settings, bound)
        try PreparedDocument(document: publication.document(kind), checkpoint: checkpoint).checkMatches()
        let data =
          switch format {
          case .html: try Data(publication.html().utf8)
          case .xlsx:
            try publication.spreadsheet(kind).workbook(title: kind.rawValue, made: publication.lastDay)
          default: try Data(publication.csv(kind, style.style).utf8)
          }
        try print.write(
          data, default: name, json: global.json, kind: kind.rawValue, isPrivate: true)
      case .json:
        try print.write(
          try JSONText.data(try await printer.prepare(order).document, pretty: true), default: name,
          json: global.json, kind: kind.rawValue, isPrivate: true)
      case .pdf: try await printPDF(order, with: printer, default: name)
      }
    }
  }
}
