import EventLog
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Publishing
@testable import Record
@testable import Scheduling

@Suite struct `A corrigendum` {
  /// One published entry of each kind.
  private func published() throws -> Story {
    var story = Story.shanghai
    story.add(
      .organisationAdded(OrganisationAdded(organisation: "port", name: localized("Port Authority", "港务局"))))
    story.enter("e-1", localized("praised the [[org:port]].", "赞扬了[[org:port]]。", "похвалил."), by: zhang()) {
      $0.acts = [try! SpeechAct("noted"), try! SpeechAct("sang")]
      $0.mentions = ["feng-shaolei"]
    }
    story.enter("e-2", as: .position, localized("For it", "赞成"), by: zhang()) {
      $0.topic = localized("Cranes", "起重机")
      $0.basedOn = "e-1"
    }
    story.enter("e-3", as: .conclusion, localized("More cranes.")) {
      $0.rationale = localized("The [[org:port]] has none.", "[[org:port]]没有。")
      $0.basedOn = "e-1"
    }
    story.issue()
    return story
  }

  private func zhang(_ change: (inout Attribution) -> Void = { _ in }) -> Attribution {
    var attribution = try! Attribution(
      .named, persons: ["zhang-deguang"], asPrinted: localized("Zhang Deguang", "张德广"))
    change(&attribution)
    return attribution
  }

  /// `Text: old → new` in each language of the leaf.
  private func changes(_ story: Story, _ languages: [Language] = [.english, .chinese, .russian]) throws
    -> [String]
  {
    try story.corrigendum(languages).document().body.items.flatMap(\.changes).flatMap { change in
      languages.compactMap { language -> String? in
        let (old, new) = (change.old?[language], change.new?[language])
        if old == nil, new == nil { return nil }
        return "\(change.label[language]!): \(old ?? "-") → \(new ?? "-")"
      }
    }
  }

