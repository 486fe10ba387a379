import EventLog
import JSON
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Record
@testable import Scheduling

private let given = held.reduce(Statements.given()) { $0.and($1) }

private let statement = entry(
  .statement, "e-1",
  details(["en": "noted that trade grows", "zh": "指出贸易增长"]) {
    $0.form = .verbatim
    $0.acts = [SpeechAct.common[1], SpeechAct.common[6]]
    $0.addressees = ["Governments", ["en": "All", "zh": "各位"]]
    $0.spoken = "zh"
    $0.mentions = ["sergey"]
  })
private let position = entry(
  .position, "e-1",
  details("in favour", by: bySergey) {
    $0.topic = "Trade"
    $0.mentions = ["feng"]
  })
private let conclusion = entry(
  .conclusion, "e-1", details("Trade grows.", by: .nobody) { $0.rationale = "As all said." })
private let recommendation = entry(
  .recommendation, "e-1", details("Trade more.", by: byChair) { $0.addressees = ["Governments"] })

struct `Recording an entry` {
  @Test(arguments: [statement, position, conclusion, recommendation])
  func `puts it at the end of its session, once`(event: RecordEvent) {
    given.when(.record(event)).then(event)
    given.and(said("e-7"), said("e-8", in: "panel")).when(.record(event)).then(event)
    // Wherever it is to stand, and whatever comes after it.
    given.and(event.body, said("e-8")).when(.record(event, .before("e-8"))).thenNothing()
  }

  @Test func `reads nothing of the session's record`() {
    let boundary = Statements.boundary(of: .record(statement), in: Statements.initial)
    for other in [said("e-7"), said("e-8", in: "panel"), issued(at: 9), panel] as [any EventBody] {
      #expect(!boundary.matches(given.and(other).last))
    }
    for needed in [statement.body, opening, feng, sergey] as [any EventBody] {
      #expect(boundary.matches(given.and(needed).last))
    }
  }

  @Test func `warns of a session that was cancelled`() {
    let cancelled = given.and(
      SessionCancelled(session: "opening", slots: [NumberedSlot(number: 1, slot: opening.slot)]))
    let reinstated = cancelled.and(
      SessionReinstated(
        session: "opening", slots: [NumberedSlot(number: 1, slot: opening.slot)], kind: .plenary))
    let warning = HintedText(
      "The session “opening” was cancelled.", [.reinstate(noun: "session", "opening")])
    cancelled.when(.record(statement)).thenWarned([warning])
    reinstated.when(.record(statement)).thenWarned([])
    cancelled.and(said("e-7", in: "panel")).when(.move("e-7", .end("opening"))).thenWarned([warning])
    given.and(SessionCancelled(session: "panel", slots: [NumberedSlot(number: 1, slot: panel.slot)])).when(
      .record(statement)
    ).thenWarned([])
  }

  @Test func `refuses the name of another entry`() {
    let before = given.and(statement.body)
    for other in [position, conclusion, entry(.statement, "e-1", details("asked why"))] {
      before.when(.record(other)).thenRefused(.taken("e-1"))
    }
    before.when(.record(entry(.statement, "e-1", details("asked why"))))
      .thenRefused(
        saying: "“e-1” stands in the record already, with other words or as retracted.",
        hints: .chooseAnotherName, .correct("e-1"))
    before.and(StatementRetracted(entry: "e-1", session: "opening")).when(.record(statement))
      .thenRefused(.taken("e-1"))
    before.and(
      StatementExpunged(
        entry: "e-1", session: "opening", authority: "The court", reason: "Libel", positions: [6])
    )
    .when(.record(statement)).thenRefused(.taken("e-1"))
  }

  @Test func `needs a session, cancelled or not`() {
    given.when(.record(statement, .end("closing")))
      .thenRefused(saying: "There is no session “closing”.", hints: .list(SessionEntity.self))
    given.and(SessionCancelled(session: "opening", slot: opening.slot)).when(.record(statement)).then(
      statement)
  }

  @Test func `needs the people whom it names`() {
    let byStranger = by("nobody", "Nobody", printed: "Nobody")
    given.when(.record(entry(.statement, "e-1", details(by: byStranger))))
      .thenRefused(
        saying: "There is no speaker “nobody”.", hints: .list(PersonEntity.self),
        .add(noun: "speaker", "nobody"))
    for kind in EntryKind.allCases {
      let event = entry(
        kind, "e-1",
        details {
          $0.topic = kind == .position ? "Trade" : nil
          $0.mentions = ["feng", "nobody"]
        })
      given.when(.record(event)).thenRefused(.unknownPerson("nobody"))
    }
    given.and(SpeakerWithdrawn(person: "feng")).when(.record(statement)).then(statement)
  }

