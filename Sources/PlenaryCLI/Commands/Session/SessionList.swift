import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct List: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the sessions in order of time.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let model = try await conference.view(ProgramModel.self, read).model
      if global.json { return try Console.json(model.sessionsOfRecord) }
      var table = TextTable("NAME", "WHEN", "ROOM", "KIND", "TITLE")
      for entry in model.slots {
        let session = entry.session
        table.add(
          session.id.slug, entry.slot.times, entry.slot.room.slug,
          session.cancelled ? "cancelled" : session.details.kind.rawValue,
          [conference.text(session.details.title), entry.label].compactMap(\.self).joined(separator: " "))
      }
      for session in model.sessionsWithoutSlot {
        table.add(
          session.id.slug, "not scheduled", "",
          session.cancelled ? "cancelled" : session.details.kind.rawValue,
          conference.text(session.details.title))
      }
      table.print(nothing: "There are no sessions yet; schedule one with “plenary session schedule NAME …”.")
    }
  }
}
