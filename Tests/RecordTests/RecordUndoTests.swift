import EventLog
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Record

private let base = RecordUndo.given(opened, opening, feng)
private let convened = SessionConvened(
  session: "opening", step: 1, details: SittingDetails { $0.present = 42 })
private let closed = SessionClosed(session: "opening", step: 2)

private func undo(_ given: Given<RecordUndo>, _ position: Int, _ body: any EventBody) -> WhenCommand<
  RecordUndo
> {
  given.when(
    .init(
      commandID: "…", first: position, last: position, tags: body.tags,
      rules: ZoneRules(zone: "Asia/Shanghai", offset: 480)))
}

struct `Undoing what was recorded of a session` {
  @Test func `takes back its last step`() {
    undo(base.and(convened), 4, convened).then(
      .sitting(.sittingStepRetracted(SittingStepRetracted(session: "opening", step: 1))))
    undo(base.and(convened, closed), 5, closed).then(
      .sitting(.sittingStepRetracted(SittingStepRetracted(session: "opening", step: 2))))
    undo(base.and(convened).and(closed, by: "boris"), 4, convened).thenRefused(
      saying:
        "Step 1 of “opening” has been changed since then (by boris at 2016-02-25 17:05 +08:00, event 5, SessionClosed); undo that change first, or make the correction yourself."
    )
    let retracted = SittingStepRetracted(session: "opening", step: 1)
    undo(base.and(convened, retracted), 4, convened).thenNothing()
    undo(base.and(convened, retracted), 5, retracted).thenRefused(
      saying: "Event 5 (SittingStepRetracted) cannot be undone: what was taken back must be recorded again.")
  }

  @Test func `restores corrected fields`() {
    let revised = SittingRevised(session: "opening", step: 1) {
      $0.present = 40
      $0.quorum = 30
    }
    undo(base.and(convened, revised), 5, revised).then(
      .sitting(
        .sittingRevised(
          SittingRevised(session: "opening", step: 1) {
            $0.present = 42
            $0.cleared = [.quorum]
          })))
  }

  @Test func `removes and brings back segments and headings`() {
    let opened = SegmentOpened(
      session: "opening", segment: 1, details: SegmentDetails(title: "Opening", order: OrderKey(9)))
    let removed = SegmentRemoved(session: "opening", segment: 1)
    undo(base.and(opened), 4, opened).then(.sitting(.segmentRemoved(removed)))
    undo(base.and(opened, removed), 5, removed).then(.sitting(.segmentOpened(opened)))
    let revised = SegmentRevised(
      session: "opening", segment: 1, changes: SegmentDetails.Changes { $0.title = "Start" })
    undo(base.and(opened, revised), 5, revised).then(
      .sitting(
        .segmentRevised(
          SegmentRevised(
            session: "opening", segment: 1, changes: SegmentDetails.Changes { $0.title = "Opening" }))))
    let heading = SessionHeadingSet(session: "opening", heading: "Start")
    undo(base.and(heading), 4, heading).then(
      .sitting(.sessionHeadingSet(SessionHeadingSet(session: "opening", heading: nil))))
    undo(base.and(heading, SessionHeadingSet(session: "opening", heading: "Begin")), 4, heading).thenRefused(
      saying:
        "The heading of “opening” has been changed since then (by anna at 2016-02-25 17:05 +08:00, event 5, SessionHeadingSet); undo that change first, or make the correction yourself."
    )
  }

  @Test func `restores the front matter`() {
    let first = FrontMatterRevised { $0.series = "Old" }
    let second = FrontMatterRevised {
      $0.series = "New"
      $0.brand = "B"
    }
    undo(base.and(first, second), 5, second).then(
      .frontMatterRevised(
        FrontMatterRevised {
          $0.series = "Old"
          $0.cleared = [.brand]
        }))
  }

  @Test func `restores the number of a session`() throws {
    func number(_ ordinal: Int?, _ session: SessionID = "opening") -> SessionOrdinalSet {
      SessionOrdinalSet(session: session, ordinal: ordinal)
    }
    undo(base.and(number(2)), 4, number(2)).then(.sessionOrdinalSet(number(nil)))
    undo(base.and(number(2), number(5)), 5, number(5)).then(.sessionOrdinalSet(number(2)))
    undo(base.and(number(2), number(nil)), 4, number(2)).thenNothing()
    undo(base.and(number(2), number(5)), 4, number(2)).thenRefused(
      saying:
        "The number of “opening” in the record has been changed since then (by anna at 2016-02-25 17:05 +08:00, event 5, SessionOrdinalSet); undo that change first, or make the correction yourself."
    )
    undo(base.and(number(2), number(nil), number(2, "panel")), 5, number(nil)).thenRefused(
      saying: "The previous state cannot be restored:\nSession 2 is “panel” already.")
    let fixed = ParagraphsNumbered(issue: 1, session: "opening", ordinal: "2", numbers: [])
    undo(base.and(number(2), ProceedingsIssued(issue: 1, provisional: false), fixed), 4, number(2))
      .thenRefused(
        saying:
          "The previous state cannot be restored:\nAn issue was published in which “opening” is session 2; this cannot change."
      )
    // What was recorded in the session is not read.
    let query = try #require(undo(base.and(number(2)), 4, number(2)).boundary())
    #expect(!query.matches(base.and(said("e-1")).last))
  }

  @Test func `is refused before anything is read where it is final`() {
    let issued = base.and(ProceedingsIssued(issue: 1, provisional: true))
    #expect(RecordUndo.refusal(of: [issued.last])?.texts.facts.contains("ProceedingsIssued") == true)
    #expect(RecordUndo.refusal(of: [base.and(convened).last]) == nil)
    let expunged = StatementExpunged(
      entry: "e-1", session: "opening", authority: "The court", reason: "Libel", positions: [4])
    #expect(
      EntryUndo.refusal(of: [base.and(expunged).last]) == .final(type: "StatementExpunged", position: 4))
    #expect(EntryUndo.refusal(of: [base.and(said("e-1")).last]) == nil)
  }

  @Test func `leaves what was said`() {
    let issued = ProceedingsIssued(issue: 1, provisional: true)
    undo(base.and(issued), 4, issued).thenRefused(
      saying: "Event 4 (ProceedingsIssued) cannot be undone: the record is corrected, not undone.",
      hints: .correctRecord)
  }
}
