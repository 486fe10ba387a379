import EventLog
import JSON
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Record

private let byLi = try! Attribution(.named, persons: ["li-wei"], asPrinted: "Li")

private func details(_ text: LocalizedText, _ build: (inout EntryDetails) -> Void = { _ in }) -> EntryDetails
{
  EntryDetails(text, byLi) {
    $0.form = .verbatim
    build(&$0)
  }
}

private func said(
  _ id: RecordID, _ text: LocalizedText = "It began.", in session: SessionID = "opening",
  order: String? = nil,
  _ build: (inout EntryDetails) -> Void = { _ in }
) -> StatementRecorded {
  StatementRecorded(id, in: session, order: try! order.map { try OrderKey($0) }, details(text, build))
}

private func corrected(_ id: RecordID = "e-1", _ build: (inout EntryDetails.Changes) -> Void)
  -> StatementCorrected
{
  StatementCorrected(id, in: "opening", EntryDetails.Changes(build))
}

private func requested(
  _ id: CorrectionID = "k-1", of entry: RecordID = "e-1", kind: CorrectionKind = .substantive,
  retracts: Bool = false,
  _ build: (inout EntryDetails.Changes) -> Void = { _ in }
) -> CorrectionRequested {
  CorrectionRequested(
    id, of: entry, in: "opening", kind: kind, requester: "The speaker", retracts: retracts,
    EntryDetails.Changes(build))
}

private func accepted(_ id: CorrectionID = "k-1", of entry: RecordID = "e-1") -> CorrectionAccepted {
  CorrectionAccepted(
    correction: id, entry: entry, session: "opening", verifiedAgainst: .recording, reason: "Heard again")
}

private func issue(_ number: Int, at position: Int) -> ProceedingsIssued {
  ProceedingsIssued(issue: number, provisional: false, note: "N") {
    $0.at = position
    $0.date = "2016-06-04"
    $0.build = ProceedingsIssued.Build(document: "ab", typesetting: "cd")
  }
}

private func numbered(_ issue: Int, _ numbers: (RecordID, String)...) -> ParagraphsNumbered {
  ParagraphsNumbered(
    issue: issue, session: "opening", ordinal: "1",
    numbers: numbers.map { ParagraphsNumbered.Number($0.0, $0.1) })
}

private func numbered(_ issue: Int, _ session: SessionID, ordinal: String, _ numbers: (RecordID, String)...)
  -> ParagraphsNumbered
{
  ParagraphsNumbered(
    issue: issue, session: session, ordinal: ordinal,
    numbers: numbers.map { ParagraphsNumbered.Number($0.0, $0.1) })
}

private let expunged = StatementExpunged(
  entry: "e-1", session: "opening", authority: "The court", reason: "Libel", positions: [1, 3, 4, 5, 7, 8, 9])

/// The same rows in every table.
func expectSame(
  _ a: ProceedingsModel, _ b: ProceedingsModel, _ comment: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  func sorted<R: Row>(_ table: Table<R>) -> [R] { table.rows.sorted { $0.key < $1.key } }
  #expect(sorted(a.entries) == sorted(b.entries), "\(comment)", sourceLocation: sourceLocation)
  #expect(sorted(a.corrections) == sorted(b.corrections), "\(comment)", sourceLocation: sourceLocation)
  #expect(sorted(a.issues) == sorted(b.issues), "\(comment)", sourceLocation: sourceLocation)
  #expect(sorted(a.proofs) == sorted(b.proofs), "\(comment)", sourceLocation: sourceLocation)
  #expect(sorted(a.sessions) == sorted(b.sessions), "\(comment)", sourceLocation: sourceLocation)
  #expect(sorted(a.names) == sorted(b.names), "\(comment)", sourceLocation: sourceLocation)
}

private func record(_ events: any EventBody...) throws -> ProceedingsModel {
  try fold(all: events, into: ProceedingsModel.self)
}

/// The entry `e-1` after these events.
private func entry(_ events: any EventBody...) throws -> EntryRow {
  try #require(try fold(all: events, into: ProceedingsModel.self).entries["e-1"])
}

@Suite struct `An entry is folded so that` {
  /// The entry as it was recorded at position 1.
  private func row(_ text: LocalizedText = "It began.", _ build: (inout EntryDetails) -> Void = { _ in })
    -> EntryRow
  {
    EntryRow("e-1", .statement, "opening", OrderKey(1), details(text, build), origin(1))
  }

