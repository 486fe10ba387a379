import EventLog
import People
import Vocabulary

extension Past {
  func undoSessions() throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    var ids = Set(ids("session:", SessionID.self))
    if undone.contains(where: { $0.type == SpeakerWithdrawn.type || $0.type == PersonsMerged.type }) {
      for person in self.ids("person:", PersonID.self) {
        ids.formUnion(before.timetable.sessions(of: person))
      }
    }
    var events: [ProgramOrPeopleEvent] = []
    for id in ids.sorted() { events += try undo(id).map { .scheduling($0) } }
    return events
  }

  private func undo(_ id: SessionID) throws(Undo.Refusal) -> [SchedulingEvent] {
    func shown(_ side: Side) -> ShownSession? { side.timetable.sessions[id].flatMap(ShownSession.init) }
    guard let left = shown(after), let current = shown(now) else { return [] }
    let what = "The session “\(id)”"
    guard let old = shown(before) else {
      if current.status == .unscheduled { return [] }
      guard current == left else { throw changed(what, id.tag) }
      return [.sessionUnscheduled(SessionUnscheduled(session: id, slots: current.numbered))]
    }
    var events: [SchedulingEvent] = []
    // Only a session that takes place can be moved: it is reinstated before its slots, and cancelled after them.
    let mustStand = try mustRestore(what, id.tag, { shown($0)?.status })
    if mustStand, old.status == .scheduled {
      events.append(
        .sessionReinstated(
          SessionReinstated(session: id, slots: current.numbered, kind: current.details.kind)))
    }
    var slots = current.slots
    for number in Set(old.slots.keys).union(left.slots.keys).sorted()
    where try mustRestore("\(what) (slot \(number))", id.tag, { shown($0)?.slots[number] }) {
      slots[number] = old.slots[number]
      switch (old.slots[number], current.slots[number]) {
      case (let to?, let from?):
        events.append(
          .sessionMoved(SessionMoved(session: id, from: from, to: to, number: number)))
      case (let slot?, nil):
        events.append(.slotAdded(SlotAdded(session: id, number: number, slot: slot)))
      case (nil, let slot?):
        events.append(.slotRemoved(SlotRemoved(session: id, number: number, slot: slot)))
      case (nil, nil): break
      }
    }
    if mustStand {
      switch old.status {
      case .scheduled: break
      case .cancelled:
        events.append(.sessionCancelled(SessionCancelled(session: id, slots: numbered(slots))))
      case .unscheduled:
        events.append(.sessionUnscheduled(SessionUnscheduled(session: id, slots: numbered(slots))))
      }
    }
    events += try undoDetails(of: id, shown)
    events += try undoAssignments(of: id, left, old, current, shown)
    return events + (try undoPresentations(of: id, left, old, current, shown))
  }

  private func undoDetails(of id: SessionID, _ shown: (Side) -> ShownSession?)
    throws(Undo.Refusal) -> [SchedulingEvent]
  {
    let changes: SessionDetails.Changes = try restored("The session “\(id)”", id.tag) { shown($0)?.details }
    if changes.isEmpty { return [] }
    return [
      .sessionRevised(
        SessionRevised(
          session: id, changes: changes,
          formerTrack: changes.fields.contains(.track) ? shown(now)?.details.track : nil))
    ]
  }

  /// Whoever comes back stands behind those behind whom they stood before.
  private func undoAssignments(
    of id: SessionID, _ left: ShownSession, _ old: ShownSession, _ current: ShownSession,
    _ shown: (Side) -> ShownSession?
  ) throws(Undo.Refusal) -> [SchedulingEvent] {
    var events: [SchedulingEvent] = []
    var people = current.assignments
    func mustRestore(_ one: RoleAssignment) throws(Undo.Refusal) -> Bool {
      try self.mustRestore("The session “\(id)” (\(one.person))", id.tag) {
        shown($0)?.assignments.contains(one)
      }
    }
    var leaving: [RoleAssignment] = []
    for one in left.assignments where !old.assignments.contains(one) {
      if try mustRestore(one) { leaving.append(one) }
    }
    for (index, one) in old.assignments.enumerated() {
      guard try mustRestore(one) else { continue }
      let before = old.assignments[..<index].last { people.contains($0) }
      let place = before.flatMap { people.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
      let isLast = people[place...].allSatisfy(leaving.contains)
      let added = PersonAssigned(
        session: id, person: one.person, role: one.role, place: isLast ? nil : place)
      events.append(.personAssigned(added))
      people.add(added)
    }
    return events
      + leaving.sorted { ($0.person, $0.role) < ($1.person, $1.role) }.map {
        .personUnassigned(PersonUnassigned(session: id, person: $0.person, role: $0.role))
      }
  }

  private func undoPresentations(
    of id: SessionID, _ left: ShownSession, _ old: ShownSession, _ current: ShownSession,
    _ shown: (Side) -> ShownSession?
  ) throws(Undo.Refusal) -> [SchedulingEvent] {
    var events: [SchedulingEvent] = []
    var presentations = current.presentations
    for presentation in Set(old.presentations.map(\.presentation)).union(
      left.presentations.map(\.presentation)
    )
    .sorted() {
      func one(_ session: ShownSession?) -> Presentation? {
        session?.presentations.first { $0.presentation == presentation }
      }
      guard
        try mustRestore(
          "The presentation “\(presentation)”", presentation.tag, { one(shown($0)) })
      else { continue }
      switch (one(old), one(current)) {
      case (let wanted?, let found?):
        events.append(
          .presentationRevised(
            PresentationRevised(session: id, presentation: wanted, formerPeople: found.people)))
      case (let wanted?, nil):
        events.append(.presentationAdded(PresentationAdded(session: id, presentation: wanted)))
        presentations.append(wanted)
      case (nil, let found?):
        events.append(
          .presentationWithdrawn(
            PresentationWithdrawn(session: id, presentation: presentation, people: found.people)))
        presentations.removeAll { $0.presentation == presentation }
      case (nil, nil): break
      }
    }
    return try events + undoOrder(of: id, to: presentations.map(\.presentation), shown)
  }

  /// The event that restores the order of a session's presentations, if any.
  ///
  /// Only presentations that the session had before the command, after it and now can be in another order.
  ///
  /// - Parameter order: as the other events of the undo leave it. Presentations that came back are at the end.
  private func undoOrder(
    of id: SessionID, to order: [PresentationID], _ shown: (Side) -> ShownSession?
  ) throws(Undo.Refusal) -> [SchedulingEvent] {
    func presentations(_ side: Side) -> [PresentationID] {
      (shown(side)?.presentations ?? []).map(\.presentation)
    }
    let (earlier, present) = (presentations(before), presentations(now))
    let common = Set(earlier).intersection(presentations(after)).intersection(present)
    let mustReorder = try mustRestore("The order of the presentations in “\(id)”", id.tag) {
      presentations($0).filter(common.contains)
    }
    // What is new is last, unless somebody has given it another place.
    let kept = present.filter(order.contains)
    let newAreLast = kept == kept.filter(earlier.contains) + kept.filter { !earlier.contains($0) }
    if mustReorder, !newAreLast { throw changed("The order of the presentations in “\(id)”", id.tag) }
    // What comes back gets its old place, unless somebody has ordered the others since.
    let returns = order.contains { !present.contains($0) }
    let othersAreInOrder = newAreLast && kept.filter(earlier.contains) == earlier.filter(kept.contains)
    guard mustReorder || returns && othersAreInOrder else { return [] }
    let wanted = earlier.filter(order.contains) + order.filter { !earlier.contains($0) }
    return wanted == order
      ? [] : [.presentationsOrdered(PresentationsOrdered(session: id, order: wanted))]
  }
}

/// The part of a session that undo restores: everything that a program shows.
private struct ShownSession: Equatable {
  let details: SessionDetails
  let status: SessionStatus
  let slots: [Int: Slot]
  let assignments: [RoleAssignment]
  let presentations: [Presentation]

  init?(_ session: Timetable.Session) {
    guard let details = session.details else { return nil }
    slots = session.slots.mapValues(\.slot)
    self.details = details
    status = session.status
    assignments = session.assignments
    presentations = session.presentations
  }

  var numbered: [NumberedSlot] { Scheduling.numbered(slots) }
}

private func numbered(_ slots: [Int: Slot]) -> [NumberedSlot] {
  slots.map { NumberedSlot(number: $0.key, slot: $0.value) }.sorted { $0.number < $1.number }
}
