import EventLog
import JSON
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Record

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
      row.replacement
        == EntryRow.Expunction(
          authority: "GDPR", reason: "Erased", on: second(3), position: 3, leavesWords: true))
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
