import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Record
@testable import Scheduling

/// Positions 6 and 7.
private let drafted = held.reduce(EntryUndo.given()) { $0.and($1) }
  .and(said("e-1", "noted growth. He asked why."), said("e-2", "left."))

private func undo(_ given: Given<EntryUndo>, _ positions: ClosedRange<Int>, _ entries: RecordID...)
  -> WhenCommand<EntryUndo>
{
  given.when(EntryUndo.Command(commandID: "0b4d", positions: positions, entries: entries))
}

private func corrected(_ id: RecordID = "e-1", _ build: (inout EntryDetails.Changes) -> Void)
  -> StatementCorrected
{
  StatementCorrected(id, in: "opening", EntryDetails.Changes(build))
}

private func summary(_ text: LocalizedText) -> EntryDetails { details(text) { $0.form = .summary } }

struct `Undoing a command about drafts` {
  @Test func `takes a new entry out, and brings one back`() {
    undo(drafted.and(said("e-3")), 8...8, "e-3")
      .then(.statementRetracted(StatementRetracted(entry: "e-3", session: "opening")))
    undo(drafted.and(StatementRetracted(entry: "e-1", session: "opening")), 8...8, "e-1")
      .then(.statementRestored(StatementRestored(entry: "e-1", session: "opening")))
    // Undone twice, it is gone again.
    let back = drafted.and(
      StatementRetracted(entry: "e-1", session: "opening"),
      StatementRestored(entry: "e-1", session: "opening"))
    undo(back, 9...9, "e-1").then(.statementRetracted(StatementRetracted(entry: "e-1", session: "opening")))
  }

  @Test func `gives fields their old values`() {
    let changed = corrected {
      $0.text = "noted decline."
      $0.attribution = bySergey
      $0.acts = [SpeechAct.common[1]]
      $0.mentions = ["sergey"]
      $0.cleared = [.form]
    }
    undo(drafted.and(changed), 8...8, "e-1").then(
      restored(drafted, before: 8) {
        $0.text = "noted growth. He asked why."
        $0.attribution = byFeng
        $0.form = .summary
        $0.cleared = [.acts, .mentions]
      })
  }

  @Test func `puts an entry back where it stood`() {
    let moved = StatementMoved(entry: "e-1", from: "opening", session: "panel", order: nil)
    undo(drafted.and(moved), 8...8, "e-1").then(
      .statementMoved(StatementMoved(entry: "e-1", from: "panel", session: "opening", order: OrderKey(6))))
  }

  @Test func `makes one of a statement that was split, and two of those that were merged`() {
    let split = drafted.and(
      StatementSplit(entry: "e-1", session: "opening", rest: "e-3", head: summary("noted growth.")),
      said("e-3", "He asked why.", order: "6.i"))
    undo(split, 8...9, "e-1", "e-3").then(
      restored(drafted, before: 8) { $0.text = "noted growth. He asked why." },
      .statementRetracted(StatementRetracted(entry: "e-3", session: "opening")))
    let merged = drafted.and(
      StatementsMerged(
        entry: "e-1", merged: "e-2", session: "opening", whole: summary("noted growth. He asked why. left.")))
    undo(merged, 8...8, "e-1", "e-2").then(
      restored(drafted, before: 8) { $0.text = "noted growth. He asked why." },
      .statementRestored(StatementRestored(entry: "e-2", session: "opening")))
  }

  @Test func `leaves statements that stand apart again to be merged again`() {
    let apart = drafted.and(
      StatementsMerged(entry: "e-1", merged: "e-2", session: "opening", whole: summary("Both.")),
      corrected { $0.text = "noted growth. He asked why." },
      StatementRestored(entry: "e-2", session: "opening")
    ).asked(Statements.self)
    apart.when(.merge("e-1", with: "e-2")).then(
      .statementsMerged(
        StatementsMerged(
          entry: "e-1", merged: "e-2", session: "opening", whole: summary("noted growth. He asked why. left.")
        )))
  }

  @Test func `is refused once somebody has changed the same, or published it`() {
    undo(drafted.and(corrected { $0.text = "One." }, corrected { $0.text = "Two." }), 8...8, "e-1")
      .thenRefused(
        saying:
          "“e-1” has been changed since then (by anna, event 9); undo that change first, or make the correction "
          + "yourself.", hints: .show(noun: "statement", "e-1"))
    undo(drafted.and(corrected { $0.text = "One." }, issued(at: 8)), 8...8, "e-1").thenRefused(
      .published("e-1"))
  }

