package import EventLog
import Scheduling
package import Vocabulary

/// The speaker behind a withheld statement authorised its disclosure.
///
/// Until then nobody who reads the log learns who that is: what the authorisation rests on may name the speaker, so it
/// is sealed with the speaker's key.
package struct DisclosureAuthorised: EventBody {
  package static let type = "DisclosureAuthorised"
  package static let words = ["evidence"]
  package var entry: RecordID
  package var session: SessionID
  /// `DisclosureEvidence`, sealed. Nil after an expunction.
  package var evidence: Sealed?
  package var tags: [Tag] { [entry.tag, .entries(of: session)] }
}

/// What an authorisation rests on: `Letter of 3 May 2016`.
package struct DisclosureEvidence: Hashable, Sendable, Codable {
  package var text: String

  /// - Throws: `InvalidValue` for a text that is empty or holds control characters.
  package init(_ text: String) throws(InvalidValue) {
    self.text = try checkedText(text, "evidence")
  }

  /// The context that the sealed bytes are bound to.
  package static func context(_ conference: ConferenceID, _ entry: RecordID) -> String {
    "\(conference)/\(entry.tag)/disclosure"
  }
}

/// The identity behind a withheld statement was opened. The events that follow in the same command name the speaker: a
/// change of a draft, or a correction of a published entry.
package struct StatementDisclosed: EventBody {
  package static let type = "StatementDisclosed"
  package var entry: RecordID
  package var session: SessionID
  package var tags: [Tag] { [entry.tag, .entries(of: session)] }
}
