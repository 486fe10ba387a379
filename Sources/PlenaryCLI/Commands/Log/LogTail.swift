import ArgumentParser
import EventLog
import Foundation
import JSON
import Plenary
import Scheduling
import Vocabulary

extension LogCommand {
  struct Tail: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "tail", abstract: "Show the last events, then new ones until interrupted.")
    @Option(name: .shortAndLong, help: "Number of events to show first.") var number = 10
    @Flag(inversion: .prefixedNo, help: "Wait for new events.") var follow = true
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if number < 0 { throw ValidationError("--number takes a number of events, from 0.") }
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let last = max(0, try await conference.head() - number)
      let clock = try conference.clock()
      let json = global.json
      let write: @Sendable (RecordedEvent, EventLog.SetAside) throws -> Void = { event, aside in
        if json { return try Console.jsonLine(.event, EventLine(event, nil, aside)) }
        Console.print(
          "\(event.position)  \(clock.readable(event.recordedAt))  \(event.actor)  \(event.type)  "
            + event.tags.joined(separator: " ")
            + (aside.by(event.position).map { "  (set aside by event \($0))" } ?? ""))
      }
      if follow {
        Interruption.expect(following: conference.id)
        return try await conference.followEvents(
          after: last, isOver: Interruption.isFollowingOver, write)
      }
      let aside = try await conference.setAside()
      for event in try await conference.events(after: last, upTo: .head) { try write(event, aside) }
    }
  }
}
