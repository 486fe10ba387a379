import ArgumentParser
import EventLog
import Foundation
import Plenary
import ReadModels
import Synchronization
import Vocabulary

extension LogCommand {
  struct Changes: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "changes",
      abstract: "Tell what each event changed, in a sentence, with old and new values.",
      discussion: """
        “Opening” moved from 2016-03-25 09:00–10:00 in Main Hall to 10:00–11:00 in Room 2. With --json, each event is a line \
        of JSON, for other programs. With --follow, each new event is told when it is recorded, until Ctrl-C.

        Personal data stays encrypted; --reveal shows it, where the keys are at hand. Who is behind a withheld statement is \
        never told. Example: plenary log changes --from 120 --tag session:opening
        """)
    @Option(help: "Begin with the event at this log position (default: 1).") var from = 1
    @Option(help: "End with the event at this log position (default: the last one).") var to: Int?
    @Option(help: "Only events with this tag, e.g. room:main-hall.") var tag: String?
    @Flag(help: "Go on with new events until interrupted.") var follow = false
    @Flag(help: "Show the personal data of attendees and the addresses of speakers.") var reveal = false
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if from < 1 { throw ValidationError("--from takes a log position, from 1, not \(from).") }
      if let to, to < from { throw ValidationError("--to takes a log position, from \(from), not \(to).") }
      let ends = [to != nil, follow, read.at != nil || read.asOf != nil].count { $0 }
      if ends > 1 {
        throw ValidationError("Give one of --to, --at, --as-of and --follow: each says where to end.")
      }
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let clock = try conference.clock()
      let (tag, json) = (tag, global.json)
      let first = from
      let isFound = Mutex(tag == nil)
      let write: @Sendable (ToldChange) throws -> Void = { change in
        if let tag, !change.tags.contains(tag) { return }
        isFound.withLock { $0 = true }
        if change.position < first { return }
        if json { try Console.jsonLine(.change, change) } else { Self.print(change, clock) }
      }
      if follow {
        Interruption.expect(following: conference.id)
        return try await conference.followChanges(
          from: from, reveal: reveal, isOver: Interruption.isFollowingOver, write)
      }
      let bound = try await conference.reached(to.map { .position($0) } ?? read.bound(conference))
      // From the first one on, to see whether any event has the tag.
      try await conference.tellEvents(from: tag == nil ? from : 1, upTo: bound, reveal: reveal, write)
      if let tag, !isFound.withLock({ $0 }) { throw Failure.noEvent(with: tag) }
    }

    private static func print(_ change: ToldChange, _ clock: ZoneRules) {
      Console.print(
        "\(change.position)  " + Console.dim("\(clock.readable(change.at))  \(change.actor)") + "  "
          + change.sentence)
      for field in change.changes {
        Console.print("    \(field.field): \(field.was ?? "none") → \(field.now ?? "none")")
      }
    }
  }
}
