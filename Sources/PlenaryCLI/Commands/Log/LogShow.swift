import ArgumentParser
import EventLog
import Foundation
import JSON
import Plenary
import Scheduling
import Vocabulary

extension LogCommand {
  struct Show: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show one event, a range of events, or all.",
      discussion: """
        With --proof, also the proof that each event is in the log: the hashes that lead from its own hash to the root. The \
        root is that of the last event; with --at, that of the position, e.g. the one printed in a document. With --json, \
        also the texts that are hashed. So anybody can check the proof without seeing other events.

        Example: plenary log show 7 --proof --at 120 --json
        """)
    @Argument(help: "Log position, e.g. 7, or range, e.g. 3..9 (default: all events).") var positions: String?
    @Option(help: "Only events with this tag, e.g. room:main-hall.") var tag: String?
    @Flag(help: "Also show the proof that each event is in the log (RFC 9162).") var proof = false
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if let positions, range(positions) == nil {
        throw ValidationError("“\(positions)” is neither a position nor a range; write 7 or 3..9.")
      }
      if positions != nil, isBounded, !proof {
        throw ValidationError(
          "A position cannot be used together with --at or --as-of; give one of them. Only --proof takes both."
        )
      }
    }

    private var isBounded: Bool { read.at != nil || read.asOf != nil }

    private func range(_ text: String) -> ClosedRange<Int>? {
      let ends = text.components(separatedBy: "..").map(Int.init)
      switch (ends.count, ends.first ?? nil, ends.last ?? nil) {
      case (1, let only?, _) where only > 0: return only...only
      case (2, let first?, let last?) where first > 0 && first <= last: return first...last
      default: return nil
      }
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let wanted = positions.flatMap(range)
      if let wanted { _ = try await conference.reached(.position(wanted.upperBound)) }
      let end: LogBound =
        if let wanted, !proof { .position(wanted.upperBound) } else { try read.bound(conference) }
      let events = try await conference.events(upTo: try await conference.reached(end))
      if let last = wanted?.upperBound, last > events.count {
        throw Failure(
          .refused,
          "Event \(last) is not among the first \(counted(events.count, "event")), so their root proves nothing about it."
        )
      }
      if let tag, !events.contains(where: { $0.tags.contains(tag) }) {
        throw Failure.noEvent(with: tag)
      }
      let leaves = events.map(\.leaf)
      var tree = MerkleTree()
      for leaf in leaves { tree.append(leaf) }
      let shown = events.filter { event in
        (wanted?.contains(event.position) ?? true) && (tag.map { event.tags.contains($0) } ?? true)
      }
      let clock = try conference.clock()
      let aside = try await conference.setAside()
      for event in shown {
        let proof = proof ? ProofToRoot(of: event, in: leaves, tree) : nil
        if global.json {
          try Console.jsonLine(.event, EventLine(event, proof, aside))
        } else {
          try show(event, proof, aside, clock)
        }
      }
    }

    private func show(
      _ event: RecordedEvent, _ proof: ProofToRoot?, _ aside: EventLog.SetAside, _ clock: ZoneRules
    ) throws {
      Console.print(
        Console.bold("\(event.position)  \(event.type)") + "  "
          + Console.dim("\(clock.readable(event.recordedAt)) by \(event.actor)"))
      var list = DetailsList()
      list.add("  tags", event.tags.joined(separator: " "))
      list.add("  set aside", aside.by(event.position).map { "by event \($0)" })
      list.add("  reason", event.reason)
      list.add("  login", event.login)
      list.add("  command", event.commandID)
      list.add("  leaf", hexadecimal(event.leaf))
      list.add("  body", event.body)
      list.add("  words", event.wordsDestroyed ? "destroyed" : event.words)
      for step in proof?.path ?? [] { list.add("  proof", step) }
      list.add("  root", proof.map { "\($0.root) of the first \(counted($0.position, "event"))" })
      list.print()
    }
  }
}

extension Failure {
  /// A tag that was probably mistyped.
  static func noEvent(with tag: String) -> Failure {
    Failure(.refused, "No event has the tag “\(excerpt(tag))”.", .showLog)
  }
}
