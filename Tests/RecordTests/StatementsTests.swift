import EventLog
import JSON
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
    attribution: .init(body.attribution))
}

extension Attribution.Draft {
  fileprivate init(_ known: Attribution) {
    self.init(
      known.mode, persons: known.persons, of: known.of, groupBasis: known.groupBasis,
      quantifier: known.quantifier, basis: known.basis, asPrinted: known.asPrinted)
  }
}

/// The command that leads to a correction.
private func asking(_ body: StatementCorrected) -> Statements.Command {
  var changes = body.changes
  changes.attribution = nil
  return .correct(
    Statements.Correction(
      statement: body.statement, kind: body.kind, changes: changes,
      attribution: body.changes.attribution.map { .init($0) }))
}

private func retracted(_ record: RecordID) -> StatementRetracted {
  StatementRetracted(statement: record, session: "opening")
}

private let position = PositionRecorded(
  position: "opening-p1", session: "opening", number: 1, topic: "Trade", holder: bySergey,
  stance: "in favour", basedOn: "opening-s1")
private let positionDraft = Statements.Draft(
  session: "opening", content: .position(topic: "Trade", stance: "in favour"),
  attribution: .init(bySergey),
  basedOn: "opening-s1")
private let conclusion = ConclusionRecorded(
  conclusion: "opening-c1", session: "opening", number: 1, attribution: byNobody,
  text: "Trade grows.", rationale: "As all said.", basedOn: nil)
private let conclusionDraft = Statements.Draft(
  session: "opening", content: .conclusion("Trade grows.", rationale: "As all said."),
  attribution: .init(byNobody))
private let recommendation = RecommendationRecorded(
  recommendation: "opening-r1", session: "opening", number: 1, attribution: byFeng,
  text: "Trade more.", addressees: ["Governments"], basedOn: nil)
private let recommendationDraft = Statements.Draft(
  session: "opening", content: .recommendation("Trade more.", addressees: ["Governments"]),
  attribution: .init(byFeng))

private let held = Statements.given(opened, opening, panel, feng, sergey)

struct `Recording a statement` {
  @Test func `gives it the next number of its session`() {
    held.when(.record(draft(statement(1)), number: nil))
      .thenOneMore(.statementRecorded(statement(1)))
    held.and(statement(1), statement(2), statement(1, in: "panel"))
      .when(.record(draft(statement(3, "asked why")), number: nil))
      .thenOneMore(.statementRecorded(statement(3, "asked why")))
  }

  @Test func `numbers statements, positions, conclusions and recommendations separately`() {
    let given = held.and(statement(1), statement(2))
    given.when(.record(positionDraft, number: nil)).thenOneMore(.positionRecorded(position))
    given.when(.record(conclusionDraft, number: 1)).then(.conclusionRecorded(conclusion))
    given.when(.record(recommendationDraft, number: 1))
      .then(.recommendationRecorded(recommendation))
    held.and(statement(1), position, conclusion, recommendation, statement(2))
      .when(.record(draft(statement(3)), number: 3)).then(.statementRecorded(statement(3)))
  }

  @Test func `records an entry with a given number once`() {
    held.when(.record(draft(statement(1)), number: 1)).then(.statementRecorded(statement(1)))
    held.and(statement(1), statement(2))
      .when(.record(draft(statement(1)), number: 1)).thenNothing()
    held.and(statement(1), position).when(.record(positionDraft, number: 1)).thenNothing()
    held.and(conclusion).when(.record(conclusionDraft, number: 1)).thenNothing()
    held.and(recommendation).when(.record(recommendationDraft, number: 1)).thenNothing()
  }

  @Test func `refuses the number of another entry`() {
    held.and(statement(1)).when(.record(draft(statement(1, "asked why")), number: 1))
      .thenRefused(.numberTaken("opening-s1"))
    held.and(statement(1)).when(.record(draft(statement(1, by: bySergey)), number: 1))
      .thenRefused(
        saying: "“opening-s1” stands in the record already, with other words or as retracted.",
        hints: .takeNextNumber, .correct("opening-s1"))
  }

