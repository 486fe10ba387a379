import EventLog
import JSON
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Record
@testable import Scheduling

private let base = held.reduce(Corrections.given()) { $0.and($1) }
private let topic: LocalizedText = "Trade"
/// Positions 6 to 9.
private let drafted = base.and(
  said("e-1", ["zh": "指出贸易增长", "en": "noted that trade grows"]) { $0.spoken = "zh" },
  entry(.position, "e-2", details("in favour", by: bySergey) { $0.topic = topic }).body,
  entry(.conclusion, "e-3", details("So.", by: .nobody) { $0.rationale = "As all said." }).body,
  entry(.recommendation, "e-4", details("Do.", by: .nobody) { $0.addressees = ["All"] }).body)
private let published = drafted.and(issued(at: 9))

private func changes(_ build: (inout EntryDetails.Changes) -> Void) -> EntryDetails.Changes {
  EntryDetails.Changes(build)
}

private func requested(
  _ entry: RecordID, kind: CorrectionKind = .substantive, by requester: LocalizedText? = nil,
  retracts: Bool = false, _ changes: EntryDetails.Changes = EntryDetails.Changes()
) -> CorrectionRequested {
  CorrectionRequested(
    "k-1", of: entry, in: "opening", kind: kind, requester: requester, retracts: retracts, changes)
}

private func accepted(
  _ entry: RecordID = "e-1", _ correction: CorrectionID = "k-1", reason: LocalizedText? = nil
)
  -> CorrectionAccepted
{
  CorrectionAccepted(
    correction: correction, entry: entry, session: "opening", verifiedAgainst: .recording, reason: reason)
}

private func refused(_ reason: LocalizedText = "The recording says so") -> CorrectionRefused {
  CorrectionRefused(correction: "k-1", entry: "e-1", session: "opening", reason: reason)
}

/// What leads to a request.
private func ask(_ event: CorrectionRequested) -> Corrections.Request {
  var changes = event.changes
  changes.attribution = nil
  return Corrections.Request(
    event.correction, of: event.entry, kind: event.kind, requester: event.requester,
    event.retracts ? nil : Statements.Change(changes, by: event.changes.attribution.map { .init($0) }))
}

private let wording = requested("e-1", kind: .editorial, changes { $0.text = "noted that trade increases" })

struct `A correction` {
  @Test func `is asked for once`() {
    published.when(.request(ask(wording))).then(.correctionRequested(wording))
    let speaker = requested("e-1", by: "The speaker", changes { $0.text = ["zh": "指出贸易萎缩"] })
    published.when(.request(ask(speaker))).then(.correctionRequested(speaker))
    published.and(wording).when(.request(ask(requested("e-2", changes { $0.topic = "Peace" }))))
      .thenRefused(saying: "There is another correction “k-1”.", hints: .chooseAnotherName)
  }

  @Test func `is accepted with what it was verified against, once`() {
    published.and(wording).when(.accept("k-1", against: .recording, reason: nil)).then(
      .correctionAccepted(accepted()))
    published.and(wording).when(.accept("k-1", against: .recording, reason: "Heard again"))
      .then(.correctionAccepted(accepted(reason: "Heard again")))
    published.and(wording, accepted()).when(.accept("k-1", against: .recording, reason: nil)).thenNothing()
    // Accepted on other grounds, it would be another decision.
    for (against, reason) in [(Verification.notes, nil), (.recording, "Heard again")] as [(_, LocalizedText?)]
    {
      published.and(wording, accepted()).when(.accept("k-1", against: against, reason: reason))
        .thenRefused(.decided("k-1", accepted: true))
    }
  }

  @Test func `is refused with a reason, once`() {
    published.and(wording).when(.refuse("k-1", reason: "The recording says so")).then(
      .correctionRefused(refused()))
    published.and(wording, refused()).when(.refuse("k-1", reason: "The recording says so")).thenNothing()
    published.and(wording, refused()).when(.refuse("k-1", reason: "Again"))
      .thenRefused(.decided("k-1", accepted: false))
  }

  @Test func `is not decided twice`() {
    published.and(wording, accepted()).when(.refuse("k-1", reason: "No"))
      .thenRefused(saying: "“k-1” was accepted already.", hints: .show(noun: "correction", "k-1"))
    published.and(wording, refused()).when(.accept("k-1", against: .notes, reason: nil))
      .thenRefused(saying: "“k-1” was refused already.", hints: .show(noun: "correction", "k-1"))
    for command in [
      Corrections.Command.accept("k-9", against: .notes, reason: nil), .refuse("k-9", reason: "No"),
    ] {
      published.and(wording).when(command)
        .thenRefused(saying: "There is no correction “k-9”.", hints: .list(CorrectionEntity.self))
    }
  }

