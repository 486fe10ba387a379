import ArgumentParser
import EventLog
import Foundation
import People
import Plenary
import Publishing
import ReadModels
import Scheduling
import Vocabulary

extension AttendeeCommand {
  struct ListPresence: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "presence", abstract: "List who was present in which session and on which day.",
      discussion: """
        From the check-ins with --session and --day. --format csv writes a row for each attendee and session or day, with \
        names and addresses, from which certificates can be made.

        Example: plenary attendee presence --session workshop-1 --format csv --output workshop-1.csv
        """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case text, csv, xlsx }

    @Option(help: "Only in this session, e.g. workshop-1.", completion: .sessions) var session: String?
    @Option(help: "Only the check-ins for this day, e.g. 2016-03-25.") var day: String?
    @Option(help: "Only attendees of this category, e.g. press.") var category: String?
    @Option(help: "Output format; csv and xlsx are for certificates.") var format: Form = .text
    @OptionGroup var style: CSVOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    private struct Line: Encodable {
      var attendee: String
      var name: String?
      var session: SessionID?
      var day: CalendarDate?
      var at: Timestamp
      var station: String?
    }

    func validate() throws {
      if session != nil, day != nil { throw ValidationError("Give --session or --day, not both.") }
      if format != .text, global.json {
        throw ValidationError("--json and --format \(format) cannot both be given.")
      }
      if format == .text, print.output != nil || !print.languages.isEmpty {
        throw ValidationError("--output and --languages require --format csv or xlsx.")
      }
      try style.check(isCSV: format == .csv)
    }

    func run() async throws {
      let day = try day.map { try CalendarDate($0) }
      let conference = try await global.conferenceContext()
      if let day { try conference.check(day) }
      let bound = try read.bound(conference)
      let (view, program) = try await conference.consistentViews(AttendanceModel.self, bound)
      let session = try session.map { try conference.session($0, in: program.model) }
      if let session, program.model.sessions[session.slug] == nil {
        throw Refused(Sessions.Refusal.unknownSession(session))
      }
      if let category { try view.model.check(category: category) }
      let present = view.model.attendees.rows.filter { row in
        (category.map(row.isIn) ?? true)
          && row.presence.contains { isMeant($0, session, day) }
      }
      if format != .text {
        if present.isEmpty { throw Failure(.refused, nobody, code: .nothingToPrint) }
        var settings = try print.settings(conference)
        settings.only = ["session": session?.slug, "day": day?.description, "category": category]
          .compactMapValues(\.self)
        let publication = try await DocumentPrinter(conference).attendance(settings, bound).publication
        let table = publication.presences()
        let leftOut = counted(table.withoutDetails, "attendee was", "attendees were")
        if table.rows == 0 {
          throw Failure(
            .refused, "There is nothing to print: \(leftOut) checked in there, and erased since.",
            code: .nothingToPrint)
        }
        if table.withoutDetails > 0 {
          Console.error("\(leftOut) checked in there, and erased since: the table leaves them out.")
        }
        return try print.write(
          format == .xlsx
            ? table.table.workbook(title: "presence", made: publication.lastDay)
            : Data(table.table.csv(style.style).utf8),
          default: print.name(
            conference, "presence", session?.slug, day?.description, category, read.fileNamePart,
            suffix: format.rawValue), isPrivate: true)
      }
      let details = try await conference.workspace.details(of: present, in: conference.id)
      let attendees = OpenedAttendee.inOrder(present.map { OpenedAttendee($0, details[$0.attendee]) })
      let lines = attendees.flatMap { attendee in
        attendee.presence.filter { isMeant($0, session, day) }.sorted { $0.at < $1.at }.map {
          Line(
            attendee: attendee.attendee,
            name: attendee.details?.name.forms.ordered(by: conference.languages).map(\.printed)
              .joined(separator: " · "),
            session: $0.session, day: $0.day, at: $0.at, station: $0.station)
        }
      }
      if global.json {
        try Console.json(.attendeePresence, items: lines, at: view.checkpoint.position)
        return try details.checkReadable()
      }
      let clock = try conference.clock()
      var table = TextTable("ATTENDEE", "NAME", "PRESENT", "CHECKED IN", "STATION")
      for line in lines {
        table.add(
          line.attendee, line.name, line.session?.slug ?? line.day?.description, clock.readable(line.at),
          line.station)
      }
      table.print(nothing: nobody)
      try details.checkReadable()
    }

    private func isMeant(_ presence: Presence, _ session: SessionID?, _ day: CalendarDate?) -> Bool {
      (session.map { $0 == presence.session } ?? true) && (day.map { $0 == presence.day } ?? true)
    }

    private var nobody: String {
      category.map { "Nobody of the category “\($0)” was checked in there." }
        ?? "Nobody was checked in there; use “plenary attendee check-in ATTENDEE --session …” or “--day …”."
    }
  }
}