  @Test func `never reuses the number of a retracted entry`() {
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

  @Test func `needs a session, cancelled or not`() {
    let cancelled = SessionCancelled(session: "opening", slot: opening.slot)
    Statements.given(opened, panel, feng).when(.record(draft(statement(1)), number: 1))
      .thenRefused(.unknownSession("opening"))
    held.and(cancelled).when(.record(draft(statement(1)), number: 1))
      .then(.statementRecorded(statement(1)))
  }

  @Test func `needs the people that it names`() {
    held.when(.record(draft(statement(1, by: byStranger)), number: nil))
      .thenRefused(.unknownPerson("nobody"))
    held.when(.record(draft(statement(1, mentions: ["sergey", "nobody"])), number: nil))
      .thenRefused(.unknownPerson("nobody"))
    held.when(
      .record(
        Statements.Draft(
          session: "opening", content: .conclusion("Trade grows.", rationale: nil),
          attribution: .init(byStranger)), number: nil)
    )
    .thenRefused(.unknownPerson("nobody"))
  }

  @Test func `records statements of a withdrawn speaker`() {
    held.and(SpeakerWithdrawn(person: "feng")).when(.record(draft(statement(1)), number: 1))
      .then(.statementRecorded(statement(1)))
  }

  @Test func `needs the entry that it is based on`() {
    held.when(.record(positionDraft, number: 1)).thenRefused(.unknown("opening-s1"))
    held.and(statement(1)).when(.record(positionDraft, number: 1)).then(.positionRecorded(position))
  }

  @Test func `can be based on an entry of another session`() throws {
    var based = position
    based.session = "panel"
    based.position = "panel-p1"
    var draft = positionDraft
    draft.session = "panel"
    held.and(statement(1)).when(.record(draft, number: 1)).then(.positionRecorded(based))
    // The number is that of its own session.
    draft.basedOn = "opening-p1"
    based.basedOn = "opening-p1"
    held.and(statement(1), position).when(.record(draft, number: 1)).then(.positionRecorded(based))
  }

  @Test func `is not based on a retracted entry`() {
    held.and(statement(1), retracted("opening-s1")).when(.record(positionDraft, number: nil)).thenRefused(
      saying: "“opening-s1” was retracted, so nothing can be based on it.", hints: .list(RecordEntity.self))
    held.and(statement(1), position, retracted("opening-s1")).when(.record(positionDraft, number: 1))
      .thenNothing()
  }
}

struct `Printing the names of speakers` {
  private func by(_ persons: PersonID...) -> Statements.Command {
    .record(
      Statements.Draft(
        session: "opening", content: .recommendation("Trade more.", addressees: []),
        attribution: .init(persons.count > 1 ? .joint : .named, persons: persons)), number: 1)
  }

  private func printed(_ text: LocalizedText, _ persons: PersonID...) -> RecordEvent {
    .recommendationRecorded(
      RecommendationRecorded(
        recommendation: "opening-r1", session: "opening", number: 1,
        attribution: try! Attribution(
          persons.count > 1 ? .joint : .named, persons: persons, asPrinted: text),
        text: "Trade more.", addressees: []))
  }

  private func speaker(_ person: PersonID, _ forms: (String, Language)...) -> SpeakerRegistered {
    SpeakerRegistered(
      person: person,
      name: try! PersonName(forms.map { try! NameForm($0.0, in: $0.1, order: nil) }))
  }

  @Test func `uses the registered names, in every language that all of them have`() {
    var bilingual = opened
    bilingual.details.languages = ["en", "zh"]
    let given = Statements.given(
      bilingual, opening, speaker("a", ("Feng, Shaolei", "en"), ("冯,绍雷", "zh"), ("Фэн Шаолэй", "ru")),
      speaker("b", ("Караганов Сергей", "ru"), ("Karaganov, Sergey", "en")),
      speaker("c", ("张,德广", "zh")))
    given.when(by("a")).then(printed(["en": "Shaolei Feng", "zh": "冯绍雷", "ru": "Фэн Шаолэй"], "a"))
    given.when(by("a", "b")).then(
      printed(
        ["en": "Shaolei Feng and Sergey Karaganov", "ru": "Фэн Шаолэй и Караганов Сергей"], "a", "b"))
    given.when(by("c", "a")).then(printed(["zh": "张德广、冯绍雷"], "c", "a"))
    // No common language: each name in its main form, under the conference's first language.
    given.when(by("b", "c")).then(printed(["en": "Караганов Сергей and 张德广"], "b", "c"))
    given.and(ConferenceRevised { $0.languages = ["zh", "en"] }).when(by("b", "c"))
      .then(printed(["zh": "Караганов Сергей、张德广"], "b", "c"))
  }

