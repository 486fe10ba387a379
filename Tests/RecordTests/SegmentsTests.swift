import EventLog
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Record

private func statement(_ number: Int) -> StatementRecorded {
  StatementRecorded(
    try! RecordID("opening-s\(number)"), in: "opening",
    EntryDetails("It went on.", .nobody) { $0.form = .summary })
}

private func opens(_ number: Int, _ title: LocalizedText, _ order: OrderKey? = nil) -> SegmentOpened {
  SegmentOpened(session: "opening", segment: number, details: SegmentDetails(title: title, order: order))
}

// Statements at the positions 3, 4 and 5.
private let given = Segments.given(opened, opening, statement(1), statement(2), statement(3))

struct `A segment of a session` {
  @Test func `begins now, with the next entry`() {
    given.when(.open("opening", "Opening", before: nil)).then(
      .sitting(.segmentOpened(opens(1, "Opening"))))
    let open = given.and(opens(1, "Opening"))
    open.when(.open("opening", "Debate", before: nil)).then(.sitting(.segmentOpened(opens(2, "Debate"))))
    open.when(.open("opening", "Opening", before: nil)).thenNothing()
    open.and(statement(4)).when(.open("opening", "Opening", before: nil))
      .then(.sitting(.segmentOpened(opens(2, "Opening"))))
  }

  @Test func `stays where it is when something is put beside it, and has a place of its own`() {
    let segment = opens(1, "Debate", OrderKey(3, fraction: "i"))
    let said = given.and(segment).asked(Statements.self)
    func inserted(_ place: Statements.Place, _ order: String) {
      let event = entry(.statement, "e-9", order: order, details("replied", by: .nobody))
      said.when(.record(event, place)).then(event)
    }
    // Below the heading, and above it.
    inserted(.after("opening-s1"), "3.9")
    inserted(.before("opening-s2"), "3.r")
    #expect(segment.tags.map(\.text) == ["session:opening", "places:opening"])
    #expect(opens(1, "Debate").tags.map(\.text) == ["session:opening"])
  }

  @Test func `begins with an entry that is in the record already`() {
    given.when(.open("opening", "Debate", before: "opening-s2"))
      .then(.sitting(.segmentOpened(opens(1, "Debate", OrderKey(3, fraction: "i")))))
    given.when(.open("opening", "Opening", before: "opening-s1"))
      .then(.sitting(.segmentOpened(opens(1, "Opening", OrderKey(2, fraction: "i")))))
    // After a heading that stands there already.
    given.and(opens(1, "Debate", OrderKey(3, fraction: "i")))
      .when(.open("opening", "Questions", before: "opening-s2"))
      .then(.sitting(.segmentOpened(opens(2, "Questions", OrderKey(3, fraction: "r")))))
    given.and(opens(1, "Debate"), statement(4)).when(.open("opening", "Questions", before: "opening-s4"))
      .then(.sitting(.segmentOpened(opens(2, "Questions", OrderKey(6, fraction: "i")))))
  }

  @Test func `is opened once before an entry, and stands behind what was inserted there`() {
    given.and(opens(1, "Debate", OrderKey(3, fraction: "i")))
      .when(.open("opening", "Debate", before: "opening-s2")).thenNothing()
    given.and(
      StatementRecorded(
        "opening-s4", in: "opening", order: OrderKey(3, fraction: "i"), EntryDetails("It paused.", .nobody))
    ).when(.open("opening", "Debate", before: "opening-s2"))
      .then(.sitting(.segmentOpened(opens(1, "Debate", OrderKey(3, fraction: "r")))))
  }

  @Test func `needs its session, and an entry of that session`() {
    given.when(.open("other", "Opening", before: nil)).thenRefused(.unknownSession("other"))
    given.when(.open("opening", "Opening", before: "opening-s9")).thenRefused(
      saying: "The record of “opening” has no entry “opening-s9”.", hints: .list(RecordEntity.self))
    Segments.given(opened, opening, panel, statement(1)).when(.open("panel", "Opening", before: "opening-s1"))
      .thenRefused(.unknownEntry("opening-s1", "panel"))
  }

  @Test func `is corrected and removed`() {
    func revised(_ build: (inout SegmentDetails.Changes) -> Void) -> RecordEvent {
      .sitting(
        .segmentRevised(
          SegmentRevised(session: "opening", segment: 1, changes: SegmentDetails.Changes(build))))
    }
    let known = given.and(opens(1, "Opening"))
    known.when(.revise("opening", 1, ["zh": "开幕式"], before: nil)).then(
      revised { $0.title = ["en": "Opening", "zh": "开幕式"] })
    known.when(.revise("opening", 1, nil, before: "opening-s3")).then(
      revised { $0.order = OrderKey(4, fraction: "i") })
    known.when(.remove("opening", 1))
      .then(.sitting(.segmentRemoved(SegmentRemoved(session: "opening", segment: 1))))
    known.when(.revise("opening", 2, "Debate", before: nil)).thenRefused(
      saying: "The session “opening” has no segment 2, only 1.", hints: .sittings("opening"))
    given.when(.remove("opening", 1)).thenRefused(
      saying: "The session “opening” has no segment 1.", hints: .sittings("opening"))
    // Its number is not used again.
    known.and(SegmentRemoved(session: "opening", segment: 1)).when(.open("opening", "Debate", before: nil))
      .then(.sitting(.segmentOpened(opens(2, "Debate"))))
  }
}

struct `The title of a session in the record` {
  @Test func `can differ from the program's`() {
    func set(_ heading: LocalizedText?) -> RecordEvent {
      .sitting(.sessionHeadingSet(SessionHeadingSet(session: "opening", heading: heading)))
    }
    given.when(.setHeading("opening", "The opening")).then(set("The opening"))
    let known = given.and(SessionHeadingSet(session: "opening", heading: "The opening"))
    known.when(.setHeading("opening", ["zh": "开幕式"])).then(set(["en": "The opening", "zh": "开幕式"]))
    known.when(.setHeading("opening", nil)).then(set(nil))
    given.when(.setHeading("opening", nil)).thenNothing()
    given.when(.setHeading("other", nil)).thenRefused(.unknownSession("other"))
  }
}
