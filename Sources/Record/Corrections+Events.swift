package import EventLog
package import Vocabulary

/// Whether a correction changes the meaning.
package enum CorrectionKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// Spelling and style.
  case editorial
  /// The meaning.
  case substantive
}

/// What became of a correction that was asked for.
package enum CorrectionStatus: String, Sendable, Hashable, Codable {
  case requested, accepted, refused
}

/// What a correction was verified against.
package enum Verification: String, Sendable, Hashable, Codable, CaseIterable {
  case recording, notes, speaker, document
}

/// Somebody asked for a correction of a published entry.
package struct CorrectionRequested: EventBody {
  package static let type = "CorrectionRequested"
  package static let version = 2
  /// Version 1 had the requester in its body.
  package static let upcasts: [Int: Upcast] = [1: { $0 }]
  package static let words = EntryDetails.words + ["requester"]
  package var correction: CorrectionID
  package var entry: RecordID
  package var session: SessionID
  package var kind: CorrectionKind
  /// Who asks for it, as printed; nil: the editors, or an expunction.
  package var requester: LocalizedText?
  /// The entry is to be retracted. There are no changes then.
  package var retracts: Bool
  package var changes: EntryDetails.Changes
  package var tags: [Tag] {
    [correction.tag, entry.tag, .entries(of: session), .correction] + (changes.attribution?.voices ?? [])
  }

  package init(
    _ correction: CorrectionID, of entry: RecordID, in session: SessionID, kind: CorrectionKind,
    requester: LocalizedText? = nil, retracts: Bool = false, _ changes: EntryDetails.Changes
  ) {
    self.correction = correction
    self.entry = entry
    self.session = session
    self.kind = kind
    self.requester = requester
    self.retracts = retracts
    self.changes = changes
  }

  package init(from decoder: any Decoder) throws {
    correction = try decoder.value("correction")
    entry = try decoder.value("entry")
    session = try decoder.value("session")
    kind = try decoder.value("kind")
    requester = try decoder.valueIfPresent("requester")
    retracts = try decoder.valueIfPresent("retracts") ?? false
    changes = try EntryDetails.Changes(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(correction, "correction")
    try encoder.put(entry, "entry")
    try encoder.put(session, "session")
    try encoder.put(kind, "kind")
    try encoder.put(requester, "requester")
    if retracts { try encoder.put(true, "retracts") }
    try changes.encode(to: encoder)
  }
}

/// A correction was accepted. It appears in a corrigendum, and in the next issue.
package struct CorrectionAccepted: EventBody {
  package static let type = "CorrectionAccepted"
  package static let version = 2
  /// Version 1 had the reason in its body.
  package static let upcasts: [Int: Upcast] = [1: { $0 }]
  package static let words = ["reason"]
  package var correction: CorrectionID
  package var entry: RecordID
  package var session: SessionID
  package var verifiedAgainst: Verification
  /// Why it was made, as printed; nil: nothing is said, or an expunction.
  package var reason: LocalizedText?
  package var tags: [Tag] { [correction.tag, entry.tag, .entries(of: session), .correction] }
}

/// A correction was refused.
package struct CorrectionRefused: EventBody {
  package static let type = "CorrectionRefused"
  package static let version = 2
  /// Version 1 had the reason in its body.
  package static let upcasts: [Int: Upcast] = [1: { $0 }]
  package static let words = ["reason"]
  package var correction: CorrectionID
  package var entry: RecordID
  package var session: SessionID
  /// Nil after an expunction.
  package var reason: LocalizedText?
  package var tags: [Tag] { [correction.tag, entry.tag, .entries(of: session), .correction] }
}
