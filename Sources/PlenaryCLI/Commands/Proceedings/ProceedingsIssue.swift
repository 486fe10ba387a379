import ArgumentParser
import EventLog
import Foundation
import Plenary
import Publishing
import ReadModels
import Record
import Scheduling
import Vocabulary

extension ProceedingsCommand {
  struct Issue: ChangingCommand {
    static let configuration = CommandConfiguration(
      commandName: "issue", abstract: "Publish the proceedings as a numbered issue.",
      discussion: """
        The numbers of everything in an issue are fixed for ever, and its texts stand: later changes are corrections.
        Proof first (“plenary proceedings proof”), then publish what you read with --proofed.
        """)
    @Option(parsing: .unconditional, help: "Number to assign, e.g. 2 (default: the next number).")
    var number: Int?
    @Option(
      parsing: .unconditional,
      help:
        "The log position that you proofed; refused if entries changed since (default: the current state).")
    var proofed: Int?
    @Option(help: "Day on the title page: 2016-04-02 (default: today).") var date: String?
    @Flag(help: "Mark the issue as provisional: corrections are still invited.") var provisional = false
    @Option(help: "Note about this issue. Repeat once per language: en=… zh=….")
    var note: [LocalizedArgument] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      _ = try change.context()
      let conference = try await global.conferenceContext()
      let context = try await checkedContext(in: conference.toChange)
      let request = Issues.Request(
        number: number, at: proofed, provisional: provisional,
        note: try note.localized("note", .paragraphs, conference.languages))
      let outcome = try await DocumentPrinter(conference).issue(
        request, date: date.map { try CalendarDate($0) }, context)
      try outcome.report(context, json: global.json)
      let open = try await conference.recordFindings(.head)
      if !open.isEmpty {
        Console.error(
          "\(counted(open.count, "point needs", "points need")) an editor's attention; see “plenary proceedings check”."
        )
      }
    }
  }
}
