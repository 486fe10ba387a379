package import Vocabulary

/// Who expanded an abbreviation.
package enum Expander: String, Sendable, Hashable, Codable, CaseIterable {
  /// Whoever spoke or wrote.
  case source
  case editors
}

/// What is known of an organisation that texts of the record mention.
package struct OrganisationDetails: Codable, Sendable, Hashable {
  package var name: LocalizedText
  /// `AIIB`
  package var abbreviation: LocalizedText?
  /// What the abbreviation stands for; nil: the name.
  package var expansion: LocalizedText?
  /// Nil: the editors.
  package var expandedBy: Expander?
  /// The organisation that it is a part of.
  package var parent: OrganisationID?
  package var relations: [OrganisationRelation]?
  /// What readers should know about the name.
  package var note: LocalizedText?
  /// Where the note comes from.
  package var source: LocalizedText?
  /// Nil: settled.
  package var status: AuthorityStatus?

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
    package var abbreviation: LocalizedText?
    package var expansion: LocalizedText?
    package var expandedBy: Expander?
    package var parent: OrganisationID?
    package var relations: [OrganisationRelation]?
    package var note: LocalizedText?
    package var source: LocalizedText?
    package var status: AuthorityStatus?
    package var cleared: [Field]?

    package init() {}
  }

  package enum Field: String, DetailField {
    case name, abbreviation, expansion, expandedBy, parent, relations, note, source, status

    package var access: FieldAccess<OrganisationDetails, Changes> {
      switch self {
      case .name: .required(\.name, \.name, combine: mergingLanguages)
      case .abbreviation: .optional(\.abbreviation, \.abbreviation, combine: mergingLanguages)
      case .expansion: .optional(\.expansion, \.expansion, combine: mergingLanguages)
      case .expandedBy: .optional(\.expandedBy, \.expandedBy)
      case .parent: .optional(\.parent, \.parent)
      case .relations: .optional(\.relations, \.relations)
      case .note: .optional(\.note, \.note, combine: mergingLanguages)
      case .source: .optional(\.source, \.source, combine: mergingLanguages)
      case .status: .optional(\.status, \.status)
      }
    }
  }
}

/// Whether what a note says is agreed.
package enum AuthorityStatus: String, Sendable, Hashable, Codable, CaseIterable { case settled, disputed }

/// How one organisation is related to another that it is not a part of.
package struct OrganisationRelation: Codable, Sendable, Hashable {
  package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
    /// The name under which a legal body appears.
    case brandOf = "brand-of"
    case legalBodyOf = "legal-body-of"
    case supports
    case supportedBy = "supported-by"
    case successorOf = "successor-of"
    case predecessorOf = "predecessor-of"

    /// The same relation, seen from the other one.
    package var inverse: Kind {
      switch self {
      case .brandOf: .legalBodyOf
      case .legalBodyOf: .brandOf
      case .supports: .supportedBy
      case .supportedBy: .supports
      case .successorOf: .predecessorOf
      case .predecessorOf: .successorOf
      }
    }
  }

  package var kind: Kind
  package var organisation: OrganisationID

  package init(_ kind: Kind, _ organisation: OrganisationID) {
    self.kind = kind
    self.organisation = organisation
  }
}

/// What is known of a subject that texts of the record are about.
package struct SubjectDetails: Codable, Sendable, Hashable {
  package var name: LocalizedText
  package var abbreviation: LocalizedText?
  /// What the abbreviation stands for; nil: the name.
  package var expansion: LocalizedText?
  /// Nil: the editors.
  package var expandedBy: Expander?

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
    package var abbreviation: LocalizedText?
    package var expansion: LocalizedText?
    package var expandedBy: Expander?
    package var cleared: [Field]?

    package init() {}
  }

  package enum Field: String, DetailField {
    case name, abbreviation, expansion, expandedBy

    package var access: FieldAccess<SubjectDetails, Changes> {
      switch self {
      case .name: .required(\.name, \.name, combine: mergingLanguages)
      case .abbreviation: .optional(\.abbreviation, \.abbreviation, combine: mergingLanguages)
      case .expansion: .optional(\.expansion, \.expansion, combine: mergingLanguages)
      case .expandedBy: .optional(\.expandedBy, \.expandedBy)
      }
    }
  }
}
