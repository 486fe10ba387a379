import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Record
@testable import Scheduling

private let byFeng = try! Attribution(.named, persons: ["feng"], asPrinted: "Feng Shaolei")
private let bySergey = try! Attribution(.named, persons: ["sergey"], asPrinted: "Sergey Karaganov")
private let byNobody = try! Attribution(.unattributed, asPrinted: nil)
private let byStranger = try! Attribution(.named, persons: ["nobody"], asPrinted: "Nobody")

private func statement(
  _ number: Int, _ text: LocalizedText = "noted that trade grows",
  by attribution: Attribution = byFeng,
  in session: SessionID = "opening", addressees: [LocalizedText] = [], mentions: [PersonID] = []
) -> StatementRecorded {
  StatementRecorded(
    statement: try! RecordID("\(session)-s\(number)"), session: session, number: number,
    form: .summary, act: .noted, attribution: attribution, text: text, addressees: addressees,
    spoken: "zh", mentions: mentions)
}

private func draft(_ body: StatementRecorded) -> Statements.Draft {
  Statements.Draft(
    session: body.session,
    content: .statement(
      body.text, form: body.form, act: body.act, addressees: body.addressees, spoken: body.spoken,
      mentions: body.mentions),
    attribution: body.attribution)
}

private func retracted(_ record: RecordID) -> StatementRetracted {
  StatementRetracted(statement: record, session: "opening")
}

private let position = PositionRecorded(
  position: "opening-p1", session: "opening", number: 1, topic: "Trade", holder: bySergey,
  stance: "in favour", basedOn: "opening-s1")
private let positionDraft = Statements.Draft(
  session: "opening", content: .position(topic: "Trade", stance: "in favour"),
  attribution: bySergey,
  basedOn: "opening-s1")
private let conclusion = ConclusionRecorded(
  conclusion: "opening-c1", session: "opening", number: 1, attribution: byNobody,
  text: "Trade grows.", rationale: "As all said.", basedOn: nil)
private let conclusionDraft = Statements.Draft(
  session: "opening", content: .conclusion("Trade grows.", rationale: "As all said."),
  attribution: byNobody)
private let recommendation = RecommendationRecorded(
  recommendation: "opening-r1", session: "opening", number: 1, attribution: byFeng,
  text: "Trade more.", addressees: ["Governments"], basedOn: nil)
private let recommendationDraft = Statements.Draft(
  session: "opening", content: .recommendation("Trade more.", addressees: ["Governments"]),
  attribution: byFeng)

private let held = Statements.given(opened, opening, panel, feng, sergey)

struct `Recording a statement` {
  @Test func `gives it the next number of its session`() {
    held.when(.record(draft(statement(1)), number: nil))
      .thenOneMore(.statementRecorded(statement(1)))
    held.and(statement(1), statement(2), statement(1, in: "panel"))
      .when(.record(draft(statement(3, "asked why")), number: nil))
      .thenOneMore(.statementRecorded(statement(3, "asked why")))
  }

  @Test func `numbers statements, positions, conclusions and recommendations apart`() {
    let given = held.and(statement(1), statement(2))
    given.when(.record(positionDraft, number: nil)).thenOneMore(.positionRecorded(position))
    given.when(.record(conclusionDraft, number: 1)).then(.conclusionRecorded(conclusion))
    given.when(.record(recommendationDraft, number: 1))
      .then(.recommendationRecorded(recommendation))
    held.and(statement(1), position, conclusion, recommendation, statement(2))
      .when(.record(draft(statement(3)), number: 3)).then(.statementRecorded(statement(3)))
  }

  @Test func `records once what comes with its number`() {
    held.when(.record(draft(statement(1)), number: 1)).then(.statementRecorded(statement(1)))
    held.and(statement(1), statement(2))
      .when(.record(draft(statement(1)), number: 1)).thenNothing()
    held.and(statement(1), position).when(.record(positionDraft, number: 1)).thenNothing()
    held.and(conclusion).when(.record(conclusionDraft, number: 1)).thenNothing()
    held.and(recommendation).when(.record(recommendationDraft, number: 1)).thenNothing()
  }

  @Test func `refuses a number that stands for something else`() {
    held.and(statement(1)).when(.record(draft(statement(1, "asked why")), number: 1))
      .thenRefused(.numberTaken("opening-s1"))
    held.and(statement(1)).when(.record(draft(statement(1, by: bySergey)), number: 1))
      .thenRefused(
        saying: "“opening-s1” stands in the record already, with other words or as retracted.",
        hints: .takeNextNumber, .correct("opening-s1"))
  }

