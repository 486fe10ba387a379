import EventLog
import Record

// What is withheld is in no read model: neither the sealed identity, nor the name that a published entry had before its
// speaker was withheld.

extension RecordEvent {
  /// The event without a sealed identity.
  var withoutIdentity: RecordEvent {
    switch self {
    case .statementRecorded(let body): return .statementRecorded(body.withoutIdentity)
    case .positionRecorded(let body): return .positionRecorded(body.withoutIdentity)
    case .conclusionRecorded(let body): return .conclusionRecorded(body.withoutIdentity)
    case .recommendationRecorded(let body): return .recommendationRecorded(body.withoutIdentity)
    case .statementCorrected(var body):
      body.changes.attribution?.identity = nil
      return .statementCorrected(body)
    case .statementSplit(var body):
      body.head?.attribution.identity = nil
      return .statementSplit(body)
    case .statementsMerged(var body):
      body.whole?.attribution.identity = nil
      return .statementsMerged(body)
    case .statementExpunged(var body):
      body.replacement?.attribution.identity = nil
      return .statementExpunged(body)
    case .correctionRequested(var body):
      body.changes.attribution?.identity = nil
      return .correctionRequested(body)
    default: return self
    }
  }
}

extension EntryRecorded {
  fileprivate var withoutIdentity: Self {
    if details.attribution.identity == nil { return self }
    var body = self
    body.details.attribution.identity = nil
    return body
  }
}

extension CorrectionRow {
  /// The speaker of the entry is withheld now: other attributions that the row has are gone.
  mutating func withhold() {
    if changes.attribution?.mode != .withheld { changes.attribution = nil }
    if before?.attribution?.mode != .withheld { before?.attribution = nil }
  }
}
