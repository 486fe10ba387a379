import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SpeakerCommand {
  struct Show: ReadingCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a speaker.")
    @Argument(help: "The speaker's short name: feng-shaolei.", completion: .speakers) var person: String
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    /// The row, with what only the log says.
    private struct Report: Encodable {
      let row: WithKeys<PersonRow>
      let erased: Bool

      private enum CodingKeys: CodingKey { case erased }

      func encode(to encoder: any Encoder) throws {
        try row.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        if erased { try container.encode(erased, forKey: .erased) }
      }
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let view = try await conference.view(ProgramModel.self, read)
      let model = view.model
      let id = try await conference.person(person, in: model)
      guard let row = model.people[id.slug] else {
        throw Refused(Speakers.Refusal.unknown(id))
      }
      let isErased = !(try await conference.workspace.erased([id], of: conference.id).isEmpty)
      let keys = model.keysOfPeople[id] ?? []
      if global.json {
        return try Console.json(
          .speakerShow, Report(row: WithKeys(row, keys), erased: isErased), at: view.checkpoint.position)
      }
      var list = DetailsList()
      list.add("name", id.slug)
      for form in row.name.forms { list.add(form.language.tag, form.printed) }
      list.add("sort key", row.name.sortKey)
      if row.withdrawn { list.add("", "WITHDRAWN") }
      if isErased { list.add("", "ERASED: address, biography and pronunciation are gone for good") }
      for stated in row.affiliations {
        let kind = [
          stated.affiliation.honorary ? " (honorary)" : "", stated.affiliation.former ? " (former)" : "",
        ].joined()
        list.add(
          "affiliation \(stated.number)\(kind)",
          [stated.affiliation.asPrinted, stated.affiliation.country].compactMap(\.self)
            .map { $0.inAllLanguages(conference.languages) }.joined(separator: "\n"))
      }
      for session in row.sessions.compactMap({ model.sessions[$0.slug] }) {
        let roles = session.assignments.filter { $0.person == id }.map(\.role.rawValue)
        let slots = session.scheduledSlots.filter { $0.involves(id) }.map { entry in
          let room = conference.text(model.rooms[entry.slot.room.slug]?.details.name) ?? entry.slot.room.slug
          return "\n\(entry.slot.times), \(room)" + (session.cancelled ? " (cancelled)" : "")
        }
        list.add(
          roles.isEmpty ? "presenter" : roles.joined(separator: ", "), session.id.slug + slots.joined())
      }
      list.add("pronunciation", row.details.pronunciation?.inAllLanguages(conference.languages))
      for time in row.unavailable {
        list.add(
          "unavailable \(time.number)",
          "\(time.from.date) \(time.from.clock) to \(time.until.date) \(time.until.clock)")
      }
      list.add("biography", row.details.biography?.inAllLanguages(conference.languages))
      list.add(keys)
      list.print()
    }
  }
}
