import EventLog
import JSON
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Record
@testable import Scheduling

private let given = held.reduce(Statements.given()) { $0.and($1) }
/// Position 6.
private let drafted = given.and(said("e-1"))

private func corrected(_ entry: RecordID = "e-1", _ build: (inout EntryDetails.Changes) -> Void)
  -> RecordEvent
{
  .statementCorrected(StatementCorrected(entry, in: "opening", EntryDetails.Changes(build)))
}

/// The command that leads to a correction.
private func correct(_ entry: RecordID = "e-1", _ build: (inout EntryDetails.Changes) -> Void)
  -> Statements.Command
{
  var changes = EntryDetails.Changes(build)
  let attribution = changes.attribution
  changes.attribution = nil
  return .correct(entry, Statements.Change(changes, by: attribution.map { .init($0) }))
}

struct `Correcting a draft` {
  @Test func `changes its text, in the languages that are given`() {
    let both = given.and(said("e-1", ["en": "noted that trade grows", "zh": "指出贸易增长"]))
    both.when(correct { $0.text = "noted that trade shrinks" }).then(
      corrected { $0.text = "noted that trade shrinks" })
    both.when(correct { $0.text = ["ru": "отметил"] }).then(corrected { $0.text = ["ru": "отметил"] })
    both.when(correct { $0.text = ["zh": "指出贸易增长"] }).thenNothing()
    let shrinks = both.and(corrected { $0.text = "noted that trade shrinks" }.body)
    shrinks.when(correct { $0.text = ["en": "noted that trade shrinks", "zh": "指出贸易增长"] }).thenNothing()
    shrinks.when(correct { $0.text = "noted that trade grows" }).then(
      corrected { $0.text = "noted that trade grows" })
  }

  /// A value of each field, and what an entry has before.
  private static let values = details("asked why", by: bySergey) {
    $0.topic = "Alliance"
    $0.rationale = "As few said."
    $0.form = .verbatim
    $0.acts = [SpeechAct.common[9]]
    $0.addressees = ["Europe"]
    $0.spoken = "ru"
    $0.said = Timestamp(microseconds: 2_000_000)
    $0.mentions = ["feng"]
    $0.basedOn = "e-2"
  }

  private func before(_ kind: EntryKind) -> RecordEvent {
    entry(
      kind, "e-1",
      details {
        if kind.fields.contains(.topic) { $0.topic = "Trade" }
        if kind.fields.contains(.rationale) { $0.rationale = "As all said." }
        if kind.fields.contains(.form) { $0.form = .summary }
        if kind.fields.contains(.acts) { $0.acts = [SpeechAct.common[0]] }
        if kind.fields.contains(.addressees) { $0.addressees = ["All"] }
        if kind.fields.contains(.spoken) { $0.spoken = "zh" }
        if kind.fields.contains(.said) { $0.said = Timestamp(microseconds: 1_000_000) }
        if kind.fields.contains(.mentions) { $0.mentions = ["sergey"] }
        if kind.fields.contains(.basedOn) { $0.basedOn = "e-3" }
      })
  }

  @Test(arguments: EntryKind.allCases, EntryDetails.Field.allCases)
  func `changes whatever can be recorded`(kind: EntryKind, field: EntryDetails.Field) {
    let known = given.and(said("e-2"), said("e-3"), before(kind).body)
    let change: (inout EntryDetails.Changes) -> Void = { $0.restore(field, of: Self.values) }
    if kind.fields.contains(field) {
      known.when(correct("e-1", change)).then(corrected("e-1", change))
      known.and(corrected("e-1", change).body).when(correct("e-1", change)).thenNothing()
    } else {
      known.when(correct("e-1", change)).thenRefused(saying: "A \(kind.rawValue) has no \(field.noun).")
    }
  }

  @Test(arguments: EntryKind.allCases, EntryDetails.Field.clearable)
  func `removes whatever need not be there`(kind: EntryKind, field: EntryDetails.Field) {
    let known = given.and(said("e-2"), said("e-3"), before(kind).body)
    let clear: (inout EntryDetails.Changes) -> Void = { $0.cleared = [field] }
    switch (kind, field) {
    case (.position, .topic):
      known.when(correct("e-1", clear)).thenRefused(saying: "A position needs a topic.")
    case _ where kind.fields.contains(field): known.when(correct("e-1", clear)).then(corrected("e-1", clear))
    default: known.when(correct("e-1", clear)).thenRefused(saying: "A \(kind.rawValue) has no \(field.noun).")
    }
  }

