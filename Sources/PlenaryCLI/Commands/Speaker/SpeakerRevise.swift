import ArgumentParser
import EventLog
import People
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension SpeakerCommand {
  struct Revise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revise",
      abstract: "Put a speaker's name or biography right; a new name replaces all its forms.")
    @Argument var person: String
    @OptionGroup var name: NameOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try PersonID(person)
      let conference = try await global.conferenceContext()
      let full = try name.name.personName(name.nameOrder, sortKey: name.sortKey, conference.languages)
      if full == nil, name.sortKey != nil {
        throw ValidationError("--sort-key goes with the whole name: give --name too.")
      }
      let biography = try name.biography.localized("biography", .paragraphs, conference.languages)
      try await conference.change(
        Speakers.self,
        .revise(
          id, full, biography: biography,
          pronunciation: name.pronunciation.localized("pronunciation", conference.languages)),
        change, global)
    }
  }
}