  @Test func `is made in one step by an editor`() {
    published.when(.make(ask(wording), against: .recording, reason: "Heard again"))
      .then(.correctionRequested(wording), .correctionAccepted(accepted(reason: "Heard again")))
    // Asked for by somebody, and not yet decided.
    published.and(wording).when(.make(ask(wording), against: .recording, reason: nil))
      .then(.correctionAccepted(accepted()))
    published.and(wording, refused()).when(.make(ask(wording), against: .recording, reason: nil))
      .thenRefused(.decided("k-1", accepted: false))
  }

  @Test(arguments: EntryKind.allCases, EntryDetails.Field.allCases)
  func `is possible for every field of every kind; attribution and stance are never editorial`(
    kind: EntryKind, field: EntryDetails.Field
  ) {
    let entry: RecordID = ["e-1", "e-2", "e-3", "e-4"][EntryKind.allCases.firstIndex(of: kind)!]
    let new = details("other words", by: byChair) {
      $0.topic = "Peace"
      $0.rationale = "As few said."
      $0.form = .verbatim
      $0.acts = [SpeechAct.common[2]]
      $0.addressees = ["Europe"]
      $0.spoken = "ru"
      $0.said = "2016-03-25T01:00:05Z"
      $0.mentions = ["feng"]
      $0.basedOn = "e-5"
    }
    let given = published.and(said("e-5"))
    let change = changes { $0.restore(field, of: new) }
    guard kind.fields.contains(field) else {
      given.when(.request(ask(requested(entry, change))))
        .thenRefused(saying: "A \(kind.rawValue) has no \(field.noun).")
      return
    }
    given.when(.request(ask(requested(entry, change)))).then(.correctionRequested(requested(entry, change)))
    let isMeaning =
      switch field {
      case .attribution, .acts, .addressees, .spoken, .basedOn: true
      case .text, .topic: kind == .position
      case .form, .rationale, .said, .mentions: false
      }
    let editorial = given.when(.request(ask(requested(entry, kind: .editorial, change))))
    if isMeaning {
      editorial.thenRefused(.notEditorial([field]))
      editorial.thenRefused(
        saying: "A correction of the \(field.noun) changes the meaning, so it is substantive.")
    } else {
      editorial.then(.correctionRequested(requested(entry, kind: .editorial, change)))
    }
  }

  @Test func `names all the fields that are not editorial`() {
    published.when(
      .request(
        ask(
          requested(
            "e-1", kind: .editorial,
            changes {
              $0.text = "other words"
              $0.attribution = bySergey
              $0.acts = [SpeechAct.common[0]]
            })))
    ).thenRefused(
      saying: "A correction of the attribution and the speech acts changes the meaning, so it is substantive."
    )
  }

  @Test func `can retract an entry, which is substantive`() {
    let retraction = requested("e-1", retracts: true)
    published.when(.request(ask(retraction))).then(.correctionRequested(retraction))
    published.when(.request(ask(requested("e-1", kind: .editorial, retracts: true))))
      .thenRefused(saying: "Retracting an entry changes the meaning, so it is substantive.")
    let gone = published.and(retraction, accepted())
    let again = Corrections.Request("k-2", of: "e-1", kind: .substantive, nil)
    gone.when(.request(again)).thenRefused(.statement(.retracted("e-1")))
    let later = Corrections.Request(
      "k-2", of: "e-1", kind: .editorial, Statements.Change(changes { $0.text = "x" }))
    gone.when(.request(later)).thenRefused(saying: "“e-1” was retracted and cannot be changed.")
  }

  @Test func `is for published entries; a draft is simply changed`() {
    for command in [
      Corrections.Command.request(ask(wording)), .make(ask(wording), against: .notes, reason: nil),
    ] {
      drafted.when(command)
        .thenRefused(
          saying: "“e-1” is a draft, so it can be changed without a correction.", hints: .correct("e-1"))
    }
    let draft = published.and(said("e-5"))
    draft.when(.request(ask(requested("e-5", changes { $0.text = "x" })))).thenRefused(.draft("e-5"))
    draft.when(.request(ask(requested("e-9", changes { $0.text = "x" })))).thenRefused(
      .statement(.unknown("e-9")))
  }

  @Test func `says something else than the entry`() {
    let same = requested("e-1", kind: .editorial, changes { $0.text = "noted that trade grows" })
    published.when(.request(ask(same)))
      .thenRefused(saying: "“e-1” says so already; nothing would be corrected.")
    // Compared with the words as they were corrected meanwhile.
    let back = Corrections.Request(
      "k-2", of: "e-1", kind: .editorial, Statements.Change(changes { $0.text = "noted that trade grows" }))
    published.and(wording, accepted()).when(.request(back)).then(
      .correctionRequested(
        CorrectionRequested(
          "k-2", of: "e-1", in: "opening", kind: .editorial, changes { $0.text = "noted that trade grows" })))
    published.and(wording).when(.request(back)).thenRefused(.nothingDiffers("e-1"))
    let twice = Corrections.Request(
      "k-2", of: "e-1", kind: .editorial,
      Statements.Change(changes { $0.text = "noted that trade increases" }))
    published.and(wording, accepted()).when(.request(twice)).thenRefused(.nothingDiffers("e-1"))
  }

