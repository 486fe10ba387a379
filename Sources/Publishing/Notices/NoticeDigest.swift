import People
package import ReadModels
package import Scheduling
package import Vocabulary

/// A notice for one person: what changed in their part of the program since the last notice.
package struct NoticeDigest: Sendable {
  /// What happened to a session from this person's point of view, most serious first.
  package enum Fate: String, Sendable, Comparable, CaseIterable {
    case cancelled
    /// It is no longer in the program.
    case gone
    /// It takes place without this person.
    case left
    case moved, reinstated
    /// The person has a role in it that no notice has mentioned yet.
    case new
    case changed
    /// Only listed if everything was requested.
    case unchanged

    package static func < (a: Self, b: Self) -> Bool {
      allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
    }
  }

  package struct Entry: Sendable {
    package let fate: Fate
    /// With the changes that concern the person.
    package let session: ProgramDiff.ChangedSession
    /// Renamed rooms, reported as a change of room.
    let rooms: [ProgramDiff.Change]
  }

  package let person: PersonID
  /// What the last notice told; nil if there was none.
  package let known: Notices.Known?
  /// Most serious fates first, then in program order. Each session appears once, by its first slot.
  package let entries: [Entry]
  /// Changes of the person's own entry: name, affiliation and so on.
  let own: [ProgramDiff.Change]

  package func count(_ fates: Fate...) -> Int { entries.count { fates.contains($0.fate) } }
  package var tellsOfChange: Bool { !own.isEmpty || entries.contains { $0.fate != .unchanged } }
}

