import EventLog
import Specification
import Testing
import Vocabulary

@testable import Record
@testable import Scheduling

/// Positions 1 to 5; the session “opening” is scheduled at position 2.
private let base = held.reduce(ProgramUndo.given()) { $0.and($1) }

private func undo(_ given: Given<ProgramUndo>) -> WhenCommand<ProgramUndo> {
  given.when(Undo.Command(commandID: "0b4d", first: 2, last: 2, tags: opening.tags))
}

struct `Undoing the scheduling of a session` {
  private let unscheduled = ProgramOrPeopleEvent.scheduling(
    .sessionUnscheduled(
      SessionUnscheduled(session: "opening", slots: [NumberedSlot(number: 1, slot: opening.slot)])))

  @Test func `takes it out of the program`() {
    undo(base).then(unscheduled)
    undo(base.and(said("e-1", in: "panel"))).then(unscheduled)
  }

  @Test func `is refused while it has a record`() {
    let moved = StatementMoved(entry: "e-1", from: "panel", session: "opening", order: nil)
    for given in [
      base.and(said("e-1")), base.and(said("e-1", in: "panel"), moved),
      base.and(
        said("e-1"), issued(at: 6),
        StatementExpunged(
          entry: "e-1", session: "opening", authority: "The court", reason: "Libel", positions: [6])),
    ] {
      undo(given).thenRefused(
        saying: "The session “opening” is in use: its record has entries; nothing was undone.")
    }
    undo(base.and(SessionConvened(session: "opening", step: 1, details: SittingDetails()))).thenRefused(
      saying: "The session “opening” is in use: the record says when it was held; nothing was undone.")
    undo(base.and(SegmentOpened(session: "opening", segment: 1, details: SegmentDetails(title: "Start"))))
      .thenRefused(
        saying: "The session “opening” is in use: its record has segments; nothing was undone.")
  }

  @Test func `is possible again once its record is gone`() {
    undo(base.and(said("e-1"), StatementRetracted(entry: "e-1", session: "opening"))).then(unscheduled)
    undo(base.and(said("e-1"), StatementMoved(entry: "e-1", from: "opening", session: "panel", order: nil)))
      .then(unscheduled)
    undo(
      base.and(
        SessionConvened(session: "opening", step: 1, details: SittingDetails()),
        SittingStepRetracted(session: "opening", step: 1),
        SegmentOpened(session: "opening", segment: 1, details: SegmentDetails(title: "Start")),
        SegmentRemoved(session: "opening", segment: 1))
    ).then(unscheduled)
  }

  @Test func `leaves a session in which nothing can be recorded`() {
    let gone = base.and(unscheduled.body)
    gone.asked(Statements.self).when(.record(entry(.statement, "e-1", details()))).thenRefused(
      .unknownSession("opening"))
    let elsewhere = gone.and(said("e-1", in: "panel"))
    elsewhere.asked(Statements.self).when(.move("e-1", .end("opening"))).thenRefused(
      .unknownSession("opening"))
    gone.asked(Issues.self).when(.number("opening", 1)).thenRefused(.unknownSession("opening"))
    gone.asked(Segments.self).when(.open("opening", "Start", before: nil)).thenRefused(
      .unknownSession("opening"))
    let back = gone.and(
      SessionReinstated(
        session: "opening", slots: [NumberedSlot(number: 1, slot: opening.slot)], kind: .plenary))
    let recorded = entry(.statement, "e-1", details())
    back.asked(Statements.self).when(.record(recorded)).then(recorded)
  }
}
