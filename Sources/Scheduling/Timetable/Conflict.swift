package import Vocabulary

/// Two things of the program that cannot both be, or one that cannot be so.
///
/// Its fields name it: as long as they do not change, it is the same conflict, whatever times are moved.
package struct Conflict: Hashable, Sendable, Codable, Comparable {
  package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// One room, two sessions at a time.
    case roomTaken = "room-taken"
    /// Outside the room's opening hours, or while it cannot be used.
    case roomUnavailable = "room-unavailable"
    /// Fewer seats than people signed up or are expected.
    case roomTooSmall = "room-too-small"
    /// The room lacks what the session needs.
    case roomLacks = "room-lacks"
    /// One person, two sessions at a time, in whatever roles.
    case personTwice = "person-twice"
    case personUnavailable = "person-unavailable"
    /// A person cannot get from one room to the other in time.
    case tooLittleTime = "too-little-time"
    /// A plenary is for everybody: nothing but breaks, meals and the like may be beside it.
    case besidePlenary = "beside-plenary"
    /// It begins on none of the conference's days.
    case outsideDays = "outside-days"
    /// Its presentations take longer than it lasts.
    case runningOver = "running-over"

    /// What a command does that would bring it about.
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
    /// The command is carried out and says so.
    case warned
  }

  package var kind: Kind
  /// One or two, in the order of their names.
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

/// Conflicts of this kind are accepted, and why.
package struct Waiver: Hashable, Sendable, Codable {
  package var kind: Conflict.Kind
  package var reason: String

  package init(_ kind: Conflict.Kind, reason: String) {
    self.kind = kind
    self.reason = reason
  }
}

/// A conflict with the sentence that tells of it.
package struct DescribedConflict: Hashable, Sendable, Codable {
  package var conflict: Conflict
  package var message: String
}
