import ArgumentParser
import EventLog
import People
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension SpeakerCommand {
  struct Unavailable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "unavailable", abstract: "Say when a speaker cannot be there; or take it back.",
      discussion: """
        Example: plenary speaker unavailable li-wei --from "2016-03-25 09:00" --until 12:00
        """)
    @Argument var person: String
    @Option(help: "2016-03-25 09:00") var from: String?
    @Option(help: "12:00, or with its date.") var until: String?
    @Option(help: "Take back the time of this number (see speaker show).") var remove: Int?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if (remove == nil) == (from == nil) || (from == nil) != (until == nil) {
        throw ValidationError("Give --from and --until, or --remove NUMBER.")
      }
    }

    func run() async throws {
      let id = try PersonID(person)
      let conference = try await global.conferenceContext()
      guard let from, let until else {
        return try await conference.change(
          Availability.self, .remove(id, number: remove ?? 0), change, global)
      }
      let times = try conference.times()
      let start = try times.read(from)
      try await conference.change(
        Availability.self,
        .state(
          id, from: start, until: times.read(until, day: start.date), waivers: change.waivers()),
        change, global)
    }
  }
}
