package import EventLog
package import Vocabulary

/// Entries of the record, as far as the events of a boundary tell: what decisions about them depend on.
package struct RecordState: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    package var kind: EntryKind
    package var session: SessionID
    package var order: OrderKey
    package var details: EntryDetails
    /// The position of the event that recorded it.
    var recordedAt: Int
    /// Where it has stood.
    private(set) var sessions: Set<SessionID> = []
    /// The identity that was sealed last, even if the entry names its speaker now.
    private(set) var lastIdentity: Sealed?
    /// A draft that is gone, or a published entry whose number alone stays.
    package var isRetracted = false
    /// A draft that was taken out, so that no issue has it.
    var isGone = false
    /// The draft that took its words in.
    var mergedInto: RecordID?
    /// The events whose words can be destroyed.
    package private(set) var wordsAt: Set<Int> = []
    /// The event that destroyed its words and stated others.
    private(set) var replacedAt: Int?
    /// Who ordered that, and why.
    private(set) var destroyedBy: DestructionOrder?
    /// Those that it has from entries that were merged into it.
    private(set) var takenIn: [RecordID: Set<Int>] = [:]
    /// The languages in which an issue has its text. One that was translated anew since is none of them.
    private(set) var publishedLanguages: Set<Language> = []
    /// An earlier version recorded it, with its words in the log itself.
    private(set) var hasWordsInTheLog = false
    /// When its words and its meaning changed.
    package private(set) var history: EntryHistory

    package var isExpunged: Bool { details.isExpunged }

    /// The event that destroyed its words.
    var destroyedAt: Int? { isExpunged ? history.revision : replacedAt }

    fileprivate mutating func keepWords(of event: RecordedEvent) {
      // Words that were destroyed with another entry's cannot be destroyed again.
      if event.commitment != nil, !event.wordsDestroyed { wordsAt.insert(event.position) }
      // Version 1 of these events had the words in the body.
      if event.version == 1, event.type == StatementCorrected.type || event.position == recordedAt {
        hasWordsInTheLog = true
      }
    }

    fileprivate mutating func note(_ further: Set<SessionID> = []) {
      sessions.formUnion(further.union([session]))
      lastIdentity = details.attribution.identity ?? lastIdentity
    }

    fileprivate mutating func keep(_ positions: Set<Int>, _ inTheLog: Bool) {
      wordsAt.formUnion(positions)
      if inTheLog { hasWordsInTheLog = true }
    }

    fileprivate mutating func takeIn(_ id: RecordID, _ merged: Entry) {
      takenIn[id] = merged.wordsAt.subtracting(wordsAt)
      keep(merged.wordsAt, merged.hasWordsInTheLog)
    }

    fileprivate mutating func forgetWords(at positions: [Int]) { wordsAt.subtract(positions) }

    /// An entry that was merged stands by itself again.
    fileprivate mutating func giveBack(_ id: RecordID) {
      wordsAt.subtract(takenIn.removeValue(forKey: id) ?? [])
    }

    fileprivate mutating func apply(_ changes: EntryDetails.Changes, at position: Int) {
      let old = details
      changes.apply(to: &details)
      history.change(changes, from: old, to: details, at: position)
    }

    fileprivate mutating func restore(_ history: EntryHistory) { self.history = history }

    fileprivate mutating func translate(_ text: LocalizedText?, at position: Int) {
      let old = details
      if let text { details.text = details.text.merging(text) }
      history.reword(text, from: old, to: details, at: position)
      publishedLanguages.subtract(text?.languages ?? [])
    }

    fileprivate mutating func publish(at position: Int) {
      publishedLanguages.formUnion(
        details.text.languages.filter { history.wordedAt[$0.tag] ?? .max <= position })
    }

    /// - Parameter wanted: nil if its words were destroyed: with those of the entry, which is expunged then,
    ///   or with those of another entry that was merged into it for a time.
    fileprivate mutating func restate(_ wanted: EntryDetails?, _ outdated: [Language]?, at position: Int) {
      if let wanted { details = wanted }
      history.restate(wanted, outdated: outdated, at: position)
    }

    fileprivate mutating func reaffirm(at position: Int) { history.reaffirm(at: position) }

    fileprivate mutating func changeMeaning(at position: Int) { history.meaningChangedAt = position }

    fileprivate mutating func expunge(
      at position: Int, by order: DestructionOrder, leaving replacement: EntryDetails?
    ) {
      destroyedBy = order
      details.expunge()
      history.expunge(at: position)
      publishedLanguages = []
      if let replacement {
        replacedAt = position
        restate(replacement, nil, at: position)
      }
    }

    /// - Parameter isDraft: no issue has it, so that not even its number stays.
    fileprivate mutating func takeOut(isDraft: Bool, mergedInto whole: RecordID? = nil, at position: Int) {
      (isRetracted, isGone, mergedInto) = (true, isDraft, whole)
      history.takeOut(at: position)
    }

    fileprivate mutating func bringBack() {
      (isRetracted, isGone, mergedInto) = (false, false, nil)
      history.bringBack()
    }
  }

  package var entries: [RecordID: Entry] = [:]
  /// Entries that had words in common: the parts of a split, and those that were merged.
  private var relatives: [RecordID: Set<RecordID>] = [:]
  /// Statements that were split, by the entry that has the rest and is recorded next.
  private var parents: [RecordID: Entry] = [:]
  /// The statements that others are the rest of.
  var origins: [RecordID: RecordID] = [:]
  /// The corrections that were asked for.
  package var requests: [CorrectionID: CorrectionRequested] = [:]
  /// Places that entries ever took between two positions, by session.
  private var places: [SessionID: Set<OrderKey>] = [:]
  /// Places that segments ever took.
  private var segmentPlaces: [SessionID: Set<OrderKey>] = [:]
  /// The last place that an entry or a segment of each session ever took.
  private var ends: [SessionID: OrderKey] = [:]
  /// The position that each issue was built at.
  var issuedAt: [Int] = []
  /// The same, by the position of the issue's event, where a hash of what it prints can be destroyed.
  private var hashedIssues: [Int: Int] = [:]

  /// An entry that is in an issue. Its text stands.
  package func isPublished(_ entry: Entry) -> Bool {
    issuedAt.contains { $0 >= entry.recordedAt }
  }

  package mutating func evolve(_ event: RecordedEvent) throws {
    guard let record = try RecordEvent(event) else { return }
    if let recorded = record.recorded {
      let key = recorded.order ?? OrderKey(event.position)
      var entry = Entry(
        kind: recorded.kind, session: recorded.session, order: key, details: recorded.details,
        recordedAt: event.position,
        history: EntryHistory(recording: recorded.details, outdated: recorded.outdated, at: event.position))
      entry.keepWords(of: event)
      // What is left of a statement that was split holds its words too.
      if let whole = parents.removeValue(forKey: recorded.entry) {
        entry.keep(whole.wordsAt, whole.hasWordsInTheLog)
        entry.note(whole.sessions)
      }
      entry.note()
      entries[recorded.entry] = entry
      take(key, in: recorded.session)
      return
    }
    switch record {
    case .statementRecorded, .positionRecorded, .conclusionRecorded, .recommendationRecorded: break
    case .statementCorrected(let body):
      change(body.entry, event) {
        $0.apply(body.changes, at: event.position)
        if let history = body.history {
          $0.restore(history)
        } else if body.changes.changeMeaning(of: $0.kind) {
          $0.changeMeaning(at: event.position)
        }
      }
    case .statementTranslated(let body):
      change(body.entry, event) { $0.translate(body.text, at: event.position) }
    case .statementMoved(let body):
      let key = body.order ?? OrderKey(event.position)
      change(body.entry, event) {
        $0.session = body.session
        $0.order = key
      }
      take(key, in: body.session)
    case .statementSplit(let body):
      let whole = entries[body.entry]
      change(body.entry, event) { $0.restate(body.head, body.outdated, at: event.position) }
      parents[body.rest] = whole
      origins[body.rest] = body.entry
      relate(body.entry, body.rest)
    case .statementsMerged(let body):
      change(body.entry, event) { $0.restate(body.whole, body.outdated, at: event.position) }
      if let merged = entries[body.merged] {
        entries[body.entry]?.takeIn(body.merged, merged)
      }
      relate(body.entry, body.merged)
      change(body.merged, event) {
        $0.takeOut(isDraft: true, mergedInto: body.entry, at: event.position)
      }
    case .statementRetracted(let body):
      // Before version 2, published entries were retracted by it too.
      let isDraft = entries[body.entry].map { !isPublished($0) } ?? true
      change(body.entry, event) { $0.takeOut(isDraft: isDraft, at: event.position) }
    case .statementRestored(let body):
      if let whole = entries[body.entry]?.mergedInto { entries[whole]?.giveBack(body.entry) }
      change(body.entry, event) { $0.bringBack() }
    case .statementExpunged(let body):
      for entry in entries.keys { entries[entry]!.forgetWords(at: body.positions) }
      for position in body.positions { hashedIssues[position] = nil }
      for (correction, request) in requests where request.entry == body.entry {
        requests[correction]!.changes = EntryDetails.Changes()
      }
      change(body.entry, event) {
        $0.expunge(
          at: event.position, by: DestructionOrder(authority: body.authority, reason: body.reason),
          leaving: body.replacement)
      }
    case .entryReaffirmed(let body): change(body.entry, event) { $0.reaffirm(at: event.position) }
    // Whom the voice was identified as.
    case .personIdentified(let body):
      for entry in body.entries { entries[entry]?.keepWords(of: event) }
    case .correctionRequested(let body):
      requests[body.correction] = body
      entries[body.entry]?.keepWords(of: event)
    case .disclosureAuthorised(let body): entries[body.entry]?.keepWords(of: event)
    case .statementDisclosed(let body): entries[body.entry]?.keepWords(of: event)
    case .correctionAccepted(let body):
      // A boundary that has no interest in the entry may have the acceptance without the request.
      guard let request = requests[body.correction] else { break }
      change(body.entry, event) {
        $0.apply(request.changes, at: event.position)
        if request.retracts { $0.isRetracted = true }
        if request.kind == .substantive { $0.changeMeaning(at: event.position) }
      }
    case .correctionRefused(let body): entries[body.entry]?.keepWords(of: event)
    case .proceedingsIssued(let body):
      let position = body.at ?? event.position - 1
      issuedAt.append(position)
      if event.commitment != nil, !event.wordsDestroyed { hashedIssues[event.position] = position }
      for id in entries.keys { entries[id]!.publish(at: position) }
    case .sitting(.segmentOpened(let body)):
      take(body.details.order ?? OrderKey(event.position), bySegmentOf: body.session)
    case .sitting(.segmentRevised(let body)):
      if let key = body.changes.order { take(key, bySegmentOf: body.session) }
    case .proceedingsProofed, .paragraphsNumbered, .sessionOrdinalSet,
      .sitting, .frontMatterRevised, .organisationAdded, .organisationRevised, .subjectAdded, .subjectRevised,
      .transcriptImported, .transcriptImportUndone:
      break
    }
  }

  private mutating func relate(_ one: RecordID, _ other: RecordID) {
    relatives[one, default: []].insert(other)
    relatives[other, default: []].insert(one)
  }

  /// The entry and all that had words in common with it.
  func kin(of entry: RecordID) -> Set<RecordID> {
    var (found, open): (Set<RecordID>, [RecordID]) = ([entry], [entry])
    while let next = open.popLast() {
      for other in relatives[next] ?? [] where found.insert(other).inserted { open.append(other) }
    }
    return found
  }

  /// The entries whose words go with those of an entry: itself, and relatives that are gone.
  func expunged(with id: RecordID) -> [RecordID] {
    [id]
      + kin(of: id).sorted().filter { other in
        guard other != id, let entry = entries[other], !entry.isExpunged else { return false }
        return entry.isGone
      }
  }

  private mutating func change(
    _ id: RecordID, _ event: RecordedEvent, _ change: (inout Entry) -> Void
  ) {
    guard var entry = entries[id] else { return }
    change(&entry)
    entry.keepWords(of: event)
    entry.note()
    entries[id] = entry
  }

  private mutating func take(_ key: OrderKey, in session: SessionID) {
    if !key.fraction.isEmpty { places[session, default: []].insert(key) }
    ends[session] = max(key, ends[session] ?? key)
  }

  private mutating func take(_ key: OrderKey, bySegmentOf session: SessionID) {
    segmentPlaces[session, default: []].insert(key)
    ends[session] = max(key, ends[session] ?? key)
  }

  /// The words that are destroyed with those of an entry: its own, and the hashes of the issues that print them.
  func wordsToDestroy(of entry: Entry) -> Set<Int> {
    let issues = entry.isGone ? [] : hashedIssues.filter { $0.value >= entry.recordedAt }.map(\.key)
    return entry.wordsAt.union(issues)
  }

  /// What an entry rests on. If that was merged, the statement that has its words now.
  func basis(of entry: Entry) -> (id: RecordID, entry: Entry)? {
    guard var id = entry.details.basedOn else { return nil }
    while let whole = entries[id]?.mergedInto { id = whole }
    return entries[id].map { (id, $0) }
  }

  /// The entries that an entry rests on, as far as they are known: what it is based on, what that is based on, and the
  /// statements that have the words of those that were merged.
  func foundations(of id: RecordID) -> [RecordID] {
    var (found, next): ([RecordID], RecordID?) = ([], id)
    while let id = next, !found.contains(id) {
      found.append(id)
      next = entries[id].flatMap { $0.mergedInto ?? $0.details.basedOn }
    }
    return Array(found.dropFirst())
  }

  /// The entries that rest on one or on its kin, at whatever distance, and have words.
  func resting(on id: RecordID) -> Set<RecordID> {
    let kin = kin(of: id)
    return Set(
      entries.keys.filter { other in
        guard let entry = entries[other], !entry.isRetracted, !entry.isExpunged, !kin.contains(other) else {
          return false
        }
        return foundations(of: other).contains(where: kin.contains)
      })
  }

  /// Whether only the reference of an entry is printed: words that it rests on were destroyed since they were its own.
  func isLeftOut(_ id: RecordID) -> Bool {
    guard let entry = entries[id] else { return false }
    return foundations(of: id).compactMap { entries[$0]?.destroyedAt }
      .contains { !entry.history.hasOwnWords(since: $0) }
  }

  private func taken(in session: SessionID) -> Set<OrderKey> {
    (places[session] ?? []).union(segmentPlaces[session] ?? [])
  }

  /// A place right before or after an entry: without a heading between them.
  func key(_ side: Side, _ anchor: Entry) -> OrderKey {
    let taken = taken(in: anchor.session)
    switch side {
    case .after:
      let limit = OrderKey(anchor.order.base + 1)
      let next = taken.filter { anchor.order < $0 && $0 < limit }.min() ?? limit
      return anchor.order.key(before: next)
    case .before: return floor(below: anchor).key(before: anchor.order)
    }
  }

  /// Places for several entries right after one: at the end of the session they need none of their own.
  func keys(after anchor: Entry, _ count: Int, in session: SessionID) -> [OrderKey?] {
    if isEnd(anchor.order, of: session) { return Array(repeating: nil, count: count) }
    let limit = OrderKey(anchor.order.base + 1)
    let next = taken(in: session).filter { anchor.order < $0 && $0 < limit }.min() ?? limit
    return rising(from: anchor.order, to: next, count)
  }

  /// Places for several entries right before one.
  func keys(before anchor: Entry, _ count: Int) -> [OrderKey?] {
    rising(from: floor(below: anchor), to: anchor.order, count)
  }

  private func rising(from low: OrderKey, to high: OrderKey, _ count: Int) -> [OrderKey?] {
    if count == 0 { return [] }
    // The middle first, so that no key becomes long.
    let middle = low.key(before: high)
    return rising(from: low, to: middle, (count - 1) / 2) + [middle]
      + rising(from: middle, to: high, count - 1 - (count - 1) / 2)
  }

  /// The highest place below an entry that may be taken by an entry or a segment.
  func floor(below entry: Entry) -> OrderKey { floor(below: entry, taken(in: entry.session)) }

  /// The highest place below an entry that may be taken by another entry.
  func entryFloor(below entry: Entry) -> OrderKey { floor(below: entry, places[entry.session] ?? []) }

  private func floor(below entry: Entry, _ taken: Set<OrderKey>) -> OrderKey {
    let floor = OrderKey(entry.order.fraction.isEmpty ? entry.order.base - 1 : entry.order.base)
    return taken.filter { floor < $0 && $0 < entry.order }.max() ?? floor
  }

  /// Whether nothing was ever put into a session after this place: no entry, and no segment.
  func isEnd(_ place: OrderKey, of session: SessionID) -> Bool { ends[session] ?? place <= place }

  /// Whether an inserted or moved entry stands right before or after another one.
  func isNext(_ entry: Entry, _ side: Side, to anchor: Entry) -> Bool {
    guard entry.session == anchor.session, !entry.order.fraction.isEmpty else { return false }
    let (low, high) = side == .after ? (anchor.order, entry.order) : (entry.order, anchor.order)
    let isInGap =
      side == .after
      ? entry.order.base == anchor.order.base
      : entry.order.base == (anchor.order.fraction.isEmpty ? anchor.order.base - 1 : anchor.order.base)
    return isInGap && low < high && !taken(in: entry.session).contains { low < $0 && $0 < high }
  }

  package enum Side: String, Codable, Sendable, Hashable { case before, after }
}

/// By whose authority words were destroyed, and why.
struct DestructionOrder: Sendable, Equatable {
  var authority: LocalizedText
  var reason: LocalizedText
}
