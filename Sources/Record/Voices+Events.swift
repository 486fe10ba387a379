package import EventLog
package import Vocabulary

/// Somebody whose voice was known by a handle was identified. The events that follow in the same command give the
/// entries of that voice their name.
package struct PersonIdentified: EventBody {
  package static let type = "PersonIdentified"
  package static let version = 2
  /// Version 1 had the person in its body.
  package static let upcasts: [Int: Upcast] = [1: { $0 }]
  package static let words = ["person", "reason"]
  package var voice: VoiceID
  /// Nil: the identification was undone, or one of the entries was expunged.
  package var person: PersonID?
  /// The entries that it settled.
  package var entries: [RecordID]
  /// Nil: nothing is said, or one of the entries was expunged.
  package var reason: LocalizedText?
  package var tags: [Tag] { [voice.tag] + entries.map(\.tag) }
}

extension Attribution {
  /// The tag by which the entries of a voice are found.
  var voices: [Tag] { voice.map { [$0.tag] } ?? [] }
}
