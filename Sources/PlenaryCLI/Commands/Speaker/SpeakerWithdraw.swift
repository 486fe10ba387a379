import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SpeakerCommand {
  struct Withdraw: DecidedChange {
    typealias Domain = Speakers

    static let configuration = CommandConfiguration(
      commandName: "withdraw", abstract: "Withdraw a speaker from all sessions.",
      discussion: "Roles and presentations that are left without a person are shown as warnings.")
    @Argument(help: "The speaker's short name: feng-shaolei.", completion: .speakers) var person: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<PeopleEvent>
    {
      try await conference.withdrawSpeaker(context, command: command(in:))
    }

    func command(in conference: ConferenceFacts) throws -> Speakers.Command {
      let id = try conference.person(person, wholly: true)
      return .withdraw(id)
    }
  }
}
