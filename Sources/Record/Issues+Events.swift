package import EventLog
import JSON
import Scheduling
package import Vocabulary

/// An issue of the proceedings was published.
package struct ProceedingsIssued: EventBody {
  package static let type = "ProceedingsIssued"
  package static let version = 2
  /// Version 1 was built at the position before it, and fixed no numbers.
  package static let upcasts: [Int: Upcast] = [1: { $0 }]
  /// 1, 2, 3 …
  package var issue: Int
  package var provisional: Bool
  package var note: LocalizedText?
  /// The position of the log that it is built at; nil before version 2: that of the event before it.
  package var at: Int?
  /// The day on its title page, in the conference's zone.
  package var date: CalendarDate?
  package var build: Build?
  package var tags: [Tag] { [.issue] }

  /// What the printed document was made of, as SHA-256 in hexadecimal.
  package struct Build: Codable, Sendable, Hashable {
    /// Of what is handed to the typesetter.
    package var document: String
    /// Of the templates and the typesetter.
    package var typesetting: String

    package init(document: String, typesetting: String) {
      self.document = document
      self.typesetting = typesetting
    }
  }

  package init(
    issue: Int, provisional: Bool, note: LocalizedText? = nil, _ build: (inout Self) -> Void = { _ in }
  ) {
    self.issue = issue
    self.provisional = provisional
    self.note = note
    build(&self)
  }
}

/// A draft of the proceedings was printed to be read before it is issued.
package struct ProceedingsProofed: EventBody {
  package static let type = "ProceedingsProofed"
  /// The position of the log that it was built at.
  package var at: Int
  package var tags: [Tag] { [.issue] }
}

/// The printed numbers of a session and its entries were fixed by an issue. They never change.
package struct ParagraphsNumbered: EventBody {
  package static let type = "ParagraphsNumbered"
  package var issue: Int
  package var session: SessionID
  /// `1`, `1a`
  package var ordinal: String
  /// Only those that had none.
  package var numbers: [Number]
  package var tags: [Tag] { [.issue, .entries(of: session)] }

  package init(issue: Int, session: SessionID, ordinal: String, numbers: [Number]) {
    self.issue = issue
    self.session = session
    self.ordinal = ordinal
    self.numbers = numbers
  }

  package struct Number: Codable, Sendable, Hashable {
    package var entry: RecordID
    /// Within the session: `12`, `12a`, `C1`, `R2`, `P3`.
    package var number: String

    package init(_ entry: RecordID, _ number: String) {
      self.entry = entry
      self.number = number
    }
  }
}

/// The organizer said which number a session has in the record.
package struct SessionOrdinalSet: EventBody {
  package static let type = "SessionOrdinalSet"
  package var session: SessionID
  package var ordinal: Int
  package var tags: [Tag] { [.ordinal, .entries(of: session)] }
}
