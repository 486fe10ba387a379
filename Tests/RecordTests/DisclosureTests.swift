import EventLog
import JSON
import People
@testable import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Record

private let key = SealingKey(bytes: Array(0..<32))
private let otherKey = SealingKey(bytes: Array(1..<33))

private func identity(_ person: PersonID, _ key: SealingKey = key) -> Confidential<WithheldIdentity> {
  Confidential(WithheldIdentity(person: person), key: key, conference: "shanghai-2016", commandID: "1")
}

private func evidence(_ text: String, _ key: SealingKey = key) -> Confidential<DisclosureEvidence> {
  Confidential(try! DisclosureEvidence(text), key: key, conference: "shanghai-2016", commandID: "2")
}

private func withheld(
  _ person: PersonID = "feng", _ key: SealingKey = key, printed: LocalizedText = "A participant"
)
  -> Attribution
{
  try! Attribution(
    .withheld, asPrinted: printed, identity: identity(person, key).sealed(unless: nil, in: "opening"))
}

private func authorised(
  _ entry: RecordID = "e-1", _ text: String = "Letter of 3 May", _ key: SealingKey = key
)
  -> DisclosureAuthorised
{
  let confidential = evidence(text, key)
  return DisclosureAuthorised(
    entry: entry, session: "opening",
    evidence: confidential.seal(
      confidential.value, context: DisclosureEvidence.context("shanghai-2016", entry)))
}

private func disclose(
  _ entry: RecordID = "e-1", _ identity: Confidential<WithheldIdentity>? = identity("feng"),
  reason: LocalizedText? = nil
) -> Disclosure.Command {
  .disclose(Disclosure.Request(entry, correction: "k-1", reason: reason, identity: identity))
}

private let named = try! Attribution(
  .named, persons: ["feng"], basis: .authorised, asPrinted: "Shaolei Feng",
  credits: [Credit("feng", name: "Feng, Shaolei", affiliations: [])])
private let naming = EntryDetails.Changes { $0.attribution = named }
private let disclosed = StatementDisclosed(entry: "e-1", session: "opening")

private func before<D: Decider>(_: D.Type) -> Given<D> { held.reduce(D.given()) { $0.and($1) } }

/// Position 6.
private let said6 = said("e-1", by: withheld())
private let base = before(Disclosure.self).and(said6)

struct `An authorisation` {
  @Test func `is sealed with the speaker's key, and kept once`() {
    base.when(.authorise("e-1", evidence: evidence("Letter of 3 May"))).then(
      .disclosureAuthorised(authorised()))
    let mail = Confidential(
      try! DisclosureEvidence("Mail of 4 May"), key: key, conference: "shanghai-2016", commandID: "2")
    base.and(authorised()).when(.authorise("e-1", evidence: mail))
      .then(.disclosureAuthorised(authorised("e-1", "Mail of 4 May")))
  }

  @Test func `tells nobody who reads the log who it is`() throws {
    let text = "Letter of Feng Shaolei"
    let stored = try StoredBody(authorised("e-1", text))
    let log = stored.text + (stored.words?.json ?? "") + authorised("e-1", text).tags.map(\.text).joined()
    #expect(!log.contains("feng") && !log.contains("Feng"))
    #expect(
      try JSONText.encode(Disclosure.Command.authorise("e-1", evidence: evidence(text)))
        == #"{"authorise":{"_0":"e-1","evidence":"confidential"}}"#)
  }

  @Test func `needs a withheld entry whose identity can be opened`() {
    let any = evidence("Letter")
    before(Disclosure.self).when(.authorise("e-9", evidence: any)).thenRefused(.statement(.unknown("e-9")))
    before(Disclosure.self).and(said("e-1")).when(.authorise("e-1", evidence: any))
      .thenRefused(saying: "The speaker of “e-1” is not withheld.", hints: .show("e-1" as RecordID))
    let without = try! Attribution(.withheld, asPrinted: "A participant")
    before(Disclosure.self).and(said("e-1", by: without)).when(.authorise("e-1", evidence: nil))
      .thenRefused(
        saying: "“e-1” was recorded without the identity of its speaker, so there is nothing to disclose.")
    base.when(.authorise("e-1", evidence: nil))
      .thenRefused(
        saying: "The speaker behind “e-1” cannot be decrypted, so nobody knows who could be disclosed.",
        hints: .restoreVault)
    base.when(.authorise("e-1", evidence: evidence("Letter", otherKey)))
      .thenRefused(
        saying: "The identity behind “e-1” was changed at the same time; send the command again.")
    base.and(StatementRetracted(entry: "e-1", session: "opening"))
      .when(.authorise("e-1", evidence: any)).thenRefused(.statement(.retracted("e-1")))
  }

