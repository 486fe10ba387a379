import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct List: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the sessions in their order.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let sessions = try await conference.view(ProgramModel.self, read).model.orderedSessions
      if global.json { return try Console.json(sessions) }
      var table = TextTable("NAME", "WHEN", "ROOM", "KIND", "TITLE")
      let entries = sessions.flatMap { session in
        session.liveSlots.enumerated().map { (session, $0.offset, $0.element.slot) }
      }.sorted { ($0.2.start, $0.2.room, $0.0.id) < ($1.2.start, $1.2.room, $1.0.id) }
      for (session, part, slot) in entries {
        let parts = session.liveSlots.count
        table.add(
          session.id.slug, slot.times, slot.room.slug,
          session.cancelled ? "cancelled" : session.details.kind.rawValue,
          (conference.text(session.details.title) ?? "") + (parts > 1 ? " (\(part + 1)/\(parts))" : ""))
      }
      table.print(nothing: "No sessions yet; schedule one with “plenary session schedule NAME …”.")
    }
  }
}