  @Test func `it stands where it was recorded, or where it was put`() throws {
    let full = said("e-1") {
      $0.acts = [SpeechAct.common[0]]
      $0.addressees = ["All"]
      $0.spoken = "zh"
      $0.mentions = ["anna-berg"]
    }
    #expect(
      try entry(full)
        == row {
          $0.acts = [SpeechAct.common[0]]
          $0.addressees = ["All"]
          $0.spoken = "zh"
          $0.mentions = ["anna-berg"]
        })
    let recorded = try entry(full)
    #expect(recorded.number == nil && recorded.issue == nil && recorded.revision == 1 && recorded.isPrinted)
    #expect(recorded.recordedPosition == 1 && recorded.position == 1)
    #expect(
      try record(said("e-2"), said("e-1", order: "1.i")).entries["e-1"]?.order == OrderKey(1, fraction: "i"))
  }

  @Test func `positions, conclusions and recommendations come after the statements`() throws {
    let model = try record(
      RecommendationRecorded("e-r", in: "opening", details("Go on.") { $0.addressees = ["All"] }),
      ConclusionRecorded("e-c", in: "opening", details("Agreed.") { $0.rationale = "Because." }),
      PositionRecorded("e-p", in: "opening", details("For it.") { $0.topic = "Trade" }), said("e-2"),
      said("e-1", order: "3.i"), said("e-3", in: "panel"))
    let entries = model.entries(of: "opening")
    #expect(entries.map(\.id) == ["e-1", "e-2", "e-p", "e-c", "e-r"])
    #expect(entries.map(\.kind) == [.statement, .statement, .position, .conclusion, .recommendation])
    #expect(entries.map(\.position) == [5, 4, 3, 2, 1])
    #expect(
      model.entriesBySession.mapValues { $0.map(\.id) } == ["opening": entries.map(\.id), "panel": ["e-3"]])
  }

  @Test func `a change of a draft leaves no trace but its position`() throws {
    var changed = row("It had begun.") {
      $0.form = .summary
      $0.mentions = ["anna-berg"]
    }
    changed.position = 2
    changed.history = EntryHistory(
      revision: 1, renderings: ["en": 1], wordedAt: ["en": 2], meaningChangedAt: 2, meaningChangedBefore: nil,
      reviewedAt: 2)
    #expect(
      try entry(
        said("e-1"),
        corrected {
          $0.text = "It had begun."
          $0.form = .summary
          $0.mentions = ["anna-berg"]
        }) == changed)
    #expect(try entry(said("e-1"), corrected { $0.text = "It had begun." }).corrections == [])
  }

  @Test func `a change keeps everything that it does not name, also other languages`() throws {
    let both = said("e-1", ["en": "It began.", "zh": "开始了。"]) { $0.addressees = ["All"] }
    let text = try entry(both, corrected { $0.text = "It had begun." })
    #expect(text.details.text == ["en": "It had begun.", "zh": "开始了。"])
    #expect(text.details.addressees == ["All"] && text.details.attribution == byLi)
    let voice = try entry(both, corrected { $0.attribution = .nobody })
    #expect(voice.details.text == both.details.text && voice.details.attribution == .nobody)
    let cleared = try entry(both, corrected { $0.cleared = [.form, .addressees] })
    #expect(cleared.details.form == nil && cleared.details.addressees == [])
  }

  @Test func `translations are out of date once the original has other words`() throws {
    let spoken = said("e-1", ["zh": "开始了。", "en": "It began."]) { $0.spoken = "zh" }
    let zh: Language = "zh"
    func outdated(_ events: any EventBody...) throws -> [String] {
      let row = try #require(try fold(all: [spoken] + events, into: ProceedingsModel.self).entries["e-1"])
      #expect(row.original == zh && !row.isOutdated(zh))
      return row.details.text.languages.filter(row.isOutdated).map(\.tag)
    }
    func translated(_ text: LocalizedText) -> StatementTranslated {
      StatementTranslated(entry: "e-1", session: "opening", text: text)
    }
    #expect(try outdated() == [])
    #expect(try outdated(translated(["ru": "Началось."])) == [])
    let original = corrected { $0.text = ["zh": "早就开始了。"] }
    #expect(try outdated(translated(["ru": "Началось."]), original) == ["en", "ru"])
    #expect(try outdated(translated(["ru": "Началось."]), original, translated("It had begun.")) == ["ru"])
    #expect(try outdated(original, translated(["ru": "Началось."])) == ["en"])
    // A translation that is corrected is up to date; so are those that are corrected together with the original.
    #expect(try outdated(original, corrected { $0.text = "It had begun." }) == [])
    #expect(try outdated(corrected { $0.text = ["zh": "早就开始了。", "en": "It had begun."] }) == [])
    // A published original is corrected: its translations are out of date from then on.
    #expect(try outdated(requested { $0.text = ["zh": "早就开始了。"] }) == [])
    #expect(try outdated(requested { $0.text = ["zh": "早就开始了。"] }, accepted()) == ["en"])
    // The original as it was is no new wording.
    #expect(try outdated(corrected { $0.text = ["zh": "开始了。", "en": "It had begun."] }) == [])
    // An undo restores what was out of date.
    let before = try entry(spoken, original).history
    #expect(
      try outdated(
        original, translated("It had begun."),
        StatementCorrected(
          "e-1", in: "opening", EntryDetails.Changes { $0.text = "It began." }, history: before)) == ["en"])
    // A split and a merger leave them as they were.
    let head = EntryDetails(["zh": "早就开始了。", "en": "It began."], byLi) { $0.spoken = "zh" }
    #expect(
      try outdated(
        original, StatementSplit(entry: "e-1", session: "opening", rest: "e-2", head: head, outdated: ["en"]))
        == ["en"])
    let rest = try #require(
      try fold(
        all: [StatementRecorded("e-2", in: "opening", outdated: ["en"], head)], into: ProceedingsModel.self
      ).entries["e-2"])
    #expect(rest.isOutdated("en") && !rest.isOutdated("zh"))
    // Of an entry whose language is unknown, nothing is known to be a translation.
    let unknown = try entry(
      said("e-1", ["en": "It began.", "zh": "开始了。"]), corrected { $0.text = ["zh": "早就开始了。"] })
    #expect(unknown.original == nil && !unknown.isOutdated("en"))
  }

  @Test func `it loses a language that was given by mistake`() throws {
    let row = try entry(
      said("e-1", ["en": "It began.", "da": "Det begyndte."]), corrected { $0.without = ["da"] })
    #expect(row.details.text == "It began." && row.renderings == ["en": 1] && row.revision == 1)
  }

  @Test func `it is moved within its session and to another`() throws {
    let there = StatementMoved(entry: "e-1", from: "opening", session: "panel", order: nil)
    let before = StatementMoved(
      entry: "e-1", from: "opening", session: "opening", order: OrderKey(1, fraction: "r"))
    let moved = try entry(said("e-1"), said("e-2"), there)
    #expect(moved.session == "panel" && moved.order == OrderKey(3) && moved.position == 3)
    #expect(try record(said("e-2"), said("e-1"), before).entries(of: "opening").map(\.id) == ["e-2", "e-1"])
    #expect(try record(said("e-1"), said("e-2"), there).entries(of: "opening").map(\.id) == ["e-2"])
  }

  @Test func `it is split, and two are merged`() throws {
    let whole = said("e-1", ["en": "It began. It ended.", "zh": "开始了。结束了。"]) {
      $0.mentions = ["anna-berg"]
      $0.spoken = "en"
    }
    var (first, second) = (whole.details, whole.details)
    (first.text, second.text) = (["en": "It began.", "zh": "开始了。"], ["en": "It ended.", "zh": "结束了。"])
    let split = StatementSplit(entry: "e-1", session: "opening", rest: "e-2", head: first)
    let rest = StatementRecorded("e-2", in: "opening", order: OrderKey(1, fraction: "i"), second)
    let model = try record(whole, split, rest)
    let head = try #require(model.entries["e-1"])
    #expect(head.details == first && head.order == OrderKey(1) && head.position == 2)
    #expect(head.details.text.languages.filter(head.isOutdated) == [], "All languages were split.")
    #expect(
      model.entries["e-2"]
        == EntryRow("e-2", .statement, "opening", OrderKey(1, fraction: "i"), second, origin(3)))
    let merged = try record(
      whole, split, rest,
      StatementsMerged(entry: "e-1", merged: "e-2", session: "opening", whole: whole.details))
    #expect(merged.entries["e-1"]?.details == whole.details && merged.entries["e-1"]?.isPrinted == true)
    #expect(merged.entries["e-2"]?.isRetracted == true && merged.entries["e-2"]?.isPrinted == false)
    #expect(merged.entries["e-2"]?.mergedInto == "e-1")
  }

  @Test func `a language is taken away`() throws {
    let row = try entry(
      said("e-1", ["en": "It began.", "da": "Ça commença."]), corrected { $0.without = ["da"] })
    #expect(
      row.details.text == "It began." && row.renderings == ["en": 1] && row.history.wordedAt == ["en": 1])
  }

  @Test func `a published entry that an earlier version retracted keeps its place`() throws {
    let retracted = StatementRetracted(entry: "e-2", session: "opening")
    let old = try record(
      said("e-1"), said("e-2"), said("e-3"), ProceedingsIssued(issue: 1, provisional: false), retracted)
    let row = try #require(old.entries["e-2"])
    #expect(row.isRetracted && row.isPrinted && row.number == nil)
    let numbering = old.numbering(["opening"])
    #expect(old.entries(of: "opening").map { numbering.printed($0) } == ["1.1", "1.2", "1.3"])
    let draft = try record(
      said("e-1"), ProceedingsIssued(issue: 1, provisional: false), said("e-2"), retracted)
    #expect(draft.entries["e-2"]?.isPrinted == false)
  }

  @Test func `a draft is retracted without a number, and restored`() throws {
    let retracted = StatementRetracted(entry: "e-1", session: "opening")
    #expect(try entry(said("e-1"), retracted).isRetracted && !entry(said("e-1"), retracted).isPrinted)
    let restored = try entry(said("e-1"), retracted, StatementRestored(entry: "e-1", session: "opening"))
    #expect(
      !restored.isRetracted && restored.isPrinted && restored.order == OrderKey(1) && restored.position == 3)
  }

  @Test func `what rests on it is to be reviewed, until somebody looks at it`() throws {
    let based = ConclusionRecorded("e-2", in: "opening", details("So.") { $0.basedOn = "e-1" })
    func toReview(_ events: any EventBody...) throws -> [String] {
      try fold(all: [said("e-1"), based] + events, into: ProceedingsModel.self).entriesToReview
        .map { "\($0.entry.id) on \($0.basis.id)" }
    }
    let meaning = requested { $0.text = "It ended." }
    #expect(try toReview() == [])
    #expect(try toReview(meaning) == [])
    #expect(try toReview(meaning, accepted()) == ["e-2 on e-1"])
    #expect(try toReview(requested(kind: .editorial) { $0.text = "It  began." }, accepted()) == [])
    #expect(try toReview(requested(retracts: true), accepted()) == ["e-2 on e-1"])
    #expect(try toReview(StatementRetracted(entry: "e-1", session: "opening")) == ["e-2 on e-1"])
    #expect(try toReview(meaning, accepted(), EntryReaffirmed(entry: "e-2", session: "opening")) == [])
    #expect(try toReview(meaning, accepted(), corrected("e-2") { $0.text = "Then." }) == [])
    #expect(try toReview(meaning, accepted(), StatementRetracted(entry: "e-2", session: "opening")) == [])
    #expect(
      try toReview(EntryReaffirmed(entry: "e-2", session: "opening"), meaning, accepted()) == ["e-2 on e-1"])
    // Only to look at it is no change of it, nor is moving it or translating it.
    #expect(
      try record(said("e-1"), based, EntryReaffirmed(entry: "e-2", session: "opening")).entries["e-2"]?
        .position
        == 2)
    #expect(
      try toReview(
        meaning, accepted(), StatementTranslated(entry: "e-2", session: "opening", text: ["zh": "所以。"]),
        StatementMoved(entry: "e-2", from: "opening", session: "panel", order: nil)) == ["e-2 on e-1"])
    // A draft that says something else, and one that comes back as it was.
    #expect(try toReview(corrected { $0.text = "It ended." }) == ["e-2 on e-1"])
    #expect(try toReview(corrected { $0.attribution = .nobody }) == ["e-2 on e-1"])
    #expect(try toReview(corrected { $0.form = .summary }) == [])
    let restored = StatementRestored(entry: "e-1", session: "opening")
    #expect(try toReview(StatementRetracted(entry: "e-1", session: "opening"), restored) == [])
    #expect(
      try toReview(
        corrected { $0.text = "It ended." }, StatementRetracted(entry: "e-1", session: "opening"), restored)
        == ["e-2 on e-1"])
  }

  @Test func `what rests on it looks to the statement that took it in`() throws {
    let based = ConclusionRecorded("e-2", in: "opening", details("So.") { $0.basedOn = "e-1" })
    let merged = StatementsMerged(entry: "e-3", merged: "e-1", session: "opening", whole: details("Both."))
    let model = try record(said("e-1"), based, said("e-3"), merged)
    #expect(model.entriesToReview.map { "\($0.entry.id) on \($0.basis.id)" } == ["e-2 on e-3"])
    #expect(
      RecordCheck(model, []) { _ in true }.findings == [
        RecordCheck.Finding(
          entry: "e-2", what: .review, details: "it rests on e-3, which was changed since")
      ])
    let apart = try record(
      said("e-1"), based, said("e-3"), merged, StatementRestored(entry: "e-1", session: "opening"))
    #expect(apart.entriesToReview.isEmpty)
  }

  @Test func `what rests on it may repeat its words, which were destroyed`() throws {
    let based = PositionRecorded("e-2", in: "opening", details("It began.") { $0.topic = "The beginning" })
    let on = corrected("e-2") { $0.basedOn = "e-1" }
    func left(_ events: any EventBody...) throws -> Bool {
      let model = try fold(all: [said("e-1"), based, on] + events, into: ProceedingsModel.self)
      let row = try #require(model.entries["e-2"])
      #expect(model.entriesToReview.isEmpty == !model.mayRepeatDestroyedWords(row))
      return model.mayRepeatDestroyedWords(row)
    }
    #expect(try !left())
    #expect(try left(expunged))
    #expect(try left(expunged, corrected("e-2") { $0.mentions = ["anna-berg"] }))
    #expect(try !left(expunged, EntryReaffirmed(entry: "e-2", session: "opening", printsAgain: true)))
    #expect(try !left(expunged, corrected("e-2") { $0.text = "In favour." }))
    // Others stand in their place.
    let replaced = StatementExpunged(
      entry: "e-1", session: "opening", authority: "GDPR", reason: "Erased", positions: [1],
      replacement: details("It took place."))
    #expect(try left(replaced))
    let reaffirmed = EntryReaffirmed(entry: "e-2", session: "opening", printsAgain: true)
    #expect(try !left(replaced, reaffirmed))
    let later = try record(
      said("e-1"), based, on, replaced, reaffirmed, corrected("e-1") { $0.text = "It ended." })
    #expect(!later.entriesToReview.isEmpty && !later.mayRepeatDestroyedWords(later.entries["e-2"]!))
    let check = RecordCheck(try record(said("e-1"), based, on, expunged), []) { _ in true }
    #expect(check.findings.map(\.details) == ["it rests on e-1, which was expunged since"])
    // In an edition of the time before it.
    var before = ProceedingsModel()
    for (index, body) in ([said("e-1"), based, on] as [any EventBody]).enumerated() {
      var event = try stored(body, index + 1)
      if index == 0 { event.words = nil }
      try before.apply(LoggedEvent(event), event.origin)
    }
    #expect(before.mayRepeatDestroyedWords(try #require(before.entries["e-2"])))
  }

  @Test func `the names that it mentions stay as they were when an issue first had them`() throws {
    let renamed = OrganisationRevised(organisation: "eaeu") {
      $0.name = ["en": "Customs Union", "zh": "关税同盟"]
    }
    let model = try record(
      OrganisationAdded(organisation: "eaeu", name: "Economic Union"),
      SpeakerRegistered(person: "li-wei", name: "Li Wei"),
      said("e-1", "[[org:eaeu]] and [[person:li-wei]] agreed."),
      issue(1, at: 3), renamed, SpeakerRevised(person: "li-wei") { $0.name = "Li W." },
      said("e-2", "[[org:eaeu]] left."),
      StatementTranslated(entry: "e-1", session: "opening", text: ["zh": "[[org:eaeu]]同意了。"]),
      issue(2, at: 8), OrganisationRevised(organisation: "eaeu") { $0.name = ["en": "Union", "zh": "联盟"] })
    func name(_ id: String, _ language: Language, _ kind: MarkedText.Reference.Kind = .organisation)
      -> String?
    {
      model.entries[id].flatMap { entry in
        model.registeredName(
          MarkedText.Reference(kind, kind == .person ? "li-wei" : "eaeu"),
          asOf: model.namesKept(in: entry).text[language.tag])?.best([language]).text
      }
    }
    #expect(name("e-1", "en") == "Economic Union" && name("e-1", "en", .person) == "Li Wei")
    // Texts of the second issue have its names.
    #expect(name("e-2", "en") == "Customs Union" && name("e-1", "zh") == "关税同盟")
    #expect(model.registeredName(MarkedText.Reference(.organisation, "eaeu"), asOf: nil)?["en"] == "Union")
    // What nobody had registered stays what was printed.
    #expect(model.registeredName(MarkedText.Reference(.person, "li-wei"), asOf: 1) == nil)
  }

  @Test func `events about unknown entries and corrections throw`() throws {
    let unknown: [any EventBody] = [
      corrected { $0.text = "X" }, StatementTranslated(entry: "e-1", session: "opening", text: "X"),
      StatementMoved(entry: "e-1", from: "opening", session: "panel", order: nil),
      StatementSplit(entry: "e-1", session: "opening", rest: "e-3", head: details("X")),
      StatementsMerged(entry: "e-1", merged: "e-2", session: "opening", whole: details("X")),
      StatementsMerged(entry: "e-2", merged: "e-1", session: "opening", whole: details("X")),
      StatementRetracted(entry: "e-1", session: "opening"),
      StatementRestored(entry: "e-1", session: "opening"),
      expunged, EntryReaffirmed(entry: "e-1", session: "opening"), requested { $0.text = "X" }, accepted(),
      CorrectionRefused(correction: "k-1", entry: "e-2", session: "opening", reason: "No"),
      numbered(1, ("e-1", "1")),
    ]
    for event in unknown { #expect(throws: MissingRow.self) { try record(said("e-2"), event) } }
  }
}

