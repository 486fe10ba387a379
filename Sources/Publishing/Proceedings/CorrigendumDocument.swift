import Record
package import Vocabulary

/// The corrections of an issue, on a leaf of its own; see `corrigendum.typ`.
package struct CorrigendumDocument: PrintedDocument {
  package static let template = "corrigendum"
  package let header: DocumentHeader
  package let body: Body

  package struct Body: Encodable, Sendable, Equatable {
    /// “Corrigendum to issue 1”
    package let heading: LocalizedText
    /// The day of the issue that is corrected.
    package let date: LocalizedText
    package let items: [PrintedCorrection]
  }
}

/// What changed in a published issue, as it is printed: by an accepted correction, by order, or in what the record says
/// of a session or of itself.
package struct PrintedCorrection: Encodable, Sendable, Equatable {
  /// Where it is linked to.
  package let anchor: String
  /// `1.12a`, and the anchor of the paragraph in the proceedings; nil if it is about no paragraph, or none is printed.
  @Nullable package var number: String?
  @Nullable package var paragraph: String?
  /// The title in the record; that of the conference for what the record says of itself.
  package let session: LocalizedText
  /// “Substantive correction, 3 April 2016”; “Changed after issue 1”.
  package let heading: LocalizedText
  /// Each with a label; without old or new words where there were or are none.
  package let changes: [Change]
  /// Why, against what it was verified, and who asked for it; each with a label.
  package let facts: [Fact]

  package struct Change: Encodable, Sendable, Equatable {
    package let label: LocalizedText
    @Nullable package var old: LocalizedText?
    @Nullable package var new: LocalizedText?
  }

  package struct Fact: Encodable, Sendable, Equatable {
    package let label: LocalizedText
    package let text: LocalizedText
  }
}
