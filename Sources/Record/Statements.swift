package import EventLog
import People
import Scheduling
package import Vocabulary

/// What was said in a session, by whom, and what the session came to.
///
/// An entry is a draft until an issue of the proceedings contains it. A draft can be changed, moved, split, merged
/// and retracted, and none of that is seen in print. After that its text stands, and `Corrections` takes over.
package enum Statements: Decider {
  package static let name = "Statements"

  package struct State: Sendable, Equatable {
    var sessions = SessionsKnown()
    var people = Credits()
    package var record = RecordState()
    /// Voices that were identified.
    var voices: [VoiceID: PersonID] = [:]
    /// Who has a role in the session of an attribution that is withheld.
    var roles = SessionRoles()
  }

  /// Where an entry is put.
  package enum Place: Codable, Sendable, Hashable {
    case end(SessionID)
    case before(RecordID)
    case after(RecordID)

    var anchor: RecordID? {
      switch self {
      case .end: nil
      case .before(let entry), .after(let entry): entry
      }
    }

    fileprivate var session: SessionID? {
      if case .end(let session) = self { session } else { nil }
    }
  }

  /// An entry before its attribution is resolved.
  package struct Draft: Encodable, Sendable {
    package var kind: EntryKind
    /// Without an attribution, which is resolved from `attribution`.
    package var changes: EntryDetails.Changes
    package var attribution: Attribution.Draft

    package init(_ kind: EntryKind, _ changes: EntryDetails.Changes, by attribution: Attribution.Draft) {
      self.kind = kind
      self.changes = changes
      self.attribution = attribution
    }
  }

  /// Changes of an entry. Fields that are nil stay.
  package struct Change: Encodable, Sendable {
    /// Without an attribution, which is resolved from `attribution`.
    package var changes: EntryDetails.Changes
    package var attribution: Attribution.Draft?

    package init(_ changes: EntryDetails.Changes, by attribution: Attribution.Draft? = nil) {
      self.changes = changes
      self.attribution = attribution
    }
  }

  package enum Command: Encodable, Sendable {
    /// Recording an entry again under its identity changes nothing.
    case record(RecordID, Place, Draft)
    case correct(RecordID, Change)
    case translate(RecordID, LocalizedText)
    case move(RecordID, Place)
    /// The rest begins with these words, in each language.
    case split(RecordID, rest: RecordID, at: LocalizedText)
    case merge(RecordID, with: RecordID)
    case retract(RecordID)
    case reaffirm(RecordID)
    case expunge(RecordID, authority: LocalizedText, reason: LocalizedText)
    /// Destroys the words as well, and states others in their place: the name of somebody who was erased is gone.
    case replace(RecordID, LocalizedText, authority: LocalizedText, reason: LocalizedText)
  }

  package typealias Event = RecordEvent

  package static let initial = State()

  // MARK: Boundary

  package static func boundary(of command: Command, in state: State) -> Query {
    var tags = entries(of: command).map(\.tag)
    var items: [Query.Item] = []
    var isPrinted = false
    switch command {
    case .record(_, let place, let draft):
      isPrinted = draft.attribution.printsNames
      items += session(of: place)
      tags += people(of: draft.attribution, draft.changes).map(\.tag)
      if let basis = draft.changes.basedOn { tags += foundations(from: basis, state).map(\.tag) }
      items += places(around: place, state)
      items += withholding(
        draft.attribution, place.session ?? place.anchor.flatMap { state.record.entries[$0]?.session })
    case .correct(let entry, let change):
      isPrinted = change.attribution?.printsNames ?? false
      tags += people(of: change.attribution, change.changes).map(\.tag)
      if let basis = change.changes.basedOn { tags += foundations(from: basis, state).map(\.tag) }
      items.append(.issues)
      items += withholding(change.attribution, state.record.entries[entry]?.session)
    case .move(let entry, let place):
      items += session(of: place)
      items += places(around: place, state)
      items.append(.issues)
      // At the end of its own session it stands, or something was put there after it.
      if let known = state.record.entries[entry], place == .end(known.session) {
        items += [
          Query.Item(
            types: [known.kind.recordedType, StatementMoved.type], tags: [.entries(of: known.session)]),
          Query.Item(types: [SegmentOpened.type, SegmentRevised.type], tags: [known.session.tag]),
        ]
      }
    case .split(let entry, _, _):
      items += places(around: .after(entry), state)
      items.append(.issues)
    case .translate, .merge, .retract: items.append(.issues)
    case .expunge(let entry, _, _), .replace(let entry, _, _, _):
      tags += state.record.kin(of: entry).map(\.tag)
      items.append(.issues)
      // Whoever expunges is warned of what rests on the entry, which no tag tells.
      items.append(Query.Item(types: restingTypes))
      tags += state.record.resting(on: entry).map(\.tag)
    case .reaffirm(let entry): tags += state.record.foundations(of: entry).map(\.tag)
    }
    if isPrinted { tags.append(.conference) }
    return Query.tagged(anyOf: tags).union(Query(items), ifAny: items)
  }

  /// The types of the events that say what an entry rests on.
  private static let restingTypes = [
    PositionRecorded.type, ConclusionRecorded.type, RecommendationRecorded.type, StatementCorrected.type,
    CorrectionRequested.type, CorrectionAccepted.type,
  ]

  /// Whether the session exists. Only the events that say so are read, not its whole record.
  private static func session(of place: Place) -> [Query.Item] {
    guard case .end(let session) = place else { return [] }
    return [SessionsKnown.boundary(session)]
  }

  /// An entry on which another one is to rest, and what that rests on.
  static func foundations(from basis: RecordID, _ state: State) -> [RecordID] {
    [basis] + state.record.foundations(of: basis)
  }

  /// What a decision about a name that is withheld or unknown is warned of.
  private static func withholding(_ attribution: Attribution.Draft?, _ session: SessionID?) -> [Query.Item] {
    var items: [Query.Item] = []
    if let voice = attribution?.voice {
      items.append(Query.Item(types: [PersonIdentified.type], tags: [voice.tag]))
    }
    if attribution?.mode == .withheld, let session { items.append(SessionRoles.boundary(session)) }
    return items
  }

  private static func places(around place: Place, _ state: State) -> [Query.Item] {
    guard let anchor = place.anchor, let known = state.record.entries[anchor] else { return [] }
    return [Query.Item(tags: [.places(in: known.session)])]
  }

  private static func entries(of command: Command) -> [RecordID] {
    switch command {
    case .record(let entry, let place, _), .move(let entry, let place):
      [entry] + (place.anchor.map { [$0] } ?? [])
    case .correct(let entry, _), .translate(let entry, _), .retract(let entry), .reaffirm(let entry),
      .expunge(let entry, _, _), .replace(let entry, _, _, _):
      [entry]
    case .split(let entry, let rest, _): [entry, rest]
    case .merge(let entry, let other): [entry, other]
    }
  }

  static func people(of attribution: Attribution.Draft?, _ changes: EntryDetails.Changes) -> [PersonID] {
    (attribution?.people ?? []) + (changes.mentions ?? [])
  }

  // MARK: Decision

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    switch command {
    case .record(let id, let place, let draft): return try record(id, place, draft, state)
    case .correct(let id, let change):
      let entry = try state.draft(id)
      let changes = try change.resolved(entry, state.people)
      if let basis = changes.basedOn { try state.record.checkBasis(basis, of: id) }
      return changes.isEmpty ? [] : [.statementCorrected(StatementCorrected(id, in: entry.session, changes))]
    case .translate(let id, let text): return try translate(id, text, state)
    case .move(let id, let place): return try move(id, place, state)
    case .split(let id, let rest, let words): return try split(id, rest, words, state)
    case .merge(let id, let other): return try merge(id, other, state)
    case .retract(let id):
      guard let entry = state.record.entries[id] else { throw .unknown(id) }
      if entry.isRetracted { return [] }
      guard !state.record.isPublished(entry) else { throw .published(id) }
      return [.statementRetracted(StatementRetracted(entry: id, session: entry.session))]
    case .reaffirm(let id):
      let entry = try state.present(id)
      guard entry.details.basedOn != nil else { throw .restsOnNothing(id) }
      let isLeftOut = state.record.isLeftOut(id)
      guard let basis = state.record.basis(of: entry)?.entry,
        isLeftOut || entry.history.mustBeReviewed(after: basis.history)
      else { return [] }
      return [
        .entryReaffirmed(
          EntryReaffirmed(entry: id, session: entry.session, printsAgain: isLeftOut ? true : nil))
      ]
    case .expunge(let id, let authority, let reason):
      guard let entry = state.record.entries[id] else { throw .unknown(id) }
      if entry.isExpunged {
        // On another order it would be another fact, and there is nothing left to destroy.
        guard entry.destroyedBy == DestructionOrder(authority: authority, reason: reason) else {
          throw .expunged(id)
        }
        return []
      }
      if let whole = entry.mergedInto { throw .mergedInto(id, whole) }
      return try destroying(id, entry, authority, reason, nil, state)
    case .replace(let id, let text, let authority, let reason):
      return try replace(id, text, authority, reason, state)
    }
  }

  private static func replace(
    _ id: RecordID, _ text: LocalizedText, _ authority: LocalizedText, _ reason: LocalizedText, _ state: State
  ) throws(Refusal) -> [Event] {
    let entry = try state.present(id)
    if let language = entry.details.text.languages.first(where: { text[$0] == nil }) {
      throw .replacementNeeds(id, language)
    }
    try EntryDetails.Changes { $0.text = text }.check(entry.kind)
    var details = entry.details
    details.text = text
    if details == entry.details, let replacedAt = entry.replacedAt, entry.wordsAt == [replacedAt] {
      return []
    }
    return try destroying(id, entry, authority, reason, details, state)
  }

  /// Destroys the words of an entry, and those of its relatives that are gone.
  ///
  /// - Parameter replacement: what stands in their place; nil: nothing does.
  private static func destroying(
    _ id: RecordID, _ entry: RecordState.Entry, _ authority: LocalizedText, _ reason: LocalizedText,
    _ replacement: EntryDetails?, _ state: State
  ) throws(Refusal) -> [Event] {
    guard !entry.hasWordsInTheLog, !entry.wordsAt.isEmpty else { throw .wordsInTheLog(id) }
    var destroyed: Set<Int> = []
    return state.record.expunged(with: id).compactMap { other in
      guard let entry = state.record.entries[other] else { return nil }
      // An entry without words of its own is named too: nothing may keep those that it had.
      let positions = state.record.wordsToDestroy(of: entry).subtracting(destroyed)
      destroyed.formUnion(positions)
      return .statementExpunged(
        StatementExpunged(
          entry: other, session: entry.session, authority: authority, reason: reason,
          positions: positions.sorted(), replacement: other == id ? replacement : nil))
    }
  }

  private static func record(_ id: RecordID, _ place: Place, _ draft: Draft, _ state: State)
    throws(Refusal) -> [Event]
  {
    if case .end(let session) = place, !state.sessions.contains(session) { throw .unknownSession(session) }
    let anchor: RecordState.Entry? =
      if let anchor = place.anchor { try state.present(anchor) } else { nil }
    try state.people.check(people(of: draft.attribution, draft.changes))
    let session: SessionID
    let order: OrderKey?
    switch place {
    case .end(let wanted): (session, order) = (wanted, nil)
    case .before, .after: (session, order) = (anchor!.session, state.record.key(place.side, anchor!))
    }
    let known = state.record.entries[id]
    let attribution: Attribution
    do {
      attribution = try draft.attribution.resolved(
        in: session, state.people, unless: known?.details.attribution)
    } catch { throw .invalidAttribution(error) }
    let details = try draft.details(by: attribution)
    if let identity = draft.attribution.identity {
      try details.checkHides(identity.value.person, state.people)
      try attribution.checkSeals(identity.value.person, unless: known?.details.attribution, state.people)
    }
    if let known {
      guard !known.isRetracted, known.kind == draft.kind, known.details == details else { throw .taken(id) }
      return []
    }
    if let basis = details.basedOn { try state.record.checkBasis(basis, of: id) }
    return [draft.kind.recorded(id, session, order, details)]
  }

  private static func translate(_ id: RecordID, _ text: LocalizedText, _ state: State) throws(Refusal)
    -> [Event]
  {
    let entry = try state.present(id)
    // The same words again: they render what the original says now.
    if entry.details.text.merging(text) == entry.details.text,
      !text.languages.contains(where: { entry.history.isOutdated($0, in: entry.details) })
    {
      return []
    }
    do { try text.checkMarks() } catch { throw .invalid(error) }
    if let original = entry.details.original, text[original] != nil { throw .notATranslation(id, original) }
    if entry.details.original == nil, let known = state.originalLanguage(of: entry, text) {
      throw .originalUnknown(id, known)
    }
    // Adding a translation is no correction, nor is renewing one that the original has left behind.
    if let language = text.languages.first(where: { language in
      guard let known = entry.details.text[language], known != text[language] else { return false }
      return entry.publishedLanguages.contains(language)
        && !entry.history.isOutdated(language, in: entry.details)
    }) {
      throw .publishedTranslation(id, language)
    }
    return [.statementTranslated(StatementTranslated(entry: id, session: entry.session, text: text))]
  }

  private static func move(_ id: RecordID, _ place: Place, _ state: State) throws(Refusal) -> [Event] {
    let entry = try state.movable(id)
    guard place.anchor != id else { throw .itself(id) }
    let session: SessionID
    let order: OrderKey?
    switch place {
    case .end(let wanted):
      guard state.sessions.contains(wanted) else { throw .unknownSession(wanted) }
      if wanted == entry.session, state.record.isEnd(entry.order, of: wanted) { return [] }
      (session, order) = (wanted, nil)
    case .before(let other), .after(let other):
      let anchor = try state.present(other)
      if state.record.isNext(entry, place.side, to: anchor) { return [] }
      (session, order) = (anchor.session, state.record.key(place.side, anchor))
    }
    return [
      .statementMoved(StatementMoved(entry: id, from: entry.session, session: session, order: order))
    ]
  }

  private static func split(_ id: RecordID, _ rest: RecordID, _ words: LocalizedText, _ state: State)
    throws(Refusal) -> [Event]
  {
    let entry = try state.movable(id)
    if let known = state.record.entries[rest] {
      guard state.record.origins[rest] == id, !known.isRetracted,
        words.languages.allSatisfy({ known.details.text[$0]?.hasPrefix(words[$0]!) == true })
      else { throw .taken(rest) }
      return []
    }
    guard entry.kind == .statement else { throw .notAStatement(id) }
    var (head, tail): ([Language: String], [Language: String]) = ([:], [:])
    for language in entry.details.text.languages {
      guard let wanted = words[language] else { throw .splitNeeds(id, language) }
      let text = entry.details.text[language]!
      // Also where they overlap: “no no” is twice in “no no no”.
      let found = text.indices.filter { text[$0...].hasPrefix(wanted) }
      guard found.count == 1 else { throw .wordsNotFoundOnce(id, wanted, found.count) }
      let before = trimming(text[..<found[0]])
      guard !before.isEmpty else { throw .nothingBefore(id, wanted) }
      let after = trimming(text[found[0]...])
      guard !MarkedText.isBroken(text, into: [before, after]) else { throw .insideMark(id, wanted) }
      head[language] = before
      tail[language] = after
    }
    var (first, second) = (entry.details, entry.details)
    (first.text, second.text) = (LocalizedText(head), LocalizedText(tail))
    let outdated = entry.history.outdated(in: entry.details).orNil
    return [
      .statementSplit(
        StatementSplit(entry: id, session: entry.session, rest: rest, head: first, outdated: outdated)),
      .statementRecorded(
        EntryRecorded(
          rest, in: entry.session, order: state.record.key(.after, entry), outdated: outdated, second)),
    ]
  }

  private static func merge(_ id: RecordID, _ other: RecordID, _ state: State) throws(Refusal) -> [Event] {
    guard id != other else { throw .itself(id) }
    let first = try state.movable(id)
    if state.record.entries[other]?.mergedInto == id { return [] }
    let second = try state.movable(other)
    guard first.session == second.session, first.kind == .statement, second.kind == .statement,
      first.details.attribution.isOfSameVoice(as: second.details.attribution),
      first.details.form == second.details.form, first.details.spoken == second.details.spoken,
      first.details.text.languages == second.details.text.languages
    else { throw .notOfOneVoice(id, other) }
    let (early, late) = first.order < second.order ? (first, second) : (second, first)
    var texts: [Language: String] = [:]
    for language in early.details.text.languages {
      let between = ["zh", "ja", "th"].contains(language.primary) ? "" : " "
      texts[language] = early.details.text[language]! + between + late.details.text[language]!
    }
    var whole = first.details
    whole.text = LocalizedText(texts)
    whole.acts = joined(early.details.acts, late.details.acts)
    whole.addressees = joined(early.details.addressees, late.details.addressees)
    whole.mentions = joined(early.details.mentions, late.details.mentions)
    let outdated = joined(
      first.history.outdated(in: first.details), second.history.outdated(in: second.details))
    return [
      .statementsMerged(
        StatementsMerged(
          entry: id, merged: other, session: first.session, whole: whole, outdated: outdated.sorted().orNil))
    ]
  }

  /// Each element once.
  private static func joined<Element: Equatable>(_ first: [Element], _ second: [Element]) -> [Element] {
    first + second.filter { !first.contains($0) }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.record.evolve(event)
    try state.people.evolve(event)
    try state.roles.evolve(event)
    try state.sessions.evolve(event)
    if event.type == PersonIdentified.type {
      let body = try event.decoded(as: PersonIdentified.self)
      state.voices[body.voice] = body.person
    }
  }
}