@Suite struct `A correction is folded so that` {
  @Test func `it waits until it is decided`() throws {
    let request = requested { $0.text = "It ended." }
    let model = try record(said("e-1"), request)
    #expect(model.corrections["k-1"] == CorrectionRow(request, origin(2)))
    let row = try #require(model.entries["e-1"])
    #expect(row.details.text == "It began." && row.corrections == ["k-1"] && row.position == 1)
    #expect(model.corrections(of: row).map(\.id) == ["k-1"])
  }

  @Test func `it is accepted with the words that it replaced`() throws {
    let request = requested {
      $0.text = "It ended."
      $0.acts = [SpeechAct.common[0]]
      $0.cleared = [.form]
    }
    let model = try record(said("e-1", ["en": "It began.", "zh": "开始了。"]), request, accepted())
    var row = CorrectionRow(request, origin(2))
    row.status = .accepted
    row.before = EntryDetails.Changes {
      $0.text = "It began."
      $0.form = .verbatim
      $0.cleared = [.acts]
    }
    (row.verifiedAgainst, row.reason, row.decidedAt, row.position) = (.recording, "Heard again", second(3), 3)
    #expect(model.corrections["k-1"] == row)
    let entry = try #require(model.entries["e-1"])
    #expect(entry.details.text == ["en": "It ended.", "zh": "开始了。"])
    #expect(entry.details.form == nil && entry.details.acts == [SpeechAct.common[0]])
    #expect(entry.position == 3 && entry.meaningChangedAt == 3 && entry.isPrinted)
    // What is editorial does not change the meaning.
    #expect(
      try record(said("e-1"), requested(kind: .editorial) { $0.text = "It has begun." }, accepted())
        .entries["e-1"]?.meaningChangedAt == nil)
  }

  @Test func `it is refused, and the text stays`() throws {
    let refused = CorrectionRefused(correction: "k-1", entry: "e-1", session: "opening", reason: "No")
    let model = try record(said("e-1"), requested { $0.text = "It ended." }, refused)
    let row = try #require(model.corrections["k-1"])
    #expect(row.status == .refused && row.reason == "No" && row.decidedAt == second(3) && row.before == nil)
    #expect(row.changes.text == "It ended.", "Refusals are kept.")
    #expect(model.entries["e-1"]?.details.text == "It began.")
    #expect(model.entries["e-1"]?.position == 1)
  }

  @Test func `its old and new texts have the languages that it changed`() throws {
    let position = PositionRecorded(
      "e-1", in: "opening",
      details(["en": "For it.", "zh": "赞成。"]) {
        $0.form = nil
        $0.topic = ["en": "Trade", "zh": "贸易"]
      })
    // A topic is stored whole, a text only in the languages that were asked for.
    let model = try record(
      position,
      requested {
        $0.text = ["zh": "反对。", "ru": "Против."]
        $0.topic = ["en": "Trade in grain", "zh": "贸易"]
      },
      accepted(),
      requested("k-2") {
        $0.text = ["zh": "反对。"]
        $0.cleared = [.topic]
      },
      accepted("k-2"))
    let (first, second) = (try #require(model.corrections["k-1"]), try #require(model.corrections["k-2"]))
    #expect(first.before?.text == ["zh": "赞成。"] && first.changes.text == ["zh": "反对。", "ru": "Против."])
    #expect(first.before?.topic == "Trade" && first.changes.topic == "Trade in grain")
    #expect(second.before?.text == nil && second.changes.text == nil, "The same words replace nothing.")
    #expect(second.before?.topic == ["en": "Trade in grain", "zh": "贸易"] && second.changes.topic == nil)
    #expect(model.entries["e-1"]?.details.text == ["en": "For it.", "zh": "反对。", "ru": "Против."])
  }

  @Test func `a retraction leaves the number of a published entry`() throws {
    let model = try record(
      said("e-1"), issue(1, at: 1), numbered(1, ("e-1", "1")), requested(retracts: true), accepted())
    let row = try #require(model.entries["e-1"])
    #expect(row.isRetracted && row.isPrinted && row.number == "1" && row.meaningChangedAt == 5)
    #expect(model.numbering(["opening"]).printed(row) == "1.1")
  }
}