  @Test func `never gives the number of what was retracted`() {
    let given = held.and(statement(1), statement(2), retracted("opening-s2"))
    given.when(.record(draft(statement(3)), number: nil))
      .thenOneMore(.statementRecorded(statement(3)))
    given.when(.record(draft(statement(2)), number: 2)).thenRefused(.numberTaken("opening-s2"))
  }

  @Test(arguments: [3, 100, 0, -1])
  func `refuses a number that leaves a gap`(number: Int) {
    held.and(statement(1)).when(.record(draft(statement(1)), number: number))
      .thenRefused(.numberAhead(number, next: 2))
  }

  @Test func `wants a session, whether it was cancelled or not`() {
    let cancelled = SessionCancelled(session: "opening", slot: opening.slot)
    Statements.given(opened, panel, feng).when(.record(draft(statement(1)), number: 1))
      .thenRefused(.unknownSession("opening"))
    held.and(cancelled).when(.record(draft(statement(1)), number: 1))
      .then(.statementRecorded(statement(1)))
  }

  @Test func `wants the people whom it names`() {
    held.when(.record(draft(statement(1, by: byStranger)), number: nil))
      .thenRefused(.unknownPerson("nobody"))
    held.when(.record(draft(statement(1, mentions: ["sergey", "nobody"])), number: nil))
      .thenRefused(.unknownPerson("nobody"))
    held.when(
      .record(
        Statements.Draft(
          session: "opening", content: .conclusion("Trade grows.", rationale: nil),
          attribution: byStranger), number: nil)
    )
    .thenRefused(.unknownPerson("nobody"))
  }

  @Test func `records what somebody said who withdrew`() {
    held.and(SpeakerWithdrawn(person: "feng")).when(.record(draft(statement(1)), number: 1))
      .then(.statementRecorded(statement(1)))
  }

  @Test func `wants the entry of the session that it is based on`() {
    held.when(.record(positionDraft, number: 1)).thenRefused(.unknown("opening-s1"))
    held.and(statement(1)).when(.record(positionDraft, number: 1)).then(.positionRecorded(position))
  }
}

struct `Correcting a statement` {
  private func corrected(
    text: LocalizedText? = nil, by attribution: Attribution? = nil,
    addressees: [LocalizedText]? = nil, mentions: [PersonID]? = nil,
    kind: CorrectionKind = .substantive
  ) -> StatementCorrected {
    StatementCorrected(
      statement: "opening-s1", session: "opening", text: text, attribution: attribution,
      addressees: addressees, mentions: mentions, kind: kind)
  }

  @Test func `puts its words right`() {
    let correction = corrected(text: "noted that trade shrinks")
    held.and(statement(1)).when(.correct(correction)).then(.statementCorrected(correction))
  }

  @Test func `adds a language`() {
    let correction = corrected(text: ["zh": "指出贸易增长"], kind: .editorial)
    held.and(statement(1)).when(.correct(correction)).then(.statementCorrected(correction))
  }

  @Test func `puts right who said it, to whom and of whom`() {
    for correction in [
      corrected(by: bySergey), corrected(addressees: ["Governments"]),
      corrected(mentions: ["sergey"]),
    ] {
      held.and(statement(1)).when(.correct(correction)).then(.statementCorrected(correction))
    }
  }

  @Test func `does nothing where all is so already`() {
    held.and(statement(1))
      .when(.correct(corrected(text: "noted that trade grows", by: byFeng, addressees: [])))
      .thenNothing()
    held.and(statement(1), corrected(text: "noted that trade shrinks", by: bySergey))
      .when(.correct(corrected(text: "noted that trade shrinks", by: bySergey, kind: .editorial)))
      .thenNothing()
    held.and(statement(1)).when(.correct(corrected(kind: .editorial))).thenNothing()
  }

