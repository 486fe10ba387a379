package import Vocabulary

/// The details of a venue.
package struct VenueDetails: Codable, Sendable, Hashable {
  package var name: LocalizedText
  package var address: LocalizedText?

  package init(name: LocalizedText, _ build: (inout Self) -> Void = { _ in }) {
    self.name = name
    build(&self)
  }

  /// - Returns: nil without a name.
  package init?(_ all: Changes) {
    guard let name = all.name else { return nil }
    self.name = name
    all.apply(to: &self)
  }

  package struct Changes: DetailChanges {
    package var name: LocalizedText?
    package var address: LocalizedText?
    package var cleared: [Field]?

    package init() {}
  }

  package enum Field: String, DetailField {
    case name, address

    package var access: FieldAccess<VenueDetails, Changes> {
      switch self {
      case .name: .required(\.name, \.name, combine: mergingLanguages)
      case .address: .optional(\.address, \.address, combine: mergingLanguages)
      }
    }
  }
}
