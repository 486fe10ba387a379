import Record
import Vocabulary

extension Labels {
  /// Labels of the indexes of the record.
  static let forIndexes: [String: Wording] = [
    "abbreviation": Wording("Abbreviation"),
    "abbreviations": Wording("Abbreviations"),
    "expandedBy": Wording("Expanded by"),
    "expansion": Wording("Stands for"),
    "indexOfOrganisations": Wording("Index of organisations"),
    "indexOfSubjects": Wording("Index of subjects"),
    "mentionNote": Wording(
      "Numbers refer to paragraphs; C, R and P are conclusions, recommendations and positions."),
  ]

  static let indexRemark = Wording("Note")
  static let disputedNote = Wording("Note (disputed)")

  static func expandedBy(_ expander: Expander) -> Wording {
    switch expander {
    case .source: Wording("the source")
    case .editors: Wording("the editors")
    }
  }

  static func relation(_ kind: OrganisationRelation.Kind) -> Wording {
    switch kind {
    case .brandOf: Wording("Brand of")
    case .legalBodyOf: Wording("Legal body of")
    case .supports: Wording("Supports")
    case .supportedBy: Wording("Supported by")
    case .successorOf: Wording("Successor of")
    case .predecessorOf: Wording("Predecessor of")
    }
  }
}
