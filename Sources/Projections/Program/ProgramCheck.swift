import Scheduling
package import Vocabulary

/// Something in the program that an organizer should look at.
package struct Finding: Sendable, Hashable, Encodable {
  package enum Kind: String, Sendable, Encodable {
    /// One room, two sessions at a time.
    case roomTaken = "room taken"
    case personTwice = "person in two places"
    case outsideDays = "outside the conference's days"
    case closedRoom = "closed room"
    case nobody = "nobody assigned"
    case untranslated = "not in all languages"
  }

  package let kind: Kind
  package let sessions: [SessionID]
  package let message: String
}

extension ProgramModel {
  /// What is doubtful in the program: a room or a person taken twice, sessions outside the conference's
  /// days or in closed rooms, sessions that nobody speaks in, titles that lack a language.
  package func check() -> [Finding] {
    let live = orderedSessions.filter { !$0.cancelled }
    var findings: [Finding] = []
    for (room, sessions) in Dictionary(grouping: live, by: \.slot.room).sorted(by: { $0.key < $1.key }) {
      for (a, b) in overlaps(sessions) {
        findings.append(
          Finding(
            kind: .roomTaken, sessions: [a.id, b.id],
            message: "The room “\(room)” has “\(a.id)” (\(a.slot.times)) and “\(b.id)” (\(b.slot.times))."))
      }
    }
    for person in orderedPeople {
      let theirs = live.filter { session in session.parts.contains { $0.person == person.person } }
      for (a, b) in overlaps(theirs) {
        findings.append(
          Finding(
            kind: .personTwice, sessions: [a.id, b.id],
            message: "\(person.name.printed) is in “\(a.id)” (\(a.slot.times), \(a.slot.room)) and in "
              + "“\(b.id)” (\(b.slot.times), \(b.slot.room))."))
      }
    }
    for session in live { findings += check(session) }
    return findings
  }

  /// The pairs that overlap, of sessions in the order of their start.
  private func overlaps(_ sessions: [SessionRow]) -> [(SessionRow, SessionRow)] {
    sessions.indices.flatMap { index in
      sessions[(index + 1)...].prefix { $0.slot.start < sessions[index].slot.end }
        .map { (sessions[index], $0) }
    }
  }

  private func check(_ session: SessionRow) -> [Finding] {
    var findings: [Finding] = []
    func find(_ kind: Finding.Kind, _ message: String) {
      findings.append(Finding(kind: kind, sessions: [session.id], message: message))
    }
    if let conference = conference?.particulars {
      if !(conference.firstDay...conference.lastDay).contains(session.slot.start.date) {
        find(
          .outsideDays,
          "“\(session.id)” takes place on \(session.slot.start.date); the conference lasts from "
            + "\(conference.firstDay) to \(conference.lastDay).")
      }
      let missing = conference.languages.filter { session.particulars.title[$0] == nil }
      if !missing.isEmpty {
        find(
          .untranslated,
          "“\(session.id)” has no title in \(missing.map(\.tag).joined(separator: ", ")).")
      }
    }
    if rooms[session.slot.room.slug]?.closed != false {
      find(.closedRoom, "“\(session.id)” takes place in “\(session.slot.room)”, which is closed.")
    }
    if session.parts.isEmpty, !session.particulars.kind.isService {
      find(.nobody, "“\(session.id)” has no speaker and no chair.")
    }
    return findings
  }
}
