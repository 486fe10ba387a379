import ArgumentParser
import EventLog
import Foundation
import Plenary
import Publishing
import ReadModels
import Record
import Scheduling
import Vocabulary

extension ProgramCommand {
  struct Export: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Export the program for other software and for screens.",
      discussion: """
        Exports the program as last released; --draft exports it as it is now.

        ics          iCalendar, for calendars
        html         one page for browsers; works offline and on phones
        xml          schedule.xml (frab), for schedule apps and screens
        schedule     schedule.json, version 1
        schedule2    schedule.json, version 2
        jsonld       JSON-LD (schema.org), for search engines
        csv, xlsx    one row per slot, for spreadsheets
        json         everything that the booklet contains

        Example: plenary program export csv --draft --output program.csv
        """)

    @Argument(help: "Format of the export (default: ics).") var kind: ProgramFormat?
    @Option(help: "Alternative to the KIND argument.") var format: ProgramFormat?
    @Flag(help: "Export the program as it is now, not as last released.") var draft = false
    @OptionGroup var style: CSVOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if kind != nil, format != nil {
        throw ValidationError("Give the format once: as KIND or with --format.")
      }
      try style.check(isCSV: kind ?? format == .csv)
    }

    func run() async throws {
      let format = kind ?? format ?? .ics
      let conference = try await global.conferenceContext()
      let (publication, known, now) = try await DocumentPrinter(conference).feeds(
        draft: draft, print.settings(conference), read.bound(conference))
      let data = try publication.export(
        format, previousStarts: known.previousStarts, style: style.style)
      try print.write(
        data,
        default: print.name(
          conference, "program", draft ? "draft" : nil, read.fileNamePart, suffix: format.suffix),
        json: global.json, kind: format.rawValue, isPrivate: false)
      if let model = draft ? now : known.released { tellLeftOut(model, now) }
      if !draft, [.csv, .xlsx].contains(format), known.released?.isSame(as: now) == false {
        Console.error(
          "This is the program as last released, and it has changed since. To correct it in a spreadsheet and import it, export it with "
            + "--draft.")
      }
    }

    /// The sessions that are in no format; nothing of an export of a part.
    ///
    /// - Parameters:
    ///   - model: what is exported.
    ///   - now: the program as it is now, for every login.
    private func tellLeftOut(_ model: ProgramModel, _ now: ProgramModel) {
      if let unplaced = model.unplaced { Console.error("Not in the export: \(unplaced)") }
      let new = now.sessions.rows.filter {
        $0.status == .scheduled && !$0.liveSlots.isEmpty && model.sessions[$0.id.slug] == nil
      }
      if !new.isEmpty {
        Console.error(
          "Not in the export: \(counted(new.count, "session")) that no release has yet: "
            + "\(new.prefix(5).map(\.id.slug).joined(separator: ", "))\(new.count > 5 ? " …" : ""). --draft exports "
            + "\(new.count == 1 ? "it" : "them"), too.")
      }
      let gone = now.sessions.rows.filter { $0.cancelled && model.sessions[$0.id.slug] == nil }
      if !gone.isEmpty {
        Console.error(
          "Not in the export: \(counted(gone.count, "session")) that \(gone.count == 1 ? "was" : "were") cancelled before a release had "
            + "\(gone.count == 1 ? "it" : "them"): \(gone.prefix(5).map(\.id.slug).joined(separator: ", "))\(gone.count > 5 ? " …" : "")."
        )
      }
    }
  }
}

extension ProgramModel {
  /// Whether tables of both show the same sessions.
  fileprivate func isSame(as other: ProgramModel) -> Bool {
    let (mine, others) = (Array(sessions.rows), Array(other.sessions.rows))
    return mine.count == others.count
      && mine.allSatisfy { row in
        guard let one = other.sessions[row.id.slug] else { return false }
        return one.details == row.details && one.status == row.status && one.assignments == row.assignments
          && one.liveSlots.map(\.slot) == row.liveSlots.map(\.slot)
      }
  }
}
