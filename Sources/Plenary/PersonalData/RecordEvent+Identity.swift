import EventLog
import Record
import Vocabulary

extension RecordEvent {
  /// The sealed identity of a withheld speaker in its attribution, with its entry and session.
  var identity: (entry: RecordID, session: SessionID, sealed: Sealed)? {
    func found(_ entry: RecordID, _ session: SessionID, _ attribution: Attribution?) -> (
      RecordID, SessionID, Sealed
    )? { attribution?.identity.map { (entry, session, $0) } }
    if let recorded { return found(recorded.entry, recorded.session, recorded.details.attribution) }
    return switch self {
    case .statementCorrected(let body): found(body.entry, body.session, body.changes.attribution)
    case .correctionRequested(let body): found(body.entry, body.session, body.changes.attribution)
    case .statementSplit(let body): found(body.entry, body.session, body.head?.attribution)
    case .statementsMerged(let body): found(body.entry, body.session, body.whole?.attribution)
    case .statementExpunged(let body): found(body.entry, body.session, body.replacement?.attribution)
    default: nil
    }
  }
}
