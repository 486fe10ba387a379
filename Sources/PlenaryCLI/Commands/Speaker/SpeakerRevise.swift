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
    @Argument(help: "The speaker's short name: feng-shaolei.", completion: .speakers) var person: String
    @OptionGroup var details: DetailsOptions
    @Option(help: "Remove these fields: --clear biography --clear pronunciation.")
    var clear: [SpeakerDetails.Field] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      try details.name.validateRevisedName(details.nameOrder, sortKey: details.sortKey)
    }

    func command(in conference: ConferenceFacts) throws -> Speakers.Command {
      let id = try conference.person(person)
      let changes = try details.changes(conference.languages).clearing(clear)
      return .revise(SpeakerRevised(person: id, changes: changes))
    }
  }
}
