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
  given.when(.init(commandID: "…", first: position, last: position, tags: body.tags))
}

struct `Undoing what was recorded of a session` {
  @Test func `takes back its last step`() {
    undo(base.and(convened), 4, convened).then(
      .sitting(.sittingStepRetracted(SittingStepRetracted(session: "opening", step: 1))))
    undo(base.and(convened, closed), 5, closed).then(
      .sitting(.sittingStepRetracted(SittingStepRetracted(session: "opening", step: 2))))
    undo(base.and(convened).and(closed, by: "boris"), 4, convened).thenRefused(
      saying:
        "Step 1 of “opening” has been changed since then (by boris at 2016-02-25 09:05 UTC, event 5, SessionClosed); undo that change first, or make the correction yourself."
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
        "The heading of “opening” has been changed since then (by anna at 2016-02-25 09:05 UTC, event 5, SessionHeadingSet); undo that change first, or make the correction yourself."
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

  @Test func `leaves what was said`() {
    let issued = ProceedingsIssued(issue: 1, provisional: true)
    undo(base.and(issued), 4, issued).thenRefused(
      saying: "Event 4 (ProceedingsIssued) cannot be undone: the record is corrected, not undone.",
      hints: .correctRecord)
  }
}

struct `Undoing the scheduling of a session` {
  private func undo(_ given: Given<Undo>) -> WhenCommand<Undo> {
    given.when(
      Undo.Command(commandID: "0b4d", first: 2, last: 2, tags: opening.tags))
  }

  @Test func `is refused once something of it was recorded`() {
    let scheduled = Undo.given(opened, opening, panel)
    undo(scheduled).then(.scheduling(.sessionUnscheduled(unscheduled)))
    undo(scheduled.and(said("e-1", in: "panel"))).then(.scheduling(.sessionUnscheduled(unscheduled)))
    for entries: [any EventBody] in [
      [said("e-1")], [said("e-1"), StatementRetracted(entry: "e-1", session: "opening")],
    ] {
      undo(entries.reduce(scheduled) { $0.and($1) }).thenRefused(
        saying:
          "The session “opening” is in use: the record has entries of it, or had some; nothing was undone.")
    }
    // Somebody records the first entry at the same time.
    let query = undo(scheduled).boundary()
    #expect(query?.matches(scheduled.and(said("e-1")).last) == true)
  }
}