  @Test func `has the old words with the names that they were printed with`() throws {
    var story = try published()
    story.add(
      .organisationRevised(
        OrganisationRevised(organisation: "port") { $0.name = localized("Harbour Office", "港口处") }))
    story.correct("k-1", "e-1") { $0.text = localized("blamed the [[org:port]].") }
    #expect(
      try changes(story, [.english]) == [
        "Text: praised the Port Authority. → blamed the Harbour Office."
      ])
    let data = String(decoding: try story.proceedingsPublication().export(), as: UTF8.self)
    #expect(
      data.contains("\"praised the Port Authority.\"") && data.contains("\"blamed the Harbour Office.\""))
  }

  @Test func `has only the languages that were corrected`() throws {
    var story = try published()
    story.correct("k-1", "e-1") { $0.text = localized("blamed the [[org:port]].") }
    // Topics and reasons are stored with all their languages.
    story.correct("k-2", "e-2") { $0.topic = localized("Cranes", "吊车") }
    story.correct("k-3", "e-3") { $0.rationale = localized("The [[org:port]] has two.", "[[org:port]]没有。") }
    #expect(
      try changes(story) == [
        "Text: praised the Port Authority. → blamed the Port Authority.",
        "Reason: The Port Authority has none. → The Port Authority has two.", "议题: 起重机 → 吊车",
      ])
  }

  @Test func `is in the languages of its readers`() throws {
    var story = try published()
    story.correct("k-1", "e-1") {
      $0.form = .substantiallyVerbatim
      $0.acts = [try! SpeechAct("called-for"), try! SpeechAct("sang")]
      $0.mentions = ["sergey-karaganov", "feng-shaolei"]
      $0.spoken = .russian
    }
    #expect(
      try changes(story, [.russian]) == [
        "Форма: изложение → почти дословно", "Речевое действие: замечание; sang → призыв; sang",
        "Язык выступления: - → русский", "Упомянуты: Feng Shaolei → Сергей Караганов; Feng Shaolei",
      ])
    #expect(
      try changes(story, [.chinese]) == [
        "形式: 摘要 → 基本逐字记录", "言语行为: 指出；sang → 呼吁；sang", "发言语言: - → 俄语",
        "提及: 冯绍雷 → Sergey Karaganov；冯绍雷",
      ])
    for act in SpeechAct.common { #expect(Labels.acts[act.word] != nil, "\(act)") }
  }

  @Test func `says what differs where the printed words are the same`() throws {
    var story = try published()
    func attributed(_ change: (inout Attribution) -> Void) throws -> String {
      story.correct(try CorrectionID("k-\(story.checkpoint.position)"), "e-1") {
        $0.attribution = zhang(change)
      }
      return try #require(try changes(story, [.english]).last)
    }
    #expect(
      try attributed { $0.persons = ["feng-shaolei"] }
        == "Attribution: Zhang Deguang (Zhang Deguang) → Zhang Deguang (Feng Shaolei, Director, Center for Russian Studies)"
    )
    #expect(
      try attributed {
        $0.persons = ["feng-shaolei"]
        $0.basis = .inferred
      } == "Attribution: Zhang Deguang (stated) → Zhang Deguang (inferred)")
    #expect(
      try attributed {
        $0 = try! Attribution(.collective, of: localized("guests"), asPrinted: $0.asPrinted)
      }
        == "Attribution: Zhang Deguang (Feng Shaolei, Director, Center for Russian Studies; by name; inferred) → "
        + "Zhang Deguang (guests; all who took part; stated)")
    // The same person, credited with the office of another day.
    let dean = Affiliation(position: localized("Dean"), organisation: localized("School"))
    story = try published()
    let name = try #require(story.program.people["zhang-deguang"]?.name)
    #expect(
      try attributed { $0.credits = [Credit("zhang-deguang", name: name, affiliations: [dean])] }
        == "Attribution: Zhang Deguang (Zhang Deguang) → Zhang Deguang (Zhang Deguang, Dean, School)")
    // Marks are not printed.
    story.correct("k-9", "e-3") { $0.text = localized("[[subject:crane|More cranes]].") }
    #expect(try changes(story, [.english]).last == "Text: - → (the printed words stay the same)")
  }

  @Test func `has what was accepted before the next issue, and nothing later`() throws {
    var story = try published()
    story.correct("k-1", "e-1") { $0.text = localized("blamed the [[org:port]].") }
    story.issue()
    story.correct("k-2", "e-2") { $0.topic = localized("Ships") }
    for number in 1...2 {
      let items = try story.corrigendum(to: number).document().body.items
      #expect(items.map(\.anchor) == ["correction-k-\(number)"])
    }
  }

  private func expunged(_ entry: RecordID, leaving words: LocalizedText? = nil) -> RecordEvent {
    .statementExpunged(
      StatementExpunged(
        entry: entry, session: "session-1", authority: localized("The court"), reason: localized("Libel"),
        positions: [], replacement: words.map { EntryDetails($0, .nobody) }))
  }

  @Test func `has what was removed by order, without the words`() throws {
    var story = try published()
    story.correct("k-1", "e-1") { $0.text = localized("blamed the [[org:port]].") }
    story.add(expunged("e-3", leaving: localized("Some cranes.")), expunged("e-1"))
    let items = try story.corrigendum([.english]).document().body.items
    #expect(
      items.map { "\($0.anchor) \($0.number ?? "-") \($0.heading[.english]!)" } == [
        "correction-k-1 1.1 Substantive correction, 24\u{a0}March 2016",
        "order-e-1-\(story.checkpoint.position) 1.1 Expunged, 24\u{a0}March 2016",
        "order-e-3-\(story.checkpoint.position - 1) 1.C1 Words replaced by order, 24\u{a0}March 2016",
        "order-e-2-\(story.checkpoint.position) 1.P1 Left out, because it repeats removed words, 24\u{a0}March 2016",
      ])
    #expect(try changes(story, [.english]) == ["Text: - → Expunged"])
    #expect(
      items[1].facts.map { "\($0.label[.english]!): \($0.text[.english]!)" } == [
        "By order of: The court", "Reason: Libel",
      ])
    // The next issue lists the same, and its paragraph leads there.
    let draft = story.proceedingsPublication([.english]).record().body
    #expect(draft.corrections.map(\.anchor) == items.map(\.anchor))
    #expect(draft.sessions[0].paragraphs[0].corrections == items.prefix(2).map(\.anchor))
    story.issue()
    #expect(try story.corrigendum(to: 1, [.english]).document().body.items.count == 4)
    #expect(try story.corrigendum(to: 2, [.english]).isEmpty)
  }

  @Test func `has nothing of what was a draft when it was removed`() throws {
    var story = try published()
    story.enter("e-4", localized("Slander."))
    story.add(expunged("e-4"))
    #expect(try story.corrigendum().isEmpty)
  }

  @Test func `says what the record says anew of a session and of itself`() throws {
    var story = try published()
    story.add(.frontMatterRevised(FrontMatterRevised { $0.dateline = localized("Shanghai, 25 March") }))
    story.issue()
    let issued = story
    story.add(
      .frontMatterRevised(
        FrontMatterRevised {
          $0.dateline = localized("Shanghai, 26 March")
          $0.publisher = localized("The Club")
        }),
      .sitting(
        .sessionHeadingSet(SessionHeadingSet(session: "session-1", heading: localized("The Harbour")))),
      .sitting(
        .segmentOpened(
          SegmentOpened(
            session: "session-1", segment: 1, details: SegmentDetails(title: localized("Opening"))))),
      .sitting(
        .sessionConvened(
          SessionConvened(
            session: "session-1", step: 1, details: SittingDetails { $0.at = .time(march("25T09:40")) }))))
    let leaf = try story.corrigendum(to: 2, [.english], published: issued)
    let expected = [
      "Cooperation between China and Russia: The Process and Prospects, Changed after issue 2",
      "The Harbour, Changed after issue 2",
    ]
    func headings(_ items: [PrintedCorrection]) -> [String] {
      items.map { "\($0.session[.english]!), \($0.heading[.english]!)" }
    }
    let items = leaf.document().body.items
    #expect(headings(items) == expected && items.allSatisfy { $0.number == nil })
    #expect(
      items.flatMap(\.changes).map {
        "\($0.label[.english]!): \($0.old?[.english] ?? "-") → \($0.new?[.english] ?? "-")"
      } == [
        "Dateline: Shanghai, 25 March → Shanghai, 26 March", "Publisher: - → The Club",
        "Title: The Bilateral Cooperation → The Harbour",
        "Held: - → 25\u{a0}March 2016, from 09:40", "Parts: - → Opening",
      ])
    #expect(
      headings(story.proceedingsPublication([.english], after: issued).record().body.corrections) == expected)
    #expect(story.proceedingsPublication([.english]).record().body.corrections.isEmpty)
    #expect(leaf.html().contains("<h3>The Harbour</h3>"))
  }

  /// The front can repeat words of an entry.
  @Test func `repeats no text of an issue of which words were destroyed`() throws {
    var story = try published()
    story.add(.frontMatterRevised(FrontMatterRevised { $0.summary = localized("More cranes.") }))
    story.issue()
    let issued = story
    story.add(.frontMatterRevised(FrontMatterRevised { $0.summary = localized("Few cranes.") }))
    func leaf(_ story: Story) throws -> String {
      try story.corrigendum(to: 2, [.english], published: issued).html()
    }
    #expect(try leaf(story).contains("More cranes."))
    var withheld = story
    withheld.correct("k-1", "e-1") {
      $0.attribution = try! Attribution(.withheld, asPrinted: localized("A speaker"))
    }
    story.add(expunged("e-3"))
    for later in [story, withheld] {
      #expect(try !leaf(later).contains("More cranes.") && leaf(later).contains("(not repeated here)"))
    }
    #expect(!story.proceedingsPublication([.english], after: issued).html().contains("More cranes."))
  }

  /// A title can repeat words of an entry too.
  @Test func `repeats no title of a session that is gone, of an issue of which words were destroyed`() throws
  {
    var story = try published()
    story.add(
      .sitting(
        .sessionHeadingSet(SessionHeadingSet(session: "closing", heading: localized("More Cranes")))),
      .sitting(.sessionConvened(SessionConvened(session: "closing", step: 1))))
    story.issue()
    let issued = story
    story.add(.sitting(.sittingStepRetracted(SittingStepRetracted(session: "closing", step: 1))))
    func leaf(_ story: Story) throws -> String {
      try story.corrigendum(to: 2, [.english], published: issued).html()
    }
    #expect(try leaf(story).contains("<h3>More Cranes</h3>"))
    story.add(expunged("e-3"))
    #expect(try leaf(story).contains("<h3>(not repeated here)</h3>") && !leaf(story).contains("More Cranes"))
  }

  @Test func `has each order about an entry, and what repeats the words`() throws {
    var story = try published()
    story.add(expunged("e-1", leaving: localized("spoke.")))
    story.issue()
    story.add(expunged("e-1"))
    func headings(_ issue: Int) throws -> [String] {
      try story.corrigendum(to: issue, [.english]).document().body.items.map {
        "\($0.number ?? "-") \($0.heading[.english]!.split(separator: ",")[0])"
      }
    }
    #expect(
      try headings(1) == ["1.1 Expunged", "1.C1 Left out", "1.P1 Left out"])
    #expect(try headings(2) == ["1.1 Expunged"])
  }

  @Test func `leaves out nothing of what was retracted before`() throws {
    var story = try published()
    story.correct("k-1", "e-3", retracts: true)
    story.add(expunged("e-1"))
    #expect(
      try story.corrigendum([.english]).document().body.items.map {
        "\($0.number ?? "-") \($0.heading[.english]!.split(separator: ",")[0])"
      } == ["1.1 Expunged", "1.C1 Retraction", "1.P1 Left out"])
  }

  @Test func `compares in the languages of the later edition`() throws {
    let issued = try published()
    var story = issued
    story.add(.conferenceRevised(ConferenceRevised { $0.languages = [.chinese] }))
    #expect(story.proceedingsPublication(after: issued).record().body.corrections.isEmpty)
    #expect(story.proceedingsPublication().saysTheSame(as: issued.proceedingsPublication()))
  }

  @Test func `refers to what a paragraph rests on by its number`() throws {
    var story = try published()
    story.correct("k-1", "e-2") { $0.basedOn = "e-3" }
    #expect(try changes(story, [.english]) == ["Based on: 1.1 → 1.C1"])
  }

  /// Until it is after 16:00 in UTC, and so the next day in Shanghai.
  private func waitForTheNextDay(_ story: inout Story) {
    while story.checkpoint.lastEventAt! < "2016-03-24T16:00:00Z" {
      story.add(.proceedingsProofed(ProceedingsProofed(at: 1)))
    }
  }

  @Test func `has the day on the title page of the issue, and that of the decision`() throws {
    var story = try published()
    story.add(
      .correctionRequested(
        CorrectionRequested(
          "k-1", of: "e-1", in: "session-1", kind: .substantive,
          EntryDetails.Changes { $0.text = localized("left.") })))
    waitForTheNextDay(&story)
    story.add(
      .correctionAccepted(
        CorrectionAccepted(correction: "k-1", entry: "e-1", session: "session-1", verifiedAgainst: .notes)))
    let leaf = try story.corrigendum([.english]).document().body
    #expect(leaf.date == localized("27\u{a0}March 2016"))
    #expect(leaf.items.map(\.heading) == [localized("Substantive correction, 25\u{a0}March 2016")])
  }

  @Test func `has the title of the session in the record, and days of the conference`() throws {
    var story = try published()
    story.add(
      .sitting(.sessionHeadingSet(SessionHeadingSet(session: "session-1", heading: localized("The Harbour"))))
    )
    waitForTheNextDay(&story)
    story.correct("k-1", "e-1") { $0.text = localized("left.") }
    let item = try #require(try story.corrigendum([.english]).document().body.items.first)
    #expect(item.session == localized("The Harbour"))
    #expect(item.heading == localized("Substantive correction, 25\u{a0}March 2016"))
    #expect(item.number == "1.1" && item.paragraph == "e-1")
  }

  @Test func `says who requested a correction`() throws {
    var story = try published()
    story.add(
      .correctionRequested(
        CorrectionRequested(
          "k-1", of: "e-1", in: "session-1", kind: .substantive, requester: localized("The delegation"),
          EntryDetails.Changes { $0.text = localized("left.") })),
      .correctionAccepted(
        CorrectionAccepted(correction: "k-1", entry: "e-1", session: "session-1", verifiedAgainst: .notes)))
    let item = try #require(try story.corrigendum([.english]).document().body.items.first)
    #expect(
      item.facts.map { [$0.label, $0.text].map { $0[.english] } }.contains(["Requested by", "The delegation"]
      ),
      "\(item.facts)")
  }
}