  @Test func `removes all acts, addressees and mentions`() {
    let known = given.and(
      said("e-1") {
        $0.acts = [SpeechAct.common[0]]
        $0.addressees = ["All"]
        $0.mentions = ["sergey"]
      })
    let none: (inout EntryDetails.Changes) -> Void = { ($0.acts, $0.addressees, $0.mentions) = ([], [], []) }
    known.when(correct("e-1", none)).then(corrected("e-1", none))
    drafted.when(correct("e-1", none)).thenNothing()
  }

  @Test func `says nothing if nothing differs`() {
    drafted.when(
      correct {
        $0.text = "noted that trade grows"
        $0.attribution = byFeng
        $0.form = .summary
        $0.cleared = [.spoken]
      }
    ).thenNothing()
    drafted.when(.correct("e-1", Statements.Change(EntryDetails.Changes()))).thenNothing()
  }

  @Test func `keeps the credit of speakers who stay, and credits new ones`() {
    let renamed = drafted.and(SpeakerRevised(person: "feng") { $0.name = "Feng, Shao-lei" })
    let basis = try! Attribution(
      .named, persons: ["feng"], basis: .inferred, asPrinted: "Feng Shaolei", credits: byFeng.credits)
    renamed.when(correct { $0.attribution = basis }).then(corrected { $0.attribution = basis })
    renamed.when(correct { $0.attribution = bySergey }).then(corrected { $0.attribution = bySergey })
    renamed.and(corrected { $0.attribution = bySergey }.body)
      .when(correct { $0.attribution = by("feng", "Feng, Shao-lei", printed: "Feng") })
      .then(corrected { $0.attribution = by("feng", "Feng, Shao-lei", printed: "Feng") })
  }

  @Test func `keeps the printed name with the credit, unless it is to be renewed`() {
    let renamed = drafted.and(SpeakerRevised(person: "feng") { $0.name = "Feng, Shao-lei" })
    var renewed = Attribution.Draft(.named, persons: ["feng"])
    renewed.renewsCredits = true
    renamed.when(.correct("e-1", Statements.Change(EntryDetails.Changes(), by: renewed))).then(
      corrected {
        $0.attribution = by(
          "feng", "Feng, Shao-lei", printed: Attribution.printed(["Feng, Shao-lei"], [.english])!)
      })
    let inferred = Attribution.Draft(.named, persons: ["feng"], basis: .inferred)
    renamed.when(.correct("e-1", Statements.Change(EntryDetails.Changes(), by: inferred))).then(
      corrected {
        $0.attribution = try! Attribution(
          .named, persons: ["feng"], basis: .inferred, asPrinted: Attribution.printed(["Feng, Shaolei"], []),
          credits: byFeng.credits)
      })
    // Version 1 kept no credits.
    let old = try! Attribution(.named, persons: ["feng"], asPrinted: "Professor Feng")
    given.and(said("e-1", by: old), SpeakerRevised(person: "feng") { $0.name = "Feng, Shao-lei" })
      .when(.correct("e-1", Statements.Change(EntryDetails.Changes(), by: inferred)))
      .then(
        corrected {
          $0.attribution = try! Attribution(
            .named, persons: ["feng"], basis: .inferred, asPrinted: "Professor Feng")
        })
  }

  @Test func `removes a language that was given by mistake`() {
    let both = given.and(said("e-1", ["en": "noted growth", "da": "indiquait"]))
    both.when(correct { $0.without = ["da"] }).then(corrected { $0.without = ["da"] })
    both.when(
      correct {
        $0.without = ["da", "ru"]
        $0.text = ["fr": "indiquait"]
      }
    ).then(
      corrected {
        $0.without = ["da"]
        $0.text = ["fr": "indiquait"]
      })
    both.when(correct { $0.without = ["da", "ru"] }).then(corrected { $0.without = ["da"] })
    drafted.when(correct { $0.without = ["da"] }).thenNothing()
    both.when(correct { $0.without = ["da", "en"] }).thenRefused(.lastLanguage)
    drafted.when(correct { $0.without = ["en"] }).thenRefused(
      saying: "An entry needs a text; the text in its last language cannot be removed.")
    both.when(
      correct {
        $0.without = ["da"]
        $0.text = ["da": "bemærkede"]
      }
    ).thenRefused(saying: "The text in “da” is both given and removed; leave out one of them.")
  }

