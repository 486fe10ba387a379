import EventLog
import JSON
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Record
@testable import Scheduling

private let given = held.reduce(Statements.given()) { $0.and($1) }
/// Positions 6 and 7.
private let drafted = given.and(said("e-1"), said("e-2", "asked why"))

struct `Inserting an entry` {
  private func inserted(_ id: RecordID, at order: String? = nil) -> RecordEvent {
    entry(.statement, id, order: order, details("replied"))
  }

  @Test func `puts it between two, once`() {
    drafted.when(.record(inserted("e-3"), .after("e-1"))).then(inserted("e-3", at: "6.i"))
    drafted.when(.record(inserted("e-3"), .before("e-2"))).then(inserted("e-3", at: "6.i"))
    drafted.when(.record(inserted("e-3"), .before("e-1"))).then(inserted("e-3", at: "5.i"))
    drafted.when(.record(inserted("e-3"), .after("e-2"))).then(inserted("e-3", at: "7.i"))
  }

  @Test func `leaves room for more on both sides`() {
    let one = drafted.and(inserted("e-3", at: "6.i").body)
    one.when(.record(inserted("e-4"), .after("e-1"))).then(inserted("e-4", at: "6.9"))
    one.when(.record(inserted("e-4"), .before("e-3"))).then(inserted("e-4", at: "6.9"))
    one.when(.record(inserted("e-4"), .after("e-3"))).then(inserted("e-4", at: "6.r"))
    one.when(.record(inserted("e-4"), .before("e-2"))).then(inserted("e-4", at: "6.r"))
    // A place that somebody left is not given again.
    let moved = one.and(
      StatementMoved(entry: "e-3", from: "opening", session: "panel", order: nil),
      StatementRetracted(entry: "e-3", session: "panel"))
    moved.when(.record(inserted("e-4"), .after("e-1"))).then(inserted("e-4", at: "6.9"))
  }

  @Test func `puts it beside an entry of any kind, in that entry's session`() {
    let given = drafted.and(
      entry(.conclusion, "e-3", in: "panel", details("So.", by: .nobody)).body,
      StatementMoved(entry: "e-2", from: "opening", session: "panel", order: nil))
    given.when(.record(inserted("e-4"), .after("e-3")))
      .then(entry(.statement, "e-4", in: "panel", order: "8.i", details("replied")))
    given.when(.record(inserted("e-4"), .after("e-2")))
      .then(entry(.statement, "e-4", in: "panel", order: "9.i", details("replied")))
  }

  @Test func `never gives two scribes the same place`() throws {
    // Both have read the same log; whoever comes second must read again.
    let commands: [Statements.Command] = [
      .record(inserted("e-3"), .after("e-1")), .record(inserted("e-4"), .before("e-2")),
      .record(inserted("e-5"), .after("e-2")),
    ]
    for (index, first) in commands.enumerated() {
      let event = try #require(drafted.when(first).decided())
      for second in commands.dropFirst(index + 1) {
        let query = try #require(drafted.when(second).boundary())
        #expect(query.matches(drafted.and(event[0].body).last))
      }
    }
    // Two who record at the end do not even have to.
    for id in ["e-3", "e-4"] as [RecordID] {
      let query = try #require(drafted.when(.record(inserted(id))).boundary())
      #expect(!query.matches(drafted.and(said("e-9")).last))
      #expect(!query.matches(drafted.and(inserted("e-9", at: "6.i").body).last))
    }
  }

  @Test func `needs an entry that is there`() {
    for place in [Statements.Place.before("e-9"), .after("e-9")] {
      drafted.when(.record(inserted("e-3"), place)).thenRefused(.unknown("e-9"))
    }
    drafted.and(StatementRetracted(entry: "e-1", session: "opening"))
      .when(.record(inserted("e-3"), .after("e-1"))).thenRefused(.retracted("e-1"))
  }