  @Test func `leaves its words in other languages as they are`() {
    let both: LocalizedText = ["en": "noted that trade grows", "zh": "指出贸易增长"]
    let shrinks = corrected(text: "noted that trade shrinks")
    let given = held.and(statement(1, both))
    given.when(.correct(shrinks)).then(.statementCorrected(shrinks))
    // The Chinese words stand still: to say them once more changes nothing.
    given.and(shrinks).when(.correct(corrected(text: ["zh": "指出贸易增长"]))).thenNothing()
    let chinese = corrected(text: ["zh": "指出贸易萎缩"])
    given.and(shrinks).when(.correct(chinese)).then(.statementCorrected(chinese))
    given.and(shrinks, chinese)
      .when(.correct(corrected(text: ["en": "noted that trade shrinks", "zh": "指出贸易萎缩"]))).thenNothing()
  }

  @Test func `can be corrected back`() {
    let back = corrected(text: "noted that trade grows")
    held.and(statement(1), corrected(text: "noted that trade shrinks"))
      .when(.correct(back)).then(.statementCorrected(back))
  }

  @Test func `refuses what is unknown, retracted or no statement`() {
    let correction = corrected(text: "noted that trade shrinks")
    held.when(.correct(correction)).thenRefused(.unknown("opening-s1"))
    held.and(statement(1), retracted("opening-s1")).when(.correct(correction))
      .thenRefused(.retracted("opening-s1"))
    held.and(statement(1), position, conclusion, recommendation)
      .when(.correct(corrected(text: "x", by: byStranger))).thenRefused(.unknownPerson("nobody"))
    for entry: RecordID in ["opening-p1", "opening-c1", "opening-r1"] {
      var other = correction
      other.statement = entry
      held.and(statement(1), position, conclusion, recommendation).when(.correct(other))
        .thenRefused(.notAStatement(entry))
    }
  }

  @Test func `finds a statement in its own session alone`() {
    var elsewhere = corrected(text: "noted that trade shrinks")
    elsewhere.session = "panel"
    held.and(statement(1)).when(.correct(elsewhere)).thenRefused(.unknown("opening-s1"))
    elsewhere.session = "closing"
    held.and(statement(1)).when(.correct(elsewhere)).thenRefused(.unknownSession("closing"))
  }
}

struct `Retracting an entry of the record` {
  private let given = held.and(statement(1), position, conclusion, recommendation)

  @Test(arguments: ["opening-s1", "opening-p1", "opening-c1", "opening-r1"] as [RecordID])
  func `happens once`(record: RecordID) {
    given.when(.retract(record, "opening")).then(.statementRetracted(retracted(record)))
    given.and(retracted(record)).when(.retract(record, "opening")).thenNothing()
  }

  @Test func `refuses what is unknown`() {
    given.when(.retract("opening-s2", "opening")).thenRefused(.unknown("opening-s2"))
    given.when(.retract("opening-s1", "panel")).thenRefused(.unknown("opening-s1"))
    given.when(.retract("closing-s1", "closing")).thenRefused(.unknownSession("closing"))
  }

  @Test func `says why it refuses`() {
    given.when(.retract("opening-s2", "opening"))
      .thenRefused(saying: "There is no entry “opening-s2” in the record.", hints: .list(RecordEntity.self))
    given.when(.retract("closing-s1", "closing"))
      .thenRefused(saying: "There is no session “closing”.", hints: .list(SessionEntity.self))
    held.when(.record(draft(statement(1, by: byStranger)), number: nil))
      .thenRefused(
        saying: "There is no speaker “nobody”.", hints: .list(PersonEntity.self),
        .add(noun: "speaker", "nobody"))
    held.when(.record(draft(statement(1)), number: 7))
      .thenRefused(saying: "The number 7 is not the next one, which is 1.")
    given.and(retracted("opening-s1"))
      .when(
        .correct(
          StatementCorrected(statement: "opening-s1", session: "opening", kind: .editorial))
      )
      .thenRefused(saying: "“opening-s1” was retracted and cannot be changed.")
    given.when(
      .correct(StatementCorrected(statement: "opening-p1", session: "opening", kind: .editorial))
    )
    .thenRefused(saying: "“opening-p1” is not a statement; retract it and record it anew.")
  }
}

struct `The name of an entry` {
  @Test func `is its session's, a letter and a number`() throws {
    #expect(
      try Statements.Kind.allCases.map { try $0.id("opening", 3).slug }
        == ["opening-s3", "opening-p3", "opening-c3", "opening-r3"])
  }

  @Test func `is taken whatever the length of the session's`() throws {
    let longest = try SessionID(String(repeating: "x", count: 64))
    #expect(try Statements.Kind.statement.id(longest, .max).slug.hasSuffix("-s\(Int.max)"))
  }
}
