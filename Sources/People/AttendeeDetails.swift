import EventLog
package import Vocabulary

/// What identifies an attendee: kept sealed, shown to organizers only.
package struct AttendeeDetails: Hashable, Sendable, Codable {
  package var name: PersonName
  package var email: EmailAddress?
  package var organisation: LocalizedText?
  package var position: LocalizedText?
  /// As printed; any text.
  package var country: LocalizedText?
  /// For the organizers: diet, access needs.
  package var note: String?

  package init(name: PersonName, _ build: (inout Self) -> Void = { _ in }) {
    self.name = name
    build(&self)
  }

  /// - Returns: nil without a name.
  package init?(_ all: Changes) {
    guard let name = all.name else { return nil }
    self.init(name: name) { all.apply(to: &$0) }
  }

  /// What tells who somebody is: the whole name in all spellings, and the address.
  package var identifyingTexts: [String] {
    Set(name.forms.flatMap(\.spellings) + [email?.text].compactMap(\.self)).sorted()
  }

  /// The associated data of the seal: who the sealed bytes belong to.
  package static func context(_ conference: ConferenceID, _ attendee: AttendeeID) -> String {
    "\(conference)/\(attendee.tag)"
  }

  package struct Changes: DetailChanges {
    package var name: PersonName?
    package var email: EmailAddress?
    package var organisation: LocalizedText?
    package var position: LocalizedText?
    package var country: LocalizedText?
    package var note: String?
    package var cleared: [Field]?

    package init() {}
  }

  package enum Field: String, DetailField {
    case name, email, organisation, position, country, note

    package var access: FieldAccess<AttendeeDetails, Changes> {
      switch self {
      // A name in several scripts belongs together, so a new one replaces all of them.
      case .name: .required(\.name, \.name)
      case .email: .optional(\.email, \.email)
      case .organisation: .optional(\.organisation, \.organisation, combine: mergingLanguages)
      case .position: .optional(\.position, \.position, combine: mergingLanguages)
      case .country: .optional(\.country, \.country, combine: mergingLanguages)
      case .note: .optional(\.note, \.note)
      }
    }
  }
}