  @Test func `has a text`() {
    for text in ["", "  ", "a\u{7}b"] {
      #expect(throws: InvalidValue.self) { try DisclosureEvidence(text) }
    }
  }

  @Test func `is no change that an issue must wait for`() {
    #expect(!RecordEvent.changingEntries.contains(DisclosureAuthorised.type))
  }
}

struct `A disclosure` {
  @Test func `never names a speaker who was erased`() {
    let before = base.and(authorised(), PersonErased(person: "feng", positions: []))
    before.when(disclose()).thenRefused(
      saying: "The speaker behind “e-1” was erased, so nobody can be named any more.")
    var request = Disclosure.Request("e-1", correction: "k-1", reason: nil, identity: nil)
    request.isErased = true
    base.and(authorised()).when(.disclose(request)).thenRefused(.erased("e-1"))
    // Another speaker's erasure is no hindrance.
    base.and(authorised(), PersonErased(person: "sergey", positions: [])).when(disclose()).then(
      .statementDisclosed(disclosed), .statementCorrected(StatementCorrected("e-1", in: "opening", naming)))
  }

  @Test func `needs the authorisation`() {
    base.when(disclose())
      .thenRefused(
        saying: "No authorisation by the speaker of “e-1” is on record.", hints: .authoriseDisclosure("e-1"))
    // That of another entry does not count.
    base.and(authorised("e-2")).when(disclose()).thenRefused(.notAuthorised("e-1"))
  }

  @Test func `names the speaker of a draft silently`() {
    base.and(authorised()).when(disclose()).then(
      .statementDisclosed(disclosed), .statementCorrected(StatementCorrected("e-1", in: "opening", naming)))
  }

  @Test func `of a published entry is a substantive correction`() {
    base.and(authorised(), issued(at: 7)).when(disclose(reason: "The speaker wishes it")).then(
      .statementDisclosed(
        StatementDisclosed(entry: "e-1", session: "opening", reason: "The speaker wishes it")),
      .correctionRequested(CorrectionRequested("k-1", of: "e-1", in: "opening", kind: .substantive, naming)),
      .correctionAccepted(
        CorrectionAccepted(
          correction: "k-1", entry: "e-1", session: "opening", verifiedAgainst: .speaker,
          reason: "The speaker wishes it")))
  }

  @Test func `gives the name and the offices of the day of the statement`() {
    base.and(SpeakerRevised(person: "feng") { $0.name = "Feng, Shao-lei" })
      .and(AffiliationStated(person: "feng", number: 1, affiliation: Affiliation(organisation: "Institute")))
      .and(authorised()).when(disclose()).then(
        .statementDisclosed(disclosed), .statementCorrected(StatementCorrected("e-1", in: "opening", naming)))
  }

  @Test func `gives what is known of somebody who was registered later`() throws {
    let late = EntryDetails.Changes {
      $0.attribution = try! Attribution(
        .named, persons: ["li"], basis: .authorised,
        asPrinted: LocalizedText([.english: ("Li, Wei" as PersonName).printed]),
        credits: [Credit("li", name: "Li, Wei", affiliations: [Affiliation(organisation: "Institute")])])
    }
    before(Disclosure.self).and(
      said("e-1", by: withheld("li")), SpeakerRegistered(person: "li", name: "Li, Wei"),
      AffiliationStated(person: "li", number: 1, affiliation: Affiliation(organisation: "Institute")),
      authorised()
    ).when(disclose("e-1", identity("li"))).then(
      .statementDisclosed(disclosed), .statementCorrected(StatementCorrected("e-1", in: "opening", late)))
  }

  @Test func `is not authorised by one speaker for another one`() {
    let other = EntryDetails.Changes { $0.attribution = withheld("sergey", otherKey) }
    base.and(authorised(), StatementCorrected("e-1", in: "opening", other))
      .when(disclose("e-1", identity("sergey", otherKey))).thenRefused(.notAuthorised("e-1"))
    base.and(authorised()).when(disclose("e-1", identity("sergey", otherKey)))
      .thenRefused(.identityChanged("e-1"))
    base.and(authorised()).when(disclose("e-1", nil)).thenRefused(.identityDoesNotOpen("e-1"))
  }

