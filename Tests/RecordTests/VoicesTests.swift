import EventLog
import People
import Specification
import Testing
import Vocabulary

@testable import Record

private let base = held.reduce(Voices.given()) { $0.and($1) }

private func voice(_ printed: LocalizedText = "A man in a red tie", _ voice: VoiceID = "red-tie")
  -> Attribution
{
  try! Attribution(.unidentified, asPrinted: printed, voice: voice)
}

private func named(
  _ person: PersonID = "feng", _ name: PersonName = "Feng, Shaolei", basis: Attribution.Basis = .stated
)
  -> Attribution
{
  try! Attribution(
    .named, persons: [person], basis: basis, asPrinted: LocalizedText([.english: name.printed]),
    credits: [Credit(person, name: name, affiliations: [])], voice: "red-tie")
}

private func naming(_ attribution: Attribution = named()) -> EntryDetails.Changes {
  EntryDetails.Changes { $0.attribution = attribution }
}

private func identify(
  _ person: PersonID = "feng", _ voice: VoiceID = "red-tie", against: Verification? = nil
) -> Voices.Command {
  Voices.Command(voice, as: person, correction: "k-1", against: against)
}

private func identified(_ entries: RecordID..., as person: PersonID? = "feng") -> PersonIdentified {
  PersonIdentified(voice: "red-tie", person: person, entries: entries)
}

/// Positions 6 to 8.
private let drafted = base.and(
  said("e-1", by: voice()), said("e-2", by: bySergey), said("e-3", by: voice("The same man"), in: "panel"))

struct `An unknown voice` {
  @Test func `is identified in all its drafts at once`() {
    drafted.when(identify()).then(
      .personIdentified(identified("e-1", "e-3")),
      .statementCorrected(StatementCorrected("e-1", in: "opening", naming())),
      .statementCorrected(StatementCorrected("e-3", in: "panel", naming())))
  }

