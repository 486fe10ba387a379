import EventLog
package import Record
package import Vocabulary

/// What differs between two states of the record: entry by entry, in the order of the later one; what is said of the
/// sessions; and the front.
package struct RecordDiff: Sendable, Encodable, Equatable {
  package struct Difference: Sendable, Encodable, Equatable {
    package enum What: String, Sendable, Encodable {
      case added, removed, moved, changed
      /// Its words were destroyed by order, so the earlier state lacks them too; the second has others in their place.
      case expunged, replaced
    }

    package let entry: RecordID
    package let session: SessionID
    package let what: What
    /// The printed numbers before and after; nil where it is not printed.
    package let oldNumber: String?
    package let newNumber: String?
    /// What was changed, with the old and the new values.
    package var before = EntryDetails.Changes()
    package var after = EntryDetails.Changes()
    package var fields: [String] = []
  }

  /// What is said of a session differs.
  package struct SessionDifference: Sendable, Encodable, Equatable {
    package enum What: String, Sendable, Encodable { case heading, sittings, segments }

    package let session: SessionID
    package let what: [What]
  }

  package let differences: [Difference]
  package let sessions: [SessionDifference]
  /// The fields of the front that differ.
  package let front: [FrontMatterDetails.Field]

  package var isEmpty: Bool { differences.isEmpty && sessions.isEmpty && front.isEmpty }

  /// - Parameters:
  ///   - order: the sessions in the order of the record, at the later state.
  package init(
    from old: ProceedingsModel, _ oldOrder: [SessionID], to new: ProceedingsModel, _ order: [SessionID]
  ) {
    let oldNumbers = old.numbering(oldOrder)
    let newNumbers = new.numbering(order)
    let (oldBySession, bySession) = (old.entriesBySession, new.entriesBySession)
    let sessions = order + Set(bySession.keys).union(oldBySession.keys).subtracting(order).sorted()
    var differences: [Difference] = []
    for session in sessions {
      for entry in bySession[session] ?? [] {
        if let difference = Self.difference(
          old.entries[entry.id.slug], entry, oldNumbers.printed, newNumbers.printed)
        {
          differences.append(difference)
        }
      }
      // Of an earlier state, the later one can lack entries: “2..1” compares backwards.
      for entry in oldBySession[session] ?? [] where new.entries[entry.id.slug] == nil && entry.hasWords {
        var removed = Difference(
          entry: entry.id, session: session, what: .removed, oldNumber: oldNumbers.printed(entry),
          newNumber: nil)
        removed.state([.text, .attribution], from: entry.details, to: nil)
        differences.append(removed)
      }
    }
    self.differences = differences
    self.sessions = sessions.compactMap { session in
      let what = Self.differences(of: session, old.held, new.held)
      return what.isEmpty ? nil : SessionDifference(session: session, what: what)
    }
    front = FrontMatterDetails.Field.allCases.filter { field in
      let value = field.access.value
      return value(old.held.frontMatter) != value(new.held.frontMatter)
    }
  }

  private static func differences(of session: SessionID, _ old: HeldTables, _ new: HeldTables)
    -> [SessionDifference.What]
  {
    var what: [SessionDifference.What] = []
    if old.headings[session.slug]?.heading != new.headings[session.slug]?.heading { what.append(.heading) }
    let steps = [old, new].map { $0.steps(of: session) }
    if steps[0].map(\.kind) != steps[1].map(\.kind) || steps[0].map(\.details) != steps[1].map(\.details) {
      what.append(.sittings)
    }
    let segments = [old, new].map { $0.segmentsBySession[session] ?? [] }
    if segments[0].map(\.title) != segments[1].map(\.title)
      || segments[0].map(\.order) != segments[1].map(\.order)
    {
      what.append(.segments)
    }
    return what
  }

  private static func difference(
    _ old: EntryRow?, _ new: EntryRow, _ oldNumber: (EntryRow) -> String?, _ newNumber: (EntryRow) -> String?
  ) -> Difference? {
    let before = old.flatMap { $0.hasWords ? $0 : nil }
    func difference(_ what: Difference.What) -> Difference {
      Difference(
        entry: new.id, session: new.session, what: what, oldNumber: old.flatMap(oldNumber),
        newNumber: new.isPrinted ? newNumber(new) : nil)
    }
    if let old, new.orders.count > old.orders.count, old.isPrinted || old.hasWords {
      var destroyed = difference(new.hasWords ? .replaced : .expunged)
      if new.hasWords { destroyed.state([.text], from: nil, to: new.details) }
      return destroyed
    }
    switch (before, new.hasWords) {
    case (nil, false): return nil
    case (nil, true):
      var added = difference(.added)
      added.state([.text, .attribution], from: nil, to: new.details)
      return added
    case (let before?, false):
      var removed = difference(.removed)
      removed.state([.text, .attribution], from: before.details, to: nil)
      return removed
    case (let before?, true):
      let fields = EntryDetails.Field.allCases.filter { field in
        let value = field.access.value
        return value(before.details) != value(new.details)
      }
      let isMoved = before.session != new.session || before.order != new.order
      if fields.isEmpty, !isMoved { return nil }
      var changed = difference(fields.isEmpty ? .moved : .changed)
      changed.state(fields, from: before.details, to: new.details)
      // Only the languages that differ.
      EntryDetails.Changes.keepDifferences(&changed.before, &changed.after, whole: true)
      return changed
    }
  }
}

extension RecordDiff.Difference {
  fileprivate mutating func state(
    _ fields: [EntryDetails.Field], from old: EntryDetails?, to new: EntryDetails?
  ) {
    for field in fields {
      if let old { before.restore(field, of: old) }
      if let new { after.restore(field, of: new) }
    }
    self.fields = fields.map(\.rawValue)
  }
}

extension EntryRow {
  /// Whether it is in the record with words.
  fileprivate var hasWords: Bool { !isRetracted && !details.isExpunged }
}
