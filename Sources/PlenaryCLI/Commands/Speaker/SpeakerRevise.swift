import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SpeakerCommand {
  struct Revise: DecidedChange {
    typealias Domain = Speakers

    static let configuration = CommandConfiguration(
      commandName: "revise",
      abstract: "Change a speaker's details; a new name replaces the name in all languages.")
    @Argument(help: "The speaker's short name: feng-shaolei.") var person: String
    @OptionGroup var name: NameOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Speakers.Command {
      let id = try PersonID(person)
      let full = try name.name.personName(name.nameOrder, sortKey: name.sortKey, conference.languages)
      if full == nil, name.sortKey != nil {
        throw ValidationError("--sort-key goes with the whole name; give --name too.")
      }
      let biography = try name.biography.localized("biography", .paragraphs, conference.languages)
      return try .revise(
        id, full, biography: biography,
        pronunciation: name.pronunciation.localized("pronunciation", conference.languages))
    }
  }
}
