package import EventLog
import Scheduling
import Vocabulary

extension Statements {
  package static func warnings(on events: [Event], in state: State) -> [HintedText] {
    events.flatMap { event in
      if case .statementExpunged(let body) = event {
        warningsOfWords(of: body.entry, state)
      } else {
        warningsOfAttribution(event, state) + warningsOfSession(event.sessionTaken, state)
      }
    }
  }

  /// - Parameter session: the one that an entry comes into; nil: none does.
  private static func warningsOfSession(_ session: SessionID?, _ state: State) -> [HintedText] {
    guard let session, state.sessions.isCancelled(session) else { return [] }
    return .says("The session “\(session)” was cancelled.", .reinstate(session))
  }

  /// The entries that may repeat destroyed words.
  private static func warningsOfWords(of entry: RecordID, _ state: State) -> [HintedText] {
    state.record.resting(on: entry).sorted().map { other in
      HintedText(
        "“\(other)” rests on “\(entry)” and may repeat the destroyed words. Until you reaffirm it or state all of its "
          + "words anew, only a reference is printed. If it repeats them, expunge it too, with other words.",
        [.show(other)])
    }
  }
}

extension RecordEvent {
  /// The session that an entry is recorded in or moved to.
  fileprivate var sessionTaken: SessionID? {
    if case .statementMoved(let body) = self { body.session } else { recorded?.session }
  }
}
