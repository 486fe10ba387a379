import ArgumentParser
import EventLog
import Foundation
import Plenary
import Publishing
import ReadModels
import Scheduling
import Vocabulary

extension ProgramCommand {
  struct Show: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show the agenda, by day and room.")
    @Option(help: "Only this day: 2016-03-25 (default: all days).") var day: String?
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let wanted = try day.map { try CalendarDate($0) }
      let conference = try await global.conferenceContext()
      let view = try await conference.view(ProgramModel.self, read)
      if global.json {
        let model = view.model
        let sessions = model.sessionsByFirstSlot.filter { session in
          wanted == nil || session.liveSlots.contains { model.day(of: $0.slot) == wanted }
        }
        return try Console.json(.programShow, items: sessions, at: view.checkpoint.position)
      }
      let agenda = Agenda(
        model: view.model, languages: conference.languages, day: wanted, width: Console.width ?? 100)
      let lines = agenda.lines()
      guard !lines.isEmpty else {
        return Console.error(wanted.map { "Nothing is scheduled on \($0)." } ?? view.model.whyEmpty)
      }
      Console.print(Console.bold(conference.text(view.model.conference?.details.title) ?? ""))
      lines.forEach(Console.print)
      let last = try view.checkpoint.lastEventAt.map {
        " · last event " + (try conference.clock().readable($0))
      }
      Console.print(Console.dim("position \(view.checkpoint.position)" + (last ?? "")))
      if let unplaced = view.model.unplaced { Console.error("Not shown: \(unplaced)") }
    }
  }
}

extension ProgramModel {
  fileprivate var whyEmpty: String {
    if let unplaced { return "Nothing is scheduled: \(unplaced)" }
    return sessionsOfRecord.isEmpty
      ? "There are no sessions yet; schedule one with “plenary session schedule NAME …”."
      : "Nothing is scheduled: all sessions are cancelled."
  }

  /// The sessions that have no room and no time; nil if there are none.
  var unplaced: String? {
    let sessions = sessionsWithoutSlot.filter { !$0.cancelled }
    guard let first = sessions.first else { return nil }
    return
      "\(counted(sessions.count, "session")) \(sessions.count == 1 ? "has" : "have") no room and no time; list them "
      + "with “plenary session list --status not-scheduled”, and place one with “plenary session add-slot \(first.id) …”."
  }
}
