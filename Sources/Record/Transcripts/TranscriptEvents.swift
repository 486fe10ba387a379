package import EventLog
package import Vocabulary

/// A transcript was imported. The events of the same command before it are what it changed.
package struct TranscriptImported: EventBody {
  package static let type = "TranscriptImported"
  /// Transcripts of one source in one session are states of one text.
  package var source: TranscriptSource
  package var session: SessionID
  /// `WebVTT`
  package var format: String
  /// That an organizer said the transcript is in, in this import or before. It counts for the next one too.
  package var language: Language?
  /// Who organizers said the voices are, by their short names; `""` for those without a name. It counts for the next import
  /// too.
  package var speakers: [String: PersonID]?
  /// What the transcript says, in its order.
  package var entries: [RecordID]
  /// Those of them that say after this command what the transcript says. With the others, what the transcript said
  /// before still counts: somebody has changed them in the record.
  package var said: [RecordID]
  package var tags: [Tag] { [.entries(of: session)] }

  package init(
    source: TranscriptSource, session: SessionID, format: String, language: Language? = nil,
    speakers: [String: PersonID] = [:], entries: [RecordID], said: [RecordID]
  ) {
    self.source = source
    self.session = session
    self.format = format
    self.language = language
    self.speakers = speakers.isEmpty ? nil : speakers
    self.entries = entries
    self.said = said
  }
}

/// An import of a transcript was undone: the next one is compared with the one before it.
package struct TranscriptImportUndone: EventBody {
  package static let type = "TranscriptImportUndone"
  package var source: TranscriptSource
  package var session: SessionID
  /// The position of the import.
  package var imported: Int
  package var tags: [Tag] { [.entries(of: session)] }

  package init(source: TranscriptSource, session: SessionID, imported: Int) {
    self.source = source
    self.session = session
    self.imported = imported
  }
}

package enum TranscriptSourceEntity: IdentifiedEntity {
  package static let noun = "source"
  package static let example = "captions"
  package static let limit = 32
}

package typealias TranscriptSource = Identifier<TranscriptSourceEntity>

/// What transcripts said when they were imported.
struct Transcripts: Sendable, Equatable {
  struct Import: Sendable, Equatable {
    var position: Int
    var language: Language?
    var speakers: [String: PersonID]
    var entries: [RecordID]
    /// As the transcript had them.
    var said: [RecordID: EntryDetails]
  }

  private struct Key: Hashable, Sendable {
    var source: TranscriptSource
    var session: SessionID
  }

  private var imports: [Key: [Import]] = [:]

  /// The last import that was not undone.
  func last(_ source: TranscriptSource, in session: SessionID) -> Import? {
    imports[Key(source: source, session: session)]?.last
  }

  /// - Parameter record: as this event finds it.
  mutating func evolve(_ event: RecordedEvent, _ record: RecordState) throws {
    switch event.type {
    case TranscriptImported.type:
      let body = try event.decoded(as: TranscriptImported.self)
      let key = Key(source: body.source, session: body.session)
      var said = imports[key]?.last?.said ?? [:]
      for entry in body.said { said[entry] = record.entries[entry]?.details }
      let listed = Set(body.entries)
      imports[key, default: []].append(
        Import(
          position: event.position, language: body.language, speakers: body.speakers ?? [:],
          entries: body.entries, said: said.filter { listed.contains($0.key) }))
    case TranscriptImportUndone.type:
      let body = try event.decoded(as: TranscriptImportUndone.self)
      imports[Key(source: body.source, session: body.session)]?.removeAll { $0.position == body.imported }
    default: break
    }
  }
}
