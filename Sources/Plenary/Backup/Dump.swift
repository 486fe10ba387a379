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

    /// - Parameter former: its name in older dumps.
    func text(_ column: String, formerly former: String) throws -> String {
      try text(fields.keys.contains(column) ? column : former)
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
  ///
  /// - Parameter unread: called with the name of each other table.
  func read(
    _ tables: Set<String>, unread: (_ table: String) throws -> Void = { _ in },
    body: (_ table: String, Row) throws -> Void
  ) async throws {
    var reading: Copy?
    try await run { line in
      if let copy = reading {
        if line.isEndOfCopy { return reading = nil }
        guard tables.contains(copy.table) else { return }
        var copied = CopyFields(line)
        var fields: [String: String?] = [:]
        for column in copy.columns {
          fields.updateValue(try copied.next(column, as: String?.self), forKey: column)
        }
        try body(copy.table, Row(fields: fields, file: file.relativePath))
      } else if let copy = Copy(line) {
        if !tables.contains(copy.table) { try unread(copy.table) }
        reading = copy
      }
    }
  }

  /// Puts the rows of some tables into a database, where the tables exist. Nothing else in the file is used: no statement of
  /// it reaches the server.
  func load(_ tables: Set<String>, into connection: Connection) async throws {
    var reading: Copy?
    var parts: [(copy: Copy, rows: [UInt8])] = []
    var size = 0
    func send() async throws {
      for part in parts where !part.rows.isEmpty {
        try await connection.run { connection in
          _ = try connection.copyIn(part.copy.statement) { try $0.write(part.rows) }
        }
      }
      parts = reading.map { [($0, [])] } ?? []
      size = 0
    }
    try await run { line in
      if reading != nil {
        if line.isEndOfCopy { return reading = nil }
        guard let last = parts.indices.last, tables.contains(parts[last].copy.table) else { return }
        parts[last].rows += line
        parts[last].rows.append(UInt8(ascii: "\n"))
        size += line.count
      } else if let copy = Copy(line) {
        reading = copy
        parts.append((copy, []))
      }
    } pause: {
      if size > 1 << 20 { try await send() }
    }
    try await send()
  }

  private func run(
    _ line: (UnsafeRawBufferPointer) throws -> Void, pause: () async throws -> Void = {}
  ) async throws {
    let program = try await PostgresProgram.find("pg_restore", atLeast: nil, environment: environment)
    do {
      try await program.run(
        ["--data-only", "--file=-", file.path], environment: environment, line, pause: pause)
    } catch PrivateServerError.failed(_, let output, _) where output.contains("unsupported version") {
      throw PrivateServerError.noProgram("pg_restore", oldest: program.version + 1, found: program.version)
    } catch PrivateServerError.failed(_, let output, _) {
      let reason = output.split(separator: "\n").last.map { ": \($0)" } ?? ""
      throw Failure(.failed, "\(file.relativePath) cannot be read\(reason). Use another backup.", code: .file)
    }
  }
}

/// The beginning of a table's rows: `COPY log.event (conference, "position", type) FROM stdin;`
private struct Copy: Sendable {
  let table: String
  let columns: [String]

  init?(_ line: UnsafeRawBufferPointer) {
    guard line.starts(with: "COPY ".utf8) else { return nil }
    let text = String(decoding: line, as: UTF8.self)
    guard let match = text.firstMatch(of: /^COPY (\S+) \((.*)\) FROM stdin;$/) else { return nil }
    table = String(match.1)
    columns = match.2.split(separator: ", ").map { $0.filter { $0 != "\"" } }
  }

  /// Of our own making, from names alone.
  var statement: SQL {
    let names = table.split(separator: ".").map { "\"\($0.filter { $0 != "\"" })\"" }.joined(separator: ".")
    let fields = columns.map { "\"\($0)\"" }.joined(separator: ", ")
    return "copy \(raw: names) (\(raw: fields)) from stdin"
  }
}

extension UnsafeRawBufferPointer {
  fileprivate var isEndOfCopy: Bool { elementsEqual("\\.".utf8) }
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
