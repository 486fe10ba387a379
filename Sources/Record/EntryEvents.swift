package import EventLog
import JSON
package import Vocabulary

extension Tag {
  /// The entries of a session: recorded, inserted or moved there.
  ///
  /// Not the session's own tag: whoever decides about the session would have to read its whole record.
  package static func entries(of session: SessionID) -> Tag { Tag("entries", session) }

  /// The entries and segments of a session that do not stand where they were recorded.
  static func places(in session: SessionID) -> Tag { Tag("places", session) }
}

/// An entry was added to the record.
///
/// - Parameter Kind: gives the event its type, and the entry its kind.
package struct EntryRecorded<Kind: RecordedKind>: EventBody {
  package static var type: String { Kind.type }
  package static var version: Int { 2 }
  package static var upcasts: [Int: Upcast] { [1: { try Kind.current($0) }] }
  package static var words: [String] { EntryDetails.words }

  package var entry: RecordID
  package var session: SessionID
  /// Nil: at the end of the session, which is the event's own position.
  package var order: OrderKey?
  /// The translations that were out of date in the statement of which it is the rest; nil: none.
  package var outdated: [Language]?
  package var details: EntryDetails

  package init(
    _ entry: RecordID, in session: SessionID, order: OrderKey? = nil, outdated: [Language]? = nil,
    _ details: EntryDetails
  ) {
    self.entry = entry
    self.session = session
    self.order = order
    self.outdated = outdated
    self.details = details
  }

  package var tags: [Tag] {
    [entry.tag, .entries(of: session)] + (order == nil ? [] : [.places(in: session)])
      + details.attribution.voices
  }

  package init(from decoder: any Decoder) throws {
    entry = try decoder.value("entry")
    session = try decoder.value("session")
    order = try decoder.valueIfPresent("order")
    outdated = try decoder.valueIfPresent("outdated")
    details = try EntryDetails(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(entry, "entry")
    try encoder.put(session, "session")
    try encoder.put(order, "order")
    try encoder.put(outdated, "outdated")
    try details.encode(to: encoder)
  }
}

/// A kind of entry, as a type: each kind is recorded by an event of its own.
package protocol RecordedKind: Sendable, Hashable {
  static var type: String { get }
  static var kind: EntryKind { get }
  /// The names that version 1 had for the entry, its words and its attribution.
  static var formerNames: (entry: String, text: String, attribution: String) { get }
}

extension RecordedKind {
  /// Version 1 had a number, which order and printed number have replaced, one act, and names of its own.
  fileprivate static func current(_ old: JSONValue) throws -> JSONValue {
    var body = old
    for (former, name) in [
      (formerNames.entry, "entry"), (formerNames.text, "text"), (formerNames.attribution, "attribution"),
    ] where former != name {
      body[name] = body[former]
      body[former] = nil
    }
    body["number"] = nil
    body["acts"] = body["act"].map { .array([$0]) }
    body["act"] = nil
    return body
  }
}

package enum StatementKind: RecordedKind {
  package static let type = "StatementRecorded"
  package static let kind = EntryKind.statement
  package static let formerNames = (entry: "statement", text: "text", attribution: "attribution")
}

package enum PositionKind: RecordedKind {
  package static let type = "PositionRecorded"
  package static let kind = EntryKind.position
  package static let formerNames = (entry: "position", text: "stance", attribution: "holder")
}

package enum ConclusionKind: RecordedKind {
  package static let type = "ConclusionRecorded"
  package static let kind = EntryKind.conclusion
  package static let formerNames = (entry: "conclusion", text: "text", attribution: "attribution")
}

package enum RecommendationKind: RecordedKind {
  package static let type = "RecommendationRecorded"
  package static let kind = EntryKind.recommendation
  package static let formerNames = (entry: "recommendation", text: "text", attribution: "attribution")
}

package typealias StatementRecorded = EntryRecorded<StatementKind>
package typealias PositionRecorded = EntryRecorded<PositionKind>
package typealias ConclusionRecorded = EntryRecorded<ConclusionKind>
package typealias RecommendationRecorded = EntryRecorded<RecommendationKind>

/// Version 1 of an event about an entry called it a statement.
private func entryNamedStatement(_ old: JSONValue) -> JSONValue {
  var body = old
  body["entry"] = body["statement"]
  body["statement"] = nil
  return body
}

/// A draft was changed. Fields that are nil stayed.
///
/// Before version 2, published entries were changed by it too.
package struct StatementCorrected: EventBody {
  package static let type = "StatementCorrected"
  package static let version = 2
  package static let upcasts: [Int: Upcast] = [
    1: { old in
      var body = entryNamedStatement(old)
      body["kind"] = nil
      return body
    }
  ]
  package static let words = EntryDetails.words
  package var entry: RecordID
  package var session: SessionID
  package var changes: EntryDetails.Changes
  /// What an undo restores; nil: the history goes on.
  package var history: EntryHistory?
  package var tags: [Tag] { [entry.tag, .entries(of: session)] + (changes.attribution?.voices ?? []) }

  package init(
    _ entry: RecordID, in session: SessionID, _ changes: EntryDetails.Changes, history: EntryHistory? = nil
  ) {
    self.entry = entry
    self.session = session
    self.changes = changes
    self.history = history
  }

  package init(from decoder: any Decoder) throws {
    entry = try decoder.value("entry")
    session = try decoder.value("session")
    changes = try EntryDetails.Changes(from: decoder)
    history = try decoder.valueIfPresent("history")
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(entry, "entry")
    try encoder.put(session, "session")
    try changes.encode(to: encoder)
    try encoder.put(history, "history")
  }
}

/// An entry was translated into languages that it was not said in. No words of the original changed.
package struct StatementTranslated: EventBody {
  package static let type = "StatementTranslated"
  package static let words = EntryDetails.words
  package var entry: RecordID
  package var session: SessionID
  /// The new languages, or those that are translated anew. Nil after an expunction.
  package var text: LocalizedText?
  package var tags: [Tag] { [entry.tag, .entries(of: session)] }
}

/// A draft was moved to another place, or to another session.
package struct StatementMoved: EventBody {
  package static let type = "StatementMoved"
  package var entry: RecordID
  package var from: SessionID
  package var session: SessionID
  /// Nil: at the end of the session, which is the event's own position.
  package var order: OrderKey?
  package var tags: [Tag] {
    [entry.tag, .entries(of: session)] + (from == session ? [] : [.entries(of: from)])
      + (order == nil ? [] : [.places(in: session)])
  }
}

/// A draft was split in two: it keeps the beginning. The rest is recorded as an entry of its own, after it, in the
/// same command.
///
/// The beginning is here with all its details, so that it stands even if the words of the whole are destroyed with
/// the rest.
package struct StatementSplit: EventBody {
  package static let type = "StatementSplit"
  package static let words = ["head"]
  package var entry: RecordID
  package var session: SessionID
  package var rest: RecordID
  /// Nil after an expunction.
  package var head: EntryDetails?
  /// The translations of the beginning that are out of date; nil: none.
  package var outdated: [Language]?
  package var tags: [Tag] {
    [entry.tag, rest.tag, .entries(of: session)] + (head?.attribution.voices ?? [])
  }
}

/// A draft took in the words of another one, which is gone.
package struct StatementsMerged: EventBody {
  package static let type = "StatementsMerged"
  package static let words = ["whole"]
  package var entry: RecordID
  package var merged: RecordID
  package var session: SessionID
  /// With the words of both. Nil after an expunction.
  package var whole: EntryDetails?
  /// The translations that are out of date; nil: none.
  package var outdated: [Language]?
  package var tags: [Tag] {
    [entry.tag, merged.tag, .entries(of: session)] + (whole?.attribution.voices ?? [])
  }
}

/// An entry was retracted: a draft without a trace, a published one (before version 2) with its number.
package struct StatementRetracted: EventBody {
  package static let type = "StatementRetracted"
  package static let version = 2
  package static let upcasts: [Int: Upcast] = [1: { entryNamedStatement($0) }]
  package var entry: RecordID
  package var session: SessionID
  package var tags: [Tag] { [entry.tag, .entries(of: session)] }
}

/// A draft that had been retracted is in the record again, where it stood.
package struct StatementRestored: EventBody {
  package static let type = "StatementRestored"
  package var entry: RecordID
  package var session: SessionID
  package var tags: [Tag] { [entry.tag, .entries(of: session)] }
}

/// An entry still holds, although the one that it rests on was changed, retracted or expunged.
package struct EntryReaffirmed: EventBody {
  package static let type = "EntryReaffirmed"
  package static let version = 2
  /// Before version 2, every one of them counted as a change of what is printed.
  package static let upcasts: [Int: Upcast] = [
    1: { old in
      var body = old
      body["printsAgain"] = .bool(true)
      return body
    }
  ]
  package var entry: RecordID
  package var session: SessionID
  /// Its words are printed again: they were left out after the expunction of what it rests on.
  package var printsAgain: Bool?
  package var tags: [Tag] { [entry.tag, .entries(of: session)] }
}

/// The words of an entry were destroyed by order. Its number and this note remain, perhaps with other words.
package struct StatementExpunged: ExpungingBody {
  package static let type = "StatementExpunged"
  package static let words = ["replacement"]
  package var entry: RecordID
  package var session: SessionID
  /// Who ordered it, and by which rule.
  package var authority: LocalizedText
  package var reason: LocalizedText
  package var positions: [Int]
  /// What stands in the place of the words. Nil: nothing does, or it was expunged too.
  package var replacement: EntryDetails?
  package var tags: [Tag] {
    [entry.tag, .entries(of: session)] + (replacement?.attribution.voices ?? [])
  }
}