  /// Random insertions and moves: every entry stands where it was put, and no two at one place.
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `puts each entry where it was asked for, however many there are`(seed: UInt64) throws {
    var chance = SplitMix(seed: seed)
    var history = given
    // What the order is expected to be.
    var lists: [SessionID: [RecordID]] = ["opening": [], "panel": []]
    for count in 0..<150 {
      let all = lists.values.joined().sorted()
      let session: SessionID = Bool.random(using: &chance) ? "opening" : "panel"
      let anchor = all.randomElement(using: &chance)
      let moves = all.count > 2 && Int.random(in: 0..<3, using: &chance) == 0
      let id = moves ? all.randomElement(using: &chance)! : RecordID(stringLiteral: "e-\(count)")
      let choice = Int.random(in: 0..<3, using: &chance)
      let place: Statements.Place =
        if let anchor, choice > 0, anchor != id { choice == 1 ? .before(anchor) : .after(anchor) } else {
          .end(session)
        }
      let command: Statements.Command = moves ? .move(id, place) : .record(inserted(id), place)
      for event in try #require(history.when(command).decided()) { history = history.and(event.body) }

      for session in lists.keys { lists[session]!.removeAll { $0 == id } }
      switch place {
      case .end(let session): lists[session]!.append(id)
      case .before(let anchor), .after(let anchor):
        let session = lists.first { $0.value.contains(anchor) }!.key
        let index = lists[session]!.firstIndex(of: anchor)!
        lists[session]!.insert(id, at: place == .before(anchor) ? index : index + 1)
      }
      let entries = try history.state().record.entries
      for (session, expected) in lists {
        let actual = entries.filter { $0.value.session == session }.sorted { $0.value.order < $1.value.order }
        try #require(actual.map(\.key) == expected)
        #expect(Set(actual.map(\.value.order)).count == actual.count)
      }
    }
    #expect(lists.values.joined().count > 60)
  }
}

struct `A heading between two entries` {
  /// Before `e-2`, at 6.i.
  private let headed = drafted.and(
    SegmentOpened(
      session: "opening", segment: 1,
      details: SegmentDetails(title: "Debate", order: OrderKey(6, fraction: "i"))))

  @Test func `is above what is put before the second, and below what is put after the first`() {
    let replied = details("replied")
    headed.when(.record(entry(.statement, "e-3", replied), .after("e-1")))
      .then(entry(.statement, "e-3", order: "6.9", replied))
    headed.when(.record(entry(.statement, "e-3", replied), .before("e-2")))
      .then(entry(.statement, "e-3", order: "6.r", replied))
    // Before it, an entry is not yet right before the second.
    headed.and(entry(.statement, "e-3", order: "6.9", replied).body).when(.move("e-3", .before("e-2"))).then(
      .statementMoved(
        StatementMoved(entry: "e-3", from: "opening", session: "opening", order: OrderKey(6, fraction: "r"))))
  }

  @Test func `never gets the place of an entry that is inserted at the same time`() throws {
    let insertion = Statements.Command.record(entry(.statement, "e-3", details("replied")), .after("e-1"))
    let query = try #require(drafted.when(insertion).boundary())
    #expect(query.matches(headed.last))
  }
}

struct `Moving a draft` {
  private func moved(
    _ entry: RecordID, from: SessionID = "opening", to session: SessionID = "opening", at order: String? = nil
  ) -> RecordEvent {
    .statementMoved(
      StatementMoved(entry: entry, from: from, session: session, order: order.map { try! OrderKey($0) }))
  }

  @Test func `puts it elsewhere in its session`() {
    drafted.when(.move("e-2", .before("e-1"))).then(moved("e-2", at: "5.i"))
    drafted.when(.move("e-1", .after("e-2"))).then(moved("e-1", at: "7.i"))
    drafted.when(.move("e-1", .end("opening"))).then(moved("e-1"))
  }

  @Test func `does nothing at the end of its session, unless something was put there after it`() {
    drafted.when(.move("e-2", .end("opening"))).thenNothing()
    // An entry of another kind is printed elsewhere, and one of another session is in another order.
    drafted.and(entry(.conclusion, "e-3", details("So.", by: .nobody)).body, said("e-4", in: "panel"))
      .when(.move("e-2", .end("opening"))).thenNothing()
    drafted.and(entry(.statement, "e-3", order: "7.i", details("replied")).body)
      .when(.move("e-2", .end("opening"))).then(moved("e-2"))
    drafted.and(said("e-3", in: "panel"), moved("e-3", from: "panel").body)
      .when(.move("e-2", .end("opening"))).then(moved("e-2"))
    drafted.and(SegmentOpened(session: "opening", segment: 1, details: SegmentDetails(title: "Debate")))
      .when(.move("e-2", .end("opening"))).then(moved("e-2"))
  }

