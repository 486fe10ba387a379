import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct Show: ReadingCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a session.")
    @Argument(help: "The session's short name: opening.") var session: String
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let conference = try await global.conferenceContext()
      let model = try await conference.view(ProgramModel.self, read).model
      guard let row = model.sessions[id.slug] else {
        throw Refused(Sessions.Refusal.unknownSession(id))
      }
      if global.json { return try Console.json(row) }
      var list = DetailsList()
      list.add("name", id.slug)
      list.add("title", row.details.title.inAllLanguages(conference.languages))
      if row.cancelled { list.add("", "CANCELLED") }
      let slots = row.scheduledSlots
      for entry in slots {
        let slot = entry.slot
        let room = conference.text(model.rooms[slot.room.slug]?.details.name) ?? slot.room.slug
        list.add(
          entry.count > 1 ? "slot \(entry.number)" : "when", "\(slot.times) \(slot.start.zone), \(room)")
      }
      list.add("kind", row.details.kind.rawValue)
      list.add("track", row.details.track?.slug)
      list.add("languages", row.details.languages.map(\.tag).joined(separator: ", "))
      list.add(
        "interpretation", row.details.interpretation?.map(\.tag).joined(separator: ", "))
      for part in row.assignments.sorted(by: { $0.role < $1.role }) {
        let name = model.people[part.person.slug]?.name.best(conference.languages).printed
        list.add(part.role.rawValue, "\(name ?? "?") (\(part.person))")
      }
      list.add("description", row.details.description?.inAllLanguages(conference.languages))
      for (entry, item) in slots.flatMap({ entry in entry.items.map { (entry, $0) } }) {
        let presentation = item.presentation
        let names = presentation.people.compactMap {
          model.people[$0.slug]?.name.best(conference.languages).printed
        }
        list.add(
          (entry.count > 1 ? "slot \(entry.number), " : "") + "\(item.start.clock)–\(item.end.clock)",
          "\(conference.text(presentation.title) ?? "") (\(presentation.presentation))"
            + (names.isEmpty ? "" : "\n" + names.joined(separator: ", ")))
      }
      for link in row.details.links ?? [] { list.add(link.kind.rawValue, link.url) }
      list.add("expected", row.details.expected.map(String.init))
      list.add("signed up", row.signUps > 0 ? "\(row.signUps)" : nil)
      list.add("needs", row.details.needs?.map(\.slug).joined(separator: ", "))
      for entry in slots {
        let origin = entry.row.placedBy
        list.add(
          (entry.count > 1 ? "slot \(entry.number) " : "") + "placed by",
          "\(origin.actor) at \(origin.recordedAt) (position \(origin.position))")
      }
      list.print()
    }
  }
}
