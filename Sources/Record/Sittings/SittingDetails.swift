package import Vocabulary

/// What is known of a moment at which a session was convened, suspended, resumed or closed. Everything may be
/// unknown; nothing is taken from the program.
package struct SittingDetails: Codable, Sendable, Hashable {
  package var at: HeldTime?
  /// Who presided from then on.
  package var presiding: Presiding?
  /// How many were present.
  package var present: Int?
  /// How many had to be present.
  package var quorum: Int?
  /// Where it took place, as printed.
  package var place: LocalizedText?

  package init(_ build: (inout Self) -> Void = { _ in }) { build(&self) }

  package struct Changes: DetailChanges {
    package var at: HeldTime?
    package var presiding: Presiding?
    package var present: Int?
    package var quorum: Int?
    package var place: LocalizedText?
    package var cleared: [Field]?

    package init() {}
  }

  package enum Field: String, DetailField {
    case at, presiding, present, quorum, place

    package var access: FieldAccess<SittingDetails, Changes> {
      switch self {
      case .at: .optional(\.at, \.at)
      case .presiding: .optional(\.presiding, \.presiding)
      case .present: .optional(\.present, \.present)
      case .quorum: .optional(\.quorum, \.quorum)
      case .place: .optional(\.place, \.place, combine: mergingLanguages)
      }
    }
  }
}

/// Who presided: speakers of the conference, or anybody by the printed text alone.
package struct Presiding: Codable, Sendable, Hashable {
  package var persons: [PersonID]
  /// As printed on that day: “Feng Shaolei, later Sergey Karaganov”.
  package var asPrinted: LocalizedText

  package init(persons: [PersonID] = [], asPrinted: LocalizedText) {
    self.persons = persons
    self.asPrinted = asPrinted
  }

  /// As the organizer asks for it. At least one of the two is given.
  package struct Draft: Codable, Sendable, Hashable {
    package var persons: [PersonID]
    /// Nil: the registered names of the persons.
    package var asPrinted: LocalizedText?

    package init(persons: [PersonID] = [], asPrinted: LocalizedText? = nil) {
      self.persons = persons
      self.asPrinted = asPrinted
    }
  }
}