  @Test func `does not rest on itself, in a circle, or on what is expunged`() {
    let known = given.and(
      entry(.conclusion, "e-1", details("So.")).body,
      entry(.conclusion, "e-2", details("Thus.") { $0.basedOn = "e-1" }).body,
      entry(.conclusion, "e-3", details("Hence.") { $0.basedOn = "e-2" }).body)
    known.when(correct("e-1") { $0.basedOn = "e-1" }).thenRefused(.itself("e-1"))
    known.when(correct("e-1") { $0.basedOn = "e-3" })
      .thenRefused(saying: "Entries cannot be based on each other: “e-1” → “e-3” → “e-2” → “e-1”.")
    known.and(
      said("e-4"),
      StatementExpunged(
        entry: "e-4", session: "opening", authority: "The court", reason: "Libel", positions: [9])
    ).when(correct("e-1") { $0.basedOn = "e-4" }).thenRefused(.expunged("e-4"))
  }

  @Test func `needs an entry, and what it names`() {
    drafted.when(correct("e-9") { $0.text = "x" })
      .thenRefused(saying: "There is no entry “e-9” in the record.", hints: .list(RecordEntity.self))
    drafted.when(correct { $0.mentions = ["nobody"] }).thenRefused(.unknownPerson("nobody"))
    drafted.when(correct { $0.attribution = by("nobody", "Nobody", printed: "Nobody") })
      .thenRefused(.unknownPerson("nobody"))
    given.and(before(.conclusion).body).when(correct { $0.basedOn = "e-9" }).thenRefused(.unknown("e-9"))
    given.and(said("e-9"), before(.conclusion).body, StatementRetracted(entry: "e-9", session: "opening"))
      .when(correct { $0.basedOn = "e-9" }).thenRefused(.basisRetracted("e-9"))
    drafted.and(StatementRetracted(entry: "e-1", session: "opening")).when(correct { $0.text = "x" })
      .thenRefused(saying: "“e-1” was retracted and cannot be changed.")
  }
}

struct `Translating an entry` {
  private let bilingual = given.and(
    said("e-1", ["zh": "指出贸易增长", "en": "noted that trade grows"]) { $0.spoken = "zh" })

  private func translated(_ text: LocalizedText) -> RecordEvent {
    .statementTranslated(StatementTranslated(entry: "e-1", session: "opening", text: text))
  }

  @Test func `adds a language, or renews one`() {
    bilingual.when(.translate("e-1", ["ru": "отметил"])).then(translated(["ru": "отметил"]))
    bilingual.when(.translate("e-1", "noted growing trade")).then(translated("noted growing trade"))
    bilingual.when(.translate("e-1", "noted that trade grows")).thenNothing()
    // Of a draft whose language is unknown, any.
    drafted.when(.translate("e-1", "noted growth")).then(translated("noted growth"))
  }

  @Test func `is possible after publication, because it is no correction`() {
    let published = bilingual.and(issued(at: 6))
    published.when(.translate("e-1", ["ru": "отметил"])).then(translated(["ru": "отметил"]))
    // Until an issue has it.
    let added = published.and(translated(["ru": "отметил"]).body)
    added.when(.translate("e-1", ["ru": "указал"])).then(translated(["ru": "указал"]))
    added.and(issued(at: 8, 2)).when(.translate("e-1", ["ru": "указал"]))
      .thenRefused(.publishedTranslation("e-1", "ru"))
  }

