import ArgumentParser
import EventLog
import Foundation
import Plenary
import Postgres
import PostgresLog
import Scheduling
import Vocabulary

struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "The log: every event that ever happened, in order.",
    subcommands: [Show.self, Tail.self, Undo.self, Verify.self, Export.self])

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show events: one, a range (3..9), or all.")
    @Argument(help: "A position, or a range: 3..9.") var positions: String?
    @Option(help: "Only events that bear this tag: room:main-hall.") var tag: String?
    @Flag(help: "With each event's proof that it is part of the log (RFC 9162).") var proof = false
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if let positions, range(positions) == nil {
        throw ValidationError("“\(positions)” is no position and no range; write 7 or 3..9.")
      }
    }

    private func range(_ text: String) -> ClosedRange<Int>? {
      let ends = text.components(separatedBy: "..").map(Int.init)
      switch (ends.count, ends.first ?? nil, ends.last ?? nil) {
      case (1, let only?, _) where only > 0: return only...only
      case (2, let first?, let last?) where first > 0 && first <= last: return first...last
      default: return nil
      }
    }

    func run() async throws {
      let desk = try await global.desk()
      let wanted = positions.flatMap(range)
      let bound: EventStream.Bound =
        if let wanted { .position(wanted.upperBound) } else { try await desk.bound(read) }
      let events = try await desk.events(upTo: proof ? .head : bound)
      let leaves = events.map(\.leaf)
      let shown = events.filter { event in
        (wanted?.contains(event.position) ?? true) && (tag.map { event.tags.contains($0) } ?? true)
      }
      if let wanted, wanted.count == 1, shown.isEmpty {
        throw Failure(.refused, "The log has no event \(wanted.lowerBound).")
      }
      for event in shown {
        let proof = proof ? InclusionProof(of: event.position - 1, in: leaves) : nil
        if global.json {
          Console.print(try JSONText.encode(EventLine(event, proof)))
        } else {
          try show(event, proof)
        }
      }
    }

    private func show(_ event: RecordedEvent, _ proof: InclusionProof?) throws {
      Console.print(
        Console.bold("\(event.position)  \(event.type)") + "  "
          + Console.dim("\(event.recordedAt) by \(event.actor)"))
      var particulars = Particulars()
      particulars.add("  tags", event.tags.joined(separator: " "))
      particulars.add("  reason", event.reason)
      particulars.add("  command", event.commandID)
      particulars.add("  leaf", hexadecimal(event.leaf))
      particulars.add("  body", event.body)
      for step in proof?.path ?? [] { particulars.add("  proof", step) }
      particulars.print()
    }
  }

  struct Tail: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "tail", abstract: "Show the last events, and those that come (until interrupted).")
    @Option(name: .shortAndLong, help: "How many to begin with.") var number = 10
    @Flag(inversion: .prefixedNo, help: "Wait for more.") var follow = true
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      var last = try await desk.head() - max(0, number)
      last = max(0, last)
      while true {
        for event in try await desk.events(after: last, upTo: .head) {
          last = event.position
          if global.json {
            Console.print(try JSONText.encode(EventLine(event, nil)))
          } else {
            Console.print(
              "\(event.position)  \(event.recordedAt)  \(event.actor)  \(event.type)  "
                + event.tags.joined(separator: " "))
          }
        }
        guard follow else { return }
        // Nobody notifies: that would make all commits wait for each other. The head is one row.
        while try await desk.head() == last { try await Task.sleep(for: .milliseconds(200)) }
      }
    }
  }

  struct Undo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "undo", abstract: "Take back what a command did, by events of its own.",
      discussion: """
        Nothing leaves the log. What others changed since stays as it is, and where it stands on what \
        is to be undone, the undo is refused with the reason. --dry-run shows what would be appended. \
        Example: plenary log undo 0b4d… --dry-run (“log show” names the command of each event).
        """)
    @Argument(help: "The command's id, as “log show” prints it; or the position of one of its events.")
    var command: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      var id = command
      if let position = Int(command) {
        guard let event = try await desk.events(after: position - 1, upTo: .position(position)).first
        else { throw Failure(.refused, "The log has no event \(position).") }
        id = event.commandID
      }
      let context = try change.context()
      let outcome = try await desk.workspace.undo(
        id, waivers: change.waivers(), in: desk.conference, context)
      try outcome.report(context, json: global.json)
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Check that nothing in the log is missing or was changed.",
      discussion: """
        Computes every event's hash anew, and the root over all of them. Compare the root with one \
        that was printed or written down: every document bears its own; --at gives the root of then.
        """)
    @Option(help: "A root (64 hexadecimal digits) that it must have.") var root: String?
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    private struct Report: Encodable {
      var conference: String
      var events: Int
      var root: String
      var lastEventAt: Timestamp?
    }

    func run() async throws {
      let desk = try await global.desk()
      let bound = try await desk.bound(read)
      // The head before the events: what is appended meanwhile can only make them more.
      let head = try await desk.head()
      let (tree, last) = try await desk.workspace.connection.run { connection in
        var (tree, last) = (MerkleTree(), Timestamp?.none)
        try EventStream.read(desk.conference, after: 0, upTo: bound, detail: .whole, connection) {
          guard $0.leafHash == $0.leaf else {
            throw Failure(
              .failed,
              "Event \($0.position) (\($0.type)) is not as it was recorded: its hash differs. Restore "
                + "the database from a backup.")
          }
          tree.append($0.leaf)
          last = $0.recordedAt
        }
        try checkTags(of: desk.conference, upTo: tree.count, connection)
        return (tree, last)
      }
      if case .head = bound, head > tree.count {
        throw Failure(
          .failed, "The log ends at event \(tree.count), but more were recorded: they are missing.")
      }
      let found = hexadecimal(tree.root)
      if let root, root.lowercased() != found {
        throw Failure(
          .failed,
          "The log's root at position \(tree.count) is \(found), not \(root.lowercased()): it is not the "
            + "log that was meant, or it was changed.")
      }
      let report = Report(
        conference: desk.conference.slug, events: tree.count, root: found, lastEventAt: last)
      if global.json { return try Console.json(report) }
      Console.print("\(tree.count) events, all as they were recorded.")
      Console.print("root \(found)")
    }

    /// Decisions find events by `log.tag`, which the hashes do not cover: it must say what the events say.
    private func checkTags(
      of conference: ConferenceID, upTo position: Int, _ connection: isolated Connection
    ) throws {
      let strays = try connection.query(
        """
        select position
        from (
          select event.position, unnest(event.tags) as tag, true as stated
          from log.event as event
          where event.conference = \(conference.slug) and event.position <= \(position)
        ) as event
        full join (
          select tag.position, tag.tag, true as found
          from log.tag as tag
          where tag.conference = \(conference.slug) and tag.position <= \(position)
        ) as tag using (position, tag)
        where stated is null or found is null
        order by position
        limit 1
        """)
      if let stray = try strays.first?.decode("position", as: Int.self) {
        throw Failure(
          .failed,
          "Event \(stray) is not to be found by the tags that it bears: log.tag was changed. Restore the "
            + "database from a backup.")
      }
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write all events as JSON, one a line, with their hashes; sealed data stay sealed.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let bound = try await desk.bound(read)
      try await desk.workspace.connection.run { connection in
        try EventStream.read(desk.conference, after: 0, upTo: bound, detail: .whole, connection) {
          Console.print(try JSONText.encode(EventLine($0, nil)))
        }
      }
    }
  }
}

