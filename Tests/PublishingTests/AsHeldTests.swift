import EventLog
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Record
@testable import Scheduling

private func minute(_ time: String) -> HeldTime { .time(march(time)) }

private func convened(
  _ session: SessionID, _ number: Int = 1, _ build: (inout SittingDetails) -> Void = { _ in }
) -> RecordEvent {
  .sitting(.sessionConvened(SessionConvened(session: session, step: number, details: SittingDetails(build))))
}

private func closed(_ session: SessionID, _ number: Int, at time: HeldTime?) -> RecordEvent {
  .sitting(
    .sessionClosed(SessionClosed(session: session, step: number, details: SittingDetails { $0.at = time })))
}

private func suspended(_ session: SessionID, _ number: Int, at time: HeldTime?) -> RecordEvent {
  .sitting(
    .sessionSuspended(
      SessionSuspended(session: session, step: number, details: SittingDetails { $0.at = time })))
}

private func resumed(_ session: SessionID, _ number: Int, at time: HeldTime?) -> RecordEvent {
  .sitting(
    .sessionResumed(SessionResumed(session: session, step: number, details: SittingDetails { $0.at = time })))
}

extension Story {
  fileprivate mutating func say(
    _ text: String, in session: SessionID, _ number: Int, by attribution: Attribution? = nil
  ) {
    statement(
      try! RecordID("\(session)-s\(number)"), in: session, attribution ?? .nobody, localized(text))
  }

  fileprivate func document() -> ProceedingsDocument.Body {
    proceedingsPublication([.english]).record().body
  }

  /// The lines above the record of a session: `Held: 25 March 2016, 09:05–10:40`.
  fileprivate func head(_ session: SessionID) -> [String] {
    let rows = document().sessions.first { $0.slug == session }?.asHeld.rows ?? []
    return rows.map { row in
      let lines = row.lines.map { line in
        [line.when, line.room].compactMap { $0?.best([.english]).text }.joined(separator: " · ")
      }
      return row.label.best([.english]).text + ": "
        + lines.joined(separator: "; ").replacing("\u{a0}", with: " ")
    }
  }
}

struct `A session in the record` {
  private func story() -> Story {
    var story = Story.shanghai
    story.say("It began.", in: "session-1", 1)
    story.say("It ended.", in: "annex-1", 1)
    return story
  }

  @Test func `is never called held before it was convened`() {
    var story = story()
    #expect(story.head("session-1") == ["Announced for: 25 March 2016, 09:30–11:00", "Place: Science Hall"])
    #expect(story.head("annex-1") == ["Cancelled: 25 March 2016, 09:30–11:00 · Annex"])
    #expect(story.document().sessions.map(\.asHeld.status) == [.announced, .cancelled])
    #expect(!story.proceedingsPublication([.english]).html().contains("Held"))
    story.add(.frontMatterRevised(FrontMatterRevised { $0.unstated = .printed }))
    #expect(story.head("session-1").last == "Held: not stated")
    #expect(story.head("annex-1") == ["Cancelled: 25 March 2016, 09:30–11:00 · Annex"])
  }

