import ArgumentParser
import EventLog
import People
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension SpeakerCommand {
  struct Register: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "register", abstract: "Enter a speaker.",
      discussion: """
        Example: plenary speaker register feng-shaolei --name "en=Feng, Shaolei" --name "zh=冯,绍雷" \
        --name-order family-first
        """)
    @Argument(help: "A short name, for ever: feng-shaolei.") var person: String
    @OptionGroup var name: NameOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try PersonID(person)
      let conference = try await global.conferenceContext()
      guard
        let full = try name.name.personName(name.nameOrder, sortKey: name.sortKey, conference.languages)
      else { throw ValidationError("Missing expected argument '--name <name>'") }
      let biography = try name.biography.localized("biography", .paragraphs, conference.languages)
      try await conference.change(
        Speakers.self,
        .register(
          id, full, biography: biography,
          pronunciation: name.pronunciation.localized("pronunciation", conference.languages), []),
        change, global)
    }
  }
}
