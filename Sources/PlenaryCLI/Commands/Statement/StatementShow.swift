import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Show: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show an entry of the record.")
    @Argument(help: EntryHelp.entry) var entry: String
    @Flag(help: "Show the person behind a withheld attribution.") var reveal = false
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let id = try await conference.toChange.entry(entry)
      let known = try await conference.entry(id, read.bound(conference))
      let (entry, corrections) = (known.row, known.corrections)
      let withheld: ConferenceToChange.Withheld =
        try await reveal
        ? conference.toChange
          .withheldIdentity(of: id, at: known.position)
        : .none
      if global.json {
        try Console.json(
          .statementShow,
          Shown(details: entry, correctionDetails: corrections, withheld: withheld.person?.slug),
          at: known.position)
        return try withheld.checkReadable(id)
      }
      let details = entry.details
      let languages = conference.languages
      let clock = try conference.clock()
      var list = DetailsList()
      list.add("entry", id.slug)
      list.add("number", known.number ?? "draft (in no issue yet)")
      list.add("kind", entry.kind.rawValue)
      if entry.isRetracted { list.add("", "RETRACTED") }
      if let expunction = entry.expunction {
        list.add(
          "", "EXPUNGED by \(conference.text(expunction.authority)!): \(conference.text(expunction.reason)!)")
      }
      if let order = entry.replacement {
        list.add(
          "", "WORDS REPLACED by \(conference.text(order.authority)!): \(conference.text(order.reason)!)")
      }
      list.add("session", entry.session.slug)
      list.add("form", details.form?.rawValue)
      list.add("acts", details.acts.map(\.word).joined(separator: ", "))
      list.add("attributed to", details.attribution.asPrinted?.inAllLanguages(languages))
      list.add("mode", details.attribution.mode.rawValue)
      list.add("basis", details.attribution.basis == .stated ? nil : details.attribution.basis.rawValue)
      list.add("speakers", details.attribution.persons.map(\.slug).joined(separator: ", "))
      for credit in details.attribution.credits ?? [] {
        let offices = credit.affiliations.compactMap { conference.text($0.asPrinted) }
        list.add("credit", ([credit.name.best(languages).printed] + offices).joined(separator: "; "))
      }
      list.add("voice", details.attribution.voice?.slug)
      list.add("topic", details.topic?.inAllLanguages(languages))
      list.add("spoken in", details.spoken?.tag)
      list.add("said", details.said.map(clock.readable))
      list.add("text", details.text.inAllLanguages(languages))
      let outdated = details.text.languages.filter(entry.isOutdated).map(\.tag)
      list.add("out of date", outdated.isEmpty ? nil : outdated.joined(separator: ", "))
      list.add("rationale", details.rationale?.inAllLanguages(languages))
      for addressee in details.addressees { list.add("addressed to", conference.text(addressee)) }
      list.add("mentions", details.mentions.map(\.slug).joined(separator: ", "))
      list.add("based on", details.basedOn?.slug)
      for correction in corrections {
        let time = clock.readable(correction.decidedAt ?? correction.requestedAt)
        let what =
          correction.retracts
          ? "retraction"
          : correction.changes.isEmpty
            ? "its words were destroyed" : correction.changes.fields.map(\.noun).joined(separator: ", ")
        list.add("correction", "\(correction.id), \(correction.status.rawValue) \(time): \(what)")
      }
      if details.attribution.mode == .withheld {
        switch withheld {
        case .none: break
        case .opened(let identity, _, _): list.add("withheld", identity.person.slug)
        case .erased: list.add("withheld", "(erased)")
        case .unreadable: list.add("withheld", "(cannot be decrypted)")
        }
      }
      list.add("recorded", "\(clock.readable(entry.recordedAt)) (position \(entry.recordedPosition))")
      if entry.position != entry.recordedPosition { list.add("changed", "position \(entry.position)") }
      list.print()
      try withheld.checkReadable(id)
    }

    /// What `--json` shows.
    private struct Shown: Encodable {
      let details: EntryRow
      /// The entry itself has their names.
      let correctionDetails: [CorrectionRow]
      let withheld: String?
    }
  }
}

extension ConferenceToChange.Withheld {
  fileprivate var person: PersonID? {
    if case .opened(let identity, _, _) = self { identity.person } else { nil }
  }
}
