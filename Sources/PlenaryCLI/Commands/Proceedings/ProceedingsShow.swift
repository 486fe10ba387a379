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
  struct Show: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show the recorded statements, session by session.")
    @Option(help: "Only statements of this session, e.g. opening.") var session: String?
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let wanted = try session.map { try SessionID($0) }
      let conference = try await global.conferenceContext()
      let (view, program) = try await conference.workspace.consistentViews(
        ProceedingsModel.self, of: conference.id, read.bound(conference))
      let bySession = view.model.entriesBySession
      if global.json {
        return try Console.json(
          program.model.sessionsByFirstSlot.flatMap { bySession[$0.id] ?? [] }
            .filter { wanted == nil || $0.session == wanted })
      }
      let width = min(Console.width ?? 100, 100)
      for row in program.model.sessionsByFirstSlot where wanted == nil || row.id == wanted {
        guard let entries = bySession[row.id] else { continue }
        Console.print(Console.bold(conference.text(row.details.title)!))
        for entry in row.scheduledSlots {
          let room = conference.text(program.model.rooms[entry.slot.room.slug]?.details.name)
          Console.print(Console.dim("\(entry.slot.times) · \(room ?? entry.slot.room.slug)"))
        }
        Console.print(Console.dim("\(row.id)\n"))
        for entry in entries { show(entry, conference, width) }
        Console.print("")
      }
      if let issue = view.model.lastIssue {
        Console.print(
          "Issue \(issue.details.issue)\(issue.details.provisional ? " (provisional)" : "") was "
            + "published at log position \(issue.position).")
      } else {
        Console.print("No issue has been published yet.")
      }
    }

    private func show(_ entry: EntryRow, _ conference: ConferenceContext, _ width: Int) {
      let label = entry.id.slug.components(separatedBy: "-").last ?? ""
      let text =
        entry.retracted
        ? "(retracted)"
        : [
          conference.text(entry.topic).map { $0 + ":" },
          conference.text(entry.attribution.asPrinted).map { $0 + (entry.form == .verbatim ? ":" : "") },
          conference.text(entry.wording),
        ].compactMap(\.self).joined(separator: " ")
      for (index, line) in text.wrapped(to: width - 6).enumerated() {
        Console.print((index == 0 ? label : "").padded(to: 6) + line)
      }
    }
  }
}
