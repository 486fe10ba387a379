/// What a file of another program says of a conference: unjudged, in the file's own words and keys.
///
/// Texts are plain, or the subset of CommonMark that Plenary prints; a reader has made that of HTML.
package struct ForeignConference: Sendable, Hashable {
  package var title: ForeignText?
  package var acronym: String?
  /// An IANA name, if the file has one.
  package var zone: String?
  package var firstDay: String?
  package var lastDay: String?
  /// When a conference day begins, in minutes after midnight.
  package var dayBegins: Int?
  package var city: String?
  package var venue: String?
  package var address: String?
  /// Each once, in the file's order; those that sessions name and no list has are here too.
  package var rooms: [ForeignRoom] = []
  package var tracks: [ForeignTrack] = []
  package var people: [ForeignPerson] = []
  package var sessions: [ForeignSession] = []
  package var attendees: [ForeignAttendee] = []
  /// The columns that were read, if Plenary wrote the file as a table: of others it says nothing.
  package var ownColumns: Set<ColumnMapping.Target>?
  /// Sessions and people that the file has and that could not be read.
  package var leftOut = 0
  /// What was not understood, or read otherwise than it stands there; in the file's order.
  package var remarks: [Remark] = []

  package init() {}

  /// Whether Plenary wrote the file, as a table.
  package var isOwn: Bool { ownColumns != nil }
}

/// A line, and a column where the reader knows it; both from 1.
package struct SourcePosition: Sendable, Hashable {
  package var line: Int
  package var column: Int?

  package init(line: Int, column: Int? = nil) {
    self.line = line
    self.column = column
  }
}

/// Something in a file that an organizer should know of.
package struct Remark: Sendable, Hashable {
  package var at: SourcePosition?
  /// A sentence.
  package var text: String

  package init(_ text: String, at: SourcePosition? = nil) {
    self.text = text
    self.at = at
  }
}

/// What another program calls something by.
package struct ForeignKey: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Unique in the world.
    case guid, uid
    /// Unique in that program's conference.
    case code, id, slug
    /// Plenary's own short name, in a table that Plenary wrote. The log does not keep it as another program's key.
    case own
    case email
  }

  package var kind: Kind
  package var value: String

  package init(_ kind: Kind, _ value: String) {
    self.kind = kind
    self.value = value
  }
}

/// A text in the languages that the file has it in.
package struct ForeignText: Sendable, Hashable {
  package struct Entry: Sendable, Hashable {
    /// A language tag as the file has it; nil where it says none.
    package var language: String?
    package var text: String

    package init(_ text: String, in language: String? = nil) {
      self.text = text
      self.language = language
    }
  }

  /// One a language, none of them empty.
  package var entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  package init(_ text: String) { entries = [Entry(text)] }
}

package struct ForeignRoom: Sendable, Hashable {
  /// What sessions of this file name the room by.
  package var key: String
  /// Those that mean the same in the next file.
  package var keys: [ForeignKey] = []
  package var name: ForeignText
  package var capacity: Int?
  package var at: SourcePosition?

  package init(key: String, name: ForeignText) {
    self.key = key
    self.name = name
  }
}

package struct ForeignTrack: Sendable, Hashable {
  /// What sessions of this file name the track by.
  package var key: String
  package var keys: [ForeignKey] = []
  package var name: ForeignText
  /// `#2f6b5b`
  package var color: String?
  package var at: SourcePosition?

  package init(key: String, name: ForeignText) {
    self.key = key
    self.name = name
  }
}

/// A name as a file has it: whole, or in its parts, or both.
package struct ForeignName: Sendable, Hashable {
  package var whole: String?
  package var given: String?
  package var family: String?

  package init(whole: String? = nil, given: String? = nil, family: String? = nil) {
    self.whole = whole
    self.given = given
    self.family = family
  }
}

package struct ForeignPerson: Sendable, Hashable {
  /// What sessions of this file name the person by.
  package var key: String
  package var keys: [ForeignKey] = []
  package var name: ForeignName
  /// All forms of the name, as a table that Plenary wrote shows them; none in other files.
  package var nameForms: [String] = []
  /// Of them that the file has, the first that is an address; personal data.
  package var email: String?
  package var biography: ForeignText?
  package var position: String?
  package var organisation: String?
  package var country: String?
  package var at: SourcePosition?

  package init(key: String, name: ForeignName) {
    self.key = key
    self.name = name
  }
}

