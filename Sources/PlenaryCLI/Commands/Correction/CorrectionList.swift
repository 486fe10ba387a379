import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

extension CorrectionCommand {
  struct List: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the corrections of published entries.")
    @Option(help: "Only corrections of this entry: e-7k3m9q2x, or a published number such as 1.12.")
    var entry: String?
    @Flag(help: "Only corrections that are not decided yet.") var open = false
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let wanted: RecordID? =
        if let entry { try await conference.toChange.entry(entry) } else { nil }
      let view = try await conference.view(ProceedingsModel.self, read)
      let corrections = view.model.corrections.rows
        .filter { (wanted == nil || $0.entry == wanted) && (!open || $0.status == .requested) }
        .sorted { ($0.requestedAt, $0.id) < ($1.requestedAt, $1.id) }
      if global.json {
        return try Console.json(.correctionList, items: corrections, at: view.checkpoint.position)
      }
      var table = TextTable("CORRECTION", "ENTRY", "KIND", "STATUS", "WHAT")
      for correction in corrections {
        table.add(
          correction.id.slug, correction.entry.slug, correction.kind.rawValue, correction.status.rawValue,
          correction.retracts
            ? "retract" : correction.changes.fields.map(\.noun).joined(separator: ", "))
      }
      try table.print(
        tableOptions, title: "corrections",
        nothing: open ? "No correction is open." : "No correction was asked for.")
    }
  }

  struct Show: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show a correction: old words, new words, and what became of it.")
    @Argument(help: "The correction's short name: k-7k3m9q2x.") var correction: String
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try CorrectionID(correction)
      let conference = try await global.conferenceContext()
      let (row, entry) = try await conference.correction(id, read.bound(conference))
      let order = entry.expunction ?? entry.replacement
      let isExpunged = order.map { row.requestedAt < $0.on } ?? false
      if global.json { return try Console.json(.correctionShow, row) }
      let clock = try conference.clock()
      var list = DetailsList()
      list.add("correction", row.id.slug)
      list.add("entry", row.entry.slug)
      list.add("kind", row.kind.rawValue)
      list.add("asked for by", conference.text(row.requester) ?? (isExpunged ? "(expunged)" : "the editors"))
      list.add("asked for", clock.readable(row.requestedAt))
      if row.retracts { list.add("what", "retract the entry") }
      for (name, changes) in [("old", row.before), ("new", row.changes)] {
        guard let changes else { continue }
        for line in changes.lines(conference) { list.add(name, line) }
      }
      list.add("status", row.status.rawValue)
      list.add("verified against", row.verifiedAgainst?.rawValue)
      list.add("reason", conference.text(row.reason))
      list.add("decided", row.decidedAt.map(clock.readable))
      list.print()
    }
  }
}
