import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SpeakerCommand {
  struct Reinstate: DecidedChange {
    typealias Domain = Speakers

    static let configuration = CommandConfiguration(
      commandName: "reinstate",
      abstract: "Bring back a speaker who withdrew; assign their roles again afterwards.")
    @Argument(help: "The speaker's short name: feng-shaolei.", completion: .speakers) var person: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Speakers.Command {
      let id = try conference.person(person)
      return .reinstate(id)
    }
  }
}
