package import Vocabulary

/// Two things in the program that cannot both happen, or one that cannot happen as planned.
///
/// Its fields identify it. They contain no times, so a conflict stays the same when a session moves and still
/// conflicts.
package struct Conflict: Hashable, Sendable, Codable, Comparable {
  package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Two sessions in one room at the same time.
    case roomTaken = "room-taken"
    /// A session outside its room's opening hours, during a closure, or in a closed room.
    case roomUnavailable = "room-unavailable"
    /// The room has fewer seats than people have signed up or are expected.
    case roomTooSmall = "room-too-small"
    /// The room lacks a feature that the session needs.
    case roomLacks = "room-lacks"
    /// One person in two sessions at the same time, in any roles.
    case personTwice = "person-twice"
    case personUnavailable = "person-unavailable"
    /// A person cannot get from one room to the other in time.
    case tooLittleTime = "too-little-time"
    /// A session during a plenary. A plenary is for everybody: only breaks, meals and other services may
    /// take place at the same time.
    case besidePlenary = "beside-plenary"
    /// A slot that begins on none of the conference's days.
    case outsideDays = "outside-days"
    /// The presentations take longer than the session.
    case runningOver = "running-over"

    /// What happens to a command that would cause it.
    package var grade: Grade {
      switch self {
      case .roomTaken, .roomUnavailable, .personTwice, .personUnavailable, .besidePlenary, .outsideDays:
        .refused
      case .roomTooSmall, .roomLacks, .tooLittleTime, .runningOver: .warned
      }
    }
  }

  package enum Grade: String, Sendable, Codable {
    /// The command is refused, unless the conflict is waived.
    case refused
    /// The command is accepted, with a warning.
    case warned
  }

  package var kind: Kind
  /// One or two, sorted.
  package var sessions: [SessionID]
  package var person: PersonID?
  package var room: RoomID?
  package var feature: FeatureID?

  init(
    _ kind: Kind, _ sessions: SessionID..., person: PersonID? = nil, room: RoomID? = nil,
    feature: FeatureID? = nil
  ) {
    self.kind = kind
    self.sessions = Set(sessions).sorted()
    self.person = person
    self.room = room
    self.feature = feature
  }

  /// Unique within a conference: `room-taken opening panel-1 main-hall`.
  package var key: String {
    ([kind.rawValue] + sessions.map(\.slug)
      + [person?.slug, room?.slug, feature?.slug].compactMap(\.self))
      .joined(separator: " ")
  }

  package static func < (a: Self, b: Self) -> Bool {
    let order = Kind.allCases
    let (i, j) = (order.firstIndex(of: a.kind)!, order.firstIndex(of: b.kind)!)
    return (i, a.key) < (j, b.key)
  }
}

/// Accepts the conflicts of one kind that a command causes, with a reason.
package struct Waiver: Hashable, Sendable, Codable {
  package var kind: Conflict.Kind
  package var reason: String

  package init(_ kind: Conflict.Kind, reason: String) {
    self.kind = kind
    self.reason = reason
  }
}

/// A conflict, with a sentence that describes it.
package struct DescribedConflict: Hashable, Sendable, Codable {
  package var conflict: Conflict
  package var message: String
}