@Suite struct `An issue is folded so that` {
  @Test func `it has its position and what it is made of`() throws {
    let model = try record(issue(1, at: 7), ProceedingsIssued(issue: 2, provisional: true))
    #expect(model.issue(1) == IssueRow(details: issue(1, at: 7), position: 1, issuedAt: second(1)))
    #expect(model.issue(1)?.at == 7)
    #expect(model.issue(2)?.at == 1, "Version 1 was built at the position before it.")
    #expect(model.lastIssue?.details.issue == 2 && model.issue(3) == nil && model.issues.count == 2)
  }

  @Test func `drafts that were proofed are kept`() throws {
    let model = try record(ProceedingsProofed(at: 7), ProceedingsProofed(at: 9))
    #expect(model.lastProof == ProofRow(at: 9, position: 2, proofedAt: second(2)) && model.proofs.count == 2)
  }

  @Test func `it fixes the numbers of its entries and sessions`() throws {
    let model = try record(
      said("e-1"), said("e-2", in: "panel"), issue(1, at: 2), numbered(1, ("e-1", "1")),
      numbered(1, "panel", ordinal: "2", ("e-2", "1")), said("e-3"))
    let rows = ["e-1", "e-2", "e-3"].compactMap { model.entries[$0] }
    #expect(rows.map(\.number) == ["1", "1", nil])
    #expect(rows.map(\.issue) == [1, 1, nil])
    #expect(rows.map(\.position) == [1, 2, 6], "Nothing of the entry has changed.")
    #expect(rows.map { model.isPublished($0) } == [true, true, false])
    #expect(
      model.fixedNumbers
        == Numbering(ordinals: ["opening": "1", "panel": "2"], numbers: ["e-1": "1", "e-2": "1"]))
    #expect(model.sessions["panel"]?.ordinal == "2" && model.sessions["panel"]?.issue == 1)
  }

  @Test func `its own numbers are known after later ones`() throws {
    let model = try record(
      said("e-1"), issue(1, at: 1), numbered(1, ("e-1", "1")), said("e-2", order: "1.i"),
      said("e-3", in: "panel"),
      said("e-4"), issue(2, at: 6), numbered(2, ("e-2", "1a"), ("e-4", "2")),
      numbered(2, "panel", ordinal: "a1", ("e-3", "1")))
    #expect(model.fixedNumbers(of: 1) == Numbering(ordinals: ["opening": "1"], numbers: ["e-1": "1"]))
    #expect(model.fixedNumbers(of: 2) == model.fixedNumbers)
    #expect(model.fixedNumbers(of: 0) == Numbering())
    #expect(model.numbering(["panel", "opening"]) == model.fixedNumbers)
  }

  @Test func `sessions can be numbered by hand before it`() throws {
    let five = SessionOrdinalSet(session: "opening", ordinal: 5)
    let drafted = try record(said("e-1"), five, said("e-2", in: "panel"))
    #expect(drafted.numbering(["opening", "panel"]).ordinals == ["opening": "5", "panel": "6"])
    #expect(drafted.fixedNumbers == Numbering())
    let issued = try record(said("e-1"), issue(1, at: 1), numbered(1, ("e-1", "1")), five)
    #expect(issued.numbering(["opening"]).ordinals == ["opening": "1"])
    #expect(issued.sessions["opening"]?.byHand == 5)
  }

  @Test func `a number that was given by hand waits for its session`() throws {
    let two = SessionOrdinalSet(session: "closing", ordinal: 2)
    let model = try record(two, said("e-1"), said("e-2", in: "panel"))
    #expect(model.numbering(["opening", "panel", "closing"]).ordinals == ["opening": "1", "panel": "3"])
    let all = try record(
      two, said("e-1"), said("e-2", in: "panel"), issue(1, at: 3), numbered(1, ("e-1", "1")),
      numbered(1, "panel", ordinal: "3", ("e-2", "1")), said("e-3", in: "closing"))
    #expect(
      all.numbering(["opening", "panel", "closing"]).ordinals == [
        "opening": "1", "panel": "3", "closing": "2",
      ])
  }

  @Test func `corrections are in the order of the record`() throws {
    let model = try record(
      said("e-1", in: "a-closing"),
      PositionRecorded("e-2", in: "opening", details("For it.") { $0.topic = "Trade" }),
      said("e-3"), issue(1, at: 3), requested("k-1", of: "e-2") { $0.text = "Against." },
      accepted("k-1", of: "e-2"),
      requested("k-2", of: "e-1") { $0.text = "It ended." }, accepted("k-2", of: "e-1"),
      requested("k-3", of: "e-3") { $0.text = "It ended." }, accepted("k-3", of: "e-3"))
    #expect(model.corrigenda(4..., ["opening", "a-closing"]).map(\.entry.id) == ["e-3", "e-2", "e-1"])
  }

  @Test func `sessions without a record have no number`() throws {
    let model = try record(
      said("e-1", in: "panel"), said("e-2"), StatementRetracted(entry: "e-2", session: "opening"))
    #expect(model.numbering(["opening", "panel"]).ordinals == ["panel": "1"])
  }

  @Test func `numbers that are new are told from those that are fixed`() throws {
    let model = try record(
      said("e-1"), said("e-2"), issue(1, at: 2), numbered(1, ("e-1", "1"), ("e-2", "2")),
      said("e-3", order: "1.i"),
      said("e-4", in: "panel"), ConclusionRecorded("e-5", in: "panel", details("So.")))
    let numbering = model.numbering(["opening", "panel"])
    #expect(
      numbering.newlyFixed(since: model, issue: 2) == [
        numbered(2, ("e-3", "1a")), numbered(2, "panel", ordinal: "2", ("e-4", "1"), ("e-5", "C1")),
      ])
  }
}