  @Test func `uses the revised name`() {
    held.and(SpeakerRevised(person: "feng") { $0.name = "Feng, Shao-lei" }).when(by("feng"))
      .then(printed("Shao-lei Feng", "feng"))
  }

  @Test func `needs known speakers, as many as the mode needs`() {
    held.when(by("nobody")).thenRefused(.unknownPerson("nobody"))
    held.when(by())
      .thenRefused(
        saying: "An attribution of the mode “named” must name exactly one speaker.",
        hints: .attributionModes)
  }
}

struct `Withholding a name` {
  private let key = SealingKey(bytes: Array(0..<32))

  private func command(_ person: PersonID, id: String, number: Int? = 1, in session: SessionID = "opening")
    -> Statements.Command
  {
    .record(
      Statements.Draft(
        session: session, content: .conclusion("Trade grows.", rationale: nil),
        attribution: .init(
          .withheld, asPrinted: "A participant",
          identity: Confidential(
            WithheldIdentity(person: person), key: key, conference: "shanghai-2016", commandID: id))),
      number: number)
  }

  private func recorded(_ person: PersonID, id: String) throws -> ConclusionRecorded {
    ConclusionRecorded(
      conclusion: "opening-c1", session: "opening", number: 1,
      attribution: try Attribution(
        .withheld, asPrinted: "A participant",
        identity: Sealed(
          WithheldIdentity(person: person), key: key, context: "shanghai-2016/session:opening/withheld",
          commandID: id)), text: "Trade grows.")
  }

  @Test func `seals the identity, and recognizes it again`() throws {
    held.when(command("feng", id: "1")).then(.conclusionRecorded(try recorded("feng", id: "1")))
    held.and(try recorded("feng", id: "1")).when(command("feng", id: "2")).thenNothing()
    held.and(try recorded("feng", id: "1")).when(command("sergey", id: "2"))
      .thenRefused(.numberTaken("opening-c1"))
  }

  @Test func `needs a known speaker, and names nobody in tags or in the encoded command`() throws {
    held.when(command("nobody", id: "1")).thenRefused(.unknownPerson("nobody"))
    let tags = try recorded("feng", id: "1").tags
    #expect(tags == [Tag(stored: "record:opening-c1"), Tag(stored: "session:opening")])
    #expect(try !JSONText.encode(command("feng", id: "1")).contains("feng"))
  }

  @Test func `has the person in its boundary, because their key may be destroyed`() {
    let boundary = Statements.boundary(of: command("feng", id: "1"), in: Statements.initial)
    #expect(boundary.items.contains { $0.tags == [Tag(stored: "person:feng")] })
  }
}

struct `Correcting a statement` {
  private func corrected(
    text: LocalizedText? = nil, by attribution: Attribution? = nil,
    addressees: [LocalizedText]? = nil, mentions: [PersonID]? = nil,
    kind: CorrectionKind = .substantive
  ) -> StatementCorrected {
    StatementCorrected(statement: "opening-s1", session: "opening", kind: kind) {
      $0.text = text
      $0.attribution = attribution
      $0.addressees = addressees
      $0.mentions = mentions
    }
  }

  @Test func `changes its text`() {
    let correction = corrected(text: "noted that trade shrinks")
    held.and(statement(1)).when(asking(correction)).then(.statementCorrected(correction))
  }

  @Test func `adds a language`() {
    let correction = corrected(text: ["zh": "指出贸易增长"], kind: .editorial)
    held.and(statement(1)).when(asking(correction)).then(.statementCorrected(correction))
  }

  @Test func `changes its attribution, addressees and mentions`() {
    for correction in [
      corrected(by: bySergey), corrected(addressees: ["Governments"]),
      corrected(mentions: ["sergey"]),
    ] {
      held.and(statement(1)).when(asking(correction)).then(.statementCorrected(correction))
    }
  }

  @Test func `changes nothing if nothing differs`() {
    held.and(statement(1))
      .when(asking(corrected(text: "noted that trade grows", by: byFeng, addressees: [])))
      .thenNothing()
    held.and(statement(1), corrected(text: "noted that trade shrinks", by: bySergey))
      .when(asking(corrected(text: "noted that trade shrinks", by: bySergey, kind: .editorial)))
      .thenNothing()
    held.and(statement(1)).when(asking(corrected(kind: .editorial))).thenNothing()
  }

