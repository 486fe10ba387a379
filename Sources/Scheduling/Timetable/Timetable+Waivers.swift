package import EventLog
import People
import Vocabulary

// MARK: New conflicts

/// A command would cause conflicts that are not waived.
package struct ConflictsFound: DomainRefusal {
  package var conflicts: [DescribedConflict]

  package var texts: [HintedText] {
    let shown = conflicts.prefix(10).map { Timetable.advised($0.message, $0.conflict) }
    let rest = conflicts.count - shown.count
    return rest > 0 ? shown + [HintedText("… and \(rest) more.")] : shown
  }
}

extension Timetable {
  /// The timetable after the events, and the conflicts that exist then and did not exist before.
  package func newConflicts(_ events: [ProgramOrPeopleEvent]) -> (after: Timetable, [Conflict]) {
    var after = self
    var touched: Set<SessionID> = []
    for event in events {
      touched.formUnion(after.sessions(affectedBy: event))
      after.apply(event)
      touched.formUnion(after.sessions(affectedBy: event))
    }
    var new: Set<Conflict> = []
    for id in touched {
      new.formUnion(after.conflicts(of: id).subtracting(conflicts(of: id)))
    }
    return (after, new.sorted())
  }

  /// Applies a new event. It has no position yet, and no conflict depends on one.
  package mutating func apply(_ event: ProgramOrPeopleEvent) {
    switch event {
    case .people(let event): apply(event)
    case .scheduling(let event):
      apply(event, Origin(position: 0, actor: "", recordedAt: Timestamp(microseconds: 0)))
    }
  }

  private func sessions(affectedBy event: ProgramOrPeopleEvent) -> Set<SessionID> {
    switch event {
    case .people(let event): sessions(affectedBy: event)
    case .scheduling(let event): sessions(affectedBy: event)
    }
  }

  /// Adds a `ConflictWaived` for each new conflict that a waiver accepts.
  ///
  /// - Throws: `ConflictsFound` if new conflicts of the grade `refused` are not waived.
  func waivingConflicts(of events: [ProgramOrPeopleEvent], with waivers: [Waiver]) throws(ConflictsFound)
    -> [ProgramOrPeopleEvent]
  {
    events + (try waivedConflicts(of: events, waivers)).map { .scheduling(.conflictWaived($0)) }
  }

  func waivingConflicts(of events: [SchedulingEvent], with waivers: [Waiver]) throws(ConflictsFound)
    -> [SchedulingEvent]
  {
    events + (try waivedConflicts(of: events.map { .scheduling($0) }, waivers)).map { .conflictWaived($0) }
  }

  private func waivedConflicts(of events: [ProgramOrPeopleEvent], _ waivers: [Waiver])
    throws(ConflictsFound) -> [ConflictWaived]
  {
    let (after, new) = newConflicts(events)
    var waived: [ConflictWaived] = []
    var refused: [DescribedConflict] = []
    for conflict in new {
      if let waiver = waivers.first(where: { $0.kind == conflict.kind }) {
        waived.append(ConflictWaived(conflict: conflict, reason: waiver.reason))
      } else if conflict.kind.grade == .refused {
        refused.append(after.described(conflict))
      }
    }
    guard refused.isEmpty else { throw ConflictsFound(conflicts: refused) }
    return waived
  }

  /// The warnings of an accepted command: its new conflicts that are not waived.
  func warnings(_ events: [ProgramOrPeopleEvent]) -> [HintedText] {
    let (after, new) = newConflicts(events)
    // An import can waive thousands.
    let waived = Set(
      events.compactMap { event -> Conflict? in
        if case .scheduling(.conflictWaived(let body)) = event { body.conflict } else { nil }
      })
    return new.filter { !waived.contains($0) }.map { Self.advised(after.message($0), $0) }
  }

  func warnings(_ events: [SchedulingEvent]) -> [HintedText] { warnings(events.map { .scheduling($0) }) }
}
