import EventLog
import Specification
import Testing
import Vocabulary

@testable import ReadModels
@testable import Record

@Suite struct `A diff of the record` {
  /// `opening 1 changed text: en=It began. → en=It ended.`
  private func differences(_ old: ProceedingsModel, _ new: ProceedingsModel) -> [String] {
    RecordDiff(from: old, ["opening"], to: new, ["opening"]).differences.map { difference in
      func words(_ changes: EntryDetails.Changes) -> String {
        (changes.text?.entries ?? []).map { "\($0.language)=\($0.text)" }.joined(separator: " ")
      }
      return "\(difference.session) \(difference.newNumber ?? "-") \(difference.what) "
        + "\(difference.fields.joined(separator: ",")): \(words(difference.before)) → \(words(difference.after))"
    }
  }

  private let before = [
    said("e-1", ["en": "It began.", "zh": "开始了。", "ru": "Началось."]), said("e-2", "It went on."),
    said("e-3"),
  ]

  private func after(_ events: any EventBody...) throws -> [String] {
    let old = try fold(all: before, into: ProceedingsModel.self)
    return differences(old, try fold(all: before + events, into: ProceedingsModel.self))
  }

  @Test func `has the languages that differ, and no others`() throws {
    #expect(
      try after(corrected { $0.text = ["en": "It ended.", "zh": "开始了。", "ru": "Кончилось."] }) == [
        "opening 1.1 changed text: en=It began. ru=Началось. → en=It ended. ru=Кончилось."
      ])
    #expect(try after() == [])
  }

  @Test func `says what was destroyed by order`() throws {
    let replaced = StatementExpunged(
      entry: "e-1", session: "opening", authority: "The court", reason: "Libel", positions: [],
      replacement: details("It began."))
    #expect(try after(replaced) == ["opening 1.1 replaced text:  → en=It began."])
    // The number of a published entry stays when it is retracted, and then stands before another note.
    let retracted: [any EventBody] =
      before + [issue(1, at: 3), numbered(1, ("e-1", "1")), requested(retracts: true), accepted()]
    #expect(
      differences(
        try fold(all: retracted, into: ProceedingsModel.self),
        try fold(all: retracted + [expunged], into: ProceedingsModel.self)) == ["opening 1.1 expunged :  → "])
  }

  @Test func `has what came, what went, and what stands elsewhere, as on the page`() throws {
    #expect(
      try after(
        said("e-4", "It was over.", order: "1.i"),
        PositionRecorded("e-5", in: "opening", details("For it.") { $0.topic = "Trade" }),
        ConclusionRecorded("e-6", in: "opening", details("More of it.")),
        StatementRetracted(entry: "e-3", session: "opening")) == [
          "opening 1.2 added text,attribution:  → en=It was over.",
          "opening - removed text,attribution: en=It began. → ",
          "opening 1.C1 added text,attribution:  → en=More of it.",
          "opening 1.P1 added text,attribution:  → en=For it.",
        ])
    #expect(
      try after(StatementMoved(entry: "e-1", from: "opening", session: "opening", order: OrderKey("2.i")))
        == ["opening 1.2 moved :  → "])
  }

  @Test func `names what is said anew of a session and on the front`() throws {
    let old = try record(said("e-1"))
    let new = try record(
      said("e-1"), SessionHeadingSet(session: "opening", heading: "The Beginning"),
      SessionConvened(session: "opening", step: 1),
      SegmentOpened(session: "opening", segment: 1, details: SegmentDetails(title: "First")),
      FrontMatterRevised { $0.publisher = "The Club" })
    let diff = RecordDiff(from: old, ["opening"], to: new, ["opening"])
    #expect(diff.sessions.map(\.session) == ["opening"])
    #expect(diff.sessions.map(\.what) == [[.heading, .sittings, .segments]])
    #expect(diff.front == [.publisher] && diff.differences.isEmpty)
  }

  @Test func `names what is said otherwise of the same sitting and the same part`() throws {
    let held: [any EventBody] = [
      said("e-1"), said("e-2"), SessionConvened(session: "opening", step: 1),
      SegmentOpened(session: "opening", segment: 1, details: SegmentDetails(title: "First")),
    ]
    func changed(by event: any EventBody) throws -> [[RecordDiff.SessionDifference.What]] {
      RecordDiff(
        from: try fold(all: held, into: ProceedingsModel.self), ["opening"],
        to: try fold(all: held + [event], into: ProceedingsModel.self), ["opening"]
      ).sessions.map(\.what)
    }
    #expect(
      try changed(by: SittingRevised(session: "opening", step: 1) { $0.present = 42 }) == [[.sittings]])
    // It begins before the second statement instead of after it.
    #expect(
      try changed(
        by: SegmentRevised(
          session: "opening", segment: 1, changes: SegmentDetails.Changes { $0.order = OrderKey(2) }))
        == [[.segments]])
  }
}