  @Test func `does not replace what is published, unless the original has other words since`() {
    let published = bilingual.and(issued(at: 6))
    published.when(.translate("e-1", "denied that trade grows")).thenRefused(
      saying: "The text of “e-1” in en is published and up to date, so only a correction can change it.",
      hints: .requestCorrection("e-1"))
    published.when(.translate("e-1", ["en": "noted that trade grows", "ru": "отметил"]))
      .then(translated(["en": "noted that trade grows", "ru": "отметил"]))
    let original = published.and(
      CorrectionRequested(
        "k-1", of: "e-1", in: "opening", kind: .editorial, EntryDetails.Changes { $0.text = ["zh": "说贸易增长"] }),
      CorrectionAccepted(correction: "k-1", entry: "e-1", session: "opening", verifiedAgainst: .notes))
    original.when(.translate("e-1", "said that trade grows")).then(translated("said that trade grows"))
    original.and(translated("sad that trade grows").body).when(.translate("e-1", "said that trade grows"))
      .then(translated("said that trade grows"))
  }

  @Test func `has marks that are closed`() throws {
    let problem = try #require(throws: InvalidValue.self) { _ = try MarkedText("[[by:по мнению") }
    bilingual.when(.translate("e-1", ["ru": "[[by:по мнению"])).thenRefused(.invalid(problem))
  }

  @Test func `does not change the original`() {
    for given in [bilingual, bilingual.and(issued(at: 6))] {
      given.when(.translate("e-1", ["zh": "指出"]))
        .thenRefused(
          saying: "“e-1” was said in zh, so its text in zh is the original.", hints: .correct("e-1"))
      given.when(.translate("e-1", ["zh": "指出", "ru": "отметил"])).thenRefused(.notATranslation("e-1", "zh"))
    }
    // What was said in Chinese is recorded in simplified Chinese.
    let simplified = given.and(
      said("e-1", ["zh-Hans": "指出贸易增长", "en": "noted that trade grows"]) { $0.spoken = "zh" }, issued(at: 6))
    simplified.when(.translate("e-1", ["zh-Hans": "指出"])).thenRefused(.notATranslation("e-1", "zh-Hans"))
    simplified.when(.translate("e-1", ["zh-Hant": "指出貿易增長"])).then(translated(["zh-Hant": "指出貿易增長"]))
    // The same words again say that they still render the original.
    let stale = given.and(
      said("e-1", ["zh": "指出", "en": "noted"]) { $0.spoken = "zh" }, corrected { $0.text = ["zh": "说"] }.body)
    stale.when(.translate("e-1", "noted")).then(translated("noted"))
    // Of a published entry whose language is unknown, every text may be the original.
    let unknown = drafted.and(issued(at: 6))
    unknown.when(.translate("e-1", "noted growth")).thenRefused(.originalUnknown("e-1", "en"))
    unknown.when(.translate("e-1", ["zh": "指出"])).then(translated(["zh": "指出"]))
  }

  @Test func `compares with the text as it was corrected`() {
    let corrected = bilingual.and(
      issued(at: 6),
      CorrectionRequested(
        "k-1", of: "e-1", in: "opening", kind: .editorial,
        EntryDetails.Changes { $0.text = "noted growing trade" }),
      CorrectionAccepted(correction: "k-1", entry: "e-1", session: "opening", verifiedAgainst: .notes))
    corrected.when(.translate("e-1", "noted growing trade")).thenNothing()
    corrected.when(.translate("e-1", "noted that trade grows")).thenRefused(
      .publishedTranslation("e-1", "en"))
  }

  @Test func `needs an entry that is there`() {
    given.when(.translate("e-1", "x")).thenRefused(.unknown("e-1"))
    bilingual.and(StatementRetracted(entry: "e-1", session: "opening")).when(.translate("e-1", ["ru": "x"]))
      .thenRefused(.retracted("e-1"))
  }
}

struct `Retracting a draft` {
  @Test(arguments: EntryKind.allCases) func `happens once`(kind: EntryKind) {
    let event = RecordEvent.statementRetracted(StatementRetracted(entry: "e-1", session: "opening"))
    let known = given.and(
      entry(kind, "e-1", details { $0.topic = kind == .position ? "Trade" : nil }).body, said("e-2"))
    known.when(.retract("e-1")).then(event)
    known.and(event.body).when(.retract("e-1")).thenNothing()
    known.and(event.body, StatementRestored(entry: "e-1", session: "opening")).when(.retract("e-1")).then(
      event)
  }

  @Test func `needs an entry`() {
    drafted.when(.retract("e-9")).thenRefused(.unknown("e-9"))
  }
}