@Suite struct `An expunged entry is folded so that` {
  private let history: [any EventBody] = [
    said("e-1", ["en": "It began.", "zh": "开始了。"]) {
      $0.spoken = "zh"
      $0.addressees = ["All"]
      $0.mentions = ["anna-berg"]
    },
    said("e-2"), corrected { $0.text = ["zh": "早就开始了。"] },
    StatementTranslated(entry: "e-1", session: "opening", text: ["ru": "Началось."]), issue(1, at: 4),
    numbered(1, ("e-1", "1"), ("e-2", "2")),
    requested {
      $0.text = "It ended."
      $0.acts = [SpeechAct.common[0]]
    },
    accepted(), requested("k-2") { $0.text = "It never began." }, expunged,
  ]

  @Test func `its words are gone everywhere, and its number stays`() throws {
    let model = try fold(all: history, into: ProceedingsModel.self)
    let row = try #require(model.entries["e-1"])
    #expect(row.details.isExpunged && row.details.attribution == .nobody && row.details.addressees == [])
    #expect(
      row.expunction
        == EntryRow.Expunction(authority: "The court", reason: "Libel", on: second(10), position: 10))
    #expect(row.number == "1" && row.isPrinted && row.corrections == ["k-1", "k-2"])
    let corrections = model.corrections(of: row)
    #expect(corrections.allSatisfy { $0.requester == nil && $0.reason == nil }, "Both can quote it.")
    let issue = try #require(model.issue(1))
    #expect(issue.details.build == nil, "Whoever guesses the words could compare a hash of them.")
    #expect(model.hasExpunctions(in: issue))
    for table in try rows(model).values.joined() {
      for word in ["began", "开始", "Началось", "ended", "All\""]
      where table.contains("\"e-1\"") || table.contains("k-") {
        #expect(!table.contains(word), "\(word) in \(table)")
      }
    }
    #expect(model.entries["e-2"]?.details.text == "It began.")
  }

  @Test func `it can have other words, with a note`() throws {
    let replaced = StatementExpunged(
      entry: "e-1", session: "opening", authority: "GDPR", reason: "Erased", positions: [1],
      replacement: details(["en": "It took place.", "zh": "举行了。"]) { $0.spoken = "zh" })
    let began = said("e-1", ["en": "It began.", "zh": "开始了。"]) { $0.spoken = "zh" }
    let stale = corrected { $0.text = ["zh": "早就开始了。"] }
    let row = try entry(began, stale, replaced)
    #expect(row.details == replaced.replacement && !row.isSilent && row.expunction == nil)
    #expect(
      row.replacement == EntryRow.Expunction(authority: "GDPR", reason: "Erased", on: second(3), position: 3))
    #expect(row.details.text.languages.filter(row.isOutdated) == [], "All languages were stated anew.")
    let issued = try record(began, issue(1, at: 1), replaced)
    #expect(issued.hasExpunctions(in: try #require(issued.issue(1))))
    // The new words can be destroyed in their turn.
    let last = StatementExpunged(
      entry: "e-1", session: "opening", authority: "The court", reason: "Libel", positions: [3])
    var rebuilt = ProceedingsModel()
    for (index, body) in ([began, stale, replaced, last] as [any EventBody]).enumerated() {
      var event = try stored(body, index + 1)
      if index < 3 { event.words = nil }
      try rebuilt.apply(LoggedEvent(event), event.origin)
    }
    let followed = try record(began, stale, replaced, last)
    expectSame(rebuilt, followed)
    #expect(followed.entries["e-1"]?.isSilent == true && followed.entries["e-1"]?.replacement == nil)
  }

  /// After the words are destroyed in the log, a rebuild gives the same rows as following did.
  @Test func `a rebuild from a log without its words is the same`() throws {
    let followed = try fold(all: history, into: ProceedingsModel.self)
    var rebuilt = ProceedingsModel()
    for (index, body) in history.enumerated() {
      var event = try stored(body, index + 1)
      if expunged.positions.contains(index + 1) {
        #expect(event.words != nil)
        event.words = nil
      }
      try rebuilt.apply(LoggedEvent(event), event.origin)
    }
    expectSame(rebuilt, followed)
  }
}
