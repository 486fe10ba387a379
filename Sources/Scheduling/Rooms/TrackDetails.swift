package import Vocabulary

/// The details of a track.
package struct TrackDetails: Codable, Sendable, Hashable {
  package var name: LocalizedText
  /// `#rrggbb` in lower case.
  package var color: String?

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
    package var color: String?
    package var cleared: [Field]?

    package init() {}
  }

  package enum Field: String, DetailField {
    case name, color

    package var access: FieldAccess<TrackDetails, Changes> {
      switch self {
      case .name: .required(\.name, \.name, combine: mergingLanguages)
      case .color: .optional(\.color, \.color)
      }
    }
  }
}
