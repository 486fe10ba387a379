import EventLog
import Foundation
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Publishing
@testable import Scheduling

/// The Shanghai conference before and after the changes of its eve.
struct Eve {
  let before = Story.shanghai
  let after: Story

  init() {
    var story = Story.shanghai
    let panel = slot("hall", march("25T09:30"), march("25T11:00"))
    story.add(
      .sessionMoved(
        SessionMoved(
          session: "session-1", from: panel, to: slot("annex", march("26T09:30"), march("26T11:00")))),
      .sessionCancelled(
        SessionCancelled(session: "opening", slot: slot("hall", march("25T09:00"), march("25T09:30")))),
      .sessionRevised(
        SessionRevised(session: "closing") { $0.title = localized("Farewell", "闭幕式", "Закрытие") }),
      .sessionRevised(SessionRevised(session: "party") { $0.expected = 80 }),
      .personUnassigned(
        PersonUnassigned(session: "session-1", person: "zhang-deguang", role: .speaker)),
      .personAssigned(PersonAssigned(session: "closing", person: "zhang-deguang", role: .speaker)),
      .presentationAdded(
        PresentationAdded(
          session: "session-1",
          presentation: Presentation(
            "treaty", title: localized("The Treaty"), people: ["sergey-karaganov"], minutes: 30))),
      .roomRevised(RoomRevised(room: "annex") { $0.capacity = 60 }))
    story.schedule(
      "extra", localized("An Extra Session"), slot("hall", march("25T14:00"), march("25T15:00")),
      (.chair, "feng-shaolei"))
    after = story
  }

  func sheet(_ languages: [Language]? = nil) -> ChangeSheetDocument {
    var settings = PrintSettings()
    settings.languages = languages
    return ProgramPublication(
      after.program, after.checkpoint, conference: after.conference, settings
    ).changeSheet(from: before.program, .release(before.program.orderedReleases[0]), released: "1.3")
  }
}

private let typst = try? Typesetter.find()

