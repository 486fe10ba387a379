package import Record
package import Vocabulary

extension ProceedingsDocument {
  /// What the record says about itself.
  package struct Front: Encodable, Sendable, Equatable {
    /// The conference's formal title, if the record has another title.
    @Nullable package var formalTitle: LocalizedText?
    /// The brand, else the conference's short title.
    @Nullable package var shortTitle: LocalizedText?
    /// `Shanghai conferences, No. 3`
    @Nullable package var series: LocalizedText?
    @Nullable package var dateline: LocalizedText?
    /// The summary: words of its own, or those of entries.
    package let summary: [Summary]
    /// Publisher, identifiers, licence: each with its label.
    package let imprint: [Fact]
  }

  package struct Summary: Encodable, Sendable, Equatable {
    /// With the attribution, except for words of its own.
    package let said: StatementText
    /// The paragraph that has these words.
    @Nullable package var paragraph: Reference?
  }

  package struct Fact: Encodable, Sendable, Equatable {
    package let label: LocalizedText
    package let text: LocalizedText
  }

  /// How a session was held, beside how it was announced.
  package struct AsHeld: Encodable, Sendable, Equatable {
    package enum Status: String, Encodable, Sendable {
      case held, announced, cancelled
      /// Neither convened nor in the program.
      case unscheduled
    }

    package let status: Status
    /// What is printed above the session's record, line by line.
    package let rows: [Row]
    /// What was recorded, in order.
    package let steps: [Step]
  }

  package struct Row: Encodable, Sendable, Equatable {
    package let label: LocalizedText
    package let lines: [Line]
  }

  /// Two cells of a line; the second is the place.
  package struct Line: Encodable, Sendable, Equatable {
    @Nullable package var when: LocalizedText?
    @Nullable package var room: LocalizedText?
  }

  package struct Step: Encodable, Sendable, Equatable {
    package let step: Int
    package let kind: String
    /// `2016-03-25` or `2016-03-25T09:05+08:00[Asia/Shanghai]`
    @Nullable package var at: HeldTime?
    @Nullable package var presiding: LocalizedText?
    package let persons: [PersonID]
    @Nullable package var present: Int?
    @Nullable package var quorum: Int?
    @Nullable package var place: LocalizedText?
  }

  /// A part of a session with a heading of its own.
  package struct Segment: Encodable, Sendable, Equatable {
    package let number: Int
    package let anchor: String
    package let title: LocalizedText
    /// How many of the session's paragraphs come before it.
    package let before: Int
  }

  /// A session that was held in another way than it was announced.
  package struct Deviation: Encodable, Sendable, Equatable {
    package let title: LocalizedText
    package let announced: [Line]
    package let held: [Line]
    /// “Cancelled”
    @Nullable package var note: LocalizedText?
  }
}
