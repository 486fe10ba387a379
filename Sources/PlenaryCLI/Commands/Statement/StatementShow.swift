import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Show: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show an entry of the record.")
    @Argument(help: "The entry's short name: opening-s3.") var entry: String
    @Flag(help: "Show the person behind a withheld attribution.") var reveal = false
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try RecordID(entry)
      let conference = try await global.conferenceContext()
      let entry = try await conference.entry(id, read.bound(conference))
      if global.json { return try Console.json(entry) }
      var list = DetailsList()
      list.add("entry", id.slug)
      list.add("kind", entry.kind.rawValue)
      if entry.retracted { list.add("", "RETRACTED") }
      list.add("session", entry.session.slug)
      list.add("form", entry.form?.rawValue)
      list.add("act", entry.act?.rawValue)
      list.add("attributed to", entry.attribution.asPrinted?.inAllLanguages(conference.languages))
      list.add("mode", entry.attribution.mode.rawValue)
      list.add("speakers", entry.attribution.persons.map(\.slug).joined(separator: ", "))
      list.add("topic", entry.topic?.inAllLanguages(conference.languages))
      list.add("text", entry.wording.inAllLanguages(conference.languages))
      list.add("rationale", entry.rationale?.inAllLanguages(conference.languages))
      for addressee in entry.addressees { list.add("addressed to", conference.text(addressee)) }
      list.add("mentions", entry.mentions.map(\.slug).joined(separator: ", "))
      list.add("based on", entry.basedOn?.slug)
      if entry.corrections > 0 { list.add("corrections", "\(entry.corrections)") }
      if reveal, let sealed = entry.attribution.identity {
        let person = try await conference.workspace.reveal(
          sealed, in: conference.id, session: entry.session)
        list.add("withheld", person?.slug ?? "(its key was destroyed)")
      }
      let recordedAt = try conference.clock().readable(entry.recordedAt)
      list.add("recorded", "\(recordedAt) (position \(entry.position))")
      list.print()
    }
  }
}
