package import Record
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
    /// How to cite the record.
    package let citation: LocalizedText
    package let front: Front
    /// Whether there are provisional numbers; they are explained at the start.
    package let numbersProvisional: Bool
    package let sessions: [Session]
    /// The sessions that were held in another way than announced.
    package let programAsHeld: [Deviation]
    /// What changed since the issue before, which this edition is the first to contain.
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
    /// A bar in the margin says that its heading, its parts, or how it was held changed.
    package let changed: Bool
    /// When and where it took place, as announced.
    package let slots: [SlotLine]
    package let asHeld: AsHeld
    package let segments: [Segment]
    package let languages: [LocalizedText]
    package let officers: [PrintedGroup]
    /// The statements.
    package let paragraphs: [Entry]
    package let positions: [Entry]
    package let conclusions: [Entry]
    package let recommendations: [Entry]
  }

  /// An entry of the record. Keys that only some kinds of entry have are left out for the others.
  package struct Entry: Encodable, Sendable, Equatable {
    /// `1.2`: the numbers of the session and the statement. `1.P1`, `1.C1`, `1.R1` for other kinds.
    package let number: String
    package let anchor: String
    /// No issue has fixed the number yet.
    package let provisional: Bool
    /// A bar in the margin says that it changed.
    package let changed: Bool
    /// Attribution and text; of a position the text alone. Nil if it was retracted or expunged, and if the paragraph
    /// that it is based on has the same words.
    @Nullable package var said: StatementText? = nil
    /// What stands in the place of a text that was retracted or expunged.
    @Nullable package var silence: LocalizedText?
    /// “Corrected”
    @Nullable package var note: LocalizedText?
    /// The anchors of its corrections in the list of this document.
    package let corrections: [String]
    /// How a statement renders what was said.
    package var form: StatementForm?
    /// What a position is about.
    package var topic: LocalizedText?
    /// Who holds a position; of other kinds, only where nothing else is printed in front of the paragraph's number.
    package var attribution: LocalizedText?
    /// The reason of a conclusion.
    package var rationale: LocalizedText?
    /// Whom a recommendation is addressed to.
    package var addressees: [LocalizedText]?
    /// The paragraph that it is based on.
    package var paragraph: Reference?
  }

  /// Another entry of the same document.
  package struct Reference: Encodable, Sendable, Equatable {
    package let number: String
    package let anchor: String
    package let provisional: Bool

    init(_ entry: PrintedEntry) {
      (number, anchor, provisional) = (entry.number, entry.anchor, entry.isProvisional)
    }
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
