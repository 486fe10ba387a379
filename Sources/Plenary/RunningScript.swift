import EventLog
import Postgres
import PostgresLog
import Vocabulary

/// What the commands of a script share: the events that they have read, and which of them appended something that may not
/// be on disk yet.
///
/// Waiting for the disk after each command takes longer than the command. So nobody waits until ``Workspace/settle()``.
/// PostgreSQL writes the commits in their order, so a crash of the server can only take away the last of them.
actor RunningScript {
  private var events = EventsAtHand()
  private var connection: Connection?
  private var unsettled: [ConferenceID: [String]] = [:]

  /// What was read over this connection. Once it was lost, nothing that was read holds for certain: a server that crashed may have
  /// forgotten the last commits, and others appended in their place.
  func events(over connection: Connection) -> EventsAtHand {
    if let before = self.connection, before !== connection { events = EventsAtHand() }
    self.connection = connection
    return events
  }

  func askAgain() async { await events.askAgain() }

  func appended(_ request: AppendRequest) {
    unsettled[request.conference, default: []].append(request.commandID)
  }

  func takeUnsettled() -> [ConferenceID: [String]] {
    defer { unsettled = [:] }
    return unsettled
  }
}

extension Workspace {
  /// The same database for many commands, one after the other. What they record is certain after ``settle()``.
  package func runningScript() async throws -> Workspace {
    try await connection.run { connection in
      // A new connection, after this one was lost, waits for the disk again. That only takes longer.
      _ = try connection.execute("set synchronous_commit = off")
    }
    return running(RunningScript())
  }

  /// Waits until everything is on disk that the script's commands have appended so far.
  ///
  /// - Throws: `Failure` if the server has lost some of it.
  package func settle() async throws {
    guard let unsettled = await script?.takeUnsettled(), !unsettled.isEmpty else { return }
    let found = try await log.run { connection in
      try connection.executeScript(Self.waitForTheDisk)
      return try unsettled.map { conference, commands in
        let rows = try connection.query(
          """
          select count(*) as found from log.receipt
          where conference = \(conference.slug) and command_id = any (\(commands)::uuid[])
          """)
        return try rows[0].decode("found", as: Int.self)
      }
    }
    let lost = unsettled.values.map(\.count).reduce(0, +) - found.reduce(0, +)
    if lost > 0 {
      throw Failure(
        .failed,
        "The database server stopped, and has lost \(counted(lost, "command")) that it had not written to disk yet.",
        code: .outcomeUnknown)
    }
  }

  /// A commit that writes something, and waits as commits usually do here, also for the ones before it.
  private static let waitForTheDisk = """
    begin;
    set local synchronous_commit to default;
    select pg_catalog.pg_logical_emit_message(true, 'plenary', '');
    commit;
    """
}
