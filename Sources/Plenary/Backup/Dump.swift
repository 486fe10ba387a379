import EventLog
import Foundation
import Postgres
import PrivateServer
import Vocabulary

/// The rows in a file that `pg_dump` wrote, read without a server.
struct Dump {
  let file: URL
  let environment: [String: String]

  /// The fields of a row, by the names of the columns.
  struct Row {
    fileprivate let fields: [String: String?]
    fileprivate let file: String

    func text(_ column: String) throws -> String {
      guard let text = try optional(column) else { throw damaged(column) }
      return text
    }

    func optional(_ column: String) throws -> String? {
      guard let field = fields[column] else { throw damaged(column) }
      return field
    }

    /// Nil also where the dump is older than the column.
    func ifKnown(_ column: String) -> String? { fields[column] ?? nil }

    func number(_ column: String) throws -> Int {
      guard let number = Int(try text(column)) else { throw damaged(column) }
      return number
    }

    func bytes(_ column: String) throws -> [UInt8] {
      let text = try text(column)
      guard text.hasPrefix("\\x"), let bytes = Vocabulary.bytes(hexadecimal: text.dropFirst(2)) else {
        throw damaged(column)
      }
      return bytes
    }

    private func damaged(_ column: String) -> Failure {
      Failure(.failed, "\(file) is damaged: a row has no readable field “\(column)”.")
    }
  }

  /// Calls `body` with each row of some tables: `log.event`.
  func read(_ tables: String..., body: (_ table: String, Row) throws -> Void) async throws {
    let program = try await PostgresProgram.find("pg_restore", atLeast: nil, environment: environment)
    var reading: (table: String, columns: [String])?
    try await program.run(["--data-only", "--file=-", file.path], environment: environment) { line in
      if let (table, columns) = reading {
        if line.elementsEqual("\\.".utf8) { return reading = nil }
        guard tables.contains(table) else { return }
        var copied = CopyFields(line)
        var fields: [String: String?] = [:]
        for column in columns {
          fields.updateValue(try copied.next(column, as: String?.self), forKey: column)
        }
        try body(table, Row(fields: fields, file: file.relativePath))
      } else if line.starts(with: "COPY ".utf8) {
        // COPY log.event (conference, "position", type) FROM stdin;
        let text = String(decoding: line, as: UTF8.self)
        guard let match = text.firstMatch(of: /^COPY (\S+) \((.*)\) FROM stdin;$/) else { return }
        let columns = match.2.split(separator: ", ").map { $0.filter { $0 != "\"" } }
        reading = (String(match.1), columns)
      }
    }
  }
}

extension RecordedEvent {
  /// A row of `log.event`, without its words.
  init(_ row: Dump.Row) throws {
    guard let recordedAt = Timestamp(try row.text("recorded_at")) else {
      throw Failure(.failed, "An event in the backup has no readable time.")
    }
    // {session:opening,room:main-hall}: tags have no character that would be quoted.
    let tags = try row.text("tags").dropFirst().dropLast().split(separator: ",").map(String.init)
    self.init(
      conference: try row.text("conference"), position: try row.number("position"),
      type: try row.text("type"), version: try row.number("version"), tags: tags,
      body: try row.text("body"), actor: try row.text("actor"), login: row.ifKnown("login"),
      reason: try row.optional("reason"),
      commandID: try row.text("command_id"), recordedAt: recordedAt, leaf: try row.bytes("leaf"))
  }
}
