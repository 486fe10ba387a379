package import EventLog
import PostgresLog
package import Record
package import Scheduling
import Vocabulary

/// An event of any capability that an undo appends.
package enum UndoingEvent: EventFamily {
  case programOrPeople(ProgramOrPeopleEvent)
  case record(RecordEvent)

  package init?(_ event: RecordedEvent) throws {
    if let event = try RecordEvent(event) {
      self = .record(event)
    } else if let event = try ProgramOrPeopleEvent(event) {
      self = .programOrPeople(event)
    } else {
      return nil
    }
  }

  package var body: any EventBody {
    switch self {
    case .programOrPeople(let event): event.body
    case .record(let event): event.body
    }
  }
}

extension Outcome {
  /// The same with events of another family.
  func map<Other: EventFamily>(_ change: (Event) -> Other) -> Outcome<Other> {
    let same: Outcome<Other>.Effect =
      switch effect {
      case .appended(let receipt): .appended(receipt)
      case .nothingToDo: .nothingToDo
      case .wouldAppend: .wouldAppend
      }
    return Outcome<Other>(effect: same, events: events.map(change), warnings: warnings)
  }
}

extension Workspace {
  /// Undoes a command about the record.
  ///
  /// - Returns: nil if the command is not about the record.
  func undoRecord(
    _ commandID: String, _ events: [RecordedEvent], _ rules: ZoneRules, in conference: ConferenceID,
    _ context: CommandContext
  ) async throws -> Outcome<RecordEvent>? {
    guard let first = events.first, let last = events.last, try RecordEvent(first) != nil else { return nil }
    let tags = Set(events.flatMap(\.tags)).sorted().map(Tag.init(stored:))
    let entries = try tags.compactMap { tag in
      tag.text.hasPrefix("record:") ? try RecordID(String(tag.text.dropFirst("record:".count))) : nil
    }
    if !entries.isEmpty, !events.contains(where: { $0.type == FrontMatterRevised.type }) {
      // What can never be undone is refused before anything is read.
      if let refusal = EntryUndo.refusal(of: events) { throw Refused(refusal) }
      return try await change(
        EntryUndo.self,
        EntryUndo.Command(
          commandID: commandID, positions: first.position...last.position, entries: entries,
          imported: events.filter { $0.type == TranscriptImported.type }.map {
            EntryUndo.Command.Import(position: $0.position, try $0.decoded(as: TranscriptImported.self))
          }),
        in: conference, context)
    }
    if let refusal = RecordUndo.refusal(of: events) { throw Refused(refusal) }
    return try await change(
      RecordUndo.self,
      RecordUndo.Command(
        commandID: commandID, first: first.position, last: last.position, tags: tags, rules: rules),
      in: conference, context)
  }
}
