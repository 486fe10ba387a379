package import EventLog
package import Vocabulary

/// Undoes one command about entries: appends events that restore the entries that it changed.
///
/// What is published stays: it is corrected, not undone.
package enum EntryUndo: Decider {
  package static let name = "EntryUndo"

  package struct Command: Encodable, Sendable {
    /// The other properties are looked up by the command id and never change.
    private enum CodingKeys: CodingKey { case commandID }

    /// An import of a transcript that the command was.
    package struct Import: Encodable, Sendable {
      package var position: Int
      package var body: TranscriptImported

      package init(position: Int, _ body: TranscriptImported) {
        self.position = position
        self.body = body
      }
    }

    /// The id of the command to undo.
    package var commandID: String
    /// The positions of its events.
    package var positions: ClosedRange<Int>
    /// The entries that they name.
    package var entries: [RecordID]
    package var imported: [Import]

    package init(
      commandID: String, positions: ClosedRange<Int>, entries: [RecordID], imported: [Import] = []
    ) {
      self.commandID = commandID
      self.positions = positions
      self.entries = entries
      self.imported = imported
    }
  }

  package struct State: Sendable {
    /// The events of the boundary, in the order of the log.
    var events: [RecordedEvent] = []
  }

  package enum Refusal: DomainRefusal {
    case final(type: String, position: Int)
    case published(RecordID)
    /// The transcript was imported again since.
    case importedAgain(SessionID, at: Int)
    case changedSince(RecordID, by: Origin?)
    case withheld
    /// What would be restored can no longer be.
    case basis(Statements.Refusal)

    package var texts: [HintedText] {
      switch self {
      case .final(let type, let position):
        .says(
          "Event \(position) (\(type)) cannot be undone: the record is corrected, not undone.", .correctRecord
        )
      case .published(let entry): Statements.Refusal.published(entry).texts
      case .importedAgain(let session, let position):
        .says(
          "The transcript of “\(session)” was imported again since then, by event \(position); undo that import first.",
          .undoEvent(position))
      case .changedSince(let entry, let origin):
        .says(
          "“\(entry)” has been changed since then"
            + (origin.map { " (by \($0.actor), event \($0.position))" } ?? "")
            + "; undo that change first, or make the correction yourself.", .show(entry))
      case .withheld: Statements.Refusal.withheld.texts
      case .basis(let refusal): refusal.texts
      }
    }
  }

  package typealias Event = RecordEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    // What an entry is to rest on again may be gone, or rest on the entry itself.
    var bases: [RecordID] = []
    let former = state.record(before: command.positions.lowerBound)
    let now = state.record(before: .max)
    for id in command.entries {
      if let basis = former.entries[id]?.details.basedOn { bases += [basis] + now.foundations(of: basis) }
    }
    let imports = command.imported.map {
      Query.Item(
        types: [TranscriptImported.type, TranscriptImportUndone.type], tags: [.entries(of: $0.body.session)])
    }
    return Query.tagged(anyOf: (command.entries + bases).map(\.tag)).union(Query([.issues] + imports))
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    // An event that cannot be read is noticed here; `decide` folds only those that can.
    _ = try RecordEvent(event)
    state.events.append(event)
  }

  /// Why a command with these events can never be undone; nil if that depends on others.
  package static func refusal(of events: [RecordedEvent]) -> Refusal? {
    events.first { !canBeUndone($0) }.map { .final(type: $0.type, position: $0.position) }
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    let undone = state.events.filter { command.positions.contains($0.position) }
    if let refusal = refusal(of: undone) { throw refusal }
    var transcripts = Transcripts()
    for event in state.events { try? transcripts.evolve(event, RecordState()) }
    var imports: [Event] = []
    for imported in command.imported {
      let (source, session) = (imported.body.source, imported.body.session)
      guard let last = transcripts.last(source, in: session), last.position >= imported.position else {
        continue
      }
      guard last.position == imported.position else { throw .importedAgain(session, at: last.position) }
      imports.append(
        .transcriptImportUndone(
          TranscriptImportUndone(source: source, session: session, imported: imported.position)))
    }
    var (before, left, now) = (RecordState(), RecordState(), RecordState())
    for event in state.events {
      if event.position < command.positions.lowerBound { try? before.evolve(event) }
      if event.position <= command.positions.upperBound { try? left.evolve(event) }
      try? now.evolve(event)
    }
    var events: [Event] = []
    for id in command.entries {
      guard let current = now.entries[id], let after = left.entries[id] else { continue }
      if now.isPublished(current) { throw .published(id) }
      guard let old = before.entries[id] else {
        guard current.isSame(as: after) || current.isRetracted else { throw changed(id, command, state) }
        if !current.isRetracted {
          events.append(.statementRetracted(StatementRetracted(entry: id, session: current.session)))
        }
        continue
      }
      if current.isSame(as: old) { continue }
      guard current.isSame(as: after) else { throw changed(id, command, state) }
      events += try restoring(id, old, current, now)
    }
    return events.isEmpty && imports.isEmpty ? [] : identifications(before: command, state) + events + imports
  }

  /// What was known of the voices that the command identified.
  private static func identifications(before command: Command, _ state: State) -> [Event] {
    let known = state.events.filter { $0.type == PersonIdentified.type }.compactMap { event in
      (try? event.decoded(as: PersonIdentified.self)).map { (event.position, $0) }
    }
    return known.filter { command.positions.contains($0.0) }.map { _, undone in
      let former = known.last { $0.0 < command.positions.lowerBound && $0.1.voice == undone.voice }
      return .personIdentified(
        PersonIdentified(voice: undone.voice, person: former?.1.person, entries: undone.entries))
    }
  }

  private static func restoring(
    _ id: RecordID, _ old: RecordState.Entry, _ current: RecordState.Entry, _ now: RecordState
  ) throws(Refusal) -> [Event] {
    // A name that was withheld is disclosed by the speaker's authorisation alone.
    let (was, isNow) = (old.details.attribution.mode, current.details.attribution.mode)
    guard isNow != .withheld || was == .withheld else { throw .withheld }
    var events: [Event] = []
    if old.isRetracted != current.isRetracted {
      events.append(
        old.isRetracted
          ? .statementRetracted(StatementRetracted(entry: id, session: current.session))
          : .statementRestored(StatementRestored(entry: id, session: current.session)))
    }
    if (old.session, old.order) != (current.session, current.order) {
      events.append(
        .statementMoved(
          StatementMoved(entry: id, from: current.session, session: old.session, order: old.order)))
    }
    var changes = EntryDetails.Changes()
    for field in EntryDetails.Field.allCases {
      let value = field.access.value
      if value(old.details) != value(current.details) { changes.restore(field, of: old.details) }
    }
    if changes.text != nil { changes.restoreLanguages(of: old.details.text, from: current.details.text) }
    if let basis = changes.basedOn {
      do { try now.checkBasis(basis, of: id) } catch { throw .basis(error) }
    }
    var history = current.history
    if current.isRetracted, !old.isRetracted { history.bringBack() }
    if !changes.isEmpty || !old.isRetracted && history != old.history {
      events.append(
        .statementCorrected(StatementCorrected(id, in: old.session, changes, history: old.history)))
    }
    return events
  }

  private static func changed(_ id: RecordID, _ command: Command, _ state: State) -> Refusal {
    let event = state.events.last { event in
      event.position > command.positions.upperBound && event.tags.contains(id.tag.text)
    }
    return .changedSince(id, by: event?.origin)
  }

  private static func canBeUndone(_ event: RecordedEvent) -> Bool {
    switch try? RecordEvent(event) {
    case .statementRecorded, .positionRecorded, .conclusionRecorded, .recommendationRecorded,
      .statementCorrected, .statementTranslated, .statementMoved, .statementSplit, .statementsMerged,
      .statementRetracted, .statementRestored, .statementDisclosed, .personIdentified, .transcriptImported:
      true
    case .statementExpunged, .entryReaffirmed, .disclosureAuthorised, .correctionRequested,
      .correctionAccepted, .correctionRefused,
      .proceedingsProofed, .proceedingsIssued, .paragraphsNumbered, .sessionOrdinalSet, .sitting,
      .frontMatterRevised, .organisationAdded, .organisationRevised, .subjectAdded, .subjectRevised,
      .transcriptImportUndone, nil:
      false
    }
  }
}

extension EntryUndo.State {
  /// The record as the events before this position say.
  fileprivate func record(before position: Int) -> RecordState {
    events.prefix { $0.position < position }.reduce(into: RecordState()) { try? $0.evolve($1) }
  }
}

extension EntryDetails.Changes {
  /// Changes only the languages that differ, so that the others stay what they are: up to date or not.
  fileprivate mutating func restoreLanguages(of old: LocalizedText, from current: LocalizedText) {
    let new = current.languages.filter { old[$0] == nil }
    without = new.isEmpty ? nil : new
    text = old.without(old.languages.filter { old[$0] == current[$0] })
  }
}

extension RecordState.Entry {
  fileprivate func isSame(as other: RecordState.Entry) -> Bool {
    session == other.session && order == other.order && details == other.details
      && isRetracted == other.isRetracted
      && history.outdated(in: details) == other.history.outdated(in: other.details)
  }
}