  @Test func `that was overtaken by another one is not accepted any more`() {
    let second = CorrectionRequested(
      "k-2", of: "e-1", in: "opening", kind: .editorial, changes { $0.text = "noted that trade increases" })
    published.and(wording, second, accepted()).when(.accept("k-2", against: .notes, reason: nil))
      .thenRefused(.nothingDiffers("e-1"))
    // Whoever asked for other words has not seen the present ones.
    let other = CorrectionRequested(
      "k-2", of: "e-1", in: "opening", kind: .editorial, changes { $0.text = "noted that trade stops" })
    published.and(wording, other, accepted()).when(.accept("k-2", against: .notes, reason: nil))
      .thenRefused(.overtaken("k-2", by: "k-1"))
    published.and(wording, accepted(), other).when(.accept("k-2", against: .notes, reason: nil))
      .then(
        .correctionAccepted(
          CorrectionAccepted(
            correction: "k-2", entry: "e-1", session: "opening", verifiedAgainst: .notes, reason: nil)))
    let form = CorrectionRequested(
      "k-2", of: "e-1", in: "opening", kind: .editorial, changes { $0.form = .verbatim })
    published.and(wording, form, accepted()).when(.accept("k-2", against: .notes, reason: nil))
      .then(
        .correctionAccepted(
          CorrectionAccepted(
            correction: "k-2", entry: "e-1", session: "opening", verifiedAgainst: .notes, reason: nil)))
    // The words of another language are still those that were asked about.
    let chinese = CorrectionRequested(
      "k-2", of: "e-1", in: "opening", kind: .editorial, changes { $0.text = ["zh": "指出贸易停滞"] })
    published.and(wording, chinese, accepted()).when(.accept("k-2", against: .notes, reason: nil))
      .then(
        .correctionAccepted(
          CorrectionAccepted(
            correction: "k-2", entry: "e-1", session: "opening", verifiedAgainst: .notes, reason: nil)))
    let gone = CorrectionRequested(
      "k-2", of: "e-1", in: "opening", kind: .substantive, retracts: true, changes { _ in })
    published.and(wording, gone, accepted("e-1", "k-2")).when(.accept("k-1", against: .notes, reason: nil))
      .thenRefused(.statement(.retracted("e-1")))
    // It can still be refused.
    published.and(wording, gone, accepted("e-1", "k-2")).when(.refuse("k-1", reason: "The recording says so"))
      .then(.correctionRefused(refused()))
  }

  @Test func `keeps the credit of speakers who stay`() {
    let inferred = try! Attribution(
      .named, persons: ["feng"], basis: .inferred, asPrinted: "Feng Shaolei", credits: byFeng.credits)
    published.and(SpeakerRevisedName.feng).when(
      .request(ask(requested("e-1", changes { $0.attribution = inferred })))
    )
    .then(.correctionRequested(requested("e-1", changes { $0.attribution = inferred })))
  }

  @Test func `needs the people and the basis that it names`() {
    published.when(.request(ask(requested("e-1", changes { $0.mentions = ["nobody"] }))))
      .thenRefused(.statement(.unknownPerson("nobody")))
    published.when(.request(ask(requested("e-3", changes { $0.basedOn = "e-9" }))))
      .thenRefused(.statement(.unknown("e-9")))
    published.when(.request(ask(requested("e-2", changes { $0.cleared = [.topic] }))))
      .thenRefused(saying: "A position needs a topic.")
  }

  @Test func `is not accepted once its basis is gone`() {
    let based = requested("e-3", changes { $0.basedOn = "e-1" })
    published.when(.request(ask(requested("e-3", changes { $0.basedOn = "e-3" }))))
      .thenRefused(.statement(.itself("e-3")))
    let asked = published.and(based)
    asked.when(.accept("k-1", against: .recording, reason: nil)).then(.correctionAccepted(accepted("e-3")))
    let gone = asked.and(
      CorrectionRequested(
        "k-2", of: "e-1", in: "opening", kind: .substantive, retracts: true, changes { _ in }),
      accepted("e-1", "k-2"))
    gone.when(.accept("k-1", against: .recording, reason: nil))
      .thenRefused(.statement(.basisRetracted("e-1")))
  }

  @Test func `of an expunged entry is refused, and can be refused`() {
    let expunged = StatementExpunged(
      entry: "e-1", session: "opening", authority: "The court", reason: "Libel", positions: [6, 11])
    for given in [published.and(wording, expunged), published.and(wording, expunged).withoutWords(at: 6, 11)]
    {
      given.when(.accept("k-1", against: .notes, reason: nil)).thenRefused(.statement(.expunged("e-1")))
      given.when(.refuse("k-1", reason: "The recording says so")).then(.correctionRefused(refused()))
      given.when(.request(Corrections.Request("k-2", of: "e-1", kind: .substantive, nil)))
        .thenRefused(.statement(.expunged("e-1")))
    }
  }
}
