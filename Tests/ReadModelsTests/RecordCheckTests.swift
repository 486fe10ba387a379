import EventLog
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Record
@testable import Scheduling

/// What needs attention after these events, in English and Chinese: “e-1 summary: …”.
private func findings(_ events: any EventBody...) throws -> [String] {
  let program = try fold(all: events, into: ProgramModel.self)
  return RecordCheck(try fold(all: events, into: ProceedingsModel.self), program, ["en", "zh"]).findings
    .map { "\($0.name) \($0.what.rawValue): \($0.details)" }
}

private let both: LocalizedText = ["en": "It began.", "zh": "开始了。"]
private let byBoth = try! Attribution(
  .named, persons: ["li-wei"], asPrinted: ["en": "Li Wei", "zh": "李伟"])

/// An entry in both languages.
private func statement(_ id: RecordID = "e-1", _ build: (inout EntryDetails) -> Void = { _ in })
  -> StatementRecorded
{
  said(id, both) {
    $0.attribution = byBoth
    build(&$0)
  }
}

@Suite struct `Attention is needed` {
  @Test func `for nothing where all is said in all languages`() throws {
    #expect(try findings(statement { $0.topic = both }) == [])
  }

  @Test func `for a name that is registered in a language, and not printed in it`() throws {
    func registered(_ name: PersonName) -> SpeakerRegistered {
      SpeakerRegistered(person: "li-wei", name: name)
    }
    let both = try PersonName([
      NameForm("Li Wei", in: "en", order: nil), NameForm("李伟", in: "zh", order: nil),
    ])
    let english = statement { $0.attribution = byLi }
    #expect(
      try findings(registered(both), english) == ["e-1 untranslated: its attribution has no words in zh"])
    #expect(try findings(registered("Li Wei"), english) == [])
  }

  @Test func `for whatever is printed beside a text and has fewer languages`() throws {
    #expect(
      try findings(
        statement {
          $0.attribution = try! Attribution(.roleOnly, of: "Chair", asPrinted: "The Chair")
          $0.topic = ["zh": "贸易"]
          $0.rationale = "Because."
        }) == [
          "e-1 untranslated: its attribution has no words in zh",
          "e-1 untranslated: its rationale has no words in zh",
          "e-1 untranslated: its topic has no words in en",
        ])
    // Where the text itself is missing, that says it all.
    #expect(
      try findings(
        statement(), statement("e-2"), said("e-3", "It ended."),
        StatementRetracted(entry: "e-2", session: "opening"))
        == ["e-3 untranslated: it has no text in zh"])
  }

  @Test func `for a correction of one language among equals`() throws {
    let published: [any EventBody] = [statement(), issue(1, at: 1), numbered(1, ("e-1", "1"))]
    let english = [requested { $0.text = "It ended." }, accepted()] as [any EventBody]
    func findings(_ events: [any EventBody]) throws -> [String] {
      RecordCheck(
        try fold(all: published + events, into: ProceedingsModel.self), ProgramModel(), ["en", "zh"]
      )
      .findings.map { "\($0.name) \($0.what.rawValue): \($0.details)" }
    }
    #expect(
      try findings(english) == [
        "e-1 corrected-in-part: its text was corrected less often in zh than in en, and it is not known which is the original"
      ])
    #expect(try findings([english[0]]) == ["e-1 open-correction: k-1 is not decided yet"])
    let chinese = [requested("k-2") { $0.text = ["zh": "结束了。"] }, accepted("k-2")] as [any EventBody]
    #expect(try findings(english + chinese) == [])
    #expect(
      try findings(chinese + english) == [], "Both have been corrected, in whatever order.")
    #expect(
      try findings(english + chinese + [requested("k-3") { $0.text = "Over." }, accepted("k-3")])
        == [
          "e-1 corrected-in-part: its text was corrected less often in zh than in en, and it is not known which is the original"
        ])
    #expect(
      try findings(english + [requested("k-3") { $0.text = "Over." }, accepted("k-3")] + chinese) == [],
      "The last one was made with both before it.")
    #expect(
      try findings(
        english + [StatementTranslated(entry: "e-1", session: "opening", text: ["ru": "Началось."])])
        == [
          "e-1 corrected-in-part: its text was corrected less often in zh than in en, and it is not known which is the original"
        ])
    #expect(try findings([requested { $0.text = ["en": "It ended.", "zh": "结束了。"] }, accepted()]) == [])
    // A known original tells what the others render.
    #expect(
      try findings(
        [requested { $0.spoken = "en" }, accepted()] + [
          requested("k-3") { $0.text = "Over." }, accepted("k-3"),
        ])
        == ["e-1 outdated-translation: the original has changed since the text in zh"])
  }

  @Test func `for a summary whose sentences are gone`() throws {
    let front = FrontMatterRevised(changes: FrontMatterDetails.Changes { $0.summaryFrom = ["e-1", "e-2"] })
    let merged = StatementsMerged(entry: "e-3", merged: "e-1", session: "opening", whole: statement().details)
    #expect(try findings(statement(), statement("e-2"), front) == [])
    #expect(
      try findings(statement(), statement("e-2"), front, StatementRetracted(entry: "e-2", session: "opening"))
        == ["e-2 summary: the summary of the record is taken from it, and it was retracted"])
    #expect(
      try findings(statement(), statement("e-2"), statement("e-3"), front, merged).first
        == "e-1 summary: the summary of the record is taken from it, and it was merged into e-3")
    #expect(
      try findings(statement(), statement("e-2"), front, expunged).first
        == "e-1 summary: the summary of the record is taken from it, and it was expunged")
  }

  @Test func `for a sitting that nobody closed`() throws {
    let held = SessionConvened(
      session: "opening", step: 1, details: SittingDetails { $0.at = .time(time(9)) })
    let closed = SessionClosed(session: "opening", step: 2)
    #expect(
      try findings(held) == ["opening open-sitting: it was convened (2016-06-01 09:00), and not closed"])
    #expect(try findings(held, closed) == [])
    #expect(
      try findings(held, SessionSuspended(session: "opening", step: 2))
        == ["opening open-sitting: it was suspended, and not closed"])
  }

  @Test func `for the record of a cancelled session`() throws {
    let scheduled = session("opening", slot("hall", 9, 10))
    let held: [any EventBody] = [
      SessionConvened(session: "opening", step: 1), SessionClosed(session: "opening", step: 2),
    ]
    let cancelled = SessionCancelled(
      session: "opening", slots: [NumberedSlot(number: 1, slot: slot("hall", 9, 10))])
    #expect(try findings(opened, scheduled, cancelled) == [])
    #expect(
      try findings(opened, scheduled, cancelled, statement(), held[0], held[1])
        == ["opening cancelled: it was cancelled, and the record has 1 entry and 1 sitting of it"])
    #expect(
      try findings(
        opened, scheduled, statement(), statement("e-2"), cancelled,
        StatementRetracted(entry: "e-2", session: "opening"))
        == ["opening cancelled: it was cancelled, and the record has 1 entry of it"])
    // What was retracted keeps a number and says nothing, so nobody has to look at it again.
    #expect(
      try findings(
        opened, scheduled, statement(), issue(1, at: 3), numbered(1, ("e-1", "1")), requested(retracts: true),
        accepted(), cancelled) == [])
    #expect(try findings(opened, scheduled, statement(), expunged, cancelled) == [])
    #expect(
      try findings(
        opened, scheduled, statement(), cancelled,
        SessionReinstated(
          session: "opening", slots: [NumberedSlot(number: 1, slot: scheduled.slot)], kind: .session)) == [])
  }
}
