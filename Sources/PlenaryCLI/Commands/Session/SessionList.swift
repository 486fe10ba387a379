import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct List: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the sessions in order of time.",
      discussion: """
        Words are looked for in titles, short names and the names of those who take part; accents, case and order do not \
        matter. Example: plenary session list energy --day 2016-03-25 --room main-hall
        """)
    @Argument(help: "Only sessions with these words.") var words: [String] = []
    @OptionGroup var only: SessionFilterOptions
    @Option(help: "Only sessions in which this speaker takes part: feng-shaolei.", completion: .speakers)
    var person: String?
    @Option(help: "Only sessions that are: scheduled, cancelled, or not-scheduled (without a room and time).")
    var status: Status?
    @OptionGroup var since: SinceOptions
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    enum Status: String, ExpressibleByArgument, CaseIterable {
      case scheduled, cancelled
      case notScheduled = "not-scheduled"
    }

    /// What a session must be to be listed.
    private struct Filter {
      let words: SearchWords
      let only: SessionFilter
      let person: PersonID?
      let status: Status?
      let isChanged: (Tag) -> Bool
      let model: ProgramModel

      func has(_ session: SessionRow) -> Bool {
        if !isChanged(session.id.tag) || !only.has(session) { return false }
        let people = session.people
        if let person, !people.contains(person) { return false }
        switch status {
        case .cancelled where !session.cancelled: return false
        case .scheduled where session.status != .scheduled || session.liveSlots.isEmpty: return false
        case .notScheduled where !session.liveSlots.isEmpty: return false
        default: break
        }
        if words.isEmpty { return true }
        let names = people.compactMap { model.people[$0.slug]?.name.forms.map(\.printed) }.flatMap(\.self)
        return words.areFound(in: session.details.title.entries.map(\.text) + [session.id.slug] + names)
      }
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let view = try await conference.view(ProgramModel.self, read)
      let model = view.model
      let person: PersonID? = if let person { try await conference.person(person, in: model) } else { nil }
      if let person, model.people[person.slug] == nil { throw Refused(Speakers.Refusal.unknown(person)) }
      let filter = Filter(
        words: SearchWords(words.joined(separator: " ")), only: try only.filter(conference, in: model),
        person: person,
        status: status, isChanged: try await since.filter(conference, upTo: view.checkpoint.position),
        model: model)
      let isEverything =
        words.isEmpty && only.isEmpty && person == nil && status == nil && since.since == nil
      if global.json {
        return try Console.json(
          .sessionList,
          items: model.sessionsOfRecord.filter(filter.has).map { WithKeys($0, model.keys.of($0.id.tag)) },
          at: view.checkpoint.position)
      }
      var table = TextTable("NAME", "WHEN", "ROOM", "KIND", "TITLE")
      for entry in model.slots where filter.has(entry.session) && filter.only.has(entry.slot) {
        let session = entry.session
        // In a spreadsheet the name tells the slots apart, so that the title can be corrected there.
        let label = tableOptions.isForSpreadsheets ? nil : entry.label
        table.add(
          tableOptions.isForSpreadsheets ? entry.name : session.id.slug, entry.slot.times,
          entry.slot.room.slug,
          session.cancelled ? "cancelled" : session.details.kind.rawValue,
          [conference.text(session.details.title), label].compactMap(\.self).joined(separator: " "))
      }
      for session in model.sessionsWithoutSlot where filter.has(session) {
        table.add(
          session.id.slug, "not scheduled", "",
          session.cancelled ? "cancelled" : session.details.kind.rawValue,
          conference.text(session.details.title))
      }
      try table.print(
        tableOptions, title: "sessions",
        nothing: isEverything
          ? "There are no sessions yet; schedule one with “plenary session schedule NAME …”."
          : "No session matches.")
    }
  }
}