  @Test func `needs the entry that it is based on, in any session`() {
    func based(_ session: SessionID) -> RecordEvent {
      entry(.conclusion, "e-2", in: session, details("Trade grows.", by: .nobody) { $0.basedOn = "e-1" })
    }
    given.when(.record(based("opening"))).thenRefused(.unknown("e-1"))
    given.and(statement.body).when(.record(based("opening"))).then(based("opening"))
    given.and(position.body).when(.record(based("panel"))).then(based("panel"))
    let retracted = given.and(statement.body, StatementRetracted(entry: "e-1", session: "opening"))
    retracted.when(.record(based("panel")))
      .thenRefused(
        saying: "“e-1” was retracted, so nothing can be based on it.", hints: .list(RecordEntity.self))
    // What is recorded already stays.
    given.and(statement.body, based("panel").body, StatementRetracted(entry: "e-1", session: "opening"))
      .when(.record(based("panel"))).thenNothing()
  }

  @Test func `is not based on a published entry that a correction retracted`() {
    let event = entry(.conclusion, "e-2", details("So.", by: .nobody) { $0.basedOn = "e-1" })
    given.and(
      statement.body, issued(at: 6),
      CorrectionRequested(
        "k-1", of: "e-1", in: "opening", kind: .substantive, retracts: true, EntryDetails.Changes())
    )
    .when(.record(event)).then(event)
    given.and(
      statement.body, issued(at: 6),
      CorrectionRequested(
        "k-1", of: "e-1", in: "opening", kind: .substantive, retracts: true, EntryDetails.Changes()),
      CorrectionAccepted(correction: "k-1", entry: "e-1", session: "opening", verifiedAgainst: .notes)
    )
    .when(.record(event)).thenRefused(.basisRetracted("e-1"))
  }

  /// Every field of every kind.
  @Test(arguments: EntryKind.allCases, EntryDetails.Field.allCases)
  func `takes the fields of its kind and no others`(kind: EntryKind, field: EntryDetails.Field) {
    if field == .text || field == .attribution { return }
    let all = details {
      $0.topic = "Trade"
      $0.rationale = "As all said."
      $0.form = .summary
      $0.acts = [SpeechAct.common[0]]
      $0.addressees = ["All"]
      $0.spoken = "zh"
      $0.mentions = ["feng"]
      $0.basedOn = "e-9"
    }
    var draft = Statements.Draft(kind, EntryDetails.Changes { $0.text = "Words" }, by: .init(.unattributed))
    if kind == .position { draft.changes.topic = "Trade" }
    draft.changes.restore(field, of: all)
    let when = given.and(said("e-9")).when(.record("e-1", .end("opening"), draft))
    if kind.fields.contains(field) {
      let expected = entry(
        kind, "e-1", EntryDetails("Words", .nobody) { draft.changes.apply(to: &$0) })
      when.then(expected)
    } else {
      when.thenRefused(saying: "A \(kind.rawValue) has no \(field.noun).")
    }
  }

  @Test func `needs a text, and a topic for a position`() {
    for kind in EntryKind.allCases {
      given.when(
        .record(
          "e-1", .end("opening"), Statements.Draft(kind, EntryDetails.Changes(), by: .init(.unattributed)))
      ).thenRefused(saying: "An entry needs a text.")
    }
    given.when(
      .record(
        "e-1", .end("opening"),
        Statements.Draft(.position, EntryDetails.Changes { $0.text = "For" }, by: .init(.unattributed)))
    ).thenRefused(saying: "A position needs a topic.")
  }

