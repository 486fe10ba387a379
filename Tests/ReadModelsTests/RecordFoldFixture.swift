import EventLog
import JSON
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Record

let byLi = try! Attribution(.named, persons: ["li-wei"], asPrinted: "Li")

func details(_ text: LocalizedText, _ build: (inout EntryDetails) -> Void = { _ in }) -> EntryDetails {
  EntryDetails(text, byLi) {
    $0.form = .verbatim
    build(&$0)
  }
}

func said(
  _ id: RecordID, _ text: LocalizedText = "It began.", in session: SessionID = "opening",
  order: String? = nil,
  _ build: (inout EntryDetails) -> Void = { _ in }
) -> StatementRecorded {
  StatementRecorded(id, in: session, order: try! order.map { try OrderKey($0) }, details(text, build))
}

func corrected(_ id: RecordID = "e-1", _ build: (inout EntryDetails.Changes) -> Void)
  -> StatementCorrected
{
  StatementCorrected(id, in: "opening", EntryDetails.Changes(build))
}

func requested(
  _ id: CorrectionID = "k-1", of entry: RecordID = "e-1", kind: CorrectionKind = .substantive,
  retracts: Bool = false,
  _ build: (inout EntryDetails.Changes) -> Void = { _ in }
) -> CorrectionRequested {
  CorrectionRequested(
    id, of: entry, in: "opening", kind: kind, requester: "The speaker", retracts: retracts,
    EntryDetails.Changes(build))
}

func accepted(_ id: CorrectionID = "k-1", of entry: RecordID = "e-1") -> CorrectionAccepted {
  CorrectionAccepted(
    correction: id, entry: entry, session: "opening", verifiedAgainst: .recording, reason: "Heard again")
}

func issue(_ number: Int, at position: Int) -> ProceedingsIssued {
  ProceedingsIssued(issue: number, provisional: false, note: "N") {
    $0.at = position
    $0.date = "2016-06-04"
    $0.build = ProceedingsIssued.Build(document: "ab", typesetting: "cd")
  }
}

func numbered(_ issue: Int, _ numbers: (RecordID, String)...) -> ParagraphsNumbered {
  ParagraphsNumbered(
    issue: issue, session: "opening", ordinal: "1",
    numbers: numbers.map { ParagraphsNumbered.Number($0.0, $0.1) })
}

func numbered(_ issue: Int, _ session: SessionID, ordinal: String, _ numbers: (RecordID, String)...)
  -> ParagraphsNumbered
{
  ParagraphsNumbered(
    issue: issue, session: session, ordinal: ordinal,
    numbers: numbers.map { ParagraphsNumbered.Number($0.0, $0.1) })
}

/// By a court, with the words of the events at these positions.
let expunged = StatementExpunged(
  entry: "e-1", session: "opening", authority: "The court", reason: "Libel", positions: [1, 3, 4, 5, 7, 8, 9])

/// The same rows in every table.
func expectSame(
  _ a: ProceedingsModel, _ b: ProceedingsModel, _ comment: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  func sorted<R: Row>(_ table: Table<R>) -> [R] { table.rows.sorted { $0.key < $1.key } }
  #expect(sorted(a.entries) == sorted(b.entries), "\(comment)", sourceLocation: sourceLocation)
  #expect(sorted(a.corrections) == sorted(b.corrections), "\(comment)", sourceLocation: sourceLocation)
  #expect(sorted(a.issues) == sorted(b.issues), "\(comment)", sourceLocation: sourceLocation)
  #expect(sorted(a.proofs) == sorted(b.proofs), "\(comment)", sourceLocation: sourceLocation)
  #expect(sorted(a.sessions) == sorted(b.sessions), "\(comment)", sourceLocation: sourceLocation)
  #expect(sorted(a.names) == sorted(b.names), "\(comment)", sourceLocation: sourceLocation)
}

func record(_ events: any EventBody...) throws -> ProceedingsModel {
  try fold(all: events, into: ProceedingsModel.self)
}

/// The entry `e-1` after these events.
func entry(_ events: any EventBody...) throws -> EntryRow {
  try #require(try fold(all: events, into: ProceedingsModel.self).entries["e-1"])
}
