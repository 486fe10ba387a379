import EventLog
import Foundation
import JSON

/// What commands print with `--json`: for each kind of answer, the name of its JSON Schema.
///
/// The schemas are in the catalogue of `Plenary`, in `Resources/Answers`. An answer of one command has the command's name.
enum Answer: String, CaseIterable {
  /// What a changing command recorded.
  case outcome
  /// A document that was written into a file.
  case file
  /// One event of the log; a line each.
  case event
  /// One event of the log in words; a line each.
  case change
  /// What went wrong; on standard error.
  case error

  /// What came of one scan at the desk; a line each.
  case attendeeDesk = "attendee-desk"
  case attendeeList = "attendee-list"
  case attendeePresence = "attendee-presence"
  case attendeeShow = "attendee-show"
  case conferenceList = "conference-list"
  case conferenceShow = "conference-show"
  case correctionList = "correction-list"
  case correctionShow = "correction-show"
  case dbBackup = "db-backup"
  case dbDistribute = "db-distribute"
  case dbMigrate = "db-migrate"
  case dbRestore = "db-restore"
  case dbRotateKey = "db-rotate-key"
  case dbStart = "db-start"
  case dbStatus = "db-status"
  case dbStop = "db-stop"
  case `import`
  case logImport = "log-import"
  case logVerify = "log-verify"
  case organisationList = "organisation-list"
  case organisationShow = "organisation-show"
  case peopleDuplicates = "people-duplicates"
  case presentationList = "presentation-list"
  case proceedingsCheck = "proceedings-check"
  case proceedingsDescription = "proceedings-description"
  case proceedingsDiff = "proceedings-diff"
  case proceedingsIssues = "proceedings-issues"
  case proceedingsShow = "proceedings-show"
  case proceedingsVerify = "proceedings-verify"
  case programCheck = "program-check"
  case programDiff = "program-diff"
  case programErrata = "program-errata"
  case programNotices = "program-notices"
  case programPrints = "program-prints"
  case programReleases = "program-releases"
  case programShow = "program-show"
  case projectionsRebuild = "projections-rebuild"
  case projectionsStatus = "projections-status"
  case projectionsVerify = "projections-verify"
  case roomList = "room-list"
  case run
  case sessionList = "session-list"
  case sessionShow = "session-show"
  case sessionSittings = "session-sittings"
  case speakerList = "speaker-list"
  case speakerShow = "speaker-show"
  case statementList = "statement-list"
  case statementShow = "statement-show"
  case subjectList = "subject-list"
  case trackList = "track-list"
  case venueList = "venue-list"

  /// A new version is needed if a key goes away or changes its meaning. A new key is not a new version.
  var version: Int { 1 }

  /// `urn:plenary:session-list:1`, which is also the `$id` of its schema.
  var schema: String { "urn:plenary:\(rawValue):\(version)" }

  /// `logPosition` is the position of the log that the answer shows, as with `--at`.
  private enum Key: CodingKey { case schema, logPosition, items }

  /// A list: `{"schema": …, "logPosition": …, "items": […]}`.
  struct List<Item: Encodable>: Encodable {
    let answer: Answer
    let position: Int?
    let items: [Item]

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(answer.schema, forKey: .schema)
      try container.encodeIfPresent(position, forKey: .logPosition)
      try container.encode(items, forKey: .items)
    }
  }

  /// One thing: `schema`, its name, `logPosition`, and its other members.
  struct One<Value: Encodable>: Encodable {
    let answer: Answer
    let position: Int?
    let value: Value

    func encode(to encoder: any Encoder) throws {
      try value.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(answer.schema, forKey: .schema)
      try container.encodeIfPresent(position, forKey: .logPosition)
    }
  }

  /// Says first what it is, then which one. Details stand beside the other members.
  static let layout = JSONWriter.Layout(
    leading: [
      "schema", "correction", "entry", "presentation", "attendee", "person", "session", "room", "track",
      "venue", "organisation", "subject", "conference", "logPosition", "position", "kind", "type",
    ], inlined: ["details"])
}

extension Console {
  /// Prints a list for programs.
  ///
  /// - Parameter position: of the log, if the answer is what it says at that position.
  static func json(_ answer: Answer, items: [some Encodable], at position: Int? = nil) throws {
    try json(Answer.List(answer: answer, position: position, items: items))
  }

  /// Prints one thing for programs.
  static func json(_ answer: Answer, _ value: some Encodable, at position: Int? = nil) throws {
    try json(Answer.One(answer: answer, position: position, value: value))
  }

  /// Prints one thing in one line, as one of many.
  static func jsonLine(_ answer: Answer, _ value: some Encodable) throws {
    let value = Answer.One(answer: answer, position: nil, value: value)
    write(try JSONText.data(value, Answer.layout) + Data("\n".utf8))
  }

  private static func json(_ value: some Encodable) throws {
    write(try JSONText.data(value, Answer.layout, pretty: true) + Data("\n".utf8))
  }
}

/// A JSON text that was stored, as a value. What is encrypted in it is not shown: `{"sealed": true}`.
struct StoredJSON: Encodable {
  let text: String
  private let value: JSONValue

  init(_ text: String) throws {
    self.text = text
    value = Self.unsealed(try JSONText.value(from: text))
  }

  func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

  private static func unsealed(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text) where Sealed.isSealed(text): .object(["sealed": .bool(true)])
    case .array(let elements): .array(elements.map(unsealed))
    case .object(let members): .object(members.mapValues(unsealed))
    case .null, .bool, .integer, .number, .string: value
    }
  }
}