struct `Reaffirming an entry` {
  private let based = given.and(
    said("e-1"), entry(.conclusion, "e-2", details("So.", by: .nobody) { $0.basedOn = "e-1" }).body)

  private let reaffirmed = RecordEvent.entryReaffirmed(EntryReaffirmed(entry: "e-2", session: "opening"))
  private let meaning =
    [
      CorrectionRequested(
        "k-1", of: "e-1", in: "opening", kind: .substantive, EntryDetails.Changes { $0.text = "denied it" }),
      CorrectionAccepted(correction: "k-1", entry: "e-1", session: "opening", verifiedAgainst: .notes),
    ] as [any EventBody]

  @Test func `says that it still holds once what it rests on has changed, also after publication`() {
    for given in [based, based.and(issued(at: 7))] { given.when(.reaffirm("e-2")).thenNothing() }
    let changed = based.and(corrected { $0.text = "denied it" }.body)
    changed.when(.reaffirm("e-2")).then(reaffirmed)
    let published = based.and(issued(at: 7), meaning[0], meaning[1])
    published.when(.reaffirm("e-2")).then(reaffirmed)
    published.and(reaffirmed.body).when(.reaffirm("e-2")).thenNothing()
    // It changes nothing in print, except after an expunction.
    let expunged = based.and(
      StatementExpunged(
        entry: "e-1", session: "opening", authority: "The court", reason: "Libel", positions: [6]))
    expunged.when(.reaffirm("e-2")).then(
      .entryReaffirmed(EntryReaffirmed(entry: "e-2", session: "opening", printsAgain: true)))
  }

  @Test func `sees what becomes of its basis at the same time`() throws {
    let query = try #require(based.when(.reaffirm("e-2")).boundary())
    for body in [corrected { $0.text = "denied it" }.body, meaning[1]] {
      #expect(query.matches(based.and(body).last))
    }
  }

  @Test func `follows a basis that was merged`() {
    let merged = based.and(
      said("e-3"),
      StatementsMerged(
        entry: "e-3", merged: "e-1", session: "opening", whole: details("Both.") { $0.form = .summary }))
    merged.when(.reaffirm("e-2")).then(reaffirmed)
    merged.and(reaffirmed.body, corrected("e-3") { $0.text = "None." }.body).when(.reaffirm("e-2"))
      .then(reaffirmed)
  }

  @Test func `is not needed once it was based on another one that had changed before`() {
    let changed = based.and(said("e-3"), corrected("e-3") { $0.text = "denied it" }.body)
    changed.and(corrected("e-2") { $0.basedOn = "e-3" }.body).when(.reaffirm("e-2")).thenNothing()
  }

  @Test func `needs an entry that rests on another`() {
    based.when(.reaffirm("e-1")).thenRefused(saying: "“e-1” is not based on another entry.")
    based.when(.reaffirm("e-9")).thenRefused(.unknown("e-9"))
    based.and(StatementRetracted(entry: "e-2", session: "opening")).when(.reaffirm("e-2"))
      .thenRefused(.retracted("e-2"))
  }
}

struct `A published entry` {
  /// Positions 6 and 7; the issue contains both.
  private let published = given.and(said("e-1"), said("e-2"), issued(at: 7))
  @Test func `is neither corrected, moved, split, merged nor retracted`() {
    for command in [
      Statements.Command.move("e-1", .after("e-2")), .move("e-1", .end("panel")),
      .split("e-1", rest: "e-3", at: "that"), .merge("e-1", with: "e-2"),
    ] {
      published.when(command)
        .thenRefused(saying: "“e-1” is published, so it stays where it is, and whole.")
    }
    for command in [
      Statements.Command.correct("e-1", Statements.Change(EntryDetails.Changes { $0.text = "x" })),
      .retract("e-1"),
    ] {
      published.when(command).thenRefused(.published("e-1"))
      published.when(command)
        .thenRefused(saying: "“e-1” is published, so its text stands.", hints: .requestCorrection("e-1"))
    }
    published.and(said("e-3")).when(.merge("e-3", with: "e-1")).thenRefused(.fixed("e-1"))
  }