/// Compares the program with the state that each person knows.
package struct NoticeRound: Sendable {
  let conference: ConferenceID
  let program: ProgramModel
  package let checkpoint: Checkpoint
  /// The version; nil for a draft.
  let version: String?
  private let known: [PersonID: Notices.Known]
  private let earlier: [Notices.Known: ProgramModel]

  /// - Parameters:
  ///   - known: what people's last notices told.
  ///   - earlier: the programs that these notices told. A missing one means that there was no program.
  package init(
    _ program: ProgramModel, _ checkpoint: Checkpoint, conference: ConferenceID, version: String?,
    known: [PersonID: Notices.Known], earlier: [Notices.Known: ProgramModel]
  ) {
    self.conference = conference
    self.program = program
    self.checkpoint = checkpoint
    self.version = version
    self.known = known
    self.earlier = earlier
  }

  func before(_ digest: NoticeDigest) -> ProgramModel {
    digest.known.flatMap { earlier[$0] } ?? ProgramModel()
  }

  /// The digests of all people who have or had a role in a session, in index order.
  ///
  /// - Parameter unchanged: include people and sessions without changes.
  package func digests(unchanged: Bool = false) -> [NoticeDigest] {
    var digests: [PersonID: NoticeDigest] = [:]
    for told in Set(known.values.map(Optional.some)).union([nil]) {
      let before = told.flatMap { earlier[$0] } ?? ProgramModel()
      let diff = ProgramDiff(from: before, to: program)
      let changed = Dictionary(uniqueKeysWithValues: diff.sessions.map { ($0.session, $0) })
      let people = Dictionary(uniqueKeysWithValues: diff.people.map { ($0.id, $0.changes) })
      let rooms = Dictionary(uniqueKeysWithValues: diff.rooms.map { ($0.id, $0.changes) })
      let order = ProgramOrder(Array(before.rooms.rows) + Array(program.rooms.rows))
      var concerned: [PersonID: Set<SessionID>] = [:]
      for session in Array(before.sessions.rows) + Array(program.sessions.rows)
      where session.status != .unscheduled && !session.slots.isEmpty {
        for person in session.people where known[person] == told {
          concerned[person, default: []].insert(session.id)
        }
      }
      for (person, sessions) in concerned {
        let entries = order.sorted(
          sessions.compactMap { id -> ProgramDiff.ChangedSession? in
            changed[id] ?? program.sessions[id.slug].map { .init(before: $0, after: $0, changes: []) }
          }
        ) { $0.slots.first }
        .compactMap { entry(of: $0, for: person, rooms, unchanged: unchanged) }
        let own = (people[person] ?? []).filter { [.name, .affiliations, .biography].contains($0.what) }
        let digest = NoticeDigest(
          person: person, known: told,
          entries: NoticeDigest.Fate.allCases.flatMap { fate in entries.filter { $0.fate == fate } },
          own: own)
        if digest.tellsOfChange || unchanged { digests[person] = digest }
      }
    }
    let names = program.people
    return digests.values.sorted { a, b in
      let (one, other) = (names[a.person.slug]?.name.sortKey, names[b.person.slug]?.name.sortKey)
      return (IndexOrder(one ?? ""), a.person) < (IndexOrder(other ?? ""), b.person)
    }
  }

  /// - Returns: nil if the person need not be told.
  private func entry(
    of session: ProgramDiff.ChangedSession, for person: PersonID,
    _ rooms: [RoomID: [ProgramDiff.Change]], unchanged: Bool
  ) -> NoticeDigest.Entry? {
    let had = session.before?.people.contains(person) ?? false
    let has = session.after?.people.contains(person) ?? false
    let wasCancelled = session.before?.cancelled ?? false
    func entry(
      _ fate: NoticeDigest.Fate, _ changes: [ProgramDiff.Change] = [],
      rooms: [ProgramDiff.Change] = []
    ) -> NoticeDigest.Entry {
      .init(fate: fate, session: .init(session, changes: changes), rooms: rooms)
    }
    if session.after == nil { return had && !wasCancelled ? entry(.gone) : nil }
    if session.after?.cancelled == true {
      if wasCancelled { return unchanged && has ? entry(.cancelled) : nil }
      return entry(.cancelled)
    }
    if !has { return had && !wasCancelled ? entry(.left) : nil }
    if !had { return entry(.new) }
    let changes = session.changes.filter { concerns($0, person, session) }
    let renamed = wasCancelled ? [] : renamed(session, rooms)
    switch session.fate {
    case .reinstated: return entry(.reinstated, changes)
    case .moved: return entry(.moved, changes, rooms: renamed)
    default:
      if !changes.isEmpty || !renamed.isEmpty { return entry(.changed, changes, rooms: renamed) }
      return unchanged ? entry(.unchanged) : nil
    }
  }

  private func concerns(
    _ change: ProgramDiff.Change, _ person: PersonID, _ session: ProgramDiff.ChangedSession
  ) -> Bool {
    switch change.what {
    case .expected, .needs, .presentationMinutes, .presentationStart: return false
    case .presentationTime, .presentationTitle, .presentationAbstract, .presentationPeople,
      .presentationLanguage, .presentationLinks:
      // Chairs and moderators must know all presentations of their session.
      if session.after?.assignments.contains(where: { $0.person == person && $0.role <= .moderator }) == true
      {
        return true
      }
      let presentations = (session.before?.presentations ?? []) + (session.after?.presentations ?? [])
      return presentations.contains {
        $0.presentation == change.presentation && $0.people.contains(person)
      }
    default: return true
    }
  }

  /// Renames of the rooms in which the session was and still is.
  private func renamed(_ session: ProgramDiff.ChangedSession, _ rooms: [RoomID: [ProgramDiff.Change]])
    -> [ProgramDiff.Change]
  {
    let was = Set((session.before?.liveSlots ?? []).map(\.slot.room))
    let now = Set((session.after?.liveSlots ?? []).map(\.slot.room))
    var found: [ProgramDiff.Change] = []
    for room in was.intersection(now).sorted() {
      for var change in rooms[room] ?? [] where change.what == .name || change.what == .venue {
        // For somebody looking for it, a renamed room is another room.
        if change.what == .name { change.what = .room }
        found.append(change)
      }
    }
    return found
  }
}
