import EventLog
import People
import Vocabulary

/// Who was erased from a conference, and whose address was removed.
struct ErasureList {
  private let conference: ConferenceID
  private var found: [Erasure] = []

  init(_ conference: ConferenceID) { self.conference = conference }

  /// In the order of the log.
  var erasures: [Erasure] { found }

  mutating func note(_ event: RecordedEvent) throws {
    switch event.type {
    case PersonErased.type, ContactStated.type: break
    default: return
    }
    switch try PeopleEvent(event) {
    case .personErased(let body):
      // The same command removed the address.
      found.removeAll { $0.commandID == event.commandID }
      for tag in body.tags { note(.person, tag, event) }
    case .contactStated(let body):
      // An address that was stated again is not removed any longer.
      found.removeAll { $0.what == .address && $0.person == body.person.tag.text }
      if body.contact == nil { note(.address, body.person.tag, event) }
    default: break
    }
  }

  private mutating func note(_ what: Erasure.What, _ person: Tag, _ event: RecordedEvent) {
    found.append(
      Erasure(
        conference: conference, what: what, person: person.text, commandID: event.commandID,
        at: event.recordedAt))
  }
}
