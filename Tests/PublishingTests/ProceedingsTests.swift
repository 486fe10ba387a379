import EventLog
import Foundation
import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Record
@testable import Scheduling

@Suite(.timeLimit(.minutes(10))) struct ProceedingsTests {
  private func story() throws -> Story {
    var story = Story.shanghai
    story.statement(
      "session-1-s1", in: "session-1", 1,
      try Attribution(.named, persons: ["zhang-deguang"], asPrinted: localized("Zhang Deguang", "张德广")),
      localized("believes that soft power matters.", "认为软实力重要。"), mentions: ["feng-shaolei"])
    story.statement(
      "session-1-s2", in: "session-1", 2,
      try Attribution(
        .withheld, asPrinted: localized("A participant"), identity: Sealed(base64: "c2VhbGVk")),
      localized("disagreed."))
    story.statement(
      "session-1-s3", in: "session-1", 3,
      try Attribution(.named, persons: ["sergey-karaganov"], asPrinted: localized("Sergey Karaganov")),
      localized("said what he takes back."), mentions: ["zhang-deguang"])
    story.statement(
      "session-1-s4", in: "session-1", 4,
      try Attribution(
        .joint, persons: ["sergey-karaganov", "feng-shaolei"], asPrinted: localized("Both speakers")),
      localized("agreed."))
    story.add(
      .positionRecorded(
        PositionRecorded(
          position: "session-1-p1", session: "session-1", number: 1, topic: localized("An alliance"),
          holder: try Attribution(
            .quantified, of: localized("speakers"), quantifier: .most, asPrinted: localized("Most speakers")),
          stance: localized("Chances slim"), basedOn: "session-1-s1")),
      .conclusionRecorded(
        ConclusionRecorded(
          conclusion: "session-1-c1", session: "session-1", number: 1,
          attribution: try Attribution(.unattributed, asPrinted: nil), text: localized("More experts."),
          rationale: localized("There are few."), basedOn: "session-1-s4")),
      .recommendationRecorded(
        RecommendationRecorded(
          recommendation: "closing-r1", session: "closing", number: 1,
          attribution: try Attribution(
            .collective, of: localized("participants"), asPrinted: localized("The participants")),
          text: localized("called for action."), addressees: [localized("Russia"), localized("China")],
          basedOn: nil)),
      .statementCorrected(
        StatementCorrected(statement: "session-1-s4", session: "session-1", kind: .substantive) {
          $0.text = localized("agreed in principle.")
        }),
      .statementRetracted(StatementRetracted(statement: "session-1-s3", session: "session-1")),
      .proceedingsIssued(ProceedingsIssued(issue: 1, provisional: true)))
    return story
  }

  @Test
  func `numbers sessions in program order without breaks, and prints only recorded ones`()
    throws
  {
    let record = try story().proceedingsPublication().record()
    #expect(record.body.sessions.map(\.slug.slug) == ["session-1", "closing"])
    #expect(record.body.sessions.map(\.ordinal) == [2, 3])
    #expect(record.body.sessions[0].ordinalPrinted == localized("Session 2", "第2场", "Заседание 2"))
    #expect(
      record.body.sessions[0].officers.map(\.role) == [
        localized("Chair", "主席", "Председатель"), localized("Speakers", "发言人", "Выступающие"),
      ])
  }

  @Test func `prints no text of retracted entries of any kind`() throws {
    var story = try story()
    story.statement(
      "session-1-s5", in: "session-1", 5, try Attribution(.unattributed, asPrinted: nil),
      localized("A secret statement."))
    story.add(
      .positionRecorded(
        PositionRecorded(
          position: "session-1-p2", session: "session-1", number: 2, topic: localized("A secret topic"),
          holder: try Attribution(.unattributed, asPrinted: nil), stance: localized("A secret stance"))),
      .conclusionRecorded(
        ConclusionRecorded(
          conclusion: "session-1-c2", session: "session-1", number: 2,
          attribution: try Attribution(.unattributed, asPrinted: nil), text: localized("A secret conclusion"),
          rationale: localized("A secret rationale"))),
      .recommendationRecorded(
        RecommendationRecorded(
          recommendation: "session-1-r1", session: "session-1", number: 1,
          attribution: try Attribution(.unattributed, asPrinted: nil),
          text: localized("A secret recommendation"), addressees: [localized("A secret addressee")])))
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
    for id in ["session-1-s5", "session-1-p2", "session-1-c2", "session-1-r1"] as [RecordID] {
      story.add(.statementRetracted(StatementRetracted(statement: id, session: "session-1")))
    }
    for text in try printed() {
      for kind in ["statement", "topic", "stance", "conclusion", "rationale", "recommendation", "addressee"] {
        #expect(!text.contains("ecret \(kind)"), "\(kind)")
      }
      #expect(text.contains("Chances slim"), "The other position stays.")
    }
  }

  @Test func `numbers paragraphs within their session; retracted ones keep their numbers`() throws {
    let record = try story().proceedingsPublication().record()
    #expect(
      record.body.sessions[0].paragraphs == [
        .init(
          number: "2.1", anchor: "p-2-1", attribution: localized("Zhang Deguang", "张德广"),
          text: localized("believes that soft power matters.", "认为软实力重要。"), form: "summary",
          kind: "statement", note: nil, retracted: false),
        .init(
          number: "2.2", anchor: "p-2-2", attribution: localized("A participant"),
          text: localized("disagreed."),
          form: "summary", kind: "statement", note: nil, retracted: false),
        .init(
          number: "2.3", anchor: "p-2-3", attribution: nil, text: nil, form: "summary",
          kind: "statement", note: nil, retracted: true),
        .init(
          number: "2.4", anchor: "p-2-4", attribution: localized("Both speakers"),
          text: localized("agreed in principle."), form: "summary", kind: "statement",
          note: localized("Corrected", "已更正", "Исправлено"), retracted: false),
      ])
  }

  @Test func `refers from conclusions, recommendations and positions to paragraphs`() throws {
    let sessions = try story().proceedingsPublication().record().body.sessions
    #expect(
      sessions[0].conclusions == [
        .init(
          number: "2.C1", text: localized("More experts."), attribution: nil,
          rationale: localized("There are few."),
          paragraph: "2.4")
      ])
    #expect(
      sessions[0].positions == [
        .init(
          topic: localized("An alliance"), holder: localized("Most speakers"),
          stance: localized("Chances slim"),
          paragraph: "2.1")
      ])
    #expect(
      sessions[1].recommendations == [
        .init(
          number: "3.R1", text: localized("called for action."), attribution: localized("The participants"),
          addressees: [localized("Russia"), localized("China")], paragraph: nil)
      ])
  }

  @Test func `indexes speakers and mentioned people`() throws {
    let index = try story().proceedingsPublication().record().body.index
    #expect(index.map { $0.names[0].text } == ["Feng Shaolei", "Karaganov, Sergey", "Zhang Deguang"])
    #expect(index.map(\.spoken) == [["2.4"], ["2.4"], ["2.1"]])
    #expect(index.map(\.mentioned) == [["2.1"], [], []])
  }

  @Test func `lists the speakers with all their affiliations and roles`() throws {
    let speakers = try story().proceedingsPublication([.english]).record().body.speakers
    #expect(speakers.map(\.person.slug) == ["feng-shaolei", "sergey-karaganov", "zhang-deguang"])
    #expect(speakers[1].affiliations.count == 2)
    #expect(speakers[0].sessionRoles == [localized("Session 1: Speaker"), localized("Session 2: Chair")])
  }

  @Test func `discloses neither withheld names nor retracted text`() throws {
    let publication = try story().proceedingsPublication()
    for text in [publication.html(), String(decoding: try publication.json(), as: UTF8.self)] {
      #expect(!text.contains("c2VhbGVk"))
      #expect(!text.contains("takes back"))
      #expect(text.contains("A participant"))
    }
  }

  @Test func `is the last issue until something else is recorded`() throws {
    var story = try story()
    let issue = story.proceedingsPublication().record().body.issue
    #expect(issue?.number == 1)
    #expect(issue?.provisional == true)
    #expect(issue?.date == localized("24\u{a0}March 2016", "2016年3月24日", "24\u{a0}марта 2016\u{a0}г."))
    story.statement(
      "closing-s1", in: "closing", 1, try Attribution(.unattributed, asPrinted: nil), localized("More."))
    #expect(story.proceedingsPublication().record().body.issue == nil)
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
    #expect(try one.json() == other.json())
    #expect(one.html() == other.html())
  }
}