extension Query {
  /// A query without items matches everything, so an empty list must not be joined.
  fileprivate func union(_ other: Query, ifAny items: [Item]) -> Query {
    items.isEmpty ? self : union(other)
  }
}

extension Query.Item {
  /// The issues, which tell what is published.
  static let issues = Query.Item(types: [ProceedingsIssued.type], tags: [.issue])
}

extension Statements.Place {
  fileprivate var side: RecordState.Side {
    switch self {
    case .before: .before
    case .after, .end: .after
    }
  }
}

extension Statements.State {
  /// An entry that is neither retracted nor expunged.
  func present(_ id: RecordID) throws(Statements.Refusal) -> RecordState.Entry {
    guard let entry = record.entries[id] else { throw .unknown(id) }
    if entry.isExpunged { throw .expunged(id) }
    if entry.isRetracted { throw .retracted(id) }
    return entry
  }

  /// An entry that is in no issue yet.
  func draft(_ id: RecordID) throws(Statements.Refusal) -> RecordState.Entry {
    let entry = try present(id)
    guard !record.isPublished(entry) else { throw .published(id) }
    return entry
  }

  /// An entry that can still be put elsewhere, split or merged.
  fileprivate func movable(_ id: RecordID) throws(Statements.Refusal) -> RecordState.Entry {
    let entry = try present(id)
    guard !record.isPublished(entry) else { throw .fixed(id) }
    return entry
  }

  /// If the language in which a published entry was said is not known, none of its languages is a translation.
  fileprivate func originalLanguage(of entry: RecordState.Entry, _ text: LocalizedText) -> Language? {
    record.isPublished(entry) ? text.languages.first { entry.details.text[$0] != nil } : nil
  }
}

extension RecordState {
  /// - Parameter entry: the one that is to rest on it.
  func checkBasis(_ basis: RecordID, of entry: RecordID) throws(Statements.Refusal) {
    if basis == entry { throw .itself(entry) }
    guard let known = entries[basis] else { throw .unknown(basis) }
    if known.isExpunged { throw .expunged(basis) }
    if known.isRetracted { throw .basisRetracted(basis) }
    let path = [basis] + foundations(of: basis)
    if let end = path.firstIndex(of: entry) { throw .circle([entry] + path[...end]) }
  }
}

extension Array {
  /// Nil where there is nothing to store.
  var orNil: Self? { isEmpty ? nil : self }
}