  @Test func `has the times at which it was held beside the announced ones`() {
    var story = story()
    story.add(
      convened("session-1") {
        $0.at = minute("25T09:35")
        $0.present = 42
        $0.quorum = 30
      }, suspended("session-1", 2, at: minute("25T10:10")), resumed("session-1", 3, at: minute("25T10:20")),
      closed("session-1", 4, at: minute("25T11:05")))
    #expect(
      story.head("session-1") == [
        "Held: 25 March 2016, 09:35–10:10; 25 March 2016, 10:20–11:05",
        "Announced for: 25 March 2016, 09:30–11:00 · Science Hall", "Present: 42 (quorum 30)",
      ])
    story.add(
      .sitting(.sittingRevised(SittingRevised(session: "session-1", step: 1) { $0.cleared = [.present] })))
    #expect(story.head("session-1").last == "Present: quorum 30")
    #expect(
      story.document().sessions[0].asHeld.steps.map(\.kind) == ["convened", "suspended", "resumed", "closed"])
  }

  @Test func `is printed and exported if nothing was said in it`() throws {
    var story = story()
    story.add(convened("closing") { $0.at = minute("26T11:00") }, convened("annex-1") { $0.present = 3 })
    #expect(story.document().sessions.map(\.slug.slug) == ["session-1", "annex-1", "closing"])
    #expect(story.document().sessions.map(\.ordinal) == ["1", "2", nil])
    #expect(story.head("closing").first == "Held: 26 March 2016, from 11:00")
    #expect(story.proceedingsPublication([.english]).html().contains("<h2 id=\"session-closing\">"))
    let exported = RecordExport(story.proceedingsPublication()).sessions
    #expect(exported.map(\.id) == ["session-1", "annex-1", "closing"])
    #expect(exported.last?.ordinal == nil && exported.last?.provisionalOrdinal == nil)
    story.add(.statementRetracted(StatementRetracted(entry: "annex-1-s1", session: "annex-1")))
    #expect(
      story.document().sessions.map(\.slug.slug) == ["session-1", "annex-1", "closing"],
      "A session that was cancelled and held all the same.")
  }

  @Test func `has no announced times if it was held exactly so`() {
    var story = story()
    story.add(
      convened("session-1") {
        $0.at = minute("25T09:30")
        $0.place = localized("Science Hall")
      }, closed("session-1", 2, at: minute("25T11:00")))
    #expect(story.head("session-1") == ["Held: 25 March 2016, 09:30–11:00", "Place: Science Hall"])
    #expect(!story.document().programAsHeld.contains { $0.title == localized("The Bilateral Cooperation") })
  }

  @Test(
    arguments: [
      (nil, nil, []), (HeldTime.day("2016-03-25"), nil, ["Held: 25 March 2016"]),
      (minute("25T09:30"), nil, ["Held: 25 March 2016, from 09:30"]),
      (nil, minute("25T11:00"), ["Held: 25 March 2016, until 11:00"]),
      (.day("2016-03-25"), minute("25T11:00"), ["Held: 25 March 2016, until 11:00"]),
      (.day("2016-03-25"), .day("2016-03-26"), ["Held: 25–26 March 2016"]),
      (.day("2016-03-25"), minute("26T01:00"), ["Held: 25 March 2016 – 26 March 2016, 01:00"]),
      (minute("25T23:00"), minute("26T01:00"), ["Held: 25 March 2016, 23:00 – 26 March 2016, 01:00"]),
      (minute("25T23:00"), .day("2016-03-26"), ["Held: 25 March 2016, 23:00 – 26 March 2016"]),
    ] as [(HeldTime?, HeldTime?, [String])])
  func `says what is known, and no more`(_ start: HeldTime?, _ end: HeldTime?, _ printed: [String]) {
    var story = story()
    story.add(convened("session-1") { $0.at = start }, closed("session-1", 2, at: end))
    let announced = "Announced for: 25 March 2016, 09:30–11:00 · Science Hall"
    #expect(story.head("session-1") == printed + [announced])
    story.add(.frontMatterRevised(FrontMatterRevised { $0.unstated = .printed }))
    if printed.isEmpty {
      #expect(story.head("session-1") == ["Held: not stated", announced, "Presiding: not stated"])
    } else {
      #expect(story.head("session-1") == printed + ["Place: not stated", announced, "Presiding: not stated"])
    }
  }

  @Test func `names who presided instead of the announced chair`() {
    var story = story()
    func officers() -> [String] {
      story.document().sessions[0].officers.map {
        "\($0.role.best([.english]).text): \($0.persons.map(\.person.slug).joined(separator: ", "))"
      }
    }
    #expect(officers() == ["Chair: feng-shaolei", "Speakers: zhang-deguang, sergey-karaganov"])
    story.add(
      convened("session-1") {
        $0.presiding = Presiding(persons: ["feng-shaolei"], asPrinted: localized("Prof. Feng"))
      })
    #expect(story.head("session-1").last == "Presiding: Prof. Feng")
    #expect(officers() == ["Speakers: zhang-deguang, sergey-karaganov"])
    story.add(
      .sitting(
        .sittingRevised(
          SittingRevised(session: "session-1", step: 1) {
            $0.presiding = Presiding(persons: ["zhang-deguang"], asPrinted: localized("Zhang Deguang"))
          })))
    #expect(
      officers() == ["Chair, as announced: feng-shaolei", "Speakers: zhang-deguang, sergey-karaganov"])
  }

  @Test func `needs no room and no time, and then is in the record alone`() throws {
    var story = story()
    func program(_ story: Story) throws -> BookletDocument.Body {
      try story.programPublication().booklet().body
    }
    let before = try program(story)
    story.add(
      .sessionEntered(SessionEntered(session: "notes", title: localized("Notes"), kind: .panel)),
      .personAssigned(PersonAssigned(session: "notes", person: "feng-shaolei", role: .chair)))
    story.say("It is noted.", in: "notes", 1)
    // The role marks the release as out of date, although no reader sees it.
    #expect(try program(story).days == before.days)
    #expect(try program(story).persons == before.persons)
    #expect(story.head("notes") == [])
    #expect(story.document().sessions.map(\.slug.slug) == ["session-1", "annex-1", "notes"])
    // It stands where it was held.
    story.add(convened("notes") { $0.at = minute("25T09:10") })
    #expect(story.document().sessions.map(\.slug.slug) == ["notes", "session-1", "annex-1"])
    #expect(story.head("notes") == ["Held: 25 March 2016, from 09:10"])
  }

  @Test func `is divided into segments`() {
    var story = Story.shanghai
    func opens(_ number: Int, _ title: String, _ order: OrderKey? = nil) -> RecordEvent {
      .sitting(
        .segmentOpened(
          SegmentOpened(
            session: "session-1", segment: number,
            details: SegmentDetails(title: localized(title), order: order))))
    }
    story.add(opens(1, "Opening"))
    story.say("It began.", in: "session-1", 1)
    let first = story.checkpoint.position
    story.say("It went on.", in: "session-1", 2)
    story.add(
      opens(2, "Closing"), opens(3, "Debate", OrderKey(first).key(before: OrderKey(first + 1))))
    let segments = story.document().sessions[0].segments
    #expect(segments.map { $0.title.best([.english]).text } == ["Opening", "Debate", "Closing"])
    #expect(segments.map(\.before) == [0, 1, 2])
    #expect(
      story.proceedingsPublication([.english]).html().contains("<h3 id=\"segment-session-1-3\">Debate</h3>"))
    story.add(.sitting(.segmentRemoved(SegmentRemoved(session: "session-1", segment: 3))))
    #expect(story.document().sessions[0].segments.map(\.before) == [0, 2])
  }

  @Test func `can have another title than in the program`() {
    var story = story()
    story.add(
      .sitting(
        .sessionHeadingSet(
          SessionHeadingSet(session: "session-1", heading: localized("The bilateral cooperation")))))
    let session = story.document().sessions[0]
    // The other languages of the program stay.
    #expect(session.title == localized("The bilateral cooperation"))
  }
}

