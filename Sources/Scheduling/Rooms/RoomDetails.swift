package import Vocabulary

/// The details of a room, without its opening hours and closures.
package struct RoomDetails: Codable, Sendable, Hashable {
  package var name: LocalizedText
  /// Seats; nil if unknown.
  package var capacity: Int?
  package var note: LocalizedText?
  package var venue: VenueID?
  /// Features that sessions may need, such as a projector; nil if unknown.
  package var features: [FeatureID]?

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
    package var capacity: Int?
    package var note: LocalizedText?
    package var venue: VenueID?
    package var features: [FeatureID]?
    package var cleared: [Field]?

    package init() {}
  }

  package enum Field: String, DetailField {
    case name, capacity, note, venue, features

    package var access: FieldAccess<RoomDetails, Changes> {
      switch self {
      case .name: .required(\.name, \.name, combine: mergingLanguages)
      case .capacity: .optional(\.capacity, \.capacity)
      case .note: .optional(\.note, \.note, combine: mergingLanguages)
      case .venue: .optional(\.venue, \.venue)
      case .features: .optional(\.features, \.features)
      }
    }
  }
}