  @Test func `puts it in another session`() {
    let given = drafted.and(said("e-3", in: "panel"))
    given.when(.move("e-1", .end("panel"))).then(moved("e-1", to: "panel"))
    given.when(.move("e-1", .before("e-3"))).then(moved("e-1", to: "panel", at: "7.i"))
    // Both sessions' records say so.
    #expect(
      moved("e-1", to: "panel", at: "7.i").body.tags.map(\.text)
        == ["record:e-1", "entries:panel", "entries:opening", "places:panel"])
  }

  @Test func `does nothing where it stands already`() {
    let given = drafted.and(said("e-3"), moved("e-3", at: "6.i").body)
    given.when(.move("e-3", .after("e-1"))).thenNothing()
    given.when(.move("e-3", .before("e-2"))).thenNothing()
    given.when(.move("e-3", .after("e-2"))).then(moved("e-3", at: "7.i"))
    // Another one has come between.
    given.and(entry(.statement, "e-4", order: "6.9", details("replied")).body).when(
      .move("e-3", .after("e-1"))
    )
    .then(moved("e-3", at: "6.4"))
  }

  @Test func `needs a session, and entries that are there`() {
    drafted.when(.move("e-1", .end("closing"))).thenRefused(.unknownSession("closing"))
    drafted.when(.move("e-9", .end("opening"))).thenRefused(.unknown("e-9"))
    drafted.when(.move("e-1", .after("e-9"))).thenRefused(.unknown("e-9"))
    drafted.when(.move("e-1", .after("e-1"))).thenRefused(saying: "“e-1” is named twice; name another entry.")
    let gone = drafted.and(StatementRetracted(entry: "e-2", session: "opening"))
    gone.when(.move("e-1", .after("e-2"))).thenRefused(.retracted("e-2"))
    gone.when(.move("e-2", .after("e-1"))).thenRefused(.retracted("e-2"))
  }
}

struct `Splitting a statement` {
  /// The rest, and what stays before it.
  private func split(
    _ head: LocalizedText, _ tail: LocalizedText, at order: String = "6.i", _ whole: EntryDetails = summary
  ) -> [RecordEvent] {
    var (first, second) = (whole, whole)
    (first.text, second.text) = (head, tail)
    return [
      .statementSplit(StatementSplit(entry: "e-1", session: "opening", rest: "e-3", head: first)),
      entry(.statement, "e-3", order: order, second),
    ]
  }

  private static let summary = details { $0.form = .summary }