@Suite(.timeLimit(.minutes(10))) struct ChangeSheetTests {
  let sheet = Eve().sheet()

  @Test func `lists the sessions of each day in the order of time`() {
    var story = Eve().after
    story.schedule("early", localized("Early"), slot("hall", march("25T08:00"), march("25T08:30")))
    let sheet = story.programPublication([.english]).changeSheet(
      from: Eve().before.program, .position(1, nil))
    #expect(sheet.body.days[0].entries.map(\.slug) == ["early", "opening", "session-1", "extra"])
  }

  @Test func `says for each session what became of it`() {
    #expect(
      sheet.body.days.map { day in day.entries.map { "\($0.fate) \($0.slug)" } } == [
        ["cancelled opening", "moved session-1", "new extra"],
        ["moved session-1", "changed closing"],
      ])
  }

  @Test func `shows the old and new place of a moved session on both days`() throws {
    let (gone, here) = (sheet.body.days[0].entries[1], sheet.body.days[1].entries[0])
    let hall = localized("Science Hall", "科学会堂", "Зал")
    #expect(gone.old == [.init(date: nil, time: "09:30–11:00", room: hall)])
    #expect(
      gone.new == [
        .init(
          date: localized("26\u{a0}March", "3月26日", "26\u{a0}марта"), time: "09:30–11:00",
          room: localized("Annex"))
      ])
    #expect(gone.lines.isEmpty)
    #expect(here.new == [.init(date: nil, time: "09:30–11:00", room: localized("Annex"))])
    #expect(
      here.lines.map { [$0.label, $0.subject, $0.old.first, $0.new.first].map { $0?[.english] } } == [
        ["Leaves", "Speaker", "Zhang Deguang", nil], ["New presentation", nil, nil, "The Treaty"],
      ])
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `prints a time once if only the room has changed`() async throws {
    var story = Story.shanghai
    story.add(
      .sessionMoved(
        SessionMoved(
          session: "session-1", from: slot("hall", march("25T09:30"), march("25T11:00")),
          to: slot("annex", march("25T09:30"), march("25T11:00")))))
    let room = story.programPublication([.english]).changeSheet(
      from: Story.shanghai.program, .position(1, nil))
    #expect(try await Layout(of: room).text().matches(of: /09:30–11:00/).count == 1)
    // With another day: the old and the new time, on both days.
    let day = Eve().sheet([.english])
    #expect(try await Layout(of: day).text().matches(of: /09:30–11:00/).count == 4)
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `prints the earlier title above the new one`() async throws {
    #expect(try await Layout(of: Eve().sheet([.english])).text().contains("Closing Farewell"))
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `prints since when, who takes part in a new session, and on which day a moved one is`() async throws {
    let text = try await Layout(of: Eve().sheet([.english])).text().replacing("\u{a0}", with: " ")
    #expect(text.contains("Version 1.3 ← 24 March"), "\(text)")
    #expect(text.contains("An Extra Session Chair Feng Shaolei"), "\(text)")
    #expect(text.contains("26 March 09:30–11:00 Annex"), "\(text)")
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `prints of which talk a long text is`() async throws {
    let before = Eve().after
    var after = before
    after.add(
      .presentationRevised(
        PresentationRevised(
          session: "session-1",
          presentation: Presentation(
            "treaty", title: localized("The Treaty"), abstract: localized("What it says."),
            people: ["sergey-karaganov"], minutes: 30), formerPeople: ["sergey-karaganov"])))
    let sheet = after.programPublication([.english]).changeSheet(from: before.program, .position(1, nil))
    let line = try #require(sheet.body.days[0].entries.first?.lines.first)
    try #require(line.long && line.subject == localized("The Treaty"))
    #expect(try await Layout(of: sheet).text().contains("The Treaty (new text) What it says."))
  }

  @Test func `leaves out changes that only concern organizers`() {
    #expect(!sheet.body.days[0].entries.contains { $0.slug == "party" })
    #expect(sheet.body.others.map { $0.name[.english] } == ["Annex"])
    #expect(sheet.body.others[0].lines.map(\.new) == [[localized("60")]])
  }

  @Test func `names the compared states`() throws {
    #expect(sheet.body.heading[.english] == "Changes since version 1.2")
    #expect(sheet.body.now == localized("Version 1.3", "版本 1.3", "Версия 1.3"))
    let eve = Eve()
    let slip = eve.after.programPublication([.english]).changeSheet(
      from: eve.before.program, .print(localized("the booklet"), Timestamp("2016-03-03T06:20:00Z")))
    #expect(slip.body.heading == localized("Changes to the booklet"))
    // Its readers know no positions.
    #expect(slip.body.since == localized("printed on 3\u{a0}March, 14:20"))
    #expect(slip.body.now[.english]?.contains(/, \d\d:\d\d$/) == true, "\(slip.body.now)")
    let draft = eve.after.programPublication([.english]).changeSheet(
      from: eve.before.program, .position(34, Timestamp("2016-03-03T18:20:00Z")))
    #expect(draft.body.heading == localized("Changes since 4\u{a0}March, 02:20"))
    #expect(draft.body.since == nil && draft.body.now[.english]?.hasPrefix("Draft of ") == true)
  }

  @Test func `is empty without differences`() {
    let story = Story.shanghai
    let sheet = story.programPublication().changeSheet(from: story.program, .position(1, nil))
    #expect(sheet.body.days.isEmpty && sheet.body.others.isEmpty)
  }

  @Test(
    .enabled(if: typst != nil, "There is no Typst here: run Scripts/setup --for printing"),
    arguments: ["a4", "letter", "a5"])
  func `has the same bytes each time, on any paper`(paper: String) async throws {
    let eve = Eve()
    var settings = PrintSettings()
    settings.paper = paper
    settings.grey = paper == "letter"
    func pdf() async throws -> Data {
      let sheet = ProgramPublication(
        eve.after.program, eve.after.checkpoint, conference: "shanghai-2016", settings
      ).changeSheet(from: eve.before.program, .position(34, eve.before.checkpoint.lastEventAt))
      return try await Typesetter.pdf(
        sheet, templates: nil, typst: try #require(typst), fontPaths: Typesetter.fontPaths())
    }
    let (one, other) = (try await pdf(), try await pdf())
    #expect(one == other)
    #expect(one.starts(with: Data("%PDF-".utf8)))
  }
}