  @Test func `keeps its text in other languages`() {
    let both: LocalizedText = ["en": "noted that trade grows", "zh": "指出贸易增长"]
    let shrinks = corrected(text: "noted that trade shrinks")
    let given = held.and(statement(1, both))
    given.when(asking(shrinks)).then(.statementCorrected(shrinks))
    // The Chinese text is unchanged, so stating it again changes nothing.
    given.and(shrinks).when(asking(corrected(text: ["zh": "指出贸易增长"]))).thenNothing()
    let chinese = corrected(text: ["zh": "指出贸易萎缩"])
    given.and(shrinks).when(asking(chinese)).then(.statementCorrected(chinese))
    given.and(shrinks, chinese)
      .when(asking(corrected(text: ["en": "noted that trade shrinks", "zh": "指出贸易萎缩"]))).thenNothing()
  }

  @Test func `can restore an earlier text`() {
    let back = corrected(text: "noted that trade grows")
    held.and(statement(1), corrected(text: "noted that trade shrinks"))
      .when(asking(back)).then(.statementCorrected(back))
  }

  @Test func `refuses an entry that is unknown, retracted or not a statement`() {
    let correction = corrected(text: "noted that trade shrinks")
    held.when(asking(correction)).thenRefused(.unknown("opening-s1"))
    held.and(statement(1), retracted("opening-s1")).when(asking(correction))
      .thenRefused(.retracted("opening-s1"))
    held.and(statement(1), position, conclusion, recommendation)
      .when(asking(corrected(text: "x", by: byStranger))).thenRefused(.unknownPerson("nobody"))
    for entry: RecordID in ["opening-p1", "opening-c1", "opening-r1"] {
      var other = correction
      other.statement = entry
      held.and(statement(1), position, conclusion, recommendation).when(asking(other))
        .thenRefused(.notAStatement(entry))
    }
  }
}

struct `Retracting an entry of the record` {
  private let given = held.and(statement(1), position, conclusion, recommendation)

  @Test(arguments: ["opening-s1", "opening-p1", "opening-c1", "opening-r1"] as [RecordID])
  func `happens once`(record: RecordID) {
    given.when(.retract(record)).then(.statementRetracted(retracted(record)))
    given.and(retracted(record)).when(.retract(record)).thenNothing()
  }

  @Test func `refuses an unknown entry`() {
    given.when(.retract("opening-s2")).thenRefused(.unknown("opening-s2"))
    given.when(.retract("closing-s1")).thenRefused(.unknown("closing-s1"))
  }

  @Test func `says why it refuses`() {
    given.when(.retract("opening-s2"))
      .thenRefused(saying: "There is no entry “opening-s2” in the record.", hints: .list(RecordEntity.self))
    Statements.given(opened).when(.record(conclusionDraft, number: 1))
      .thenRefused(saying: "There is no session “opening”.", hints: .list(SessionEntity.self))
    held.when(.record(draft(statement(1, by: byStranger)), number: nil))
      .thenRefused(
        saying: "There is no speaker “nobody”.", hints: .list(PersonEntity.self),
        .add(noun: "speaker", "nobody"))
    held.when(.record(draft(statement(1)), number: 7))
      .thenRefused(saying: "The number 7 is not the next one, which is 1.")
    given.and(retracted("opening-s1"))
      .when(
        asking(
          StatementCorrected(statement: "opening-s1", session: "opening", kind: .editorial))
      )
      .thenRefused(saying: "“opening-s1” was retracted and cannot be changed.")
    given.when(
      asking(StatementCorrected(statement: "opening-p1", session: "opening", kind: .editorial))
    )
    .thenRefused(saying: "“opening-p1” is not a statement; retract it and record it anew.")
  }
}

struct `The identifier of an entry` {
  @Test func `consists of its session's, a letter and a number`() throws {
    #expect(
      try Statements.Kind.allCases.map { try $0.id("opening", 3).slug }
        == ["opening-s3", "opening-p3", "opening-c3", "opening-r3"])
  }

  @Test func `is valid even if the session's is as long as allowed`() throws {
    let longest = try SessionID(String(repeating: "x", count: 64))
    #expect(try Statements.Kind.statement.id(longest, .max).slug.hasSuffix("-s\(Int.max)"))
  }
}
