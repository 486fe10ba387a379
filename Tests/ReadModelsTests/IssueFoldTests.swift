import EventLog
import JSON
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Record

@Suite struct `An issue is folded so that` {
  @Test func `it has its position and what it is made of`() throws {
    let model = try record(issue(1, at: 7), ProceedingsIssued(issue: 2, provisional: true))
    #expect(model.issue(1) == IssueRow(details: issue(1, at: 7), position: 1, issuedAt: second(1)))
    #expect(model.issue(1)?.at == 7)
    #expect(model.issue(2)?.at == 1, "Version 1 was built at the position before it.")
    #expect(model.lastIssue?.details.issue == 2 && model.issue(3) == nil && model.issues.count == 2)
  }

  @Test func `drafts that were proofed are kept`() throws {
    let model = try record(ProceedingsProofed(at: 7), ProceedingsProofed(at: 9))
    #expect(model.lastProof == ProofRow(at: 9, position: 2, proofedAt: second(2)) && model.proofs.count == 2)
  }

  @Test func `it fixes the numbers of its entries and sessions`() throws {
    let model = try record(
      said("e-1"), said("e-2", in: "panel"), issue(1, at: 2), numbered(1, ("e-1", "1")),
      numbered(1, "panel", ordinal: "2", ("e-2", "1")), said("e-3"))
    let rows = ["e-1", "e-2", "e-3"].compactMap { model.entries[$0] }
    #expect(rows.map(\.number) == ["1", "1", nil])
    #expect(rows.map(\.issue) == [1, 1, nil])
    #expect(rows.map(\.position) == [1, 2, 6], "Nothing of the entry has changed.")
    #expect(rows.map { model.isPublished($0) } == [true, true, false])
    #expect(
      model.fixedNumbers
        == Numbering(ordinals: ["opening": "1", "panel": "2"], numbers: ["e-1": "1", "e-2": "1"]))
    #expect(model.sessions["panel"]?.ordinal == "2" && model.sessions["panel"]?.issue == 1)
  }

  @Test func `its own numbers are known after later ones`() throws {
    let model = try record(
      said("e-1"), issue(1, at: 1), numbered(1, ("e-1", "1")), said("e-2", order: "1.i"),
      said("e-3", in: "panel"),
      said("e-4"), issue(2, at: 6), numbered(2, ("e-2", "1a"), ("e-4", "2")),
      numbered(2, "panel", ordinal: "a1", ("e-3", "1")))
    #expect(model.fixedNumbers(of: 1) == Numbering(ordinals: ["opening": "1"], numbers: ["e-1": "1"]))
    #expect(model.fixedNumbers(of: 2) == model.fixedNumbers)
    #expect(model.fixedNumbers(of: 0) == Numbering())
    #expect(model.numbering(["panel", "opening"]) == model.fixedNumbers)
  }

  @Test func `sessions can be numbered by hand before it`() throws {
    let five = SessionOrdinalSet(session: "opening", ordinal: 5)
    let drafted = try record(said("e-1"), five, said("e-2", in: "panel"))
    #expect(drafted.numbering(["opening", "panel"]).ordinals == ["opening": "5", "panel": "6"])
    #expect(drafted.fixedNumbers == Numbering())
    let issued = try record(said("e-1"), issue(1, at: 1), numbered(1, ("e-1", "1")), five)
    #expect(issued.numbering(["opening"]).ordinals == ["opening": "1"])
    #expect(issued.sessions["opening"]?.byHand == 5)
  }

  @Test func `a number that was given by hand waits for its session`() throws {
    let two = SessionOrdinalSet(session: "closing", ordinal: 2)
    let model = try record(two, said("e-1"), said("e-2", in: "panel"))
    #expect(model.numbering(["opening", "panel", "closing"]).ordinals == ["opening": "1", "panel": "3"])
    let all = try record(
      two, said("e-1"), said("e-2", in: "panel"), issue(1, at: 3), numbered(1, ("e-1", "1")),
      numbered(1, "panel", ordinal: "3", ("e-2", "1")), said("e-3", in: "closing"))
    #expect(
      all.numbering(["opening", "panel", "closing"]).ordinals == [
        "opening": "1", "panel": "3", "closing": "2",
      ])
  }

  @Test func `what was decided about them is in the order of the record`() throws {
    let model = try record(
      said("e-1", in: "a-closing"),
      PositionRecorded("e-2", in: "opening", details("For it.") { $0.topic = "Trade" }),
      said("e-3"), issue(1, at: 3), requested("k-1", of: "e-2") { $0.text = "Against." },
      accepted("k-1", of: "e-2"),
      requested("k-2", of: "e-1") { $0.text = "It ended." }, accepted("k-2", of: "e-1"),
      requested("k-3", of: "e-3") { $0.text = "It ended." }, accepted("k-3", of: "e-3"))
    let issue = try #require(model.issue(1))
    func listed(before end: Int = .max) -> [RecordID] {
      model.corrigenda(of: issue, before: end, ["opening", "a-closing"]).map(\.entry.id)
    }
    #expect(listed() == ["e-3", "e-2", "e-1"])
    #expect(listed(before: 9) == ["e-2", "e-1"])
  }

  @Test func `sessions without a record have no number`() throws {
    let model = try record(
      said("e-1", in: "panel"), said("e-2"), StatementRetracted(entry: "e-2", session: "opening"))
    #expect(model.numbering(["opening", "panel"]).ordinals == ["panel": "1"])
  }

  @Test func `numbers that are new are told from those that are fixed`() throws {
    let model = try record(
      said("e-1"), said("e-2"), issue(1, at: 2), numbered(1, ("e-1", "1"), ("e-2", "2")),
      said("e-3", order: "1.i"),
      said("e-4", in: "panel"), ConclusionRecorded("e-5", in: "panel", details("So.")))
    let numbering = model.numbering(["opening", "panel"])
    #expect(
      numbering.newlyFixed(since: model, issue: 2) == [
        numbered(2, ("e-3", "1a")), numbered(2, "panel", ordinal: "2", ("e-4", "1"), ("e-5", "C1")),
      ])
  }
}
