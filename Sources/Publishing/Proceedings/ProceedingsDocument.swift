package import Vocabulary

/// The published record; see `proceedings.typ`.
package struct ProceedingsDocument: PrintedDocument {
  package static let template = "proceedings"
  package let header: DocumentHeader
  package let body: Body

  package struct Body: Encodable, Sendable, Equatable {
    /// Nil for a draft, which is marked as such.
    @Nullable package var issue: Issue?
    @Nullable package var editorialNote: LocalizedText?
    @Nullable package var citation: LocalizedText?
    package let sessions: [Session]
    package let speakers: [Speaker]
    /// In printing order.
    package let index: [Entry]
  }

  package struct Issue: Encodable, Sendable, Equatable {
    package let number: Int
    package let date: LocalizedText
    @Nullable package var note: LocalizedText?
    package let provisional: Bool
  }

  package struct Session: Encodable, Sendable, Equatable {
    package let slug: SessionID
    /// Numbers the sessions of the record 1, 2, 3 … in program order.
    package let ordinal: Int
    package let ordinalPrinted: LocalizedText
    package let title: LocalizedText
    /// When and where it took place.
    package let slots: [SlotLine]
    package let languages: [LocalizedText]
    package let officers: [PrintedGroup]
    @Nullable package var rule: LocalizedText?
    package let paragraphs: [Paragraph]
    package let positions: [Position]
    package let conclusions: [Conclusion]
    package let recommendations: [Recommendation]
  }

  package struct Paragraph: Encodable, Sendable, Equatable {
    /// `1.2`: the numbers of the session and the statement.
    package let number: String
    package let anchor: String
    @Nullable package var attribution: LocalizedText?
    /// Nil if it was retracted.
    @Nullable package var text: LocalizedText?
    package let form: String
    package let kind: String
    @Nullable package var note: LocalizedText?
    package let retracted: Bool
  }

  package struct Position: Encodable, Sendable, Equatable {
    @Nullable package var topic: LocalizedText?
    @Nullable package var holder: LocalizedText?
    package let stance: LocalizedText
    /// The number of the paragraph that expresses it.
    @Nullable package var paragraph: String?
  }

  package struct Conclusion: Encodable, Sendable, Equatable {
    /// `1.C1`
    package let number: String
    package let text: LocalizedText
    @Nullable package var attribution: LocalizedText?
    @Nullable package var rationale: LocalizedText?
    @Nullable package var paragraph: String?
  }

  package struct Recommendation: Encodable, Sendable, Equatable {
    /// `1.R1`
    package let number: String
    package let text: LocalizedText
    @Nullable package var attribution: LocalizedText?
    package let addressees: [LocalizedText]
    @Nullable package var paragraph: String?
  }

  package struct Speaker: Encodable, Sendable, Equatable {
    package let person: PersonID
    package let names: [PrintedName]
    package let affiliations: [LocalizedText]
    /// `Session 1: Speaker`
    package let sessionRoles: [LocalizedText]
  }

  package struct Entry: Encodable, Sendable, Equatable {
    package let sort: String
    /// The first is the name in the index.
    package let names: [PrintedName]
    /// Paragraph numbers.
    package let spoken: [String]
    package let mentioned: [String]
  }
}