  @Test func `is in the issue that was built after it was recorded`() {
    let later = given.and(said("e-1"), issued(at: 5))
    later.when(.retract("e-1")).then(
      .statementRetracted(StatementRetracted(entry: "e-1", session: "opening")))
    // Version 1 of an issue was built at the position before it.
    let old = given.and(said("e-1"), ProceedingsIssued(issue: 1, provisional: false))
    old.when(.retract("e-1")).thenRefused(.published("e-1"))
    old.and(said("e-2")).when(.retract("e-2"))
      .then(.statementRetracted(StatementRetracted(entry: "e-2", session: "opening")))
  }

  @Test func `can be the neighbour and the basis of others`() {
    published.when(.record(entry(.statement, "e-3", details("asked why")), .after("e-1")))
      .then(entry(.statement, "e-3", order: "6.i", details("asked why")))
    let conclusion = entry(.conclusion, "e-3", details("So.", by: .nobody) { $0.basedOn = "e-1" })
    published.when(.record(conclusion)).then(conclusion)
  }
}

struct `An expunged entry` {
  private let expunged = StatementExpunged(
    entry: "e-1", session: "opening", authority: "The court", reason: "Libel", positions: [6])

  @Test func `loses its words once, as a draft and in print`() {
    for given in [drafted, drafted.and(issued(at: 6))] {
      given.when(.expunge("e-1", authority: "The court", reason: "Libel")).then(.statementExpunged(expunged))
      given.and(expunged).when(.expunge("e-1", authority: "Another", reason: "Again")).thenRefused(
        .expunged("e-1"))
    }
    given.when(.expunge("e-1", authority: "The court", reason: "Libel")).thenRefused(.unknown("e-1"))
  }

  @Test func `is followed by a warning of what may repeat its words`() {
    let based = drafted.and(
      entry(.conclusion, "e-2", details("So.", by: .nobody) { $0.basedOn = "e-1" }).body,
      entry(.conclusion, "e-3", details("Thus.", by: .nobody) { $0.basedOn = "e-2" }).body,
      entry(.position, "e-4", details("For.", by: .nobody) { $0.topic = "Trade" }).body,
      corrected("e-4") { $0.basedOn = "e-1" }.body)
    based.when(.expunge("e-1", authority: "The court", reason: "Libel")).thenWarned(
      // Also what rests on it through another one.
      ["e-2", "e-3", "e-4"].map { entry in
        HintedText(
          "“\(entry)” rests on “e-1” and may repeat the destroyed words. Until you reaffirm it or state all of its words "
            + "anew, only a reference is printed. If it repeats them, expunge it too, with other words.",
          [.show(noun: "statement", entry)])
      })
    drafted.when(.expunge("e-1", authority: "The court", reason: "Libel")).thenWarned([])
  }

  @Test func `cannot be changed, and nothing is put beside it`() {
    let commands: [Statements.Command] = [
      .correct("e-1", Statements.Change(EntryDetails.Changes { $0.text = "x" })),
      .translate("e-1", ["ru": "x"]),
      .move("e-1", .end("panel")), .split("e-1", rest: "e-3", at: "that"), .merge("e-1", with: "e-2"),
      .merge("e-2", with: "e-1"), .reaffirm("e-1"),
      .record(entry(.statement, "e-3", details("asked why")), .after("e-1")),
    ]
    // The words may be gone from the log, so that they are not even read.
    let gone = drafted.and(said("e-2"), expunged)
    for given in [gone, gone.withoutWords(at: 6)] {
      for command in commands {
        given.when(command).thenRefused(saying: "“e-1” was expunged; its words no longer exist.")
      }
    }
  }

  @Test func `takes the hashes of the issues with it that print it, once`() {
    func hashed(at position: Int, _ number: Int) -> ProceedingsIssued {
      ProceedingsIssued(issue: number, provisional: false) {
        $0.at = position
        $0.build = ProceedingsIssued.Build(document: "ab", typesetting: "cd")
      }
    }
    // Issues 1 and 2 are at the positions 7 and 11; a draft is in neither.
    let issued = drafted.and(hashed(at: 6, 1), said("e-2"), said("e-3"), said("e-4"), hashed(at: 8, 2))
    func expunged(_ entry: RecordID, _ positions: Int...) -> RecordEvent {
      .statementExpunged(
        StatementExpunged(
          entry: entry, session: "opening", authority: "The court", reason: "Libel", positions: positions))
    }
    issued.when(.expunge("e-1", authority: "The court", reason: "Libel")).then(expunged("e-1", 6, 7, 11))
    issued.when(.expunge("e-2", authority: "The court", reason: "Libel")).then(expunged("e-2", 8, 11))
    issued.when(.expunge("e-4", authority: "The court", reason: "Libel")).then(expunged("e-4", 10))
    issued.and(expunged("e-1", 6, 7, 11).body).withoutWords(at: 6, 7, 11)
      .when(.expunge("e-2", authority: "The court", reason: "Libel")).then(expunged("e-2", 8))
  }

