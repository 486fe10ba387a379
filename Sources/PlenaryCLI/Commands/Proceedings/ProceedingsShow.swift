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
    @Option(help: "Only statements of this session, e.g. opening.", completion: .sessions) var session:
      String?
    @Flag(help: "Show the record's own titles, summary, imprint and notes instead.") var description = false
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let (view, program) = try await conference.workspace.consistentViews(
        ProceedingsModel.self, of: conference.id, read.bound(conference))
      let wanted = try session.map { try conference.session($0, in: program.model) }
      if description {
        let front = view.model.held.frontMatter
        if global.json {
          return try Console.json(.proceedingsDescription, front, at: view.checkpoint.position)
        }
        var list = DetailsList()
        list.add(front, conference.languages)
        list.print()
        return
      }
      if let wanted, program.model.sessions[wanted.slug] == nil {
        throw Refused(Sessions.Refusal.unknownSession(wanted))
      }
      let order = view.model.sessions(in: program.model)
      let bySession = view.model.entriesBySession
      if global.json {
        return try Console.json(
          .proceedingsShow,
          items: order.flatMap { bySession[$0.id] ?? [] }
            .filter { wanted == nil || $0.session == wanted })
      }
      let numbering = view.model.numbering(order.map(\.id))
      let sentences = conference.sentences(of: view, program)
      let width = min(Console.width ?? 100, 100)
      for row in order where wanted == nil || row.id == wanted {
        let entries = bySession[row.id] ?? []
        if entries.isEmpty, wanted == nil { continue }
        Console.print(
          Console.bold(
            conference.text(view.model.held.headings[row.id.slug]?.heading ?? row.details.title)
              ?? row.id.slug))
        for entry in row.scheduledSlots {
          let room = conference.text(program.model.rooms[entry.slot.room.slug]?.details.name)
          Console.print(Console.dim("\(entry.slot.times) · \(room ?? entry.slot.room.slug)"))
        }
        for step in view.model.held.steps(of: row.id) {
          Console.print(
            Console.dim(
              [step.kind.rawValue, step.details.at?.readable].compactMap(\.self).joined(separator: " ")))
        }
        Console.print(Console.dim("\(row.id)\(row.cancelled ? " (cancelled)" : "")\n"))
        if entries.isEmpty { Console.print("No statement is recorded of it.") }
        for entry in entries where entry.isPrinted { show(entry, sentences, numbering, conference, width) }
        Console.print("")
      }
      if let issue = view.model.lastIssue {
        Console.print(
          "Issue \(issue.details.issue)\(issue.details.provisional ? " (provisional)" : "") was "
            + "published at log position \(issue.at). Numbers with * are in no issue and may still change.")
      } else {
        Console.print("No issue has been published yet; numbers with * may still change.")
      }
    }

    private func show(
      _ entry: EntryRow, _ sentences: [RecordID: String], _ numbering: Numbering,
      _ conference: ConferenceContext, _ width: Int
    ) {
      // A number that no issue has fixed may still change.
      let number = (numbering.numbers[entry.id] ?? "") + (entry.number == nil ? "*" : "")
      let text =
        sentences[entry.id] ?? (entry.expunction != nil ? "(expunged)" : "(retracted)")
      for (index, line) in text.wrapped(to: width - 6).enumerated() {
        Console.print((index == 0 ? number : "").padded(to: 6) + line)
      }
    }
  }
}
