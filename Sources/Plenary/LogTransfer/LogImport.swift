import EventLog
package import Foundation
import Postgres
import PostgresLog
package import Vocabulary

/// A log that was imported.
package struct ImportedLog: Sendable, Encodable {
  package let conference: String
  package let events: Int
  /// 64 hexadecimal digits; the same as where the log comes from.
  package let root: String
  package let lastEventAt: Timestamp?
  /// Whether the keys here open what the log holds encrypted. An export has no keys.
  package let sealed: SealedData
}

extension Configuration {
  /// Imports a log that `log export` wrote, into a database that does not have the conference. As the database's owner.
  ///
  /// All of it is one transaction: each event's hash, the root, the receipts, the tags and the words are compared before it is
  /// committed.
  ///
  /// - Parameters:
  ///   - wanted: the conference whose log it must be; nil accepts any.
  ///   - file: read to its end.
  ///   - name: of the file, for messages.
  ///   - root: what the organizer expects; nil accepts any.
  ///   - progress: called now and then with the number of events.
  /// - Throws: `Failure` for an export that is damaged, cut off, reordered or of another conference. Then nothing was changed.
  package func importLog(
    of wanted: ConferenceID?, _ file: FileHandle, name: String, root: PrintedRoot?,
    note: @escaping @Sendable (String) -> Void,
    progress: @escaping @Sendable (Int) -> Void
  ) async throws -> ImportedLog {
    // Starts and migrates Plenary's own server.
    if case .own = database { await (try Workspace.open(self, note: note)).close() }
    let workspace = try await Workspace.ofBackup(self, note: note)
    try Workspace.check(try await workspace.connection.run { try Migration.situation($0) })
    let imported = try await workspace.connection.run { connection in
      do {
        return try connection.transaction {
          var reading = LogImport(file, name: name, wanted: wanted)
          let imported = try reading.store(connection, progress)
          if let root, root.digits != hexadecimal(imported.tree.root) {
            throw Failure(
              .refused,
              "The root of \(name) is \(hexadecimal(imported.tree.root)), not \(root.digits): it is another log, or another "
                + "position of it. Nothing was imported.")
          }
          let (tree, last) = try ConferenceContext.recompute(imported.conference, connection)
          guard tree == imported.tree else { throw Failure.changed("The stored log has another root.") }
          return (imported.conference, tree, last)
        }
      } catch let error as PostgresError {
        throw Failure.importing(error, name)
      }
    }
    let sealed = try await workspace.sealedData(of: imported.0)
    await workspace.close()
    return ImportedLog(
      conference: imported.0.slug, events: imported.1.count, root: hexadecimal(imported.1.root),
      lastEventAt: imported.2, sealed: sealed)
  }
}

extension Failure {
  fileprivate static func importing(_ error: PostgresError, _ name: String) -> Failure {
    switch error.sqlState {
    case .insufficientPrivilege?:
      Failure(
        .failed, "Only the database's owner can import a log; use that login.", .nameDatabase, code: .noRights
      )
    case "PL008":
      Failure(
        .refused,
        "This conference is in the database already, with \(counted(Int(error.detail ?? "") ?? 0, "event")). A log is imported "
          + "into a database that does not have it.", .nameDatabase)
    case "PL006":
      Failure(
        .failed,
        "\(name) has events that this version of Plenary does not know (\(error.detail ?? "")). Use the version that wrote it, or a "
          + "newer one.")
    case "23505" where error.constraint == "command_has_one_effect":
      Failure(.refused, "\(name) was changed: other events stand between the events of one command.")
    case "PL003", "PL009":
      Failure(.refused, "\(name) was changed: Plenary records no such events (\(error.message)).")
    default: Failure(error)
    }
  }
}

/// Reads an exported log line by line, and stores its events.
private struct LogImport {
  private var lines: LineReader
  private let name: String
  private let wanted: ConferenceID?
  private var conference: ConferenceID?
  private var tree = MerkleTree()
  private var part: [CarriedEvent] = []

  /// How many events are stored at a time, and those that the last command has beyond.
  private static let limit = 2_000

  init(_ file: FileHandle, name: String, wanted: ConferenceID?) {
    lines = LineReader(file, name: name)
    self.name = name
    self.wanted = wanted
  }

  private func refused(_ what: String) -> Failure {
    Failure(.refused, "Line \(lines.number) of \(name): \(what). Nothing was imported.")
  }

