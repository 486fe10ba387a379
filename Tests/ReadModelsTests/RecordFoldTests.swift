import EventLog
import JSON
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Record

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

  @Test func `conclusions, recommendations and positions come after the statements`() throws {
    let model = try record(
      RecommendationRecorded("e-r", in: "opening", details("Go on.") { $0.addressees = ["All"] }),
      ConclusionRecorded("e-c", in: "opening", details("Agreed.") { $0.rationale = "Because." }),
      PositionRecorded("e-p", in: "opening", details("For it.") { $0.topic = "Trade" }), said("e-2"),
      said("e-1", order: "3.i"), said("e-3", in: "panel"))
    let entries = model.entries(of: "opening")
    #expect(entries.map(\.id) == ["e-1", "e-2", "e-c", "e-r", "e-p"])
    #expect(entries.map(\.kind) == [.statement, .statement, .conclusion, .recommendation, .position])
    #expect(entries.map(\.position) == [5, 4, 2, 1, 3])
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
    let mergedAgain = StatementsMerged(
      entry: "e-4", merged: "e-3", session: "opening", whole: details("All of it."))
    let further = try record(said("e-1"), based, said("e-3"), said("e-4"), merged, mergedAgain)
    #expect(further.entriesToReview.map { "\($0.entry.id) on \($0.basis.id)" } == ["e-2 on e-4"])
    #expect(
      RecordCheck(model, ProgramModel(), []).findings == [
        RecordCheck.Finding(entry: "e-2", .review, "it rests on e-3, which was changed since")
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
    let check = RecordCheck(try record(said("e-1"), based, on, expunged), ProgramModel(), [])
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
