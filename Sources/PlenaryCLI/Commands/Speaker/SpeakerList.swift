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
        Example: plenary speaker list feng shanghai
        """)
    @Argument(help: "Only speakers with these words.") var words: [String] = []
    @OptionGroup var since: SinceOptions
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let search = SearchWords(words.joined(separator: " "))
      let view = try await conference.view(ProgramModel.self, read)
      let isChanged = try await since.filter(conference, upTo: view.checkpoint.position)
      let people = view.model.orderedPeople.filter { person in
        isChanged(person.person.tag)
          && (search.isEmpty
            || search.areFound(
              in: person.name.forms.flatMap(\.spellings) + [person.person.slug]
                + person.affiliations.flatMap { $0.affiliation.asPrinted.entries.map(\.text) }))
      }
      if global.json { return try Console.json(.speakerList, items: people, at: view.checkpoint.position) }
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
        nothing: search.isEmpty && since.since == nil
          ? "There are no speakers yet; register one with “plenary speaker register NAME --name …”."
          : "No speaker matches.")
    }
  }
}
