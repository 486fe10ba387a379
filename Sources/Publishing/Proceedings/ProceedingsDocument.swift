package import Vocabulary

/// The published record; see `proceedings.typ`.
package struct ProceedingsDocument: PrintedDocument {
  package static let template = "proceedings"
  package let header: DocumentHeader
  package let body: Body

  package struct Body: Encodable, Sendable, Equatable {
    /// Nil for a draft, which is marked as such.
    @Nullable package var issue: Issue?
    /// What a draft says that it is; nil for an issue.
    @Nullable package var draft: Draft?
    /// The file's keywords.
    package let claims: [String]
    @Nullable package var editorialNote: LocalizedText?
    @Nullable package var citation: LocalizedText?
    package let front: Front
    /// Whether there are provisional numbers; they are explained at the start.
    package let numbersProvisional: Bool
    package let sessions: [Session]
    /// The sessions that were held in another way than announced.
    package let programAsHeld: [Deviation]
    /// The corrections of earlier issues that this edition is the first to contain.
    package let corrections: [PrintedCorrection]
    package let speakers: [Speaker]
    package let indexes: RecordIndexes
  }

  package struct Issue: Encodable, Sendable, Equatable {
    package let number: Int
    package let date: LocalizedText
    @Nullable package var note: LocalizedText?
    package let provisional: Bool
  }

  package struct Draft: Encodable, Sendable, Equatable {
    /// “Draft of issue 3”
    package let heading: LocalizedText
    /// “with changes since issue 2”
    @Nullable package var since: LocalizedText?
  }

  package struct Session: Encodable, Sendable, Equatable {
    package let slug: SessionID
    /// `1`, `1a`; nil without a record.
    @Nullable package var ordinal: String?
    @Nullable package var ordinalPrinted: LocalizedText?
    package let title: LocalizedText
    /// Nil if the record prints it under that title.
    @Nullable package var programTitle: LocalizedText?
    /// When and where it took place, as announced.
    package let slots: [SlotLine]
    package let asHeld: AsHeld
    package let segments: [Segment]
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
    /// No issue has fixed the number yet.
    package let provisional: Bool
    /// A bar in the margin says that it changed.
    package let changed: Bool
    /// Attribution and text; nil if it was retracted or expunged.
    @Nullable package var said: StatementText?
    package let form: String
    package let kind: String
    @Nullable package var note: LocalizedText?
    /// The anchors of its corrections in the list of this document.
    package let corrections: [String]
    /// What stands in the place of the text.
    @Nullable package var silence: LocalizedText?
    package let retracted: Bool
  }

  package struct Position: Encodable, Sendable, Equatable {
    /// `1.P1`
    package let number: String
    package let anchor: String
    package let provisional: Bool
    @Nullable package var topic: LocalizedText?
    @Nullable package var holder: LocalizedText?
    /// Nil if the paragraph has the same words.
    @Nullable package var stance: LocalizedText?
    /// The number of the paragraph that expresses it.
    @Nullable package var paragraph: String?
  }

  package struct Conclusion: Encodable, Sendable, Equatable {
    /// `1.C1`
    package let number: String
    package let anchor: String
    package let provisional: Bool
    /// Attribution and text; nil if it was retracted, or if the paragraph has the same words.
    @Nullable package var said: StatementText?
    /// Printed in front of the number of the paragraph where nothing else is.
    @Nullable package var attribution: LocalizedText?
    @Nullable package var rationale: LocalizedText?
    @Nullable package var paragraph: String?
    package let retracted: Bool
  }

  package struct Recommendation: Encodable, Sendable, Equatable {
    /// `1.R1`
    package let number: String
    package let anchor: String
    package let provisional: Bool
    /// Attribution and text; nil if it was retracted, or if the paragraph has the same words.
    @Nullable package var said: StatementText?
    /// Printed in front of the number of the paragraph where nothing else is.
    @Nullable package var attribution: LocalizedText?
    package let addressees: [LocalizedText]
    @Nullable package var paragraph: String?
    package let retracted: Bool
  }

  package struct Speaker: Encodable, Sendable, Equatable {
    package let person: PersonID
    package let names: [PrintedName]
    package let affiliations: [LocalizedText]
    /// Each once.
    package let countries: [LocalizedText]
    /// `Session 1: Speaker`
    package let sessionRoles: [LocalizedText]
  }
}
