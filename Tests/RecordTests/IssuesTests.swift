import EventLog
import JSON
import Specification
import Testing
import Vocabulary

@testable import Record

private let build = ProceedingsIssued.Build(document: "ab", typesetting: "cd")
private let day: CalendarDate = "2016-03-28"

private func numbered(_ issue: Int, _ session: SessionID = "opening", _ numbers: (RecordID, String)...)
  -> ParagraphsNumbered
{
  ParagraphsNumbered(
    issue: issue, session: session, ordinal: session == "opening" ? "1" : "2",
    numbers: numbers.map { ParagraphsNumbered.Number($0.0, $0.1) })
}

private func issue(_ number: Int, at position: Int, provisional: Bool = false, note: LocalizedText? = nil)
  -> ProceedingsIssued
{
  ProceedingsIssued(issue: number, provisional: provisional, note: note) {
    $0.at = position
    $0.date = day
    $0.build = build
  }
}

private func publish(
  at position: Int, number: Int? = nil, proofed: Int? = nil, provisional: Bool = false,
  note: LocalizedText? = nil,
  _ sessions: ParagraphsNumbered...
) -> Issues.Command {
  .issue(
    Issues.Request(number: number, at: proofed, provisional: provisional, note: note),
    Issues.Publication(at: position, date: day, build: build, sessions: sessions))
}

private func began(_ entry: RecordID, in session: SessionID = "opening") -> StatementRecorded {
  StatementRecorded(entry, in: session, EntryDetails("It began.", .nobody))
}

private func corrected(_ entry: RecordID) -> StatementCorrected {
  StatementCorrected(entry, in: "opening", EntryDetails.Changes { $0.text = "It had begun." })
}

/// Positions 1 to 3.
private let scheduled = Issues.given(opened, opening, panel)
/// Positions 4 and 5.
private let drafted = scheduled.and(began("e-1"), began("e-2"))
/// Positions 6 and 7.
private let published = drafted.and(issue(1, at: 5), numbered(1, "opening", ("e-1", "1"), ("e-2", "2")))

struct `An issue of the proceedings` {
  @Test func `has the next number, and fixes the numbers of what is in it`() {
    let numbers = numbered(1, "opening", ("e-1", "1"), ("e-2", "2"))
    drafted.when(publish(at: 5, number: 1, provisional: true, note: "For comment", numbers))
      .then(
        .proceedingsIssued(issue(1, at: 5, provisional: true, note: "For comment")),
        .paragraphsNumbered(numbers))
    published.and(began("e-3")).when(publish(at: 8, numbered(2, "opening", ("e-3", "3"))))
      .thenOneMore(
        .proceedingsIssued(issue(2, at: 8)), .paragraphsNumbered(numbered(2, "opening", ("e-3", "3"))))
  }

  @Test func `with a given number is published once`() {
    let given = published.and(began("e-3"))
    given.when(publish(at: 8, number: 2)).then(.proceedingsIssued(issue(2, at: 8)))
    given.and(issue(2, at: 8)).when(publish(at: 9, number: 2)).thenNothing()
    given.and(issue(2, at: 8)).when(publish(at: 9, number: 2, proofed: 8)).thenNothing()
    // Another issue of that number was asked for.
    for other in [
      publish(at: 9, number: 2, provisional: true), publish(at: 9, number: 2, note: "Other"),
      publish(at: 9, number: 2, proofed: 7),
    ] {
      given.and(issue(2, at: 8)).when(other)
        .thenRefused(.issued(2, at: 8, issue(2, at: 8).date, changes: 0, next: 3))
    }
  }

  @Test(arguments: [-1, 0, 1, 2, 4])
  func `skips no number and uses none twice`(number: Int) {
    published.and(began("e-3"), issue(2, at: 8), began("e-4"))
      .when(publish(at: 10, number: number, provisional: true))
      .thenRefused(
        number == 2
          ? .issued(2, at: 8, issue(2, at: 8).date, changes: 1, next: 3) : .taken(number, next: 3))
  }

  @Test func `needs a conference`() {
    Issues.given().when(publish(at: 0)).thenRefused(.notOpen)
  }

  /// Every event that changes what is printed of an entry.
  private static let changes: [any EventBody] = [
    began("e-3"), corrected("e-1"),
    PositionRecorded("e-3", in: "opening", EntryDetails("For", .nobody)),
    ConclusionRecorded("e-3", in: "opening", EntryDetails("So", .nobody)),
    RecommendationRecorded("e-3", in: "opening", EntryDetails("Do", .nobody)),
    StatementTranslated(entry: "e-1", session: "opening", text: ["zh": "开始了。"]),
    StatementMoved(entry: "e-1", from: "opening", session: "panel", order: nil),
    StatementSplit(entry: "e-1", session: "opening", rest: "e-3", head: EntryDetails("It", .nobody)),
    StatementsMerged(
      entry: "e-1", merged: "e-2", session: "opening", whole: EntryDetails("It began. It began.", .nobody)),
    StatementRetracted(entry: "e-1", session: "opening"), StatementRestored(entry: "e-1", session: "opening"),
    EntryReaffirmed(entry: "e-1", session: "opening", printsAgain: true),
    StatementExpunged(
      entry: "e-1", session: "opening", authority: "The court", reason: "Libel", positions: [4]),
    CorrectionAccepted(correction: "k-1", entry: "e-1", session: "opening", verifiedAgainst: .notes),
  ]