  @Test func `takes a language away that the text did not have, and leaves the others alone`() {
    undo(
      drafted.and(StatementTranslated(entry: "e-1", session: "opening", text: ["zh": "指出"])), 8...8, "e-1"
    ).then(restored(drafted, before: 8) { $0.without = ["zh"] })
    undo(
      drafted.and(
        corrected {
          $0.text = ["en": "noted decline.", "da": "indiquait"]
        }), 8...8, "e-1"
    ).then(
      restored(drafted, before: 8) {
        $0.text = "noted growth. He asked why."
        $0.without = ["da"]
      })
    let both = drafted.and(corrected { $0.text = ["zh": "指出"] })
    undo(both.and(corrected { $0.without = ["zh"] }), 9...9, "e-1")
      .then(restored(both, before: 9) { $0.text = ["zh": "指出"] })
  }

  /// What rests on it need not be reviewed then, and words that were left out are left out again.
  @Test func `leaves nothing behind of what it undoes`() throws {
    let based = drafted.and(
      entry(.conclusion, "e-4", details("So.") { $0.basedOn = "e-1" }).body,
      corrected { $0.text = "noted decline." })
    func record(_ given: Given<EntryUndo>, undoing position: Int, _ id: RecordID) throws -> RecordState {
      let events = try #require(undo(given, position...position, id).decided())
      return try events.reduce(given) { $0.and($1.body) }.events.reduce(into: RecordState()) {
        try $0.evolve($1)
      }
    }
    let undone = try record(based, undoing: 9, "e-1")
    let (conclusion, statement) = (undone.entries["e-4"]!, undone.entries["e-1"]!)
    #expect(!conclusion.history.mustBeReviewed(after: statement.history))
    let expunged = drafted.and(
      entry(.conclusion, "e-4", details("noted growth.") { $0.basedOn = "e-1" }).body,
      StatementExpunged(
        entry: "e-1", session: "opening", authority: "The court", reason: "Libel", positions: [6]),
      corrected("e-4") { $0.text = "So." })
    #expect(try !expunged.events.reduce(into: RecordState()) { try $0.evolve($1) }.isLeftOut("e-4"))
    #expect(try record(expunged, undoing: 10, "e-4").isLeftOut("e-4"))
  }

  @Test func `is refused where entries would rest on each other, or on what is gone`() {
    let two = drafted.and(
      entry(.conclusion, "e-4", details("So.") { $0.basedOn = "e-1" }).body,
      entry(.conclusion, "e-5", details("Thus.")).body, corrected("e-4") { $0.cleared = [.basedOn] })
    undo(two.and(StatementRetracted(entry: "e-1", session: "opening")), 10...10, "e-4")
      .thenRefused(.basis(.basisRetracted("e-1")))
    let circle = drafted.and(
      entry(.conclusion, "e-4", details("So.") { $0.basedOn = "e-5" }).body,
      entry(.conclusion, "e-5", details("Thus.")).body, corrected("e-4") { $0.cleared = [.basedOn] },
      corrected("e-5") { $0.basedOn = "e-4" })
    undo(circle, 10...10, "e-4").thenRefused(.basis(.circle(["e-4", "e-5", "e-4"])))
    undo(two, 10...10, "e-4").then(restored(two, before: 10, "e-4") { $0.basedOn = "e-1" })
  }

  @Test func `leaves translations out of date that were so, and no others`() {
    let bilingual = held.reduce(EntryUndo.given()) { $0.and($1) }
      .and(said("e-1", ["en": "noted growth", "zh": "指出增长"]) { $0.spoken = "zh" })
    let original = corrected { $0.text = ["zh": "说增长"] }
    let once = bilingual.and(original)
    undo(once, 7...7, "e-1").then(restored(once, before: 7) { $0.text = ["zh": "指出增长"] })
    let twice = once.and(corrected { $0.text = ["zh": "讲增长", "en": "spoke of growth"] })
    undo(twice, 8...8, "e-1")
      .then(restored(twice, before: 8) { $0.text = ["zh": "说增长", "en": "noted growth"] })
    let translated = once.and(StatementTranslated(entry: "e-1", session: "opening", text: "said growth"))
    undo(translated, 8...8, "e-1").then(restored(translated, before: 8) { $0.text = "noted growth" })
  }

  @Test func `is refused for what is final`() {
    let final: [any EventBody] = [
      StatementExpunged(
        entry: "e-1", session: "opening", authority: "The court", reason: "Libel", positions: [6]),
      EntryReaffirmed(entry: "e-1", session: "opening"),
      CorrectionRequested("k-1", of: "e-1", in: "opening", kind: .editorial, EntryDetails.Changes()),
      CorrectionAccepted(correction: "k-1", entry: "e-1", session: "opening", verifiedAgainst: .notes),
      CorrectionRefused(correction: "k-1", entry: "e-1", session: "opening", reason: "No"),
    ]
    for event in final {
      undo(drafted.and(event), 8...8, "e-1").thenRefused(.final(type: type(of: event).type, position: 8))
    }
  }
}