  @Test func `opens what an earlier version sealed for a session that the entry has left`() throws {
    let sealed = try Sealed(
      WithheldIdentity(person: "feng"), key: key, context: "shanghai-2016/session:opening/withheld",
      commandID: "1")
    let attribution = try Attribution(.withheld, asPrinted: "A participant", identity: sealed)
    let moved = before(Disclosure.self).and(
      said("e-1", by: attribution), StatementMoved(entry: "e-1", from: "opening", session: "panel"),
      authorised())
    moved.when(disclose()).then(
      .statementDisclosed(StatementDisclosed(entry: "e-1", session: "panel")),
      .statementCorrected(StatementCorrected("e-1", in: "panel", naming)))
  }

  @Test func `is in the request without the name`() throws {
    #expect(
      try JSONText.encode(disclose(reason: "As wished"))
        == #"{"disclose":{"_0":{"correction":"k-1","entry":"e-1","reason":{"en":"As wished"}}}}"#)
  }

  @Test func `is taken back while the entry is a draft, and withholds the name again`() {
    let given = before(EntryUndo.self).and(said6, authorised(), disclosed)
      .and(StatementCorrected("e-1", in: "opening", naming))
    given.when(EntryUndo.Command(commandID: "c", positions: 8...9, entries: ["e-1"])).then(
      restored(given, before: 8) { $0.attribution = withheld() })
    given.when(EntryUndo.Command(commandID: "c", positions: 7...7, entries: ["e-1"]))
      .thenRefused(.final(type: "DisclosureAuthorised", position: 7))
  }
}

struct `Without a disclosure, a withheld name stays withheld` {
  private static let others: [Attribution] = [
    byFeng, byChair, .nobody, try! Attribution(.unidentified, asPrinted: "A voice", voice: "red-tie"),
    try! Attribution(.onBehalfOf, persons: ["feng"], of: "Centre", asPrinted: "Feng for the Centre"),
    try! Attribution(.group, of: "Hosts", asPrinted: "The hosts"),
  ]

  @Test(arguments: others)
  func `whatever a correction asks for`(other: Attribution) {
    let change = Statements.Change(EntryDetails.Changes(), by: .init(other))
    before(Statements.self).and(said6).when(.correct("e-1", change)).thenRefused(.withheld)
    for command in [
      Corrections.Command.request(Corrections.Request("k-1", of: "e-1", kind: .substantive, change)),
      .make(
        Corrections.Request("k-1", of: "e-1", kind: .substantive, change), against: .speaker, reason: nil),
    ] {
      before(Corrections.self).and(said6, issued(at: 6)).when(command).thenRefused(.statement(.withheld))
    }
  }

  @Test func `if a correction was asked for before the name was withheld`() {
    let (naming, withholding) = (
      EntryDetails.Changes { $0.attribution = bySergey }, EntryDetails.Changes { $0.attribution = withheld() }
    )
    let given = before(Corrections.self).and(
      said("e-1"), issued(at: 6),
      CorrectionRequested("k-1", of: "e-1", in: "opening", kind: .substantive, naming),
      CorrectionRequested("k-2", of: "e-1", in: "opening", kind: .substantive, withholding),
      CorrectionAccepted(
        correction: "k-2", entry: "e-1", session: "opening", verifiedAgainst: .speaker, reason: nil))
    given.when(.accept("k-1", against: .recording, reason: nil)).thenRefused(.statement(.withheld))
  }

  @Test func `if the command that withheld it is undone`() {
    let withholding = EntryDetails.Changes { $0.attribution = withheld() }
    before(EntryUndo.self).and(said("e-1"), StatementCorrected("e-1", in: "opening", withholding))
      .when(EntryUndo.Command(commandID: "c", positions: 7...7, entries: ["e-1"])).thenRefused(.withheld)
  }

  @Test func `in translations and in both parts of a split`() {
    before(Statements.self).and(said6).when(.translate("e-1", ["zh": "指出贸易增长"])).then(
      .statementTranslated(StatementTranslated(entry: "e-1", session: "opening", text: ["zh": "指出贸易增长"])))
    var (head, rest) = (details(by: withheld()), details(by: withheld()))
    (head.form, rest.form) = (.summary, .summary)
    (head.text, rest.text) = ("noted that", "trade grows")
    before(Statements.self).and(said6).when(.split("e-1", rest: "e-2", at: "trade")).thenOneMore(
      .statementSplit(StatementSplit(entry: "e-1", session: "opening", rest: "e-2", head: head)),
      .statementRecorded(
        EntryRecorded("e-2", in: "opening", order: OrderKey(6).key(before: OrderKey(7)), rest)))
  }

  @Test func `and two of them are not merged, because they may be of two speakers`() {
    let both = before(Statements.self).and(said6, said("e-2", by: withheld("sergey", otherKey)))
    both.when(.merge("e-1", with: "e-2")).thenRefused(.notOfOneVoice("e-1", "e-2"))
  }