struct `The program as held` {
  @Test func `lists what was held in another way, once anything was convened`() {
    var story = Story.shanghai
    story.say("It began.", in: "session-1", 1)
    #expect(story.document().programAsHeld == [])
    story.add(
      convened("opening") {
        $0.at = minute("25T09:00")
        $0.place = localized("Science Hall")
      }, closed("opening", 2, at: minute("25T09:30")),
      convened("session-1") {
        $0.at = minute("25T09:40")
        $0.place = localized("Annex")
      })
    let listed = story.document().programAsHeld.map { deviation in
      [deviation.title, deviation.note, deviation.held.first?.when, deviation.held.first?.room]
        .map { $0?.best([.english]).text.replacing("\u{a0}", with: " ") }
    }
    // The closing is still to come: the last event is of the day before the conference.
    #expect(
      listed == [
        ["The Bilateral Cooperation", nil, "25 March 2016, from 09:40", "Annex"],
        ["A Round Table", "Cancelled", nil, nil],
      ])
  }

  @Test func `lists what is over and has no record as not recorded as held`() throws {
    var story = Story.shanghai
    story.say("It ended.", in: "closing", 1)
    story.add(convened("opening") { $0.at = minute("25T09:00") })
    func listed(at time: Timestamp) throws -> [String: String?] {
      var later = story.checkpoint
      later.lastEventAt = time
      let document = ProceedingsPublication(
        story.proceedings, program: story.program, later, conference: story.conference, after: nil
      ).record().body
      return Dictionary(
        uniqueKeysWithValues: document.programAsHeld.map { ($0.title[.english]!, $0.note?[.english]) })
    }
    #expect(try listed(at: "2016-03-25T02:59:00Z")["The Bilateral Cooperation"] == nil)
    let over = try listed(at: "2016-03-25T03:00:00Z")
    #expect(over["The Bilateral Cooperation"] == "not recorded as held")
    #expect(try listed(at: "2016-04-01T00:00:00Z")["Closing"] == nil, "It has a record.")
  }
}

