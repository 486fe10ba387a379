import ArgumentParser
import EventLog
import People
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension SpeakerCommand {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a speaker.")
    @Argument var person: String
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try PersonID(person)
      let desk = try await global.desk()
      let model = try await desk.view(ProgramModel.self, read).model
      guard let row = model.people[id.slug] else {
        throw Failure(.refused, Speakers.Refusal.unknown(id).description)
      }
      if global.json { return try Console.json(row) }
      var particulars = Particulars()
      particulars.add("name", id.slug)
      for form in row.name.forms { particulars.add(form.language.tag, form.printed) }
      particulars.add("sort key", row.name.sortKey)
      if row.withdrawn { particulars.add("", "WITHDRAWN") }
      for stated in row.affiliations {
        let kind = [
          stated.affiliation.honorary ? " (honorary)" : "", stated.affiliation.former ? " (former)" : "",
        ].joined()
        particulars.add(
          "affiliation \(stated.number)\(kind)",
          stated.affiliation.asPrinted.inAllLanguages(desk.languages))
      }
      for session in row.sessions {
        let roles = model.sessions[session.slug]?.parts.filter { $0.person == id }.map(\.role.rawValue)
        particulars.add((roles ?? []).joined(separator: ", "), session.slug)
      }
      particulars.add("pronunciation", row.pronunciation?.inAllLanguages(desk.languages))
      for time in row.unavailable {
        particulars.add(
          "unavailable \(time.number)",
          "\(time.from.date) \(time.from.clock) to \(time.until.date) \(time.until.clock)")
      }
      particulars.add("biography", row.biography?.inAllLanguages(desk.languages))
      particulars.print()
    }
  }
}
