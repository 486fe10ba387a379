package import EventLog
package import Scheduling
import Vocabulary

/// A key by which another program knows a session, a room, a speaker or an attendee.
package struct ImportedKey: Codable, Sendable, Hashable {
  /// What people type and exports give back. Keys that an import made of names and titles are none.
  package enum Kind: String, Codable, Sendable { case guid, uid, code, id }

  package let source: ImportSource
  package let kind: Kind
  /// `SFKNTZ`
  package let key: String

  /// - Parameter line: `pretalx code:SFKNTZ`
  fileprivate init?(line: Substring) {
    let parts = line.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, let source = try? ImportSource(String(parts[0])),
      let colon = parts[1].firstIndex(of: ":"), let kind = Kind(rawValue: String(parts[1][..<colon]))
    else { return nil }
    self.source = source
    self.kind = kind
    key = String(parts[1][parts[1].index(after: colon)...])
  }
}

/// The keys that files of other programs have for one thing.
///
/// They have a table of their own, because the event of an import comes before those that make what it brings.
package struct KeysRow<Model: ReadModel>: Row {
  /// `session:opening`
  package let thing: Tag
  /// A line for each key, `pretalx code:SFKNTZ`, in order. Most commands never read them, so they are not decoded before.
  package private(set) var lines: String

  package var key: String { thing.text }
  package static var table: String { "\(Model.name).key" }
  package static var columns: [String] { ["thing", "keys"] }
  /// An order code says who an attendee is to whoever sells the tickets. Those of the program are published.
  package static var isForWriters: Bool { Model.self == AttendanceModel.self }

  /// Somebody erased has a row without keys: no import brings them back.
  var isErased: Bool { lines.isEmpty }
  package var keys: [ImportedKey] { lines.split(separator: "\n").compactMap(ImportedKey.init(line:)) }

  package init(_ thing: Tag, lines: String = "") {
    self.thing = thing
    self.lines = lines
  }

  package init(_ columns: inout some ColumnReader) throws {
    thing = Tag(stored: try columns.next())
    lines = try columns.next()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(thing.text)
    columns.add(lines)
  }

  /// Replaces the keys of one source.
  fileprivate mutating func replace(_ keys: [String], of source: ImportSource) {
    let others = lines.split(separator: "\n").filter { !$0.hasPrefix("\(source) ") }.map(String.init)
    let new = keys.map { "\(source) \($0)" }.filter {
      ImportedKey(line: $0[...]) != nil && !$0.contains(where: \.isNewline)
    }
    lines = (others + new).sorted().joined(separator: "\n")
  }
}

extension Table {
  /// Takes what a file, or the undo of its import, says that things are called.
  ///
  /// - Parameter kinds: of the things that are kept here: `session`.
  mutating func take<Model>(_ facts: [ImportedFact], of source: ImportSource, _ kinds: Set<String>) throws
  where R == KeysRow<Model> {
    let facts = facts.filter { kinds.contains(String($0.of.text.prefix { $0 != ":" })) }
    try fetch(facts.map(\.of.text))
    for fact in facts {
      let known = try row(fact.of.text)
      if known?.isErased ?? false { continue }
      var changed = known ?? KeysRow(fact.of)
      // A source whose every import of it was undone does not have it.
      changed.replace(fact.digests.isEmpty ? [] : fact.keys, of: source)
      if changed.lines.isEmpty {
        if known != nil { remove(fact.of.text) }
      } else if changed != known {
        put(changed)
      }
    }
  }

  /// Forgets the keys of somebody, for good.
  mutating func erase<Model>(_ thing: Tag) where R == KeysRow<Model> { put(KeysRow(thing)) }

  /// Takes the keys that another state has.
  mutating func adopt<Model>(_ thing: Tag, from other: Self) where R == KeysRow<Model> {
    if let row = other[thing.text] { put(row) } else { remove(thing.text) }
  }

  /// The keys alone, which take less time: a name is looked for among all attendees.
  package func texts<Model>(of thing: Tag) -> [String] where R == KeysRow<Model> {
    guard let lines = self[thing.text]?.lines else { return [] }
    return lines.split(separator: "\n").compactMap { line in
      line.firstIndex(of: ":").map { String(line[line.index(after: $0)...]) }
    }
  }

  /// By which other programs know it.
  package func of<Model>(_ thing: Tag) -> [ImportedKey] where R == KeysRow<Model> {
    self[thing.text]?.keys ?? []
  }
}
