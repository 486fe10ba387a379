import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SpeakerCommand {
  struct Unavailable: ConflictingChange {
    typealias Domain = Availability

    static let configuration = CommandConfiguration(
      commandName: "unavailable", abstract: "State when a speaker is unavailable, or remove such a time.",
      discussion: """
        Example: plenary speaker unavailable li-wei --from "2016-03-25 09:00" --until 12:00
        """)
    @Argument(help: "The speaker's short name: feng-shaolei.", completion: .speakers) var person: String
    @Option(help: "Start, in the conference's time zone: 2016-03-25 09:00.") var from: String?
    @Option(help: "End: 12:00 on the same day, or 2016-03-26 12:00.") var until: String?
    @Option(help: "Remove the time with this number: 1 (see “plenary speaker show”).") var remove: Int?
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if (remove == nil) == (from == nil) || (from == nil) != (until == nil) {
        throw ValidationError("Give --from and --until, or --remove NUMBER.")
      }
    }

    func command(in conference: ConferenceFacts, _ waivers: [Waiver]) throws -> Availability.Command {
      let id = try conference.person(person)
      guard let from, let until else {
        return .remove(id, number: remove ?? 0)
      }
      let times = try conference.times()
      let start = try times.read(from)
      return try .state(
        id, from: start, until: times.end(until, after: start), waivers: waivers)
    }
  }
}
