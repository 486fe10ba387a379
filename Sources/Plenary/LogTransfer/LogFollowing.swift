import Postgres
import PostgresLog
import Vocabulary

/// Reads a log part by part.
protocol PartReader: Sendable {
  /// Takes the events after a position, up to another one.
  ///
  /// - Throws: nothing of the server's after anything was written, because the part is then taken once more.
  mutating func take(after start: Int, upTo end: Int, _ connection: isolated Connection) throws
}

extension PartReader {
  /// How many events are in memory at a time.
  static var part: Int { 2_000 }

  mutating func takeAll(upTo end: Int, _ connection: isolated Connection) throws {
    var position = 0
    while position < end {
      let stop = min(position + Self.part, end)
      try take(after: position, upTo: stop, connection)
      position = stop
    }
  }
}

/// The pauses of whoever follows a log, between one look for new events and the next: short after some were found, then twice as
/// long each time, up to a limit.
///
/// There is nothing to listen for: a NOTIFY in each append would make all commits wait for each other, and takes half of the
/// appends a second. To look is to read a few rows by their keys.
package struct LooksForEvents: Sendable {
  private static let shortest = Duration.milliseconds(5)
  private static let longest = Duration.milliseconds(200)

  private var pause = shortest

  package init() {}

  /// How long to wait before the next look.
  ///
  /// - Parameter found: whether this one has found an event.
  package mutating func wait(found: Bool) -> Duration {
    pause = found ? Self.shortest : min(pause * 2, Self.longest)
    return pause
  }
}

extension ConferenceContext {
  /// Has somebody read the log, and then each event that is appended.
  ///
  /// A lost connection is opened again. No event is left out, and none is given twice.
  ///
  /// - Parameters:
  ///   - start: the position before the first event that is read.
  ///   - isOver: asked several times a second.
  /// - Throws: `Failure` if the database has another log now.
  func follow<Reader: PartReader>(
    _ reader: Reader, after start: Int = 0, isOver: @Sendable () -> Bool
  ) async throws -> Reader {
    var (reader, reached, looks) = (reader, ReachedEvent(id, at: start), LooksForEvents())
    while !isOver() {
      // One part at a time, so that what was read is known whatever fails after it.
      let step = try await workspace.throughRestarts(isOver: isOver) { [reader, reached] connection in
        var (reader, reached) = (reader, reached)
        let before = reached.position
        let hasMore = try reached.advance(by: Reader.part, connection)
        if hasMore { try reader.take(after: before, upTo: reached.position, connection) }
        return (reader, reached, hasMore)
      }
      guard let step else { break }
      (reader, reached) = (step.0, step.1)
      let pause = looks.wait(found: step.2)
      if !step.2, !isOver() { try await Task.sleep(for: pause) }
    }
    return reader
  }
}

/// How far a log was read, and which log that was. After a restart, another one may be in the database.
private struct ReachedEvent: Sendable {
  private let conference: ConferenceID
  private(set) var position: Int
  /// Of the event at this position; nil before the first look.
  private var leaf: [UInt8]?

  init(_ conference: ConferenceID, at position: Int) {
    (self.conference, self.position) = (conference, position)
  }

  /// - Returns: false if nothing was appended.
  /// - Throws: `Failure` if the log is not the one that was read so far.
  mutating func advance(by part: Int, _ connection: isolated Connection) throws -> Bool {
    let head = try EventStream.head(of: conference, connection)
    let present = try EventStream.leaf(of: conference, at: position, connection)
    if let leaf, leaf != present {
      throw Failure(
        .failed,
        "The log of \(conference) is not the one that was followed: its event \(position) is "
          + (present == nil ? "missing" : "another one") + ". Was a backup restored? Begin again.")
    }
    leaf = present
    guard position < head else { return false }
    position = min(position + part, head)
    leaf = try EventStream.leaf(of: conference, at: position, connection)
    return true
  }
}

extension Workspace {
  /// Runs something that may run again, until it succeeds; waits for a server that is not there.
  ///
  /// While it waits, it tells why: at once, when the reason changes, and again each minute.
  ///
  /// - Returns: nil if it was over before.
  fileprivate func throughRestarts<Result: Sendable>(
    isOver: () -> Bool, _ body: @escaping @Sendable (isolated Connection) throws -> Result
  ) async throws -> Result? {
    while true {
      do {
        return try await connection.run(body)
      } catch let error {
        guard let lost = error as? PostgresError, lost.isOfRestart else { throw error }
        note("The connection to the database was lost; connecting again.")
      }
      var (told, tries) = ("", 0)
      while true {
        if isOver() { return nil }
        try await Task.sleep(for: .milliseconds(500))
        guard let reason = try await reasonForNoConnection() else { break }
        tries += 1
        if reason != told || tries.isMultiple(of: Self.triesPerMinute) {
          note("Not connected yet: \(reason). Trying again until Ctrl-C.")
          told = reason
        }
      }
      note("Connected again.")
    }
  }

  private static let triesPerMinute = 120

  /// Connects again.
  ///
  /// - Returns: nil if that was possible; why not, if the server may be there in a while.
  private func reasonForNoConnection() async throws -> String? {
    do { try await reconnect() } catch let error {
      guard error.isOfRestart, !ConnectionFault.isLasting(error.message) else { throw error }
      return ConnectionFault.reason(error.message)
    }
    return nil
  }
}

extension PostgresError {
  /// Whether the server was stopped, or is not there yet.
  fileprivate var isOfRestart: Bool {
    switch situation {
    case .cannotConnect, .connectionLost: true
    // It is shutting down, has crashed, or is starting (PostgreSQL's manual, appendix A, class 57).
    case .server(let state): ["57P01", "57P02", "57P03"].contains(state.rawValue)
    case .misuse, .decoding: false
    }
  }
}