  /// Every event that changes nothing in print.
  private static let others: [any EventBody] = [
    CorrectionRequested("k-1", of: "e-1", in: "opening", kind: .editorial, EntryDetails.Changes()),
    CorrectionRefused(correction: "k-1", entry: "e-1", session: "opening", reason: "No"),
    SessionOrdinalSet(session: "panel", ordinal: 4), ProceedingsProofed(at: 4), feng,
    EntryReaffirmed(entry: "e-1", session: "opening"),
  ]

  @Test func `is what was proofed`() {
    for change in Self.changes {
      drafted.and(change).when(publish(at: 5, proofed: 5)).thenRefused(.changedSince(5, count: 1))
      drafted.and(change).when(publish(at: 6, number: 1, proofed: 6)).then(
        .proceedingsIssued(issue(1, at: 6)))
    }
    for other in Self.others {
      drafted.and(other).when(publish(at: 5, number: 1, proofed: 5)).then(.proceedingsIssued(issue(1, at: 5)))
    }
    drafted.and(began("e-3"), corrected("e-1"), corrected("e-3"), corrected("e-1"))
      .when(publish(at: 5, proofed: 5))
      .thenRefused(saying: "Since you proofed position 5, 2 entries changed; proof again.", hints: .proof)
    drafted.and(corrected("e-1")).when(publish(at: 5, proofed: 5))
      .thenRefused(saying: "Since you proofed position 5, 1 entry changed; proof again.", hints: .proof)
  }

  @Test func `is not of a day before the last one`() {
    published.and(began("e-3")).when(
      .issue(
        Issues.Request(number: nil, at: nil, provisional: false, note: nil),
        Issues.Publication(at: 8, date: "2016-03-27", build: build, sessions: []))
    ).thenRefused(.datedBefore("2016-03-27", issue: 1, day))
  }

  @Test func `has the ordinals that were proofed`() {
    let opening = numbered(1, "opening", ("e-1", "1"))
    for renumbered in [
      SessionOrdinalSet(session: "opening", ordinal: 5), SessionOrdinalSet(session: "opening"),
    ] {
      drafted.and(renumbered).when(publish(at: 5, proofed: 5, opening)).thenRefused(
        saying: "Since you proofed position 5, the session “opening” got another number; proof again.",
        hints: .proof)
    }
    // Before it was proofed, and of another session.
    drafted.and(SessionOrdinalSet(session: "opening", ordinal: 1)).when(
      publish(at: 6, number: 1, proofed: 6, opening)
    )
    .then(.proceedingsIssued(issue(1, at: 6)), .paragraphsNumbered(opening))
    drafted.and(SessionOrdinalSet(session: "panel", ordinal: 5)).when(
      publish(at: 5, number: 1, proofed: 5, opening)
    )
    .then(.proceedingsIssued(issue(1, at: 5)), .paragraphsNumbered(opening))
  }

  @Test func `depends on what was recorded since the one before, and not on what came earlier`() throws {
    let next = published.and(began("e-3"))
    let query = try #require(next.when(publish(at: 8)).boundary())
    #expect(next.events.filter(query.matches).map(\.position) == [1, 6, 7, 8])
    let first = try #require(drafted.when(publish(at: 5, proofed: 5)).boundary())
    #expect(drafted.and(corrected("e-1")).events.filter(first.matches).map(\.position) == [1, 6])
  }

