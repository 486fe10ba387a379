import EventLog
import Foundation
import JSON
import PostgresLog
import Vocabulary

/// An event as a line of an exported log: everything that its hash covers, its words, and the hash of its command's
/// request. The body is the text that was hashed, so that whoever reads the line can compute the hash.
///
/// Where the body ends with a commitment, that is the SHA-256 of the salt and the text of the words; without words, these
/// were destroyed. Members may be added; none is renamed or removed.
struct ExportedEvent: Codable {
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
  let body: String
  let words: String?
  let salt: String?
  let leaf: String
  /// For the first event of each command; empty if it was blanked.
  let request: String?
  /// The event that set this one aside, as far as the log goes now. Not read again: that event says it too.
  let setAsideBy: Int?

  init(_ carried: CarriedEvent, _ aside: SetAside) {
    let event = carried.event
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
    body = event.body
    words = event.words
    salt = event.salt.map(hexadecimal)
    leaf = hexadecimal(event.leaf)
    request = carried.request.map(hexadecimal)
    setAsideBy = aside.by(event.position)
  }

  /// - Throws: `InvalidValue` for hexadecimal digits that are none.
  func carried() throws -> CarriedEvent {
    CarriedEvent(
      RecordedEvent(
        conference: conference, position: position, type: type, version: version, tags: tags, body: body,
        words: words, salt: try salt.map { try Self.digits($0, "salt") }, actor: actor, login: login,
        reason: reason, commandID: commandID.lowercased(), recordedAt: recordedAt,
        leaf: try Self.digits(leaf, "leaf")),
      request: try request.map { try Self.digits($0, "request") })
  }

  private static func digits(_ text: String, _ what: String) throws(InvalidValue) -> [UInt8] {
    guard let bytes = bytes(hexadecimal: text) else {
      throw InvalidValue("the \(what) “\(excerpt(text))” has no hexadecimal digits")
    }
    return bytes
  }
}

/// The last line of an exported log: where it ends, and the root over everything up to there.
struct ExportEnd: Codable {
  let conference: String
  /// The position of the last event.
  let end: Int
  let root: String
  /// Raised if an older program could no longer read the lines.
  var format = 1

  static let newest = 1
}

/// A line of an exported log.
enum ExportLine {
  case event(CarriedEvent)
  case end(ExportEnd)

  /// - Throws: `InvalidValue` with what is wrong.
  init(_ line: some Sequence<UInt8>) throws(InvalidValue) {
    guard let text = String(validating: Array(line), as: UTF8.self) else {
      throw InvalidValue("it is not valid UTF-8")
    }
    do {
      let kind = try JSONText.decode(LineKind.self, from: text)
      switch (kind.position, kind.end) {
      case (nil, _?): self = .end(try JSONText.decode(ExportEnd.self, from: text))
      case (_?, nil): self = .event(try JSONText.decode(ExportedEvent.self, from: text).carried())
      default: throw InvalidValue("it is no line of a log that was exported")
      }
    } catch let error as InvalidValue { throw error } catch {
      throw InvalidValue(
        "it is no line of a log that was exported: \(JSONText.explain(error))")
    }
  }
}

/// What tells an event from the last line.
private struct LineKind: Decodable {
  var position: Int?
  var end: Int?
}
