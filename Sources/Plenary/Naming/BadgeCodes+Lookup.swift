import EventLog
package import People
import PostgresLog
import ReadModels
import Scheduling
package import Vocabulary

extension Workspace {
  /// The codes of a conference's badges.
  func badgeCodes(of conference: ConferenceID) async throws -> BadgeCodes {
    BadgeCodes(conference, identity: try await identity(of: conference))
  }

  /// The conference's UUID; nil for one of the first releases.
  func identity(of conference: ConferenceID) async throws -> String? {
    for event in try await log.read(conference, matching: .tagged(.conference), command: nil).events
    where event.type == ConferenceOpened.type {
      if case .conferenceOpened(let body) = try SchedulingEvent(event) { return body.identity }
    }
    return nil
  }

  /// The attendee whose badge has this code. One event is read for it, and nothing decrypted.
  ///
  /// - Returns: nil for words that are no code, or the code of nobody.
  func attendee(withCode words: String, of conference: ConferenceID) async throws -> AttendeeID? {
    guard access != .readModels, BadgeCodes.digits(words) != nil,
      let position = try await badgeCodes(of: conference).registration(words)
    else { return nil }
    let registration = try await log.run { connection in
      var found: RecordedEvent?
      try EventStream.read(
        conference, after: position - 1, upTo: .position(position), detail: .projection, connection
      ) { found = $0 }
      return found
    }
    guard let registration, case .attendeeRegistered(let body) = try PeopleEvent(registration) else {
      return nil
    }
    return body.attendee
  }
}

extension ConferenceContext {
  /// The codes of the badges; nil for a login that may not read the log.
  package func badgeCodes() async throws -> BadgeCodes? {
    workspace.access == .readModels ? nil : try await workspace.badgeCodes(of: id)
  }
}

extension Refused {
  /// When and where an attendee was checked in before, if that is why it was refused, and the clocks that show it.
  package var firstCheckIn: (CheckIn, ZoneRules)? {
    switch refusal {
    case Attendees.Refusal.checkedIn(_, let first, let rules)?: (first, rules)
    case Presences.Refusal.present(_, _, let first, let rules)?: (first, rules)
    default: nil
    }
  }
}

extension ConferenceToChange {
  /// Whom a scanner, or somebody in a hurry, means: the code of a badge comes before everything else, and the key of another
  /// program, such as the number of an order, after it.
  ///
  /// - Throws: `Failure` for a code that is somebody else's short name, and for a wrong one.
  package func attendee(atDoor words: String) async throws -> AttendeeID {
    guard let digits = BadgeCodes.digits(words) else { return try attendee(words) }
    let named = try? AttendeeID(words)
    let isKnown =
      if let named {
        try await !workspace.log.read(id, matching: .tagged(named.tag), command: nil).events.isEmpty
      } else { false }
    let coded = try await workspace.attendee(withCode: digits, of: id)
    switch (coded, isKnown ? named : nil) {
    case (let coded?, let named?) where coded != named:
      throw Failure(
        .refused,
        "“\(excerpt(words))” is the code of the badge of “\(coded)”, and the short name of somebody else. Give the name or the address.",
        code: .severalMatch)
    case (let attendee?, _), (nil, let attendee?): return attendee
    case (nil, nil):
      return try names.attendee(
        keyed: digits,
        otherwise: Failure(
          .refused, "“\(excerpt(words))” is no code of a badge of this conference; check the digits.",
          .list(AttendeeEntity.self), code: .noMatch))
    }
  }
}