  mutating func store(_ connection: isolated Connection, _ progress: (Int) -> Void) throws -> (
    conference: ConferenceID, tree: MerkleTree
  ) {
    while let line = try lines.next() {
      let read: ExportLine
      do { read = try ExportLine(line) } catch { throw refused(error.description) }
      switch read {
      case .event(let carried):
        try check(carried)
        if part.count >= Self.limit, part.last?.event.commandID != carried.event.commandID {
          try storePart(connection)
          progress(tree.count)
        }
        tree.append(carried.event.leaf)
        part.append(carried)
      case .end(let end):
        try check(end)
        try storePart(connection)
        if try lines.next() != nil { throw refused("something follows the end of the log") }
        guard let conference else { throw refused("the log has no events") }
        return (conference, tree)
      }
    }
    throw Failure(
      .refused,
      tree.count == 0
        ? "There is nothing in \(name). Nothing was imported."
        : "\(name) was cut off after event \(tree.count): its last line, with the position and the root, is missing. "
          + "Nothing was imported.")
  }

  private mutating func storePart(_ connection: isolated Connection) throws {
    guard let conference, !part.isEmpty else { return }
    try EventStream.store(part, of: conference, after: tree.count - part.count, connection)
    part.removeAll(keepingCapacity: true)
  }

  private mutating func check(_ carried: CarriedEvent) throws {
    let event = carried.event
    if let conference {
      guard event.conference == conference.slug else {
        throw refused(
          "event \(event.position) is of the conference “\(excerpt(event.conference))”, and those before it of “\(conference)”"
        )
      }
    } else {
      do { conference = try ConferenceID(event.conference) } catch { throw refused(error.description) }
      if let wanted, wanted != conference {
        throw Failure(
          .refused,
          "\(name) is the log of “\(event.conference)”, not of “\(wanted)”. The name is part of each hash, so a log keeps it. Nothing was "
            + "imported.")
      }
    }
    guard event.position == tree.count + 1 else {
      throw refused(
        tree.count == 0
          ? "the export begins with event \(event.position); a log is imported from event 1 on"
          : "event \(event.position) follows event \(tree.count): lines are missing, or in another order")
    }
    guard event.leafHash == event.leaf else {
      throw refused("event \(event.position) (\(excerpt(event.type))) was changed: its hash is another one")
    }
    switch (event.words, event.commitment) {
    case (nil, _): break
    case (_?, nil): throw refused("event \(event.position) has words that its body does not name")
    case (let words?, let commitment?):
      guard Words(salt: event.salt ?? [], json: words).commitment == commitment else {
        throw refused("the words of event \(event.position) were changed: their hash is another one")
      }
    }
    let isFirst = (part.last?.event.commandID).map { $0 != event.commandID } ?? true
    guard isFirst == (carried.request != nil) else {
      throw refused(
        "event \(event.position) \(isFirst ? "lacks" : "has") the hash of a request, which the first event of each command has"
      )
    }
    if let request = carried.request, ![0, 32].contains(request.count) {
      throw refused("the request of event \(event.position) is no hash of 64 hexadecimal digits")
    }
  }

  private func check(_ end: ExportEnd) throws {
    guard end.format <= ExportEnd.newest else {
      throw refused("a newer version of Plenary wrote it; use that version")
    }
    guard end.conference == conference?.slug ?? end.conference else {
      throw refused("the last line is of the conference “\(excerpt(end.conference))”")
    }
    guard end.end == tree.count else {
      throw refused(
        "the log ends at event \(end.end), but the last one here is \(tree.count): lines are missing")
    }
    guard end.root == hexadecimal(tree.root) else {
      throw refused("the root is \(excerpt(end.root)), but that of the events is \(hexadecimal(tree.root))")
    }
  }
}

/// The lines of a file, one at a time. Empty ones are left out.
private struct LineReader {
  private let file: FileHandle
  private let name: String
  private var rest: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  /// Of the last line, from 1.
  private(set) var number = 0

  /// A longer line is refused, so that memory is bounded.
  private static let limit = 1 << 28

  init(_ file: FileHandle, name: String) {
    self.file = file
    self.name = name
  }

  mutating func next() throws -> ArraySlice<UInt8>? {
    var searched = start
    while true {
      if let end = rest[searched...].firstIndex(of: 0x0A) {
        let line = rest[start..<end]
        start = end + 1
        number += 1
        if !line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { return line }
        searched = start
        continue
      }
      if isAtEnd {
        let line = rest[start...]
        start = rest.count
        if line.isEmpty { return nil }
        number += 1
        return line
      }
      rest.removeFirst(start)
      (searched, start) = (rest.count, 0)
      guard rest.count < Self.limit else {
        throw Failure(.refused, "Line \(number + 1) of \(name) is longer than \(Self.limit >> 20) MB.")
      }
      do {
        guard let more = try file.read(upToCount: 1 << 20), !more.isEmpty else {
          isAtEnd = true
          continue
        }
        rest += more
      } catch { throw Failure(reading: name, error) }
    }
  }
}
