package import People
package import Vocabulary

/// What a file says of a program, in Plenary's own terms. Its parts name each other by their places in these lists.
///
/// Of a table that Plenary wrote, there is more: what it shows, so that only that is compared (0010).
package struct WantedProgram: Sendable, Hashable {
  package var rooms: [WantedRoom] = []
  package var tracks: [WantedTrack] = []
  package var people: [WantedPerson] = []
  package var sessions: [WantedSession] = []
  /// Whether a session without a room keeps the one that it has here: a table says nothing by an empty cell, and other files
  /// nothing if they have no rooms at all.
  package var keepsRooms = false
  /// Whether Plenary wrote the file, as a table.
  package var isOwn = false

  package init() {}
}

/// What a file calls something, and the short name that it gets if it is new.
package struct WantedIdentity: Sendable, Hashable {
  /// The other program's own keys, the most lasting one first: `guid:6b1…`.
  package var keys: [String]
  /// What it is known by where no key is: `name:main hall`.
  package var content: String
  /// A slug of at most 56 characters. If it is taken, a number is added.
  package var shortName: String
  /// Plenary's own short name of it, if the file is a table that Plenary wrote.
  package var own: String?

  package init(keys: [String], content: String, shortName: String) {
    self.keys = keys
    self.content = content
    self.shortName = shortName
  }
}

package struct WantedRoom: Sendable, Hashable {
  package var identity: WantedIdentity
  package var details: RoomDetails

  package init(_ identity: WantedIdentity, _ details: RoomDetails) {
    self.identity = identity
    self.details = details
  }
}

package struct WantedTrack: Sendable, Hashable {
  package var identity: WantedIdentity
  package var details: TrackDetails

  package init(_ identity: WantedIdentity, _ details: TrackDetails) {
    self.identity = identity
    self.details = details
  }
}

package struct WantedPerson: Sendable, Hashable {
  package var identity: WantedIdentity
  package var details: SpeakerDetails
  /// All forms of the name that a table of ours shows.
  package var shownName: [ShownForm] = []
  package var affiliation: Affiliation?
  package var email: EmailAddress?

  package init(_ identity: WantedIdentity, _ details: SpeakerDetails) {
    self.identity = identity
    self.details = details
  }
}

/// One form of a name, as a table of ours shows it; and what it is if somebody wrote it there.
package struct ShownForm: Sendable, Hashable {
  package var text: String
  package var form: NameForm

  package init(_ text: String, _ form: NameForm) {
    self.text = text
    self.form = form
  }
}

package struct WantedSession: Sendable, Hashable {
  package struct Place: Sendable, Hashable {
    /// Nil: the file does not say.
    package var room: Int?
    package var start: ZonedTime
    package var end: ZonedTime
    /// The slot that a table of ours means.
    package var number: Int?

    package init(room: Int?, start: ZonedTime, end: ZonedTime) {
      self.room = room
      self.start = start
      self.end = end
    }
  }

  package struct Part: Sendable, Hashable {
    package var person: Int
    package var role: SessionRole

    package init(person: Int, role: SessionRole) {
      self.person = person
      self.role = role
    }
  }

  package var identity: WantedIdentity
  /// Without the track.
  package var details: SessionDetails
  package var track: Int?
  /// In the order of their start; none: it has no time yet.
  package var places: [Place] = []
  package var parts: [Part] = []
  package var isCancelled = false
  /// Whether the file says of each session whether it takes place.
  package var saysState = true
  /// Whether the file says of what kind it is; else it is an ordinary one, if it is new.
  package var saysKind = true
  /// Of a table of ours: the roles that it has columns for.
  package var roles: Set<SessionRole> = []
  /// Of a table of ours: the fields of which it has a column, and nothing in it.
  package var emptied: Set<String> = []
  /// Of a table of ours: the languages of its columns of titles; none if it has one column for all.
  package var titleLanguages: [Language] = []

  package init(_ identity: WantedIdentity, _ details: SessionDetails) {
    self.identity = identity
    self.details = details
  }
}
