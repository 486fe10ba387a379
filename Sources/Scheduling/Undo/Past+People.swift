import EventLog
import People
import Vocabulary

extension Past {
  func undoSpeakers(after program: Timetable) throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    var events: [PeopleEvent] = []
    let touching = undone.filter { (try? PeopleEvent($0)) != nil }
    for id in Set(touching.flatMap(\.tags).compactMap { identifier("person:", in: $0) as PersonID? }).sorted()
    {
      let what = "The speaker “\(id)”"
      func speaker(_ side: Side) -> Speakers.State? {
        guard var speaker = side.speakers[id], speaker.status != nil else { return nil }
        // The last number and the positions are no part of what is restored: something may have come and gone since.
        speaker.lastAffiliation = 0
        speaker.words = []
        // What was erased since does not come back, and hinders nothing.
        if now.speakers[id]?.erased == true {
          speaker.erased = true
          speaker.details?.biography = nil
          speaker.details?.pronunciation = nil
          speaker.contact = nil
        }
        return speaker
      }
      guard let left = speaker(after), let current = speaker(now) else { continue }
      guard let old = speaker(before) else {
        if current.status == .withdrawn { continue }
        guard current == left else { throw changed(what, id.tag) }
        try refuseLaterParts(of: id, what, after: program)
        events.append(.speakerWithdrawn(SpeakerWithdrawn(person: id)))
        continue
      }
      // Only somebody who takes part can be changed: they are reinstated first, and withdrawn last.
      let mustStand = try mustRestore(what, id.tag, { speaker($0)?.status })
      if mustStand {
        if old.status == .withdrawn {
          // A withdrawal ends all roles, also those that somebody else gave them since.
          try refuseLaterParts(of: id, what, after: program)
        } else {
          events.append(.speakerReinstated(SpeakerReinstated(person: id)))
        }
      }
      if try mustRestore(what, id.tag, { speaker($0)?.mergedInto }) {
        if let kept = old.mergedInto {
          events.append(.personsMerged(PersonsMerged(id, into: kept)))
        } else if let kept = left.mergedInto {
          events.append(.personsSeparated(PersonsSeparated(id, from: kept)))
        }
      }
      let changes: SpeakerDetails.Changes = try restored(what, id.tag) { speaker($0)?.details }
      if !changes.isEmpty { events.append(.speakerRevised(SpeakerRevised(person: id, changes: changes))) }
      if try mustRestore("\(what) (address)", id.tag, { speaker($0)?.contact }) {
        events.append(.contactStated(ContactStated(person: id, contact: old.contact)))
      }
      for number in Set(old.affiliations.keys).union(left.affiliations.keys).sorted()
      where try mustRestore("\(what) (affiliation \(number))", id.tag, { speaker($0)?.affiliations[number] })
      {
        events.append(
          old.affiliations[number].map {
            .affiliationStated(AffiliationStated(person: id, number: number, affiliation: $0))
          } ?? .affiliationRemoved(AffiliationRemoved(person: id, number: number)))
      }
      func away(_ side: Side) -> [Int: UnavailabilityStated] {
        side.timetable.people[id]?.unavailable ?? [:]
      }
      for number in Set(away(before).keys).union(away(after).keys).sorted()
      where try mustRestore("\(what) (time \(number))", id.tag, { away($0)[number] }) {
        events.append(
          away(before)[number].map { .unavailabilityStated($0) }
            ?? .unavailabilityRemoved(UnavailabilityRemoved(person: id, number: number)))
      }
      if mustStand, old.status == .withdrawn {
        events.append(.speakerWithdrawn(SpeakerWithdrawn(person: id)))
      }
    }
    return events.map { .people($0) }
  }

  /// Refuses to withdraw a speaker who got a role or a presentation in a session after the command.
  private func refuseLaterParts(of id: PersonID, _ what: String, after left: Timetable) throws(Undo.Refusal) {
    func roles(_ side: Side, _ session: SessionID) -> Set<RoleAssignment> {
      Set((side.timetable.sessions[session]?.assignments ?? []).filter { $0.person == id })
    }
    func presentations(_ side: Side, _ session: SessionID) -> Set<PresentationID> {
      Set(
        (side.timetable.sessions[session]?.presentations ?? []).filter { $0.people.contains(id) }
          .map(\.presentation))
    }
    for session in now.timetable.sessions(of: id).sorted() where left.sessions[session]?.isLive == true {
      if !roles(now, session).isSubset(of: roles(after, session))
        || !presentations(now, session).isSubset(of: presentations(after, session))
      {
        throw .inUse(what: what, by: "they take part in “\(session)”")
      }
    }
  }

  func undoAttendees() throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    var events: [PeopleEvent] = []
    let attendees = ids("attendee:", AttendeeID.self)
    for id in attendees {
      let what = "The attendee “\(id)”"
      func attendee(_ side: Side) -> Attendees.State? { side.attendees[id] }
      guard let left = attendee(after), let current = attendee(now) else { continue }
      guard let old = attendee(before), old.status != nil else {
        // Whoever was never registered cannot withdraw, whatever an event says of them.
        guard let status = current.status, status != .withdrawn, status != .erased else { continue }
        guard current == left else { throw changed(what, id.tag) }
        events += current.sessions.sorted().map {
          .attendeeSignedOff(AttendeeSignedOff(attendee: id, session: $0))
        }
        events.append(.attendeeWithdrawn(AttendeeWithdrawn(attendee: id)))
        continue
      }
      if current.status == .erased, left.status != .erased {
        // Of many, whoever was erased since stays so.
        if attendees.count > 1 { continue }
        if left.status == .withdrawn { throw .forbidden(Attendees.Refusal.erased(id).texts) }
      }
      func standing(_ side: Side) -> AttendeeStatus? {
        attendee(side)?.status.map { $0 == .checkedIn ? .registered : $0 }
      }
      var revised = AttendeeRevised(attendee: id)
      if try mustRestore(what, id.tag, { attendee($0)?.category }) { revised.category = old.category }
      if try mustRestore(what, id.tag, { attendee($0)?.listed }) { revised.listed = old.listed }
      if try mustRestore(what, id.tag, { attendee($0)?.details }) { revised.details = old.details }
      let revision: [PeopleEvent] =
        revised == AttendeeRevised(attendee: id) ? [] : [.attendeeRevised(revised)]
      // Only somebody who takes part can be changed: they are reinstated first, and withdrawn last.
      if try mustRestore(what, id.tag, standing) {
        if old.status == .withdrawn {
          // A withdrawal ends what somebody else gave them since.
          guard current == left else { throw changed(what, id.tag) }
          events += revision
          events += current.sessions.sorted().map {
            .attendeeSignedOff(AttendeeSignedOff(attendee: id, session: $0))
          }
          events.append(.attendeeWithdrawn(AttendeeWithdrawn(attendee: id)))
          continue
        }
        events.append(.attendeeReinstated(AttendeeReinstated(attendee: id)))
      }
      // Somebody who left and came again has the same status, but another time of arrival.
      func arrived(_ side: Side) -> CheckIn? { attendee(side)?.arrival }
      if try mustRestore(what, id.tag, arrived) {
        events.append(.checkedInOrOut(id, old.arrival, nil))
      }
      for occasion in Set(old.presence.keys).union(left.presence.keys).sorted()
      where try mustRestore("\(what) (\(occasion.name))", id.tag, { attendee($0)?.presence[occasion] }) {
        events.append(.checkedInOrOut(id, old.presence[occasion], occasion))
      }
      events += revision
      for session in old.sessions.union(left.sessions).sorted()
      where try mustRestore("\(what) (“\(session)”)", id.tag, { attendee($0)?.sessions.contains(session) }) {
        events.append(
          old.sessions.contains(session)
            ? .attendeeSignedUp(AttendeeSignedUp(attendee: id, session: session))
            : .attendeeSignedOff(AttendeeSignedOff(attendee: id, session: session)))
      }
    }
    return events.map { .people($0) }
  }
}

extension PeopleEvent {
  /// - Parameter old: the check-in to restore; nil: there was none.
  fileprivate static func checkedInOrOut(_ attendee: AttendeeID, _ old: CheckIn?, _ occasion: Occasion?)
    -> Self
  {
    guard let old else { return .attendeeCheckedOut(AttendeeCheckedOut(attendee: attendee, from: occasion)) }
    return .attendeeCheckedIn(
      AttendeeCheckedIn(attendee: attendee, arrivedAt: old.at, station: old.station, at: occasion))
  }
}

extension Occasion {
  fileprivate var name: String {
    switch self {
    case .session(let session): "in “\(session)”"
    case .day(let day): "on \(day)"
    }
  }
}
