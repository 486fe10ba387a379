import ArgumentParser
import EventLog
import Foundation
import Plenary
import Scheduling
import Vocabulary

/// An event in the format of `log export`: everything that its hash covers, and its words. The body is the text
/// that was hashed. Where it ends with a commitment, that is the SHA-256 of the salt and the text of the words; without
/// words, these were destroyed.
struct EventLine: Encodable {
  let conference: String
  let position: Int
  let type: String
  let version: Int
  let tags: [String]
  let actor: String
  let login: String?
  let reason: String?
  let commandID: String
  let recordedAt: Timestamp
  let body: StoredJSON
  let words: StoredJSON?
  let salt: String?
  let leaf: String
  let proof: [String]?
  /// The event that set this one aside; left out for one that is read.
  let setAsideBy: Int?

  init(_ event: RecordedEvent, _ proof: InclusionProof?, _ aside: SetAside) throws {
    conference = event.conference
    position = event.position
    type = event.type
    version = event.version
    tags = event.tags
    actor = event.actor
    login = event.login
    reason = event.reason
    commandID = event.commandID
    recordedAt = event.recordedAt
    body = try StoredJSON(event.body)
    words = try event.words.map { try StoredJSON($0) }
    salt = event.salt.map(hexadecimal)
    leaf = hexadecimal(event.leaf)
    self.proof = proof?.path
    setAsideBy = aside.by(event.position)
  }
}
