package import EventLog
import People
package import Vocabulary

/// A file of another program was imported. The events of the same command are what it changed.
package struct FileImported: EventBody {
  package static let type = "FileImported"
  /// Whose keys these are: `pretalx`. Files of one source name the same things by the same keys.
  package var source: ImportSource
  /// `schedule.xml`
  package var format: String
  /// SHA-256 of the file, in hexadecimal digits.
  package var sha256: String
  /// Of everything that this file says for the first time, or otherwise than the file before it.
  package var facts: [ImportedFact]
  package var tags: [Tag] { importTags(facts) }

  package init(source: ImportSource, format: String, sha256: String, facts: [ImportedFact]) {
    self.source = source
    self.format = format
    self.sha256 = sha256
    self.facts = facts
  }
}

/// An import was undone: the next one compares with what was imported before it.
package struct ImportUndone: EventBody {
  package static let type = "ImportUndone"
  package var source: ImportSource
  /// As they were before that import; one that it made has no digests.
  package var facts: [ImportedFact]
  package var tags: [Tag] { importTags(facts) }

  package init(source: ImportSource, facts: [ImportedFact]) {
    self.source = source
    self.facts = facts
  }
}

/// Attendees are very many, and whoever imports a program need not read about them.
private func importTags(_ facts: [ImportedFact]) -> [Tag] {
  facts.allSatisfy { $0.of.text.hasPrefix("attendee:") } && !facts.isEmpty ? [.registrations] : [.imports]
}

/// What a file calls something, and what it said of it.
package struct ImportedFact: Codable, Sendable, Hashable {
  /// `session:opening`
  package var of: Tag
  /// `guid:6b1…`, `name:Main Hall`; all that the files of this source had.
  package var keys: [String]
  /// The beginnings of SHA-256 of what the file says, by field; they tell later whether the file or the organizer changed
  /// a field.
  package var digests: [String: String]

  package init(of: Tag, keys: [String], digests: [String: String]) {
    self.of = of
    self.keys = keys
    self.digests = digests
  }
}

package enum ImportSourceEntity: IdentifiedEntity {
  package static let noun = "source"
  package static let example = "pretalx"
  package static let limit = 32
}

package typealias ImportSource = Identifier<ImportSourceEntity>

/// What was imported so far.
package struct Imports: Sendable, Equatable {
  package struct Fact: Sendable, Equatable {
    package var keys: [String] = []
    package var digests: [String: String] = [:]

    /// Whether every import with it was undone: then this source does not have it.
    var isUndone: Bool { digests.isEmpty }
  }

  /// What a fact has of somebody or something that a file took out: `1` if the file said so, `wasMissing` if it no longer had
  /// them.
  static let cancelled = "cancelled"
  static let wasMissing = "missing"
  /// What a fact has of something that a table of ours brought.
  static let added = "added"

  /// By what they are about.
  package private(set) var facts: [ImportSource: [Tag: Fact]] = [:]
  /// Sessions that an import or its undo cancelled, rooms that it closed, and people whom it withdrew; not those that
  /// somebody here did.
  private var takenOut: Set<Tag> = []
  /// The last command that imported something or undid an import.
  private var command: String?

  package init() {}

  /// Whether an import took it out, or the undo of one, and nobody here.
  func tookOut(_ tag: Tag) -> Bool { takenOut.contains(tag) }

  /// Whether it is out because an import was undone.
  func isUndone(_ tag: Tag) -> Bool {
    tookOut(tag) && facts.values.allSatisfy { $0[tag]?.digests[Self.cancelled] == nil }
  }

  mutating func evolve(_ event: RecordedEvent) throws {
    switch event.type {
    case FileImported.type:
      let body = try event.decoded(as: FileImported.self)
      take(body.facts, of: body.source)
      command = event.commandID
    case ImportUndone.type:
      let body = try event.decoded(as: ImportUndone.self)
      take(body.facts, of: body.source)
      command = event.commandID
    case SessionCancelled.type: takeOut("session:", event)
    case RoomClosed.type: takeOut("room:", event)
    case SpeakerWithdrawn.type: takeOut("person:", event)
    case AttendeeWithdrawn.type: takeOut("attendee:", event)
    default: break
    }
  }

  /// The event of an import is the first one of its command. The undo of a reinstatement is a command of somebody here, too:
  /// whom an import had withdrawn before counts as withdrawn here from then on.
  private mutating func takeOut(_ prefix: String, _ event: RecordedEvent) {
    for tag in event.tags where tag.hasPrefix(prefix) {
      if event.commandID == command {
        takenOut.insert(Tag(stored: tag))
      } else {
        takenOut.remove(Tag(stored: tag))
      }
    }
  }

  private mutating func take(_ changed: [ImportedFact], of source: ImportSource) {
    for fact in changed {
      facts[source, default: [:]][fact.of] = Fact(keys: fact.keys, digests: fact.digests)
    }
  }
}
