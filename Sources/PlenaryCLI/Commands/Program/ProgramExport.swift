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

    @Argument(help: "What; or with --format (default: ics).") var kind: ProgramFormat?
    @Option(help: "The same.") var format: ProgramFormat?
    @Flag(help: "The present program, not the last release.") var draft = false
    @Flag(help: "Begin the CSV with a byte order mark, as Excel wants it.") var bom = false
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if kind != nil, format != nil { throw ValidationError("Name the format once.") }
    }

    func run() async throws {
      let format = kind ?? format ?? .ics
      let conference = try await global.conferenceContext()
      let (publication, known) = try await print.printer(conference).feeds(
        draft: draft, print.settings(), read.bound(conference))
      let data = try publication.export(
        format, previousStarts: known.previousStarts, byteOrderMark: bom)
      try print.write(data, default: "\(conference.id)-program.\(format.suffix)")
    }
  }
}