  @Test func `does not cut a mark in two`() {
    let marked = given.and(said("e-1", "The success, [[by:according to the participants]], is slow."))
    marked.when(.split("e-1", rest: "e-3", at: "to the participants"))
      .thenRefused(
        saying: "“to the participants” begins inside a mark of “e-1”; split before [[ or after ]].")
    marked.when(.split("e-1", rest: "e-3", at: "is slow")).then(
      all: split("The success, [[by:according to the participants]],", "is slow."))
    // An earlier version stored brackets that are no mark.
    given.and(said("e-1", "said [[sic and left")).when(.split("e-1", rest: "e-3", at: "and"))
      .then(all: split("said [[sic", "and left"))
    #expect(throws: Statements.Refusal.self) {
      try marked.when(.translate("e-1", ["ru": "Успех [[by:по словам"])).result()?.get()
    }
  }

  @Test func `leaves the beginning, and puts the rest behind it`() {
    let whole = given.and(said("e-1", "noted that trade grows. He asked why."))
    whole.when(.split("e-1", rest: "e-3", at: "He asked"))
      .then(all: split("noted that trade grows.", "He asked why."))
    // Right behind it, also if something else was put there before.
    whole.and(entry(.statement, "e-2", order: "6.i", details("replied")).body)
      .when(.split("e-1", rest: "e-3", at: "He asked"))
      .then(all: split("noted that trade grows.", "He asked why.", at: "6.9"))
  }

  @Test func `is said for each language`() {
    let whole = given.and(said("e-1", ["en": "noted growth. He asked why.", "zh": "指出贸易增长。他问为什么。"]))
    whole.when(.split("e-1", rest: "e-3", at: ["en": "He asked", "zh": "他问"]))
      .then(all: split(["en": "noted growth.", "zh": "指出贸易增长。"], ["en": "He asked why.", "zh": "他问为什么。"]))
    whole.when(.split("e-1", rest: "e-3", at: "He asked"))
      .thenRefused(saying: "“e-1” has a text in zh too; say where to split it there.")
  }

  @Test func `needs words that are there once, with something before them`() {
    let whole = given.and(said("e-1", "said that he said so"))
    whole.when(.split("e-1", rest: "e-3", at: "said"))
      .thenRefused(saying: "The words “said” occur 2 times in “e-1”; give more of them.")
    whole.when(.split("e-1", rest: "e-3", at: "asked"))
      .thenRefused(saying: "The words “asked” are not in “e-1”.")
    whole.when(.split("e-1", rest: "e-3", at: "said that"))
      .thenRefused(saying: "“e-1” begins with “said that”, so nothing would stay before them.")
    whole.when(.split("e-1", rest: "e-3", at: "he said")).then(all: split("said that", "he said so"))
    // Words that overlap themselves, Chinese words found twice, and an accent in two spellings.
    given.and(said("e-1", "no no no")).when(.split("e-1", rest: "e-3", at: "no no"))
      .thenRefused(.wordsNotFoundOnce("e-1", "no no", 2))
    given.and(said("e-1", ["zh": "他说他问"])).when(.split("e-1", rest: "e-3", at: ["zh": "他"]))
      .thenRefused(.wordsNotFoundOnce("e-1", "他", 2))
    given.and(said("e-1", "met at the cafe\u{301} today")).when(.split("e-1", rest: "e-3", at: "caf\u{e9}"))
      .then(all: split("met at the", "cafe\u{301} today"))
  }

  @Test func `leaves translations out of date that were so`() throws {
    let stale = given.and(
      said("e-1", ["en": "noted growth. He asked why.", "zh": "指出贸易增长。他问为什么。"]) { $0.spoken = "zh" },
      StatementCorrected("e-1", in: "opening", EntryDetails.Changes { $0.text = ["zh": "说贸易增长。他问为什么。"] }))
    let events = try #require(
      stale.when(.split("e-1", rest: "e-3", at: ["en": "He asked", "zh": "他问"])).decided())
    let (head, rest) = (events[0].body as? StatementSplit, events[1].body as? StatementRecorded)
    #expect(head?.outdated == ["en"] && rest?.outdated == ["en"])
    let apart = stale.and(events[0].body, events[1].body)
    let merger = try #require(apart.when(.merge("e-1", with: "e-3")).decided())
    #expect((merger[0].body as? StatementsMerged)?.outdated == ["en"])
  }

  @Test func `happens once`() {
    let done = split("noted growth.", "He asked why.")
    let given = given.and(said("e-1", "noted growth. He asked why."), done[0].body, done[1].body)
    given.when(.split("e-1", rest: "e-3", at: "He asked")).thenNothing()
    given.when(.split("e-1", rest: "e-3", at: "asked")).thenRefused(.taken("e-3"))
    given.when(.split("e-3", rest: "e-1", at: "asked")).thenRefused(.taken("e-1"))
    given.and(StatementRetracted(entry: "e-3", session: "opening")).when(
      .split("e-1", rest: "e-3", at: "He asked")
    )
    .thenRefused(.taken("e-3"))
  }

  @Test func `copies everything but the words`() {
    let full = details("noted growth. He asked why.") {
      $0.form = .verbatim
      $0.acts = [SpeechAct.common[1]]
      $0.addressees = ["All"]
      $0.mentions = ["sergey"]
      $0.spoken = "en"
    }
    given.and(entry(.statement, "e-1", full).body).when(.split("e-1", rest: "e-3", at: "He asked"))
      .then(all: split("noted growth.", "He asked why.", full))
  }

  @Test func `is for statements, under a new name`() {
    for kind in [EntryKind.position, .conclusion, .recommendation] {
      given.and(entry(kind, "e-1", details { $0.topic = kind == .position ? "T" : nil }).body)
        .when(.split("e-1", rest: "e-3", at: "that")).thenRefused(.notAStatement("e-1"))
    }
    drafted.when(.split("e-1", rest: "e-2", at: "that")).thenRefused(.taken("e-2"))
    drafted.when(.split("e-1", rest: "e-1", at: "that")).thenRefused(.taken("e-1"))
    drafted.when(.split("e-9", rest: "e-3", at: "that")).thenRefused(.unknown("e-9"))
  }
}

