import EventLog
import JSON
import Specification
import Testing
import Vocabulary

@testable import ReadModels
@testable import Record

/// What must not reach a reader is in no row.
struct `A read model of the record has no withheld name` {
  private let sealed = Sealed(base64: "c2VhbGVk")

  private func withheld() -> Attribution {
    try! Attribution(.withheld, asPrinted: "A participant", identity: sealed)
  }

  private func named() -> Attribution {
    try! Attribution(
      .named, persons: ["ada"], asPrinted: "Ada Lovelace",
      credits: [Credit("ada", name: "Lovelace, Ada", affiliations: [])])
  }

  private func changes(_ attribution: Attribution) -> EntryDetails.Changes {
    EntryDetails.Changes { $0.attribution = attribution }
  }

  private func details(_ attribution: Attribution) -> EntryDetails { EntryDetails("doubted it", attribution) }

  private func texts(_ model: ProceedingsModel) throws -> String {
    var model = model
    var visitor = Columns()
    try model.visit(&visitor)
    return try visitor.text + JSONText.encode(Array(model.entries.rows))
      + JSONText.encode(Array(model.corrections.rows))
  }

  private struct Columns: TableVisitor {
    var text = ""
    mutating func visit<R: Row>(_ table: inout Table<R>) { for row in table.rows { text += "\(row)" } }
  }

  @Test func `whatever event has it`() throws {
    let model = try fold(
      StatementRecorded("e-1", in: "panel", details(withheld())),
      PositionRecorded("p-1", in: "panel", details(withheld())),
      ConclusionRecorded("c-1", in: "panel", details(withheld())),
      RecommendationRecorded("r-1", in: "panel", details(withheld())),
      StatementRecorded("e-2", in: "panel", details(named())),
      StatementCorrected("e-2", in: "panel", changes(withheld())),
      StatementSplit(entry: "e-2", session: "panel", rest: "e-3", head: details(withheld())),
      StatementRecorded("e-3", in: "panel", details(withheld())),
      StatementsMerged(entry: "e-2", merged: "e-3", session: "panel", whole: details(withheld())),
      DisclosureAuthorised(entry: "e-1", session: "panel", evidence: sealed),
      CorrectionRequested("k-1", of: "e-1", in: "panel", kind: .substantive, changes(withheld())),
      into: ProceedingsModel.self)
    let text = try texts(model)
    #expect(text.contains("A participant") && !text.contains("c2VhbGVk") && !text.contains("ada"))
    // Nobody sees that something was authorised.
    #expect(model.entries["e-1"]?.position == 1)
  }

  @Test func `after the speaker of a published entry was withheld`() throws {
    let asked = CorrectionRequested("k-1", of: "e-1", in: "panel", kind: .substantive, changes(named()))
    let model = try fold(
      StatementRecorded("e-1", in: "panel", details(named())),
      ProceedingsIssued(issue: 1, provisional: false) { $0.at = 1 }, asked,
      CorrectionRequested("k-2", of: "e-1", in: "panel", kind: .substantive, changes(withheld())),
      CorrectionAccepted(
        correction: "k-2", entry: "e-1", session: "panel", verifiedAgainst: .speaker, reason: nil),
      into: ProceedingsModel.self)
    #expect(try !texts(model).contains("ada") && !texts(model).contains("Ada"))
    #expect(model.corrections["k-2"]?.changes.attribution?.asPrinted == "A participant")
  }

  @Test func `and corrections have no handle of a voice that they replaced`() throws {
    let voice = try Attribution(.unidentified, asPrinted: "A voice", voice: "red-tie")
    let model = try fold(
      StatementRecorded("e-1", in: "panel", details(voice)),
      ProceedingsIssued(issue: 1, provisional: false) { $0.at = 1 },
      CorrectionRequested("k-1", of: "e-1", in: "panel", kind: .substantive, changes(named())),
      CorrectionAccepted(
        correction: "k-1", entry: "e-1", session: "panel", verifiedAgainst: .recording, reason: nil),
      into: ProceedingsModel.self)
    #expect(model.corrections["k-1"]?.before?.attribution?.asPrinted == "A voice")
    #expect(try !texts(model).contains("red-tie"))
  }
}
