package import EventLog
import People
package import Scheduling
package import Vocabulary

/// The current conflicts, and the event that caused each of them. Folded in memory from the log on demand.
package struct ConflictHistory: ReadModel {
  package static let name = "conflicts"
  package static let revision = 1

  package private(set) var timetable = Timetable()
  /// The current conflicts, each with the event that caused it.
  package private(set) var open: [Conflict: Origin] = [:]
  private var openOf: [SessionID: Set<Conflict>] = [:]
  /// The conflicts that the current command has ended, with the events that had caused them.
  private var ended: (by: Timestamp, conflicts: [Conflict: Origin])?
  private var waivers: [Conflict: (reason: String, origin: Origin)] = [:]

  package init() {}

  package mutating func visit(_ visitor: inout some TableVisitor) {}

  package mutating func apply(_ event: LoggedEvent, _ origin: Origin) {
    switch event {
    case .scheduling(let event):
      var touched = timetable.sessions(affectedBy: event)
      timetable.apply(event, origin)
      touched.formUnion(timetable.sessions(affectedBy: event))
      judge(touched, origin)
      if case .conflictWaived(let body) = event { waivers[body.conflict] = (body.reason, origin) }
    case .people(let event):
      var touched = timetable.sessions(affectedBy: event)
      timetable.apply(event)
      touched.formUnion(timetable.sessions(affectedBy: event))
      judge(touched, origin)
    case .record, .settingAside: break
    }
  }

  /// A conflict that ends and comes back within one command has never ended: the command moves two sessions
  /// together. All events of a command, and no others, are recorded at the same time.
  private mutating func judge(_ sessions: Set<SessionID>, _ origin: Origin) {
    if ended?.by != origin.recordedAt { ended = nil }
    for session in sessions {
      let (before, now) = (openOf[session] ?? [], timetable.conflicts(of: session))
      for conflict in before.subtracting(now) {
        if let since = open.removeValue(forKey: conflict) {
          ended = ended ?? (origin.recordedAt, [:])
          ended?.conflicts[conflict] = since
        }
        for other in conflict.sessions { openOf[other]?.remove(conflict) }
      }
      for conflict in now.subtracting(before) {
        open[conflict] = ended?.conflicts[conflict] ?? origin
        for other in conflict.sessions { openOf[other, default: []].insert(conflict) }
      }
    }
  }

  /// The waiver of a conflict, if the conflict has existed without a break since the waiver.
  package func waiver(of conflict: Conflict) -> (reason: String, origin: Origin)? {
    guard let waiver = waivers[conflict], let since = open[conflict],
      waiver.origin.position >= since.position
    else { return nil }
    return waiver
  }
}

/// A problem in the program that an organizer should look at.
package struct Finding: Sendable, Hashable, Encodable {
  /// The kind of a conflict, or `nobody-assigned`, `untranslated`, `unprintable` or `search-engines`.
  package let kind: String
  package let grade: Conflict.Grade
  package let sessions: [SessionID]
  package let message: String
  /// The event that caused it.
  package var since: Origin?
  /// The reason for the waiver, and who gave it.
  package var waived: String?
  package var waivedBy: Origin?
}

extension Finding {
  /// A text has characters that no font has, or U+FFFD in place of one that could not be read.
  package static let unprintable = "unprintable"
  /// Search engines ask for something that the conference does not state. Only organizers who care about that look for it.
  package static let searchEngines = "search-engines"

  /// A problem of no session.
  package init(kind: String, message: String) {
    self.init(kind: kind, grade: .warned, sessions: [], message: message)
  }
}

extension ConflictHistory {
  /// The conflicts that are not waived, of the sessions that a release publishes.
  package func openConflicts(in release: ProgramReleased) -> [DescribedConflict] {
    func isPublished(_ id: SessionID) -> Bool {
      guard let session = timetable.sessions[id] else { return false }
      return release.track.map { $0 == session.details?.track } ?? true
        && release.day.map { day in session.orderedSlots.contains { timetable.day(of: $0.slot) == day } }
          ?? true
    }
    return open.keys.sorted().filter { waiver(of: $0) == nil && $0.sessions.contains(where: isPublished) }
      .map(timetable.described)
  }

  /// The problems of the program: conflicts, most serious kinds first; then sessions without a speaker or
  /// chair, and missing translations of the titles of sessions and presentations.
  ///
  /// - Parameter waived: include waived conflicts.
  package func findings(waived: Bool = false) -> [Finding] {
    var findings = open.sorted { $0.key < $1.key }.compactMap { conflict, since -> Finding? in
      let accepted = waiver(of: conflict)
      if accepted != nil, !waived { return nil }
      return Finding(
        kind: conflict.kind.rawValue, grade: conflict.kind.grade, sessions: conflict.sessions,
        message: timetable.described(conflict).message, since: since, waived: accepted?.reason,
        waivedBy: accepted?.origin)
    }
    let languages = timetable.conference?.languages ?? []
    for (id, session) in timetable.sessions.sorted(by: { $0.key < $1.key }) where session.isLive {
      guard let details = session.details else { continue }
      // A session without a room and a time is not in the program.
      if !session.slots.isEmpty, session.assignments.isEmpty,
        session.presentations.allSatisfy(\.people.isEmpty),
        !details.kind.isService
      {
        findings.append(
          Finding(
            kind: "nobody-assigned", grade: .warned, sessions: [id],
            message: "“\(id)” has no speaker and no chair."))
      }
      let titles =
        [("“\(id)”", details.title)]
        + session.presentations.map { ("The presentation “\($0.presentation)” of “\(id)”", $0.title) }
      for (name, title) in titles {
        let texts = title.texts(in: languages)
        let missing = languages.filter { texts[$0] == nil }
        if missing.isEmpty { continue }
        findings.append(
          Finding(
            kind: "untranslated", grade: .warned, sessions: [id],
            message: "\(name) has no title in \(missing.map(\.tag).joined(separator: ", "))."))
      }
    }
    return findings
  }
}