  @Test func `is refused before it is built`() throws {
    func isNeeded(
      _ given: Given<Issues>, number: Int? = nil, date: CalendarDate? = nil, at position: Int? = nil
    )
      throws -> Bool
    {
      try Issues.isNeeded(
        Issues.Request(number: number, at: position, provisional: false, note: nil), date: date,
        at: position, in: given.state())
    }
    #expect(try isNeeded(drafted) && isNeeded(published.and(began("e-3"))))
    #expect(try !isNeeded(published, number: 1))
    // The same number for another content is another issue.
    let issued = published.and(began("e-3"))
    let date = try published.state().last?.date
    #expect(throws: Issues.Refusal.issued(1, at: 5, date, changes: 1, next: 2)) {
      try isNeeded(issued, number: 1)
    }
    #expect(throws: Issues.Refusal.issued(1, at: 5, date, changes: 0, next: 2)) {
      try isNeeded(published, number: 1, date: "2030-01-01")
    }
    #expect(throws: Issues.Refusal.unchanged(issue: 1)) { try isNeeded(published) }
    #expect(throws: Issues.Refusal.taken(3, next: 2)) { try isNeeded(published, number: 3) }
    #expect(throws: Issues.Refusal.changedSince(5, count: 1)) {
      try isNeeded(drafted.and(corrected("e-1")), at: 5)
    }
    #expect(throws: Issues.Refusal.ahead(4)) { try isNeeded(published.and(began("e-3")), at: 4) }
  }

  @Test func `has changes since the one before`() {
    published.when(publish(at: 7)).thenRefused(.unchanged(issue: 1))
    for other in Self.others { published.and(other).when(publish(at: 8)).thenRefused(.unchanged(issue: 1)) }
    for change in Self.changes {
      published.and(change).when(publish(at: 8, number: 2)).then(.proceedingsIssued(issue(2, at: 8)))
    }
    // What was proofed is older than the change.
    published.and(feng, began("e-3")).when(publish(at: 8, proofed: 8)).thenRefused(.unchanged(issue: 1))
  }

  @Test func `is not older than the one before`() {
    published.when(publish(at: 4, proofed: 4)).thenRefused(.ahead(4))
  }

  @Test func `follows issues of version 1, which were built at the position before`() {
    let old = drafted.and(ProceedingsIssued(issue: 1, provisional: false))
    old.when(publish(at: 6)).thenRefused(.unchanged(issue: 1))
    old.and(began("e-3")).when(publish(at: 7, number: 2)).then(.proceedingsIssued(issue(2, at: 7)))
  }

  @Test func `is proofed first, and each position once`() {
    drafted.when(.proof(at: 5)).then(.proceedingsProofed(ProceedingsProofed(at: 5)))
    drafted.and(ProceedingsProofed(at: 4)).when(.proof(at: 5)).then(
      .proceedingsProofed(ProceedingsProofed(at: 5)))
    drafted.and(ProceedingsProofed(at: 5)).when(.proof(at: 5)).thenNothing()
    published.when(.proof(at: 5)).then(.proceedingsProofed(ProceedingsProofed(at: 5)))
    Issues.given().when(.proof(at: 1)).thenRefused(.notOpen)
  }

  @Test func `is refused with what was found`() {
    published.and(began("e-3")).when(publish(at: 8, number: 1, provisional: true))
      .thenRefused(
        saying:
          "Issue 1 was published from position 5, dated 2016-03-28, and 1 entry of the record changed since; publish issue 2.",
        hints: .issueAs(2))
    published.and(began("e-3")).when(publish(at: 8, number: 4))
      .thenRefused(
        saying: "The proceedings cannot be issued as number 4; the next issue is number 2.",
        hints: .issueAs(2))
    published.when(publish(at: 7))
      .thenRefused(saying: "Nothing has changed in the record since issue 1; there is nothing to issue.")
    published.when(publish(at: 4)).thenRefused(saying: "Position 4 comes before the last issue.")
    Issues.given().when(publish(at: 0))
      .thenRefused(saying: "There is no such conference.", hints: .list(ConferenceEntity.self))
  }
}

struct `The number of a session in the record` {
  private func set(_ session: SessionID, _ number: Int?) -> RecordEvent {
    .sessionOrdinalSet(SessionOrdinalSet(session: session, ordinal: number))
  }

  @Test func `is given by hand`() {
    scheduled.when(.number("opening", 3)).then(set("opening", 3))
    scheduled.and(SessionOrdinalSet(session: "opening", ordinal: 3)).when(.number("opening", 4)).then(
      set("opening", 4))
  }

  @Test func `is taken away, and free for another session`() {
    let given = scheduled.and(SessionOrdinalSet(session: "opening", ordinal: 3))
    given.when(.number("opening", nil)).then(set("opening", nil))
    given.and(SessionOrdinalSet(session: "opening")).when(.number("panel", 3)).then(set("panel", 3))
    scheduled.when(.number("opening", nil)).thenNothing()
    published.when(.number("opening", nil)).thenRefused(.ordinalFixed("opening", "1"))
  }

  @Test func `is not taken by an issue that was proofed before it was given`() {
    let given = drafted.and(SessionOrdinalSet(session: "panel", ordinal: 1))
    given.when(publish(at: 5, proofed: 5, numbered(1, "opening", ("e-1", "1"))))
      .thenRefused(saying: "Session 1 is “panel” already.")
  }

  @Test func `is not that of another session`() {
    let given = scheduled.and(SessionOrdinalSet(session: "opening", ordinal: 3))
    given.when(.number("panel", 3)).thenRefused(.ordinalTaken(3, by: "opening"))
    given.and(SessionOrdinalSet(session: "opening", ordinal: 4)).when(.number("panel", 3)).then(
      set("panel", 3))
    published.when(.number("panel", 1)).thenRefused(saying: "Session 1 is “opening” already.")
  }

  @Test func `does not change once an issue has fixed it`() {
    published.when(.number("opening", 1)).thenNothing()
    published.when(.number("opening", 2))
      .thenRefused(saying: "An issue was published in which “opening” is session 1; this cannot change.")
    published.when(.number("panel", 2)).then(set("panel", 2))
  }

  @Test func `needs a session`() {
    scheduled.when(.number("closing", 1))
      .thenRefused(saying: "There is no session “closing”.", hints: .list(SessionEntity.self))
  }

  @Test(arguments: [0, -1, Int.min]) func `is a positive number`(number: Int) {
    scheduled.when(.number("opening", number)).thenRefused(.notPositive(number))
  }
}
