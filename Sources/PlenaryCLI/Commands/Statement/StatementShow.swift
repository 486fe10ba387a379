import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show an entry of the record.")
    @Argument(help: "The entry: opening-s3.") var entry: String
    @Flag(help: "Open a withheld identity.") var reveal = false
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try RecordID(entry)
      let desk = try await global.desk()
      let entry = try await desk.entry(id, read.bound(desk))
      if global.json { return try Console.json(entry) }
      var particulars = Particulars()
      particulars.add("entry", id.slug)
      particulars.add("kind", entry.kind.rawValue)
      if entry.retracted { particulars.add("", "RETRACTED") }
      particulars.add("session", entry.session.slug)
      particulars.add("form", entry.form?.rawValue)
      particulars.add("act", entry.act?.rawValue)
      particulars.add("ascribed to", entry.attribution.asPrinted?.inAllLanguages(desk.languages))
      particulars.add("mode", entry.attribution.mode.rawValue)
      particulars.add("speakers", entry.attribution.persons.map(\.slug).joined(separator: ", "))
      particulars.add("topic", entry.topic?.inAllLanguages(desk.languages))
      particulars.add("text", entry.wording.inAllLanguages(desk.languages))
      particulars.add("rationale", entry.rationale?.inAllLanguages(desk.languages))
      for addressee in entry.addressees { particulars.add("addressed to", desk.text(addressee)) }
      particulars.add("mentions", entry.mentions.map(\.slug).joined(separator: ", "))
      particulars.add("based on", entry.basedOn?.slug)
      if entry.corrections > 0 { particulars.add("corrections", "\(entry.corrections)") }
      if reveal, let sealed = entry.attribution.identity {
        let person = try await desk.workspace.reveal(
          sealed, in: desk.conference, session: entry.session)
        particulars.add("withheld", person?.slug ?? "(its key was destroyed)")
      }
      particulars.add("recorded", "\(entry.recordedAt) (position \(entry.position))")
      particulars.print()
    }
  }
}