private func merged(
  _ entry: RecordID, _ other: RecordID, _ text: LocalizedText,
  _ build: (inout EntryDetails) -> Void = { _ in }
) -> RecordEvent {
  .statementsMerged(
    StatementsMerged(
      entry: entry, merged: other, session: "opening",
      whole: details(text) {
        $0.form = .summary
        build(&$0)
      }))
}

struct `Merging two statements` {
  @Test func `puts the words in the order of the record`() {
    let both: LocalizedText = "noted that trade grows asked why"
    drafted.when(.merge("e-1", with: "e-2")).then(merged("e-1", "e-2", both))
    drafted.when(.merge("e-2", with: "e-1")).then(merged("e-2", "e-1", both))
  }

  @Test func `puts a space between words where the language has spaces`() {
    given.and(
      said("e-1", ["en": "One.", "zh": "一。", "ja": "いち。", "ru": "Раз."]),
      said("e-2", ["en": "Two.", "zh": "二。", "ja": "に。", "ru": "Два."])
    )
    .when(.merge("e-1", with: "e-2"))
    .then(merged("e-1", "e-2", ["en": "One. Two.", "zh": "一。二。", "ja": "いち。に。", "ru": "Раз. Два."]))
  }

  @Test func `keeps what is known of both`() {
    given.and(
      said("e-1", "One.") {
        $0.acts = [SpeechAct.common[0], SpeechAct.common[1]]
        $0.addressees = ["All"]
        $0.mentions = ["feng"]
      },
      said("e-2", "Two.") {
        $0.acts = [SpeechAct.common[1], SpeechAct.common[2]]
        $0.addressees = ["All", "Europe"]
        $0.mentions = ["feng", "sergey"]
      }
    ).when(.merge("e-1", with: "e-2")).then(
      merged("e-1", "e-2", "One. Two.") {
        $0.acts = Array(SpeechAct.common[0...2])
        $0.addressees = ["All", "Europe"]
        $0.mentions = ["feng", "sergey"]
      })
  }

  @Test func `leaves translations out of date that were so in one of them`() throws {
    let both = given.and(
      said("e-1", ["en": "One.", "zh": "一。"]) { $0.spoken = "zh" },
      said("e-2", ["en": "Two.", "zh": "二。"]) { $0.spoken = "zh" })
    for id in ["e-1", "e-2"] as [RecordID] {
      let stale = both.and(
        StatementCorrected(id, in: "opening", EntryDetails.Changes { $0.text = ["zh": "三。"] }))
      let merger = try #require(stale.when(.merge("e-1", with: "e-2")).decided())
      #expect((merger[0].body as? StatementsMerged)?.outdated == ["en"], "\(id)")
    }
  }

  @Test func `takes the other one out of the record`() throws {
    let given = drafted.and(merged("e-1", "e-2", "noted that trade grows asked why").body)
    given.when(.merge("e-1", with: "e-2")).thenNothing()
    given.when(.merge("e-2", with: "e-1")).thenRefused(.retracted("e-2"))
    given.and(said("e-3")).when(.merge("e-3", with: "e-2")).thenRefused(.retracted("e-2"))
    given.when(.correct("e-2", Statements.Change(EntryDetails.Changes { $0.text = "x" })))
      .thenRefused(.retracted("e-2"))
    #expect(try given.state().record.entries["e-1"]?.details.text == "noted that trade grows asked why")
  }

