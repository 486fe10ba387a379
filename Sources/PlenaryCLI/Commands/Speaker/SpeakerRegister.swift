import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SpeakerCommand {
  struct Register: DecidedChange {
    typealias Domain = Speakers

    static let configuration = CommandConfiguration(
      commandName: "register", abstract: "Register a speaker.",
      discussion: """
        Example: plenary speaker register feng-shaolei --name "en=Feng, Shaolei" --name "zh=冯,绍雷" \
        --name-order family-first
        """)
    @Argument(help: "Permanent short name, e.g. feng-shaolei.") var person: String
    @OptionGroup var details: DetailsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Speakers.Command {
      let id = try PersonID(person)
      guard let details = SpeakerDetails(try details.changes(conference.languages)) else {
        throw ValidationError("Missing expected argument '--name <name>'")
      }
      return .register(SpeakerRegistered(person: id, details: details))
    }
  }
}