  @Test func `if only the printed words change`() {
    let change = Statements.Change(
      EntryDetails.Changes(), by: Attribution.Draft(.withheld, asPrinted: "A speaker from the floor"))
    before(Statements.self).and(said6).when(.correct("e-1", change)).then(
      .statementCorrected(
        StatementCorrected(
          "e-1", in: "opening",
          EntryDetails.Changes { $0.attribution = withheld(printed: "A speaker from the floor") })))
  }
}

struct `What leads to a withheld name` {
  private func record(
    printed: LocalizedText = "A participant", _ build: (inout EntryDetails.Changes) -> Void
  ) -> Statements.Command {
    var changes = EntryDetails.Changes {
      $0.text = "noted that trade grows"
      $0.form = .summary
    }
    build(&changes)
    return .record(
      "e-1", .end("opening"),
      Statements.Draft(
        .statement, changes, by: .init(.withheld, asPrinted: printed, identity: identity("feng"))))
  }

  @Test func `is refused in the texts and mentions of the entry`() {
    let given = before(Statements.self)
    given.when(record { $0.mentions = ["feng"] }).thenRefused(
      saying: "The mentions of the entry name “feng”, whose name is to be withheld.")
    given.when(record { $0.text = "Feng Shaolei noted it" })
      .thenRefused(saying: "The text of the entry names “feng”, whose name is to be withheld.")
    given.when(record { $0.text = "[[person:feng|The director]] noted it" })
      .thenRefused(.namesWithheld("feng", .text))
    given.when(record { $0.addressees = ["Feng Shaolei's school"] })
      .thenRefused(.namesWithheld("feng", .addressees))
    given.when(record(printed: "Feng Shaolei, privately") { _ in })
      .thenRefused(.namesWithheld("feng", .attribution))
    let correct = Statements.Command.correct(
      "e-1",
      Statements.Change(
        EntryDetails.Changes(), by: .init(.withheld, asPrinted: "Somebody", identity: identity("feng"))))
    given.and(said("e-1", "quoted Feng Shaolei", by: bySergey)).when(correct)
      .thenRefused(.namesWithheld("feng", .text))
    let reasoned = details("So.", by: bySergey) { $0.rationale = "As Feng Shaolei said." }
    given.and(entry(.conclusion, "e-1", reasoned).body).when(correct)
      .thenRefused(.namesWithheld("feng", .rationale))
  }

  @Test func `is not found in a longer word, or in the name of somebody else`() {
    let given = before(Statements.self)
    for text in ["noted what Feng Shaoleis do", "thanked Sergey Karaganov", "thanked Feng"] as [LocalizedText]
    {
      given.when(record { $0.text = text }).then(
        entry(
          .statement, "e-1",
          details(text, by: withheld()) { $0.form = .summary }))
    }
  }

  @Test func `is warned of where few have a role in the session`() {
    let chair = PersonAssigned(session: "opening", person: "sergey", role: .chair)
    let speaker = PersonAssigned(session: "opening", person: "feng", role: .speaker)
    before(Statements.self).and(speaker).when(record { _ in }).thenWarned([
      HintedText(
        "Only 1 person has a role in “opening” on the program, so readers may tell who said this.")
    ])
    let three = [chair, speaker, PersonAssigned(session: "opening", person: "li", role: .speaker)]
    three.reduce(before(Statements.self)) { $0.and($1) }.when(record { _ in }).thenWarned([])
    before(Statements.self).when(record { _ in }).thenWarned([])
    three.reduce(before(Statements.self)) { $0.and($1) }
      .and(PersonUnassigned(session: "opening", person: "li", role: .speaker)).when(record { _ in })
      .thenWarned([
        HintedText(
          "Only 2 people have a role in “opening” on the program, so readers may tell who said this.")
      ])
  }

  @Test func `stays in the log if the entry named its speaker before`() {
    let withhold = Statements.Command.correct(
      "e-1",
      Statements.Change(
        EntryDetails.Changes(), by: .init(.withheld, asPrinted: "Somebody", identity: identity("feng"))))
    before(Statements.self).and(said("e-1")).when(withhold).thenWarned([
      HintedText(
        "“e-1” named its speaker until now. Whoever can read the log still finds the name there; only an "
          + "expunction removes it.")
    ])
  }

  @Test func `is not the length of what is sealed`() throws {
    let longest = try PersonID(String(repeating: "a", count: PersonEntity.limit))
    let lengths = Set(
      (["a", "feng", longest] as [PersonID]).map { person in
        identity(person).sealed(unless: nil, in: "opening").base64.count
      })
    #expect(lengths.count == 1)
  }
}