  @Test func `is for statements of one voice in one session and the same languages`() {
    let others: [any EventBody] = [
      said("e-2", by: bySergey), said("e-2", in: "panel"), said("e-2", ["zh": "指出"]),
      said("e-2", ["en": "asked", "zh": "问"]), said("e-2") { $0.form = .verbatim },
      said("e-2") { $0.spoken = "ru" }, entry(.conclusion, "e-2", details("So.")).body,
    ]
    for other in others {
      given.and(said("e-1"), other).when(.merge("e-1", with: "e-2")).thenRefused(.notOfOneVoice("e-1", "e-2"))
    }
    given.and(said("e-1"), others[0]).when(.merge("e-1", with: "e-2"))
      .thenRefused(
        saying:
          "“e-1” and “e-2” are not statements of one session with the same attribution, form and languages, "
          + "so they cannot be merged.")
    drafted.when(.merge("e-1", with: "e-1")).thenRefused(.itself("e-1"))
    drafted.when(.merge("e-1", with: "e-9")).thenRefused(.unknown("e-9"))
  }
}

struct `Expunging what was split or merged` {
  private func expunged(_ id: RecordID, _ positions: Int...) -> RecordEvent {
    .statementExpunged(
      StatementExpunged(
        entry: id, session: "opening", authority: "The court", reason: "Libel", positions: positions))
  }

  private func expunge(_ id: RecordID) -> Statements.Command {
    .expunge(id, authority: "The court", reason: "Libel")
  }

  @Test func `destroys the words of the whole, and leaves the other part`() throws {
    let whole = given.and(said("e-1", "noted growth. He asked why."))
    let events = try #require(whole.when(.split("e-1", rest: "e-3", at: "He asked")).decided())
    // Positions 7 and 8.
    let split = whole.and(events[0].body, events[1].body)
    split.when(expunge("e-3")).then(expunged("e-3", 6, 8))
    split.when(expunge("e-1")).then(expunged("e-1", 6, 7))
    let rest = try split.and(expunged("e-1", 6, 7).body).withoutWords(at: 6, 7).state().record.entries
    #expect(rest["e-3"]?.details.text == "He asked why." && rest["e-1"]?.isExpunged == true)
    // What is destroyed already is not destroyed again.
    split.and(expunged("e-1", 6, 7).body).withoutWords(at: 6, 7).when(expunge("e-3")).then(expunged("e-3", 8))
    let head = try split.and(expunged("e-3", 6, 8).body).withoutWords(at: 6, 8).state().record.entries
    #expect(head["e-1"]?.details.text == "noted growth." && head["e-3"]?.isExpunged == true)
  }

  @Test func `destroys the words that were merged, and those of drafts that are gone`() throws {
    let given = drafted.and(merged("e-1", "e-2", "noted that trade grows asked why").body)
    given.when(expunge("e-2"))
      .thenRefused(
        saying: "The words of “e-2” are in “e-1” now; expunge that.", hints: .show(noun: "statement", "e-1"))
    let events = try #require(given.when(expunge("e-1")).decided())
    #expect(Set(events.flatMap { ($0.body as? StatementExpunged)?.positions ?? [] }) == [6, 7, 8])
    let after = events.reduce(given) { $0.and($1.body) }
    for given in [after, after.withoutWords(at: 6, 7, 8)] {
      let entries = try given.state().record.entries
      #expect(entries["e-1"]?.isExpunged == true && entries["e-2"]?.isExpunged == true)
    }
    after.when(expunge("e-1")).thenNothing()
  }

  @Test func `leaves the words of a statement whose merger was undone`() throws {
    // e-1 and e-2 are recorded at 6 and 7, merged at 8, and restored at 9 and 10.
    let restored = drafted.and(
      merged("e-1", "e-2", "noted that trade grows asked why").body,
      StatementCorrected("e-1", in: "opening", EntryDetails.Changes { $0.text = "noted that trade grows" }),
      StatementRestored(entry: "e-2", session: "opening"))
    for (expunging, positions, other, text) in [
      ("e-1", [6, 8, 9], "e-2", "asked why"), ("e-2", [7, 8], "e-1", "noted that trade grows"),
    ] as [(RecordID, [Int], RecordID, LocalizedText)] {
      let events = try #require(restored.when(expunge(expunging)).decided())
      #expect(events.flatMap { ($0.body as? StatementExpunged)?.positions ?? [] } == positions)
      let after = events.reduce(restored) { $0.and($1.body) }
      for given in [after, positions.reduce(after) { $0.withoutWords(at: $1) }] {
        let entries = try given.state().record.entries
        #expect(entries[expunging]?.isExpunged == true && entries[other]?.details.text == text)
      }
    }
  }
}
