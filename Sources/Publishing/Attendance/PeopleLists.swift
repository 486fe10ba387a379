package import Vocabulary

/// The list of participants, to be handed out or put up; see `participants.typ`.
package struct ParticipantsDocument: SelectedDocument {
  package static let template = "participants"
  package let header: DocumentHeader
  package let body: PeopleList
}

/// A sheet to be signed, with one ruled row per person; see `sign-in.typ`.
package struct SignInDocument: SelectedDocument {
  package static let template = "sign-in"
  package let header: DocumentHeader
  package let body: PeopleList
}

/// All expected attendees, for the registration desk; see `check-in.typ`.
package struct CheckInDocument: SelectedDocument {
  package static let template = "check-in"
  package let header: DocumentHeader
  package let body: PeopleList
}

extension SelectedDocument where Body == PeopleList {
  package var isEmpty: Bool { body.total == 0 }
}

/// The common part of all lists of people. It has only the fields that its columns print.
package struct PeopleList: Encodable, Sendable, Equatable {
  package struct Session: Encodable, Sendable, Equatable {
    package let title: LocalizedText
    package let slots: [SlotLine]
  }

  package struct Group: Encodable, Sendable, Equatable {
    /// Nil if the list is not grouped.
    @Nullable package var name: LocalizedText?
    /// The letter of a group, if the list is grouped by letters; `#` for scripts without an alphabet.
    @Nullable package var letter: String?
    /// Set if the list is grouped by category.
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
    /// In which sessions and on which days they were present, and since when.
    package let presence: [LocalizedText]
    package let checkedIn: Bool
    /// The arrival time in the conference's zone.
    @Nullable package var arrived: LocalizedText?
  }

  package let columns: [ListColumn]
  /// The list's session; nil for everybody.
  @Nullable package var session: Session?
  /// In printing order. No group is empty.
  package let groups: [Group]
  package let total: Int
  /// How many of them have arrived.
  package let present: Int
}

/// The possible columns of a list.
package enum ListColumn: String, Encodable, Sendable, CaseIterable {
  case name, organisation, position, country, category, email, note, sessions, presence
  case checkedIn = "checked-in"
  case signature, tick, number, attendee

  /// Whether only staff may see the column.
  var isConfidential: Bool { self == .email || self == .note || self == .presence }

  /// - Throws: `InvalidValue` for an unknown column, or a confidential one in an open list.
  static func columns(_ names: [String], open: Bool) throws(InvalidValue) -> [ListColumn] {
    var columns: [ListColumn] = []
    for name in names {
      guard let column = ListColumn(rawValue: name.lowercased()) else {
        throw InvalidValue(
          "“\(excerpt(name))” is not a column; the columns are "
            + allCases.map(\.rawValue).joined(separator: ", ") + ".")
      }
      if open, column.isConfidential {
        throw InvalidValue(
          "“\(column.rawValue)” is only for staff, and other people see this list. "
            + "Print it with the check-in list.")
      }
      if !columns.contains(column) { columns.append(column) }
    }
    return columns
  }
}

/// A category of attendees. Word, sign and colour each identify it.
package struct PrintedCategory: Encodable, Sendable, Hashable {
  package let name: LocalizedText
  package let sign: Sign
  /// `#1d3a5f`; dark enough for white text on it.
  package let color: String

  package enum Sign: String, Encodable, Sendable, CaseIterable {
    case circle, square, triangle, diamond, ring, star, cross
    // For categories that Plenary does not know.
    case pentagon, hexagon, wedge, bar, octagon
  }

  /// Whether Plenary knows the category.
  package static func isUsual(_ category: String) -> Bool {
    Labels.categories.contains { $0.name == category.lowercased() }
  }

  /// The category's own sign and colour. For an unknown category, they depend only on its name. So a badge
  /// stays as printed when other categories are added.
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
      // FNV-1a, 32 bits. Swift's own hashes differ between runs.
      let hash = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
      let signs: [Sign] = [.pentagon, .hexagon, .wedge, .bar, .octagon]
      let colors = ["#00657a", "#5b5b00", "#8c1d5c", "#5a3a1a"]
      return (signs[Int(hash % 5)], colors[Int(hash / 5 % 4)])
    }
  }
}
