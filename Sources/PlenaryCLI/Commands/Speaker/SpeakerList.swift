import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SpeakerCommand {
  struct List: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the speakers, sorted by name.",
      discussion: """
        Words are looked for in names, short names and affiliations; accents, case and order do not matter. \
        Examples: plenary speaker list feng shanghai; plenary speaker list --day 2016-03-25 --room main-hall
        """)
    @Argument(help: "Only speakers with these words.") var words: [String] = []
    @Option(help: "Only speakers whose organisation has these words.") var organisation: String?
    @Option(help: "Only speakers who take part in this session: opening.", completion: .sessions) var session:
      String?
    @OptionGroup var only: SessionFilterOptions
    @OptionGroup var since: SinceOptions
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let search = SearchWords(words.joined(separator: " "))
      let view = try await conference.view(ProgramModel.self, read)
      let isChanged = try await since.filter(conference, upTo: view.checkpoint.position)
      let organised = SearchWords(organisation ?? "")
      let participants = try participants(conference, view.model)
      let people = view.model.orderedPeople.filter { person in
        isChanged(person.person.tag) && participants?.contains(person.person) ?? true
          && organised.areFound(
            in: person.affiliations.flatMap { $0.affiliation.organisation.entries.map(\.text) })
          && (search.isEmpty
            || search.areFound(
              in: person.name.forms.flatMap(\.spellings) + [person.person.slug]
                + person.affiliations.flatMap { $0.affiliation.asPrinted.entries.map(\.text) }))
      }
      if global.json {
        let keys = view.model.keysOfPeople
        return try Console.json(
          .speakerList, items: people.map { WithKeys($0, keys[$0.person] ?? []) },
          at: view.checkpoint.position)
      }
      var table = TextTable("NAME", "SPEAKER", "SESSIONS", "AFFILIATION")
      for person in people {
        table.add(
          person.person.slug + (person.withdrawn ? " (withdrawn)" : ""),
          person.name.forms.ordered(by: conference.languages).map(\.printed).joined(separator: " · "),
          "\(person.sessions.count)",
          person.affiliations.first.map { conference.text($0.affiliation.asPrinted)! })
      }
      try table.print(
        tableOptions, title: "speakers",
        nothing: search.isEmpty && since.since == nil && participants == nil && organisation == nil
          ? "There are no speakers yet; register one with “plenary speaker register NAME --name …”."
          : "No speaker matches.")
    }

    /// Those who take part in the sessions that are meant; nil: everybody, also who takes part in none.
    private func participants(_ conference: ConferenceContext, _ model: ProgramModel) throws -> Set<PersonID>?
    {
      if only.isEmpty, session == nil { return nil }
      let filter = try only.filter(conference, in: model)
      let wanted = try session.map { try conference.session($0, in: model) }
      if let wanted, model.sessions[wanted.slug] == nil {
        throw Refused(Sessions.Refusal.unknownSession(wanted))
      }
      return model.sessionsOfRecord.filter { (wanted == nil || $0.id == wanted) && filter.has($0) }
        .reduce(into: []) { $0.formUnion($1.people) }
    }
  }
}
