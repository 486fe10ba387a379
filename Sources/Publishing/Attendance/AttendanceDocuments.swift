package import Vocabulary

/// The list of participants, which is handed out or hung up; see `participants.typ`.
package struct ParticipantsDocument: PrintedDocument {
  package static let template = "participants"
  package let header: DocumentHeader
  package let body: PeopleList
}

/// A sheet with a ruled row for everybody, which lies open on a table; see `sign-in.typ`.
package struct SignInDocument: PrintedDocument {
  package static let template = "sign-in"
  package let header: DocumentHeader
  package let body: PeopleList
}

/// Everybody who is expected, for the registration desk; see `check-in.typ`.
package struct CheckInDocument: PrintedDocument {
  package static let template = "check-in"
  package let header: DocumentHeader
  package let body: PeopleList
}

/// What all lists of people have; of each it holds what its columns print and no more.
package struct PeopleList: Encodable, Sendable, Equatable {
  package struct Session: Encodable, Sendable, Equatable {
    package let title: LocalizedText
    /// Of each of its slots.
    package let when: [LocalizedText]
    @Nullable package var room: LocalizedText?
  }

  package struct Group: Encodable, Sendable, Equatable {
    /// Nil where the list is not grouped.
    @Nullable package var name: LocalizedText?
    /// Under which letter they are filed, where the list is grouped by letters; `#` for scripts without an alphabet.
    @Nullable package var letter: String?
    /// Where the list is grouped by categories.
    @Nullable package var category: PrintedCategory?
    package let participants: [Participant]
  }

  package struct Participant: Encodable, Sendable, Equatable {
    /// From 1.
    package let number: Int
    package let attendee: AttendeeID
    package let names: [PrintedName]
    @Nullable package var organisation: LocalizedText?
    @Nullable package var position: LocalizedText?
    @Nullable package var country: LocalizedText?
    package let category: PrintedCategory
    @Nullable package var email: String?
    @Nullable package var note: String?
    package let sessions: [LocalizedText]
    package let checkedIn: Bool
    /// GivenTime, on the conference's clocks.
    @Nullable package var arrived: LocalizedText?
  }

  package let columns: [ListColumn]
  /// The one session that it is for.
  @Nullable package var session: Session?
  /// In the order of printing; none is empty.
  package let groups: [Group]
  package let total: Int
  /// How many of them have arrived.
  package let present: Int
}

/// What a list of people can say of each.
package enum ListColumn: String, Encodable, Sendable, CaseIterable {
  case name, organisation, position, country, category, email, note, sessions
  case checkedIn = "checked-in"
  case signature, tick, number, attendee

  /// What only those who run the conference may read.
  var isConfidential: Bool { self == .email || self == .note }

  /// - Throws: `InvalidValue` for what is no column, and for what a list that others see must not have.
  static func columns(_ names: [String], open: Bool) throws(InvalidValue) -> [ListColumn] {
    var columns: [ListColumn] = []
    for name in names {
      guard let column = ListColumn(rawValue: name.lowercased()) else {
        throw InvalidValue(
          "“\(excerpt(name))” is no column of a list; there are "
            + allCases.map(\.rawValue).joined(separator: ", ") + ".")
      }
      if open, column.isConfidential {
        throw InvalidValue(
          "“\(column.rawValue)” cannot be a column of a list that others see: it is only for the staff. "
            + "Print it with the check-in list.")
      }
      if !columns.contains(column) { columns.append(column) }
    }
    return columns
  }
}

/// A category of attendees: word, sign and colour, any of which tells it from the others.
package struct PrintedCategory: Encodable, Sendable, Hashable {
  package let name: LocalizedText
  package let sign: Sign
  /// `#1d3a5f`; white stands out against it.
  package let color: String

  package enum Sign: String, Encodable, Sendable, CaseIterable {
    case circle, square, triangle, diamond, ring, star, cross
    // Of categories that Plenary does not know.
    case pentagon, hexagon, wedge, bar, octagon
  }

  /// The category's own sign and colour; one that Plenary does not know has them by its name, whatever other
  /// categories there are, so that a badge stays as it was printed.
  static func mark(of category: String) -> (sign: Sign, color: String) {
    let name = category.lowercased()
    switch name {
    case "speaker": return (.circle, "#9a2a1f")
    case "delegate": return (.square, "#1d3a5f")
    case "participant": return (.triangle, "#2f6b5b")
    case "guest": return (.diamond, "#6f3f83")
    case "observer": return (.ring, "#4d5a66")
    case "press": return (.star, "#8a5200")
    case "staff": return (.cross, "#1f1f1f")
    default:
      // FNV-1a, 32 bits: Swift's own hashes differ from run to run.
      let hash = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
      let signs: [Sign] = [.pentagon, .hexagon, .wedge, .bar, .octagon]
      let colors = ["#00657a", "#5b5b00", "#8c1d5c", "#5a3a1a"]
      return (signs[Int(hash % 5)], colors[Int(hash / 5 % 4)])
    }
  }
}