  @Test func `is found by its tag alone`() {
    let boundary = Voices.boundary(of: identify(), in: Voices.initial)
    #expect(
      boundary.items.map(\.tags) == [
        [Tag(stored: "voice:red-tie")], [Tag(stored: "person:feng")], [.conference], [.issue],
      ])
    #expect(said("e-1", by: voice()).tags.contains(Tag(stored: "voice:red-tie")))
    #expect(
      StatementCorrected("e-1", in: "opening", naming(voice())).tags.contains(Tag(stored: "voice:red-tie")))
  }

  @Test func `is corrected where it is published, with what it was verified against`() {
    let published = drafted.and(issued(at: 7))
    published.when(identify()).thenRefused(
      saying: "Of what “red-tie” said, “e-1” is published, so the name is a correction there.",
      hints: .verifyCorrections)
    published.when(identify(against: .recording)).then(
      .personIdentified(identified("e-1", "e-3")),
      .correctionRequested(
        CorrectionRequested("k-1", of: "e-1", in: "opening", kind: .substantive, naming())),
      .correctionAccepted(
        CorrectionAccepted(
          correction: "k-1", entry: "e-1", session: "opening", verifiedAgainst: .recording, reason: nil)),
      .statementCorrected(StatementCorrected("e-3", in: "panel", naming())))
  }

  @Test func `has a correction for each published entry`() {
    func corrected(_ entry: RecordID, in session: SessionID, by correction: CorrectionID) -> (
      RecordEvent, RecordEvent
    ) {
      (
        .correctionRequested(
          CorrectionRequested(correction, of: entry, in: session, kind: .substantive, naming())),
        .correctionAccepted(
          CorrectionAccepted(
            correction: correction, entry: entry, session: session, verifiedAgainst: .recording, reason: nil))
      )
    }
    let (first, second) = (
      corrected("e-1", in: "opening", by: "k-1"), corrected("e-3", in: "panel", by: "k-1-2")
    )
    drafted.and(issued(at: 8)).when(identify(against: .recording)).then(
      .personIdentified(identified("e-1", "e-3")), first.0, first.1, second.0, second.1)
  }

  @Test func `is known under a handle that something was said under`() {
    drafted.when(identify("feng", "blue-tie"))
      .thenRefused(
        saying: "No entry is attributed to a voice “blue-tie”.", hints: .list(RecordEntity.self))
    drafted.when(identify("nobody")).thenRefused(.statement(.unknownPerson("nobody")))
    // It was ascribed to somebody by hand, or retracted.
    base.and(said("e-1", by: voice()), StatementCorrected("e-1", in: "opening", naming(bySergey)))
      .when(identify()).thenRefused(.unknown("red-tie"))
    base.and(said("e-1", by: voice()), StatementRetracted(entry: "e-1", session: "opening"))
      .when(identify()).thenRefused(.unknown("red-tie"))
  }

  @Test func `has the name and the offices of the day of each statement`() {
    let given = base.and(
      said("e-1", by: voice()), SpeakerRevised(person: "feng") { $0.name = "Feng, Shao-lei" },
      said("e-2", by: voice()))
    given.when(identify()).then(
      .personIdentified(identified("e-1", "e-2")),
      .statementCorrected(StatementCorrected("e-1", in: "opening", naming())),
      .statementCorrected(
        StatementCorrected("e-2", in: "opening", naming(named("feng", "Feng, Shao-lei")))))
  }

  @Test func `keeps how the attribution is known`() {
    var carried = voice()
    carried.basis = .carriedOver
    base.and(said("e-1", by: carried)).when(identify()).then(
      .personIdentified(identified("e-1")),
      .statementCorrected(
        StatementCorrected("e-1", in: "opening", naming(named(basis: .carriedOver)))))
  }

  @Test func `can turn out to be somebody else`() {
    let settled = drafted.and(
      identified("e-1", "e-3"), StatementCorrected("e-1", in: "opening", naming()),
      StatementCorrected("e-3", in: "panel", naming()))
    settled.when(identify()).thenNothing()
    let other = naming(named("sergey", "Karaganov, Sergey"))
    settled.when(identify("sergey")).then(
      .personIdentified(identified("e-1", "e-3", as: "sergey")),
      .statementCorrected(StatementCorrected("e-1", in: "opening", other)),
      .statementCorrected(StatementCorrected("e-3", in: "panel", other)))
    // Whoever names another one is told of the first.
    settled.when(identify("sergey")).thenWarned([
      HintedText(
        "“e-1”, “e-3” were ascribed to “feng” until now.", [.show(noun: "speaker", "feng")])
    ])
    drafted.when(identify()).thenWarned([])
    // Of each of several, with what was theirs.
    let third = SpeakerRegistered(person: "li", name: "Li, Wei")
    drafted.and(
      third, identified("e-1", "e-3"), StatementCorrected("e-1", in: "opening", naming()),
      StatementCorrected("e-3", in: "panel", other)
    ).when(identify("li")).thenWarned([
      HintedText("“e-1” was ascribed to “feng” until now.", [.show(noun: "speaker", "feng")]),
      HintedText("“e-3” was ascribed to “sergey” until now.", [.show(noun: "speaker", "sergey")]),
    ])
    // What was recorded since is settled alone.
    settled.and(said("e-4", by: voice())).when(identify()).then(
      .personIdentified(identified("e-4")),
      .statementCorrected(StatementCorrected("e-4", in: "opening", naming())))
  }

  @Test func `is not identified where one of its entries is withheld now`() {
    let withheld = try! Attribution(.withheld, asPrinted: "A participant")
    drafted.and(StatementCorrected("e-3", in: "panel", naming(withheld))).when(identify()).thenRefused(
      saying:
        "“e-3” was of the voice “red-tie”, and the speaker is withheld there now; the identification would "
        + "disclose the name.", hints: .disclose)
  }

  @Test func `is unknown again after an undo`() {
    let undo = EntryUndo.Command(commandID: "c", positions: 7...8, entries: ["e-1"])
    let given = held.reduce(EntryUndo.given()) { $0.and($1) }.and(
      said("e-1", by: voice()), identified("e-1"), StatementCorrected("e-1", in: "opening", naming()))
    given.when(undo).then(
      .personIdentified(identified("e-1", as: nil)),
      restored(given, before: 7) { $0 = naming(voice()) })
  }

  @Test func `that was identified is pointed out to whoever records it again`() {
    let draft = Statements.Draft(
      .statement,
      EntryDetails.Changes {
        $0.text = "asked why"
        $0.form = .summary
      }, by: .init(voice()))
    let given = held.reduce(Statements.given()) { $0.and($1) }.and(
      said("e-1", by: voice()), identified("e-1"))
    given.when(.record("e-2", .end("opening"), draft)).thenWarned([
      HintedText("“red-tie” was identified as “feng”, which “e-2” does not say yet.", [.identify("red-tie")])
    ])
    given.and(identified("e-1", as: nil)).when(.record("e-2", .end("opening"), draft)).thenWarned([])
  }

  @Test func `stays with its name when somebody else corrects another part of the attribution`() {
    let change = Statements.Change(
      EntryDetails.Changes(), by: .init(.named, persons: ["feng"], asPrinted: "Professor Feng"))
    var printed = named()
    printed.asPrinted = "Professor Feng"
    held.reduce(Statements.given()) { $0.and($1) }.and(said("e-1", by: named()))
      .when(.correct("e-1", change))
      .then(.statementCorrected(StatementCorrected("e-1", in: "opening", naming(printed))))
  }
}
