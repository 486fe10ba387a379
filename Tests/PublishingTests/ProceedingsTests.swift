import EventLog
import Foundation
import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import ReadModels
@testable import Record
@testable import Scheduling

@Suite(.timeLimit(.minutes(10))) struct ProceedingsTests {
  let sergey = try! Attribution(
    .named, persons: ["sergey-karaganov"], asPrinted: localized("Sergey Karaganov"))

  /// Seven entries in two sessions.
  func drafted() throws -> Story {
    var story = Story.shanghai
    story.statement(
      "e-1", in: "session-1",
      try Attribution(.named, persons: ["zhang-deguang"], asPrinted: localized("Zhang Deguang", "张德广")),
      localized("believes that soft power matters.", "认为软实力重要。"), mentions: ["feng-shaolei"])
    story.statement(
      "e-2", in: "session-1",
      try Attribution(
        .withheld, asPrinted: localized("A participant"), identity: Sealed(base64: "c2VhbGVk")),
      localized("disagreed."))
    story.statement(
      "e-3", in: "session-1", sergey, localized("said what he takes back."), mentions: ["zhang-deguang"])
    story.statement(
      "e-4", in: "session-1",
      try Attribution(
        .joint, persons: ["sergey-karaganov", "feng-shaolei"], asPrinted: localized("Both speakers")),
      localized("agreed."))
    story.entry(
      .position, "e-5", in: "session-1",
      try Attribution(
        .quantified, of: localized("speakers"), quantifier: .most, asPrinted: localized("Most speakers")),
      localized("Chances slim")
    ) {
      $0.topic = localized("An alliance")
      $0.basedOn = "e-1"
    }
    story.entry(.conclusion, "e-6", in: "session-1", .nobody, localized("More experts.")) {
      $0.rationale = localized("There are few.")
      $0.basedOn = "e-4"
    }
    story.entry(
      .recommendation, "e-7", in: "closing",
      try Attribution(.collective, of: localized("participants"), asPrinted: localized("The participants")),
      localized("called for action.")
    ) { $0.addressees = [localized("Russia"), localized("China")] }
    return story
  }

  /// The same, published; then one statement is corrected and one retracted.
  func story() throws -> Story {
    var story = try drafted()
    story.issue(provisional: true)
    story.correct("k-1", "e-4") { $0.text = localized("agreed in principle.") }
    story.correct("k-2", "e-3", retracts: true)
    return story
  }

  @Test func `numbers the sessions with a record, in program order`() throws {
    let record = try story().proceedingsPublication().record()
    #expect(record.body.sessions.map(\.slug.slug) == ["session-1", "closing"])
    #expect(record.body.sessions.map(\.ordinal) == ["1", "2"])
    #expect(record.body.sessions[0].ordinalPrinted == localized("Session 1", "第1场", "Заседание 1"))
    #expect(
      record.body.sessions[0].officers.map(\.role) == [
        localized("Chair", "主席", "Председатель"), localized("Speakers", "发言人", "Выступающие"),
      ])
  }

  @Test func `prints no trace of a retracted draft of any kind`() throws {
    var story = try drafted()
    story.statement("e-21", in: "session-1", .nobody, localized("A secret statement."))
    story.entry(.position, "e-22", in: "session-1", .nobody, localized("A secret stance")) {
      $0.topic = localized("A secret topic")
    }
    story.entry(.conclusion, "e-23", in: "session-1", .nobody, localized("A secret conclusion")) {
      $0.rationale = localized("A secret rationale")
    }
    story.entry(.recommendation, "e-24", in: "session-1", .nobody, localized("A secret recommendation")) {
      $0.addressees = [localized("A secret addressee")]
    }
    func printed() throws -> [String] {
      let publication = story.proceedingsPublication()
      return [
        publication.html(),
        String(decoding: try JSONEncoder().encode(publication.record().body.sessions), as: UTF8.self),
      ]
    }
    for text in try printed() {
      #expect(text.components(separatedBy: "ecret ").count > 7, "They are printed before.")
    }
    for id in ["e-21", "e-22", "e-23", "e-24"] as [RecordID] {
      story.add(.statementRetracted(StatementRetracted(entry: id, session: "session-1")))
    }
    for text in try printed() {
      #expect(!text.contains("ecret") && !text.contains("e-21"))
      #expect(text.contains("Chances slim"), "The other position stays.")
    }
    #expect(
      story.proceedingsPublication().record().body.sessions
        == (try drafted().proceedingsPublication().record().body.sessions))
  }

  @Test func `prints no text of retracted published entries of any kind`() throws {
    var story = try story()
    story.entry(.position, "e-22", in: "session-1", sergey, localized("A secret stance")) {
      $0.topic = localized("A secret topic")
    }
    story.entry(.conclusion, "e-23", in: "session-1", .nobody, localized("A secret conclusion")) {
      $0.rationale = localized("A secret rationale")
    }
    story.entry(.recommendation, "e-24", in: "session-1", .nobody, localized("A secret recommendation")) {
      $0.addressees = [localized("A secret addressee")]
    }
    story.issue()
    story.correct("k-23", "e-23", retracts: true)
    story.correct("k-24", "e-24", retracts: true)
    story.correct("k-22", "e-22", retracts: true)
    let publication = story.proceedingsPublication()
    let session = publication.record().body.sessions[0]
    #expect(!String(decoding: try JSONEncoder().encode(session), as: UTF8.self).contains("ecret"))
    #expect(!publication.html().contains("ecret"))
    for (entries, numbers) in [
      (session.positions, ["1.P1", "1.P2"]), (session.conclusions, ["1.C1", "1.C2"]),
      (session.recommendations, ["1.R1"]),
    ] {
      #expect(entries.map(\.number) == numbers)
      let last = try #require(entries.last)
      #expect(last.said == nil && last.silence?[.english] == "This paragraph has been retracted.")
    }
    #expect(
      publication.html().contains(
        "<td><p><span class=\"alert\"><a href=\"#correction-k-22\">"), "It is linked to its correction.")
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `prints corrections of every kind of entry, with links to what is left of it`() async throws {
    var story = try drafted()
    story.issue()
    for (id, number) in [("e-1", "1.1"), ("e-5", "1.P1"), ("e-6", "1.C1")] as [(RecordID, String)] {
      story.correct(try CorrectionID("k-\(id)"), id, retracts: true)
      #expect(try await Layout(of: story.proceedingsPublication().record()).text().contains(number))
    }
    _ = try await Layout(of: story.proof(since: 1).record())
    _ = try await Layout(of: try story.corrigendum().document())
  }

  @Test func `does not print words elsewhere that were destroyed, until somebody has looked`() throws {
    var story = try drafted()
    story.entry(.statement, "e-21", in: "session-1", .nobody, localized("He is a crook."))
    story.entry(.conclusion, "e-22", in: "session-1", .nobody, localized("He is a crook.")) {
      $0.basedOn = "e-21"
    }
    func page() -> String { story.proceedingsPublication().html() }
    #expect(page().contains("He is a crook."))
    story.add(
      .statementExpunged(
        StatementExpunged(
          entry: "e-21", session: "session-1", authority: localized("The court"), reason: localized("Libel"),
          positions: [])))
    #expect(!page().contains("crook"))
    story.add(.entryReaffirmed(EntryReaffirmed(entry: "e-22", session: "session-1")))
    #expect(page().contains("He is a crook."))
  }

  @Test func `says of every kind of entry that it was corrected, expunged or changed`() throws {
    var story = try drafted()
    story.entry(.conclusion, "e-8", in: "session-1", .nobody, localized("Libel.")) { $0.basedOn = "e-1" }
    story.issue()
    let proofed = story.checkpoint.position
    story.correct("k-5", "e-5") { $0.text = localized("Chances good", nil, "Шансы есть") }
    story.correct("k-6", "e-6") { $0.rationale = localized("There is none.") }
    story.correct("k-7", "e-7", in: "closing") { $0.text = localized("called for haste.") }
    story.add(
      .statementExpunged(
        StatementExpunged(
          entry: "e-8", session: "session-1", authority: localized("The court", "法院"),
          reason: localized("libel", "诽谤"),
          positions: [])))
    let publication = story.proof(since: proofed)
    let sessions = publication.record().body.sessions
    let entries = sessions.flatMap { $0.paragraphs + $0.positions + $0.conclusions + $0.recommendations }
    #expect(entries.filter(\.changed).map(\.anchor) == ["e-5", "e-6", "e-8", "e-7"])
    #expect(
      entries.filter { $0.note != nil }.map(\.corrections) == [
        ["correction-k-5"], ["correction-k-6"], ["correction-k-7"],
      ])
    #expect(sessions[0].conclusions[1].silence?[.english] == "Expunged (The court, libel)")
    #expect(sessions[0].conclusions[1].silence?[.chinese] == "已删除（法院，诽谤）")
    let html = publication.html()
    #expect(html.contains("<tr class=\"changed\" id=\"e-5\">"))
    #expect(html.contains("<div class=\"statement changed\" id=\"e-6\">"))
    #expect(html.contains("<p class=\"facts\"><a href=\"#correction-k-6\">"))
  }

  @Test func `marks sessions of which something else is said since`() throws {
    var story = try drafted()
    let proofed = story
    story.add(
      .sitting(.sessionHeadingSet(SessionHeadingSet(session: "closing", heading: localized("The End")))))
    func changed(_ story: Story, since proofed: Story) -> [SessionID] {
      story.proof(since: proofed.checkpoint.position, proofed: proofed).record().body.sessions
        .filter(\.changed).map(\.slug)
    }
    #expect(changed(story, since: proofed) == ["closing"])
    #expect(changed(proofed, since: story) == ["closing"], "A heading that was removed.")
    #expect(changed(story, since: story) == [])
    let page = story.proof(since: proofed.checkpoint.position, proofed: proofed).html()
    #expect(page.contains("<h2 class=\"changed\" id=\"session-closing\">"))
    #expect(!story.proceedingsPublication().saysTheSame(as: proofed.proceedingsPublication()))
    #expect(story.proceedingsPublication().saysTheSame(as: story.proceedingsPublication()))
    // What was said of a session without entries, and was taken back since.
    var held = proofed
    held.add(.sitting(.sessionConvened(SessionConvened(session: "party", step: 1))))
    #expect(!held.proceedingsPublication().saysTheSame(as: proofed.proceedingsPublication()))
    #expect(!proofed.proceedingsPublication().saysTheSame(as: held.proceedingsPublication()))
  }

  @Test func `says that an entry was corrected once the correction is accepted`() throws {
    var story = try drafted()
    story.issue()
    func note() -> LocalizedText? {
      story.proceedingsPublication().record().body.sessions[0].paragraphs[0].note
    }
    story.add(
      .correctionRequested(
        CorrectionRequested(
          "k-1", of: "e-1", in: "session-1", kind: .substantive,
          EntryDetails.Changes { $0.text = localized("doubted it.") })))
    #expect(note() == nil)
    story.add(
      .correctionAccepted(
        CorrectionAccepted(
          correction: "k-1", entry: "e-1", session: "session-1", verifiedAgainst: .notes)))
    #expect(note() != nil)
  }

  @Test func `lists in an issue what was corrected since the one before, up to its position`() throws {
    var proofed = try drafted()
    proofed.issue()
    proofed.correct("k-1", "e-1") { $0.text = localized("doubted it.") }
    var later = proofed
    later.issue()
    let issue = try proofed.proceedingsPublication(issue: 2, of: later).record().body
    #expect(issue.corrections.map(\.anchor) == ["correction-k-1"])
  }

  @Test func `says of a stance in which language it was said`() throws {
    var story = Story.shanghai
    story.entry(.position, "e-1", in: "session-1", sergey, localized("For it", nil, "За")) {
      $0.topic = localized("Trade")
      $0.spoken = .russian
    }
    let said = try #require(story.proceedingsPublication().record().body.sessions[0].positions[0].said)
    #expect(said.versions.map(\.plain) == ["За", "For it"])
    #expect(said.versions.map(\.label?.text) == ["Оригинал", "Translation"])
    #expect(story.proceedingsPublication().html().contains("<p class=\"version\""))
  }

  @Test func `numbers paragraphs within their session; a retracted one keeps its number`() throws {
    let paragraphs = try story().proceedingsPublication().record().body.sessions[0].paragraphs
    #expect(paragraphs.map(\.number) == ["1.1", "1.2", "1.3", "1.4"])
    #expect(paragraphs.map(\.anchor) == ["e-1", "e-2", "e-3", "e-4"])
    #expect(
      paragraphs.map { $0.said.map { $0.versions.map(\.plain) } } == [
        ["Zhang Deguang believes that soft power matters.", "张德广认为软实力重要。"], ["A participant disagreed."], nil,
        ["Both speakers agreed in principle."],
      ])
    #expect(paragraphs.map { $0.silence != nil } == [false, false, true, false])
    #expect(paragraphs.map(\.note) == [nil, nil, nil, localized("Corrected", "已更正", "Исправлено")])
  }

  @Test func `has provisional numbers until an issue has them`() throws {
    var story = try story()
    #expect(!story.proceedingsPublication().record().body.numbersProvisional)
    story.statement("e-8", in: "session-1", .nobody, localized("More."))
    let record = story.proceedingsPublication().record().body
    #expect(record.numbersProvisional)
    #expect(record.sessions[0].paragraphs.map(\.provisional) == [false, false, false, false, true])
    let html = story.proceedingsPublication().html()
    #expect(html.contains("<a class=\"number\" href=\"#e-8\"><em>1.5</em></a>More."))
    #expect(html.contains("Numbers of paragraphs in italics are provisional"))
    var positions = try drafted()
    positions.issue()
    positions.entry(.position, "e-8", in: "session-1", sergey, localized("For it")) {
      $0.topic = localized("Trade")
    }
    #expect(positions.proceedingsPublication().record().body.numbersProvisional)
  }

  @Test func `prints the name of a speaker who goes on once`() throws {
    var story = Story.shanghai
    let zhang = try Attribution(.named, persons: ["zhang-deguang"], asPrinted: localized("Zhang Deguang"))
    for (number, text) in ["We agree.", "We go on.", "We are done."].enumerated() {
      if number == 2 {
        story.statement("e-9", in: "session-1", .nobody, localized("A gap."))
        story.issue()
        story.correct("k-9", "e-9", retracts: true)
      }
      story.statement(
        try RecordID("e-\(number + 1)"), in: "session-1", zhang, localized(text), form: .verbatim)
    }
    let record = story.proceedingsPublication().record().body
    #expect(
      record.sessions[0].paragraphs.map { $0.said?.versions[0].plain } == [
        "Zhang Deguang: We agree.", "We go on.", nil, "Zhang Deguang: We are done.",
      ])
    #expect(!record.indexes.persons.isEmpty, "The person is kept as data.")
  }

  @Test func `names the speaker again after the heading of a segment`() throws {
    var story = Story.shanghai
    let zhang = try Attribution(.named, persons: ["zhang-deguang"], asPrinted: localized("Zhang Deguang"))
    for number in 1...3 {
      story.statement(
        try RecordID("e-\(number)"), in: "session-1", zhang, localized("We go on."), form: .verbatim)
      if number == 2 {
        story.add(
          .sitting(
            .segmentOpened(
              SegmentOpened(
                session: "session-1", segment: 1, details: SegmentDetails(title: localized("Debate"))))))
      }
    }
    #expect(
      story.proceedingsPublication().record().body.sessions[0].paragraphs.map { $0.said?.versions[0].plain }
        == [
          "Zhang Deguang: We go on.", "We go on.", "Zhang Deguang: We go on.",
        ])
  }

  @Test func `prints a draft that was changed as if it had always been so`() throws {
    var story = try drafted()
    story.add(
      .statementCorrected(
        StatementCorrected(
          "e-4", in: "session-1", EntryDetails.Changes { $0.text = localized("agreed in principle.") })))
    let paragraph = try #require(story.proceedingsPublication().record().body.sessions[0].paragraphs.last)
    #expect(paragraph.said?.versions.map(\.plain) == ["Both speakers agreed in principle."])
    #expect(paragraph.note == nil && paragraph.corrections == [])
  }

  @Test func `refers from conclusions, recommendations and positions to paragraphs`() throws {
    let sessions = try story().proceedingsPublication().record().body.sessions
    let conclusion = try #require(sessions[0].conclusions.first)
    #expect(conclusion.number == "1.C1")
    #expect(conclusion.said?.versions.map(\.plain) == ["More experts."])
    #expect(conclusion.rationale == localized("There are few."))
    #expect(conclusion.paragraph?.number == "1.4" && conclusion.paragraph?.anchor == "e-4")
    let position = try #require(sessions[0].positions.first)
    #expect(position.number == "1.P1" && position.anchor == "e-5" && !position.provisional)
    #expect(position.topic == localized("An alliance") && position.attribution == localized("Most speakers"))
    #expect(position.said?.versions.map(\.plain) == ["Chances slim"])
    #expect(position.paragraph?.number == "1.1")
    let recommendation = try #require(sessions[1].recommendations.first)
    #expect(recommendation.number == "2.R1")
    #expect(recommendation.said?.versions.map(\.plain) == ["The participants called for action."])
    #expect(recommendation.addressees == [localized("Russia"), localized("China")])
    #expect(recommendation.paragraph == nil)
  }

  @Test func `refers from a recommendation to the conclusion that it is based on`() throws {
    var story = try story()
    story.entry(.recommendation, "e-8", in: "closing", .nobody, localized("Train them.")) {
      $0.basedOn = "e-6"
    }
    let publication = story.proceedingsPublication()
    #expect(publication.record().body.sessions[1].recommendations.map(\.paragraph?.number) == [nil, "1.C1"])
    #expect(publication.html().contains("<a href=\"#e-6\">1.C1</a>"))
  }

  @Test func `keeps a translation that the paragraph does not have`() throws {
    var story = try story()
    for (id, text) in [
      ("e-11", localized("Agreed in principle.")),
      ("e-12", localized("Agreed in principle.", nil, "Согласились.")),
      ("e-13", localized("…")),
    ] as [(RecordID, LocalizedText)] {
      story.entry(.conclusion, id, in: "session-1", .nobody, text) { $0.basedOn = "e-4" }
    }
    func said(_ languages: [Language]?) -> [[String]?] {
      story.proceedingsPublication(languages).record().body.sessions[0].conclusions.dropFirst()
        .map { $0.said?.versions.map(\.plain) }
    }
    #expect(said(nil) == [nil, ["Agreed in principle.", "Согласились."], ["…"]])
    #expect(said([.english]) == [nil, nil, ["…"]])
  }

  @Test func `prints the registered names that stances and reasons mark, and lists them`() throws {
    var story = Story.shanghai
    story.add(
      .organisationAdded(OrganisationAdded(organisation: "port", name: localized("Port Authority", "港务局"))))
    story.enter("e-1", as: .position, localized("For the [[org:port]]", "支持[[org:port]]"), by: sergey) {
      $0.topic = localized("Cranes")
    }
    story.enter("e-2", as: .conclusion, localized("More cranes.")) {
      $0.rationale = localized(
        "The [[org:port]] has none, as [[person:zhang-deguang|Mr Zhang]] said of [[subject:ice|ice]].")
    }
    let body = story.proceedingsPublication().record().body
    #expect(body.sessions[0].positions[0].said?.versions.map(\.plain) == ["For the Port Authority", "支持港务局"])
    #expect(
      body.sessions[0].conclusions[0].rationale
        == localized("The Port Authority has none, as Mr Zhang said of ice."))
    #expect(body.indexes.organisations[0].groups.joined().map(\.number) == ["1.C1", "1.P1"])
    #expect(body.indexes.persons.map(\.id) == ["sergey-karaganov", "zhang-deguang"])
    #expect(
      story.proceedings.unknownMarks { _ in true } == [
        UnknownMark(entry: "e-2", kind: "subject", slug: "ice")
      ])
  }

  @Test func `says how to cite it, on paper and on the page`() throws {
    var story = try drafted()
    story.add(.frontMatterRevised(FrontMatterRevised { $0.brand = localized("B") }))
    let draft = story.proceedingsPublication([.english])
    let sentence =
      "Cooperation between China and Russia: The Process and Prospects. Proceedings, Draft of issue 1. "
      + "Shanghai, 25–26\u{a0}March 2016. Record position \(story.checkpoint.position)."
    #expect(draft.record().body.citation == localized(sentence))
    #expect(draft.html().contains(sentence))
    let proofed = story
    story.issue()
    #expect(
      try proofed.proceedingsPublication(issue: 1, of: story).record().body.citation[.english]?
        .contains("Proceedings, Issue 1, 27\u{a0}March 2016. Shanghai, ") == true)
    #expect(
      story.proceedingsPublication([.chinese]).record().body.citation[.chinese]
        == "中俄合作：进程与前景。会议录，第2期草稿。上海，2016年3月25日–26日。记录序号 \(story.checkpoint.position)。")
    story.add(.frontMatterRevised(FrontMatterRevised { $0.citation = localized("Shanghai 2016.") }))
    #expect(story.proceedingsPublication().record().body.citation == localized("Shanghai 2016."))
  }

  @Test func `does not repeat a sentence that stands in the paragraph`() throws {
    var story = try story()
    let zhang = try Attribution(.named, persons: ["zhang-deguang"], asPrinted: localized("Zhang Deguang"))
    for (id, text) in [
      ("e-11", localized("Believes that soft power matters", "认为软实力重要")),
      ("e-12", localized("It matters", "重要")),
    ] as [(RecordID, LocalizedText)] {
      story.entry(.position, id, in: "session-1", zhang, text) {
        $0.topic = localized("Soft power")
        $0.basedOn = "e-1"
      }
    }
    story.entry(
      .conclusion, "e-13", in: "session-1",
      try Attribution(
        .joint, persons: ["sergey-karaganov", "feng-shaolei"], asPrinted: localized("Both speakers")),
      localized("agreed in principle.")
    ) { $0.basedOn = "e-4" }
    let publication = story.proceedingsPublication()
    let session = publication.record().body.sessions[0]
    #expect(
      session.positions.map { $0.said?.versions.map(\.plain) } == [
        ["Chances slim"], nil, ["It matters", "重要"],
      ])
    #expect(session.conclusions.map { $0.said == nil } == [false, true])
    let html = publication.html()
    #expect(html.contains("<p><a class=\"number\" href=\"#e-13\"><em>1.C2</em></a>Both speakers</p>"))
  }

  @Test func `lists the speakers with all their affiliations and roles`() throws {
    let speakers = try story().proceedingsPublication([.english]).record().body.speakers
    #expect(speakers.map(\.person.slug) == ["feng-shaolei", "sergey-karaganov", "zhang-deguang"])
    #expect(speakers[1].affiliations.count == 2)
    // The opening has no record, and so no number.
    #expect(speakers[0].sessionRoles == [localized("Session 1: Chair")])
  }

  @Test func `discloses neither withheld names nor retracted text`() throws {
    let publication = try story().proceedingsPublication()
    for text in [
      publication.html(), String(decoding: try publication.typesetting(), as: UTF8.self),
      String(decoding: try publication.export(), as: UTF8.self),
    ] {
      #expect(!text.contains("c2VhbGVk"))
      #expect(!text.contains("takes back"))
      #expect(text.contains("A participant"))
    }
  }

  @Test func `is an issue only at the position that the issue was built at`() throws {
    let proofed = try drafted()
    var later = proofed
    later.issue(provisional: true)
    let first = try proofed.proceedingsPublication(issue: 1, of: later)
    let issue = try #require(first.record().body.issue)
    #expect(issue.number == 1 && issue.provisional)
    #expect(issue.date == localized("27\u{a0}March 2016", "2016年3月27日", "27\u{a0}марта 2016\u{a0}г."))
    #expect(later.proceedingsPublication().record().body.issue == nil)
  }

  @Test func `prints an issue in the same bytes, whatever comes later`() throws {
    let proofed = try drafted()
    var later = proofed
    later.issue()
    let bytes = try proofed.proceedingsPublication(issue: 1, of: later).typesetting()
    later.correct("k-1", "e-4") { $0.text = localized("agreed in principle.") }
    later.correct("k-2", "e-3", retracts: true)
    // An earlier session with a record, an entry between two, another title and another name.
    later.statement("e-31", in: "opening", .nobody, localized("Welcome."))
    later.add(
      .statementRecorded(
        StatementRecorded(
          "e-32", in: "session-1", order: OrderKey(22, fraction: "i"),
          EntryDetails(localized("In between."), .nobody))),
      .sessionOrdinalSet(SessionOrdinalSet(session: "opening", ordinal: 7)))
    later.add(
      .sessionRevised(SessionRevised(session: "session-1") { $0.title = localized("Retitled") }))
    later.issue()
    later.correct("k-3", "e-32", retracts: true)
    #expect(try proofed.proceedingsPublication(issue: 1, of: later).typesetting() == bytes)
  }

  @Test func `gives letters to what comes between published numbers`() throws {
    var story = try story()
    let second = try #require(story.proceedings.entries["e-2"]?.order)
    story.add(
      .statementRecorded(
        StatementRecorded(
          "e-31", in: "session-1", order: OrderKey(second.base, fraction: "i"),
          EntryDetails(localized("In between."), .nobody))))
    story.statement("e-32", in: "opening", .nobody, localized("Welcome."))
    let sessions = story.proceedingsPublication().record().body.sessions
    #expect(sessions.map(\.ordinal) == ["a1", "1", "2"])
    #expect(sessions[1].paragraphs.map(\.number) == ["1.1", "1.2", "1.2a", "1.3", "1.4"])
  }

  @Test func `keeps the record of a session that was cancelled afterwards`() throws {
    var story = try story()
    story.add(
      .sessionCancelled(
        SessionCancelled(session: "closing", slot: slot("hall", march("26T11:00"), march("26T12:00")))))
    #expect(story.proceedingsPublication().record().body.sessions.last?.slug == "closing")
  }

  @Test func `has the same bytes each time`() throws {
    let (one, other) = (try story().proceedingsPublication(), try story().proceedingsPublication())
    #expect(try one.typesetting() == other.typesetting())
    #expect(one.html() == other.html())
  }
}