  @Test func `credits the speakers as they are on that day`() throws {
    let office = Affiliation(position: "Director", organisation: "Center")
    let later = Affiliation(position: "Dean", organisation: "School")
    func credited(_ id: RecordID, _ name: PersonName, _ affiliations: Affiliation...) throws -> RecordEvent {
      entry(
        .statement, id,
        details(
          by: try Attribution(
            .named, persons: ["feng"], asPrinted: "Feng Shaolei",
            credits: [Credit("feng", name: name, affiliations: affiliations)])))
    }
    let before = given.and(AffiliationStated(person: "feng", number: 1, affiliation: office))
    before.when(.record(try credited("e-1", "Feng, Shaolei", office)))
      .then(try credited("e-1", "Feng, Shaolei", office))
    // Later the same words are recorded again: they keep the credit that they have.
    let after = before.and(
      try credited("e-1", "Feng, Shaolei", office).body,
      AffiliationStated(person: "feng", number: 2, affiliation: later),
      AffiliationRemoved(person: "feng", number: 1),
      SpeakerRevised(person: "feng") { $0.name = "Feng, Shao-lei" })
    after.when(.record(try credited("e-1", "Feng, Shaolei", office))).thenNothing()
    after.when(.record(try credited("e-2", "Feng, Shao-lei", later)))
      .then(try credited("e-2", "Feng, Shao-lei", later))
  }

  @Test func `knows an unknown voice by its name`() throws {
    let voice = try Attribution(.unidentified, asPrinted: "A voice", voice: VoiceID("red-tie"))
    let event = entry(.statement, "e-1", details(by: voice))
    given.when(.record(event)).then(event)
    #expect(throws: InvalidValue.self) {
      try Attribution(.group, of: "All", asPrinted: "All", voice: "red-tie")
    }
  }
}

struct `Printing the names of speakers` {
  private func by(_ persons: PersonID...) -> Statements.Command {
    .record(
      "e-1", .end("opening"),
      Statements.Draft(
        .recommendation, EntryDetails.Changes { $0.text = "Trade more." },
        by: .init(persons.count > 1 ? .joint : .named, persons: persons)))
  }

  private func printed(_ text: LocalizedText, _ speakers: SpeakerRegistered...) -> RecordEvent {
    entry(
      .recommendation, "e-1",
      details(
        "Trade more.",
        by: try! Attribution(
          speakers.count > 1 ? .joint : .named, persons: speakers.map(\.person), asPrinted: text,
          credits: speakers.map { Credit($0.person, name: $0.details.name, affiliations: []) })))
  }

  private func speaker(_ person: PersonID, _ forms: (String, Language)...) -> SpeakerRegistered {
    SpeakerRegistered(
      person: person,
      name: try! PersonName(forms.map { try! NameForm($0.0, in: $0.1, order: nil) }))
  }

  @Test func `uses the registered names, in every language that all of them have`() {
    var bilingual = opened
    bilingual.details.languages = ["en", "zh"]
    let a = speaker("a", ("Feng, Shaolei", "en"), ("冯,绍雷", "zh"), ("Фэн Шаолэй", "ru"))
    let b = speaker("b", ("Караганов Сергей", "ru"), ("Karaganov, Sergey", "en"))
    let c = speaker("c", ("张,德广", "zh"))
    let given = Statements.given(bilingual, opening, a, b, c)
    given.when(by("a")).then(printed(["en": "Shaolei Feng", "zh": "冯绍雷", "ru": "Фэн Шаолэй"], a))
    given.when(by("a", "b")).then(
      printed(["en": "Shaolei Feng and Sergey Karaganov", "ru": "Фэн Шаолэй и Караганов Сергей"], a, b))
    given.when(by("c", "a")).then(printed(["zh": "张德广、冯绍雷"], c, a))
    // No common language: each name in its main form, under the conference's first language.
    given.when(by("b", "c")).then(printed(["en": "Караганов Сергей and 张德广"], b, c))
    given.and(ConferenceRevised { $0.languages = ["zh", "en"] }).when(by("b", "c"))
      .then(printed(["zh": "Караганов Сергей、张德广"], b, c))
  }

  @Test func `uses the revised name`() {
    var revised = feng
    revised.details.name = "Feng, Shao-lei"
    given.and(SpeakerRevised(person: "feng") { $0.name = "Feng, Shao-lei" }).when(by("feng"))
      .then(printed("Shao-lei Feng", revised))
  }

  @Test func `needs known speakers, as many as the mode needs`() {
    given.when(by("nobody")).thenRefused(.unknownPerson("nobody"))
    given.when(by())
      .thenRefused(
        saying: "An attribution of the mode “named” must name exactly one speaker.",
        hints: .attributionModes)
  }
}

struct `Withholding a name` {
  private let key = SealingKey(bytes: Array(0..<32))

  private func draft(_ person: PersonID, id: String) -> Attribution.Draft {
    .init(
      .withheld, asPrinted: "A participant",
      identity: Confidential(
        WithheldIdentity(person: person), key: key, conference: "shanghai-2016", commandID: id))
  }

