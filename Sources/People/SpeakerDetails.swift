package import Vocabulary

/// Who a speaker is: the printed name, biography and pronunciation.
package struct SpeakerDetails: Codable, Sendable, Hashable {
  package var name: PersonName
  package var biography: LocalizedText?
  /// How to say the name, for the chair: “fung shao-LAY”.
  package var pronunciation: LocalizedText?

  /// What goes when a speaker is erased. The name and the affiliations stay: they are printed.
  package static let words = ["biography", "pronunciation"]

  package init(name: PersonName, _ build: (inout Self) -> Void = { _ in }) {
    self.name = name
    build(&self)
  }

  /// - Returns: nil without a name.
  package init?(_ all: Changes) {
    guard let name = all.name else { return nil }
    self.init(name: name) { all.apply(to: &$0) }
  }

  package struct Changes: DetailChanges {
    package var name: PersonName?
    package var biography: LocalizedText?
    package var pronunciation: LocalizedText?
    package var cleared: [Field]?

    package init() {}
  }

  package enum Field: String, DetailField {
    case name, biography, pronunciation

    package var access: FieldAccess<SpeakerDetails, Changes> {
      switch self {
      // A name in several scripts belongs together, so a new one replaces all of them.
      case .name: .required(\.name, \.name)
      case .biography: .optional(\.biography, \.biography, combine: mergingLanguages)
      case .pronunciation: .optional(\.pronunciation, \.pronunciation, combine: mergingLanguages)
      }
    }
  }
}
