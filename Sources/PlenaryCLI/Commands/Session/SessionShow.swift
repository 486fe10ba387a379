import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a session.")
    @Argument var session: String
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let desk = try await global.desk()
      let model = try await desk.view(ProgramModel.self, read).model
      guard let row = model.sessions[id.slug] else {
        throw Failure(.refused, Sessions.Refusal.unknownSession(id).description)
      }
      if global.json { return try Console.json(row) }
      var particulars = Particulars()
      particulars.add("name", id.slug)
      particulars.add("title", row.particulars.title.inAllLanguages(desk.languages))
      if row.cancelled { particulars.add("", "CANCELLED") }
      for slot in row.liveSlots {
        let room = desk.text(model.rooms[slot.slot.room.slug]?.particulars.name) ?? slot.slot.room.slug
        particulars.add(
          row.liveSlots.count > 1 ? "slot \(slot.number)" : "when",
          "\(slot.slot.times) \(slot.slot.start.zone), \(room)")
      }
      particulars.add("kind", row.particulars.kind.rawValue)
      particulars.add("track", row.particulars.track?.slug)
      particulars.add("languages", row.particulars.languages.map(\.tag).joined(separator: ", "))
      particulars.add(
        "interpretation", row.particulars.interpretation?.map(\.tag).joined(separator: ", "))
      for part in row.parts.sorted(by: { $0.role < $1.role }) {
        let name = model.people[part.person.slug]?.name.best(desk.languages).printed
        particulars.add(part.role.rawValue, "\(name ?? "?") (\(part.person))")
      }
      particulars.add("description", row.particulars.description?.inAllLanguages(desk.languages))
      for item in row.runningOrder.items {
        let presentation = item.presentation
        let names = presentation.people.compactMap {
          model.people[$0.slug]?.name.best(desk.languages).printed
        }
        particulars.add(
          "\(item.start.clock)–\(item.end.clock)",
          "\(desk.text(presentation.title) ?? "") (\(presentation.presentation))"
            + (names.isEmpty ? "" : "\n" + names.joined(separator: ", ")))
      }
      for link in row.particulars.links ?? [] { particulars.add(link.kind.rawValue, link.url) }
      particulars.add("expected", row.particulars.expected.map(String.init))
      particulars.add("signed up", row.signUps > 0 ? "\(row.signUps)" : nil)
      particulars.add("needs", row.particulars.needs?.map(\.slug).joined(separator: ", "))
      particulars.add(
        "placed by",
        "\(row.placedBy.actor) at \(row.placedBy.recordedAt) (position \(row.placedBy.position))")
      particulars.print()
    }
  }
}
