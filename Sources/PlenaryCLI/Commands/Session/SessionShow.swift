import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct Show: ReadingCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a session.")
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let (id, view) = try await conference.program(of: session, read.bound(conference))
      let model = view.model
      guard let row = model.sessions[id.slug] else {
        throw Refused(Sessions.Refusal.unknownSession(id))
      }
      let keys = model.keys.of(id.tag)
      if global.json {
        return try Console.json(.sessionShow, WithKeys(row, keys), at: view.checkpoint.position)
      }
      var list = DetailsList()
      list.add("name", id.slug)
      list.add(.title, of: row.details, conference.languages)
      let clock = try conference.clock()
      let (by, when) = (row.statusBy.actor, clock.readable(row.statusBy.recordedAt))
      switch row.status {
      case .scheduled: break
      case .cancelled: list.add("", "CANCELLED (by \(by) at \(when), event \(row.statusBy.position))")
      case .unscheduled:
        list.add(
          "",
          "NOT IN THE PROGRAM: its scheduling was undone by \(by) at \(when), event \(row.statusBy.position)")
      }
      let slots = row.scheduledSlots
      for entry in slots {
        let slot = entry.slot
        let room = conference.text(model.rooms[slot.room.slug]?.details.name) ?? slot.room.slug
        list.add(
          entry.count > 1 ? "slot \(entry.number)" : "when", "\(slot.times) \(slot.start.zone), \(room)")
      }
      if slots.isEmpty { list.add("when", "not scheduled: in the record, not in the program") }
      let long: [SessionDetails.Field] = [.description, .links]
      for field in SessionDetails.Field.allCases where field != .title && !long.contains(field) {
        list.add(field, of: row.details, conference.languages)
      }
      list.add("signed up", row.signUps > 0 ? "\(row.signUps)" : nil)
      for part in row.assignments.sorted(by: { $0.role < $1.role }) {
        let name = model.people[part.person.slug]?.name.best(conference.languages).printed
        list.add(part.role.rawValue, "\(name ?? "?") (\(part.person))")
      }
      list.add(.description, of: row.details, conference.languages)
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
      list.add(.links, of: row.details, conference.languages)
      list.add(keys)
      for entry in slots {
        let origin = entry.row.placedBy
        list.add(
          (entry.count > 1 ? "slot \(entry.number) " : "") + "placed by",
          "\(origin.actor) at \(clock.readable(origin.recordedAt)) (position \(origin.position))")
      }
      list.print()
    }
  }
}

extension DetailsList {
  fileprivate mutating func add(
    _ field: SessionDetails.Field, of details: SessionDetails, _ languages: [Language]
  ) {
    func joined(_ values: [some CustomStringConvertible]?) -> String? {
      values?.map(\.description).joined(separator: ", ")
    }
    let text: String? =
      switch field {
      case .title: details.title.inAllLanguages(languages)
      case .kind: details.kind.rawValue
      case .track: details.track?.slug
      case .description: details.description?.inAllLanguages(languages)
      case .languages: joined(details.languages)
      case .interpretation: joined(details.interpretation)
      case .links: details.links?.map { "\($0.kind.rawValue): \($0.url)" }.joined(separator: "\n")
      case .expected: details.expected.map(String.init)
      case .needs: joined(details.needs)
      case .recording:
        details.recording.map { recording in
          let note = recording.note.map { "\n" + $0.inAllLanguages(languages) } ?? ""
          return recording.permission.rawValue.replacing("-", with: " ") + note
        }
      }
    add(field.rawValue, text)
  }
}