struct `The front of the proceedings` {
  private func front(_ build: (inout FrontMatterDetails.Changes) -> Void) -> Story {
    var story = Story.shanghai
    story.say("It began.", in: "session-1", 1)
    story.say(
      "noted that trade grows.", in: "session-1", 2,
      by: try! Attribution(
        .named, persons: ["zhang-deguang"], asPrinted: localized("Zhang Deguang")))
    story.add(.frontMatterRevised(FrontMatterRevised(build)))
    story.add(.conferenceRevised(ConferenceRevised { $0.shortTitle = localized("Shanghai 2016") }))
    return story
  }

  @Test func `has the titles, the series and the imprint`() throws {
    let story = front {
      $0.headline = localized("Shanghai Conference: Session 1")
      $0.brand = localized("Shanghai Conference", "上海会议")
      $0.series = localized("Shanghai conferences", "上海会议系列")
      $0.seriesNumber = 3
      $0.dateline = localized("Shanghai")
      $0.note = localized("A summary record.")
      $0.publisher = localized("East China Normal University")
      $0.identifiers = [.number(.isbn, "978-3-16-148410-0"), .number(.doi, "10.1234/x")]
      $0.licence = localized("CC BY 4.0")
      $0.citation = localized("Shanghai 2016.")
    }
    let document = story.proceedingsPublication().record()
    #expect(document.header.conference.title == localized("Shanghai Conference: Session 1"))
    #expect(document.header.conference.shortTitle == localized("Shanghai 2016"), "The footer has it.")
    let front = document.body.front
    #expect(front.formalTitle?[.english] == "Cooperation between China and Russia: The Process and Prospects")
    #expect(front.shortTitle == localized("Shanghai Conference", "上海会议"))
    #expect(front.series == localized("Shanghai conferences, No. 3", "上海会议系列，第3届"))
    #expect(
      front.imprint.map { "\($0.label[.english]!): \($0.text[.english]!)" } == [
        "Series: Shanghai conferences, No. 3", "Publisher: East China Normal University",
        "Identifier: ISBN 978-3-16-148410-0", "Identifier: DOI 10.1234/x", "Licence: CC BY 4.0",
      ])
    let html = story.proceedingsPublication([.english]).html()
    for text in ["A summary record.", "Shanghai 2016.", "ISBN 978-3-16-148410-0", "CC BY 4.0"] {
      #expect(html.contains(text), "\(text)")
    }
  }

  @Test func `says that there is no identifier, if that was stated`() {
    let story = front { $0.identifiers = [.absent] }
    #expect(story.document().front.imprint.map(\.text) == [localized("none")])
  }

  @Test func `prints the summary in the words that the entries have`() {
    var story = front { $0.summaryFrom = ["session-1-s2", "session-1-s1"] }
    func summary() -> [String] {
      story.document().front.summary.map {
        [$0.said.plain([.english]), $0.paragraph?.number].compactMap(\.self).joined(separator: " | ")
      }
    }
    #expect(summary() == ["Zhang Deguang noted that trade grows. | 1.2", "It began. | 1.1"])
    story.add(
      .statementCorrected(
        StatementCorrected(
          "session-1-s1", in: "session-1", EntryDetails.Changes { $0.text = localized("It opened.") })))
    #expect(summary().last == "It opened. | 1.1")
    story.add(.statementRetracted(StatementRetracted(entry: "session-1-s2", session: "session-1")))
    #expect(summary() == ["It opened. | 1.1"])
  }

  @Test func `has the conference's short title if there is no brand`() {
    var story = Story.shanghai
    story.add(.conferenceRevised(ConferenceRevised { $0.shortTitle = localized("Shanghai 2016") }))
    #expect(story.document().front.shortTitle == localized("Shanghai 2016"))
  }

  @Test func `leaves out the participants if that is wanted`() {
    #expect(!front { $0.brand = localized("B") }.document().speakers.isEmpty)
    #expect(front { $0.participants = .nobody }.document().speakers.isEmpty)
  }

  @Test func `is in an issue as it was when the issue was built`() throws {
    let proofed = front { $0.brand = localized("B") }
    var later = proofed
    later.issue()
    later.add(.frontMatterRevised(FrontMatterRevised { $0.brand = localized("C") }))
    #expect(
      try proofed.proceedingsPublication(issue: 1, of: later).record().body.front.shortTitle == localized("B")
    )
    #expect(later.document().front.shortTitle == localized("C") && later.document().issue == nil)
  }
}