/// An instant, or what a clock at the place shows.
package enum ForeignTime: Sendable, Hashable {
  /// Microseconds since 1970-01-01T00:00:00Z; and the offset in minutes, if it is written as a number: 0 of `+00:00`, nil of `Z`.
  case instant(microseconds: Int64, offset: Int? = nil)
  /// `date` is `2026-02-03`; minutes after midnight may exceed a day.
  case wall(date: String, minutes: Int)

  /// One instant can be written on different clocks.
  package static func == (one: ForeignTime, other: ForeignTime) -> Bool {
    switch (one, other) {
    case (.instant(let one, _), .instant(let other, _)): one == other
    case (.wall(let date, let minutes), .wall(let otherDate, let others)):
      date == otherDate && minutes == others
    case (.instant, .wall), (.wall, .instant): false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .instant(let microseconds, _): hasher.combine(microseconds)
    case .wall(let date, let minutes):
      hasher.combine(date)
      hasher.combine(minutes)
    }
  }
}

package struct ForeignSlot: Sendable, Hashable {
  /// `ForeignRoom.key`; nil where the file gives none.
  package var room: String?
  package var start: ForeignTime
  /// At least 1.
  package var minutes: Int
  package var keys: [ForeignKey] = []
  /// The zone of a wall time, if the file names one beside it: an IANA name.
  package var zone: String?
  /// Plenary's own number of the slot, in a table that Plenary wrote.
  package var number: Int?

  package init(room: String?, start: ForeignTime, minutes: Int) {
    self.room = room
    self.start = start
    self.minutes = minutes
  }
}

package struct ForeignPresence: Sendable, Hashable {
  /// `ForeignPerson.key`
  package var person: String
  /// In the file's words: `Moderator`; nil where it says none.
  package var role: String?

  package init(person: String, role: String? = nil) {
    self.person = person
    self.role = role
  }
}

package struct ForeignLink: Sendable, Hashable {
  package enum Kind: Sendable, Hashable { case slides, recording, paper, related }

  package var kind: Kind
  package var address: String
  package var title: String?

  package init(_ kind: Kind, _ address: String, title: String? = nil) {
    self.kind = kind
    self.address = address
    self.title = title
  }
}

package struct ForeignSession: Sendable, Hashable {
  /// The most lasting one first.
  package var keys: [ForeignKey] = []
  package var title: ForeignText
  package var subtitle: ForeignText?
  /// In the file's words: `Lightning Talk`.
  package var kind: String?
  /// `ForeignTrack.key`
  package var track: String?
  package var abstract: ForeignText?
  package var description: ForeignText?
  /// The language that is spoken, as the file has it.
  package var language: String?
  /// None: not yet scheduled.
  package var slots: [ForeignSlot] = []
  package var people: [ForeignPresence] = []
  package var links: [ForeignLink] = []
  package var isCancelled = false
  /// Whether it would say so if it were cancelled: a table without a column of states does not.
  package var saysState = true
  /// Nil: the file does not say.
  package var mayBeRecorded: Bool?
  package var at: SourcePosition?

  package init(title: ForeignText) { self.title = title }
}

package struct ForeignAttendee: Sendable, Hashable {
  package var keys: [ForeignKey] = []
  package var name: ForeignName
  /// All forms of the name, as a table that Plenary wrote shows them; none in other files.
  package var nameForms: [String] = []
  package var email: String?
  package var organisation: String?
  package var position: String?
  package var country: String?
  /// In the file's words: `Student ticket`.
  package var category: String?
  package var note: String?
  /// Whether the name may be on lists that are printed; nil: the file does not say.
  package var isListed: Bool?
  package var isCancelled = false
  /// Whether the file would say so. A table may have no column of states.
  package var saysState = true
  package var at: SourcePosition?

  package init(name: ForeignName) { self.name = name }
}