extension Desk {
  /// How far to read the log itself.
  ///
  /// - Throws: `Failure` for a position that it has not reached.
  fileprivate func bound(_ options: ReadOptions) async throws -> EventStream.Bound {
    let bound = try options.bound(self)
    if case .position(let wanted) = bound {
      let head = try await head()
      if head < wanted {
        throw Failure(
          .refused, "The log of \(conference) ends at position \(head); there is no \(wanted) yet.")
      }
    }
    return bound
  }

  func events(after: Int = 0, upTo bound: EventStream.Bound) async throws -> [RecordedEvent] {
    try await workspace.connection.run { connection in
      var events: [RecordedEvent] = []
      try EventStream.read(conference, after: after, upTo: bound, detail: .whole, connection) {
        events.append($0)
      }
      return events
    }
  }

  func head() async throws -> Int {
    try await workspace.connection.run { try EventStream.head(of: conference, $0) }
  }
}

/// An event as it is exported: everything that its hash covers, the body as the text that was hashed.
private struct EventLine: Encodable {
  let conference: String
  let position: Int
  let type: String
  let version: Int
  let tags: [String]
  let actor: String
  let reason: String?
  let commandID: String
  let recordedAt: Timestamp
  let body: String
  let leaf: String
  let proof: [String]?

  init(_ event: RecordedEvent, _ proof: InclusionProof?) {
    conference = event.conference
    position = event.position
    type = event.type
    version = event.version
    tags = event.tags
    actor = event.actor
    reason = event.reason
    commandID = event.commandID
    recordedAt = event.recordedAt
    body = event.body
    leaf = hexadecimal(event.leaf)
    self.proof = proof?.path
  }
}
