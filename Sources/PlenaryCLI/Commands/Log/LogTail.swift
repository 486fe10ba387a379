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
      var last = max(0, try await conference.head() - number)
      let clock = try conference.clock()
      if follow, Console.errorIsTerminal {
        Console.error("Waiting for new events of \(conference.id); press Ctrl-C to stop.")
      }
      while true {
        let aside = try await conference.setAside()
        for event in try await conference.events(after: last, upTo: .head) {
          last = event.position
          if global.json {
            try Console.jsonLine(.event, EventLine(event, nil, aside))
          } else {
            Console.print(
              "\(event.position)  \(clock.readable(event.recordedAt))  \(event.actor)  \(event.type)  "
                + event.tags.joined(separator: " ")
                + (aside.by(event.position).map { "  (set aside by event \($0))" } ?? ""))
          }
        }
        guard follow else { return }
        while try await conference.head() == last { try await Task.sleep(for: .betweenLooks) }
      }
    }
  }
}
