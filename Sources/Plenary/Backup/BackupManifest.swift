import EventLog
import JSON
package import Vocabulary

/// What a backup says of itself, in `manifest.json`.
package struct BackupManifest: Codable, Sendable {
  static let format = 1

  /// The form of the backup.
  package var format = Self.format
  /// The version of Plenary that made it.
  package var plenary = Version.number
  /// The version of the schema (`Schema.version`).
  package var schema: Int
  /// The major version of PostgreSQL.
  package var postgresql: Int
  package var madeAt: Timestamp
  package var conferences: [Conference]
  package var files: [File]
  /// Names the master keys, which are in no backup, that its keys are encrypted with. Nil: none.
  package var masterKeys: [String]?

  /// How far a conference's log reaches, and the Merkle root of everything up to there.
  package struct Conference: Codable, Sendable, Hashable {
    package var conference: ConferenceID
    package var position: Int
    /// 64 hexadecimal digits.
    package var root: String
  }

  package struct File: Codable, Sendable, Hashable {
    package var name: String
    package var bytes: Int
    /// 64 hexadecimal digits.
    package var sha256: String
  }
}

/// Something that was erased, in `erased.json`. An older backup does not know of it.
package struct Erasure: Codable, Sendable, Hashable {
  package enum What: String, Codable, Sendable {
    /// A person's data.
    case person
    /// A speaker's address.
    case address
  }

  package var conference: ConferenceID
  package var what: What
  /// The tag of the person: `attendee:a-1`.
  package var person: String
  /// Of the event that did it.
  package var position: Int
  package var commandID: String
  package var at: Timestamp
  /// The command since which the log had what was erased; nil in lists of earlier versions.
  package var since: String?
}