  private func command(_ person: PersonID, id: String) -> Statements.Command {
    .record(
      "e-1", .end("opening"),
      Statements.Draft(
        .conclusion, EntryDetails.Changes { $0.text = "Trade grows." }, by: draft(person, id: id)))
  }

  private func recorded(_ person: PersonID, id: String) throws -> RecordEvent {
    entry(
      .conclusion, "e-1",
      details(
        "Trade grows.",
        by: try Attribution(
          .withheld, asPrinted: "A participant",
          identity: Sealed(
            WithheldIdentity(person: person), key: key, context: "shanghai-2016/withheld",
            commandID: id))))
  }

  @Test func `seals the identity, and recognizes it again`() throws {
    given.when(command("feng", id: "1")).then(try recorded("feng", id: "1"))
    given.and(try recorded("feng", id: "1").body).when(command("feng", id: "2")).thenNothing()
    given.and(try recorded("feng", id: "1").body).when(command("sergey", id: "2"))
      .thenRefused(.taken("e-1"))
  }

  @Test func `needs a known speaker, and names nobody in tags, body or the encoded command`() throws {
    given.when(command("nobody", id: "1")).thenRefused(.unknownPerson("nobody"))
    let event = try recorded("feng", id: "1")
    #expect(event.body.tags == [Tag(stored: "record:e-1"), Tag(stored: "entries:opening")])
    #expect(try !JSONText.encode(event.body).contains("feng"))
    #expect(try !JSONText.encode(command("feng", id: "1")).contains("feng"))
  }

  @Test func `seals no identity of a speaker who was erased`() throws {
    let erased = PersonErased(person: "feng", positions: [])
    given.and(erased).when(command("feng", id: "1")).thenRefused(
      saying: "The data of the speaker “feng” was erased, so the key to this name would be destroyed again.",
      hints: .leaveOutIdentity)
    let before = given.and(try recorded("feng", id: "1").body).and(erased)
    // What the record has stays.
    before.when(command("feng", id: "2")).thenNothing()
    let other = Statements.Change(EntryDetails.Changes(), by: draft("sergey", id: "2"))
    before.and(PersonErased(person: "sergey", positions: [])).when(.correct("e-1", other))
      .thenRefused(.erased("sergey"))
    held.reduce(Corrections.given()) { $0.and($1) }.and(try recorded("feng", id: "1").body, issued(at: 6))
      .and(PersonErased(person: "sergey", positions: []))
      .when(.request(Corrections.Request("k-1", of: "e-1", kind: .substantive, other)))
      .thenRefused(.statement(.erased("sergey")))
  }

  @Test func `has the person in its boundary, because their key may be destroyed`() {
    let boundary = Statements.boundary(of: command("feng", id: "1"), in: Statements.initial)
    #expect(boundary.items.contains { $0.tags == [Tag(stored: "person:feng")] })
  }

  @Test func `cannot be undone by a correction`() throws {
    let before = given.and(try recorded("feng", id: "1").body)
    let disclosing = Statements.Change(EntryDetails.Changes(), by: .init(byFeng))
    before.when(.correct("e-1", disclosing))
      .thenRefused(
        saying: "The identity behind the statement is withheld. It cannot be disclosed by a correction.",
        hints: .disclose)
    held.reduce(Corrections.given()) { $0.and($1) }.and(try recorded("feng", id: "1").body, issued(at: 6))
      .when(.request(Corrections.Request("k-1", of: "e-1", kind: .substantive, disclosing)))
      .thenRefused(.statement(.withheld))
    // Another person may be behind it.
    let other = Statements.Change(EntryDetails.Changes(), by: draft("sergey", id: "2"))
    before.when(.correct("e-1", other)).then(
      .statementCorrected(
        StatementCorrected(
          "e-1", in: "opening",
          EntryDetails.Changes {
            $0.attribution = (try? recorded("sergey", id: "2"))?.recorded?.details.attribution
          })))
  }
}

struct `An entry that is recorded again` {
  @Test func `is the same after its speaker was renamed`() {
    let draft = Statements.Draft(
      .statement,
      EntryDetails.Changes {
        $0.text = "began"
        $0.form = .summary
      }, by: Attribution.Draft(.named, persons: ["feng"]))
    let printed = Attribution.printed(["Feng, Shaolei"], [.english])!
    given.and(
      said("e-1", "began", by: by("feng", "Feng, Shaolei", printed: printed)), SpeakerRevisedName.feng
    )
    .when(.record("e-1", .end("opening"), draft)).thenNothing()
  }
}