  @Test func `takes with it what was said about corrections of it, and who it was identified as`() {
    let history = drafted.and(
      issued(at: 6),
      CorrectionRequested(
        "k-1", of: "e-1", in: "opening", kind: .substantive, requester: "X, who was called a crook",
        retracts: true, EntryDetails.Changes()),
      CorrectionRefused(
        correction: "k-1", entry: "e-1", session: "opening", reason: "“Crook” is on the tape"),
      PersonIdentified(voice: "red-tie", person: "feng", entries: ["e-1"]),
      StatementDisclosed(entry: "e-1", session: "opening", reason: "Feng wishes it"))
    history.when(.expunge("e-1", authority: "The court", reason: "Libel")).then(
      .statementExpunged(
        StatementExpunged(
          entry: "e-1", session: "opening", authority: "The court", reason: "Libel",
          positions: [6, 8, 9, 10, 11])))
  }

  @Test func `can have other words, and then goes on like any other`() {
    func replaced(_ text: LocalizedText, _ positions: Int...) -> StatementExpunged {
      StatementExpunged(
        entry: "e-1", session: "opening", authority: "GDPR", reason: "Erased", positions: positions,
        replacement: details(text) { $0.form = .summary })
    }
    let first = replaced("thanked a listener", 6, 8)
    let named = given.and(
      said("e-1", "thanked Li Wei"), issued(at: 6),
      CorrectionRequested(
        "k-1", of: "e-1", in: "opening", kind: .editorial,
        EntryDetails.Changes { $0.text = "thanked Mr Li Wei" }))
    let command = Statements.Command.replace("e-1", "thanked a listener", authority: "GDPR", reason: "Erased")
    named.when(command).then(.statementExpunged(first))
    for after in [named.and(first), named.and(first).withoutWords(at: 6, 8)] {
      after.when(command).thenNothing()
      after.when(.retract("e-1")).thenRefused(.published("e-1"))
      after.when(.translate("e-1", ["ru": "поблагодарил"])).then(
        .statementTranslated(
          StatementTranslated(entry: "e-1", session: "opening", text: ["ru": "поблагодарил"])))
      // What was asked for had the name.
      after.asked(Corrections.self).when(.accept("k-1", against: .notes, reason: nil))
        .thenRefused(.nothingDiffers("e-1"))
      after.when(.replace("e-1", "thanked everybody", authority: "GDPR", reason: "Erased")).then(
        .statementExpunged(replaced("thanked everybody", 9)))
      after.when(.expunge("e-1", authority: "The court", reason: "Libel")).then(
        .statementExpunged(
          StatementExpunged(
            entry: "e-1", session: "opening", authority: "The court", reason: "Libel", positions: [9])))
    }
    drafted.when(.replace("e-1", ["zh": "谢"], authority: "GDPR", reason: "Erased"))
      .thenRefused(saying: "“e-1” has a text in en too; say what replaces it there.")
    drafted.and(expunged).when(.replace("e-1", "x", authority: "GDPR", reason: "Erased"))
      .thenRefused(.expunged("e-1"))
    given.when(.replace("e-1", "x", authority: "GDPR", reason: "Erased")).thenRefused(.unknown("e-1"))
  }

  @Test func `is still in an issue, or not`() {
    let retracted = RecordEvent.statementRetracted(StatementRetracted(entry: "e-1", session: "opening"))
    drafted.and(expunged).withoutWords(at: 6).when(.retract("e-1")).then(retracted)
    drafted.and(issued(at: 6), expunged).withoutWords(at: 6).when(.retract("e-1")).thenRefused(
      .published("e-1"))
  }
}
