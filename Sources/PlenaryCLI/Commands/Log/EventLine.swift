import ArgumentParser
import EventLog
import Foundation
import Plenary
import Scheduling
import Vocabulary

/// An event to be read by programs: body and words are JSON, and what is encrypted in them is not shown.
///
/// With a proof, also the exact texts: `bodyText` is what the leaf's hash covers; where it ends with a commitment, that is the
/// SHA-256 of the salt and `wordsText`. Without words, these were destroyed.
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
  let bodyText: String?
  let wordsText: String?
  /// From the leaf to the root, of the tree of all events up to `rootPosition`.
  let proof: [String]?
  let root: String?
  let rootPosition: Int?
  /// The event that set this one aside; left out for one that is read.
  let setAsideBy: Int?

  init(_ event: RecordedEvent, _ proof: ProofToRoot?, _ aside: SetAside) throws {
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
    bodyText = proof.map { _ in event.body }
    wordsText = proof.flatMap { _ in event.words }
    self.proof = proof?.path
    root = proof?.root
    rootPosition = proof?.position
    setAsideBy = aside.by(event.position)
  }
}

/// The proof that one event is in the log, with the root that it leads to.
struct ProofToRoot {
  let path: [String]
  let root: String
  let position: Int

  /// - Parameter tree: of all the leaves.
  init(of event: RecordedEvent, in leaves: [[UInt8]], _ tree: MerkleTree) {
    path = InclusionProof(of: event.position - 1, in: leaves).path
    (root, position) = (hexadecimal(tree.root), tree.count)
  }
}
