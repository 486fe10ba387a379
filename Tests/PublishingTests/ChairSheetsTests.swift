import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Publishing
@testable import Scheduling

@Suite(.timeLimit(.minutes(10))) struct ChairSheetsTests {
  let story = Story.people

  private func sheet(_ session: String) throws -> ChairSheetsDocument.Sheet {
    try #require(
      story.programPublication { $0.only = ["session": session] }.chairSheets().body.sheets.first)
  }

  @Test func `has a sheet for every session that is not cancelled or a break`() {
    #expect(
      story.programPublication().chairSheets().body.sheets.map(\.session) == [
        "opening", "session-1", "workshop", "closing",
      ])
    #expect(
      story.programPublication { $0.only = ["day": "2016-03-26"] }.chairSheets().body.sheets.map(\.session)
        == ["closing"])
  }

  @Test func `can be limited to sessions with somebody to chair or something to call up`() throws {
    var story = story
    story.schedule(
      "debate", localized("Debate"), slot("hall", march("26T14:00"), march("26T15:00")),
      (.moderator, "feng-shaolei"))
    #expect(
      story.programPublication { $0.chairedOnly = true }.chairSheets().body.sheets.map(\.session) == [
        "session-1", "workshop", "debate",
      ])
  }

  @Test func `has the running order of each part with its times`() throws {
    let workshop = try sheet("workshop")
    #expect(
      workshop.slots.map(\.partLabel) == [
        localized("Part 1 of 2", "第 1 部分，共 2 部分", "Часть 1 из 2"),
        localized("Part 2 of 2", "第 2 部分，共 2 部分", "Часть 2 из 2"),
      ])
    #expect(workshop.slots.map { $0.items.map(\.start) } == [["13:00"], ["14:05"]])
    #expect(workshop.slots.map { $0.items.map(\.minutes) } == [[60], [70]])
    #expect(workshop.slots[1].items[0].language == localized("Russian", "俄语", "русский"))
    #expect(workshop.overrun == 15)
    #expect(workshop.languages == [localized("English", "英语", "английский")])
    // Of a session whose languages nobody stated, nothing is said.
    #expect(try sheet("opening").languages.isEmpty)
  }

  @Test func `has speakers without a presentation, without times`() throws {
    let items = try sheet("session-1").slots[0].items
    #expect(items.map { $0.people[0][0].text } == ["Zhang Deguang", "Sergey Karaganov"])
    #expect(items.allSatisfy { $0.start == nil && $0.title == nil })
  }

  @Test func `has speakers without a presentation in the last part only`() throws {
    var story = story
    story.add(
      .personAssigned(PersonAssigned(session: "workshop", person: "sergey-karaganov", role: .speaker)))
    let sheet = try #require(
      story.programPublication { $0.only = ["session": "workshop"] }.chairSheets().body.sheets.first)
    #expect(sheet.slots.map { $0.items.count { $0.start == nil } } == [0, 1])
  }

  @Test func `has pronunciation, roles and biography of each person`() throws {
    let feng = try #require(try sheet("session-1").people.first)
    #expect(feng.names.map(\.text) == ["Feng Shaolei", "冯绍雷"])
    #expect(feng.pronunciation == localized("fung shao-LAY"))
    #expect(feng.roles == [localized("Chair", "主席", "Председатель")])
    #expect(feng.biography == localized("Studies Russia’s eastern policy. Has written much."))
  }

  @Test(arguments: [
    ("Short.", "Short."),
    (
      "She has studied the matter for as long as one can remember. Nobody has come to another conclusion.",
      "She has studied the matter for as long as one can remember."
    ),
    (
      "She has studied the matter for as long as one can remember and has come to no other conclusion.",
      "She has studied the matter for as long as one can remember and has come to…"
    ),
  ])
  func `has the beginning of a biography`(whole: String, beginning: String) throws {
    var story = story
    story.add(.speakerRevised(SpeakerRevised(person: "feng-shaolei") { $0.biography = localized(whole) }))
    let sheet = try #require(
      story.programPublication { $0.only = ["session": "opening"] }.chairSheets().body.sheets.first)
    #expect(sheet.people[0].biography == localized(beginning))
  }

  @Test func `shows the sessions before and after in the same room`() throws {
    let slot = try sheet("session-1").slots[0]
    #expect(slot.before == .init(time: "09:00–09:30", title: localized("Opening", "开幕式", "Открытие")))
    #expect(slot.after == .init(time: "11:00–11:20", title: localized("Coffee", "茶歇", "Кофе")))
    #expect(try sheet("closing").slots[0].after == nil)
  }

  @Test func `has pieces with stable keys`() {
    let document = story.programPublication().chairSheets()
    #expect(document.pieces.map(\.key)[0] == "chair-sheet opening")
    #expect(document.only(pieces: ["chair-sheet closing"]).body.sheets.map(\.session) == ["closing"])
  }
}

@Suite(.enabled(if: Layout.isPossible, "There is no Typst, or no pdftotext, here"), .timeLimit(.minutes(10)))
struct ChairSheetLayoutTests {
  @Test func `matches the layout snapshot`() async throws {
    try expectSnapshot(
      "chair-sheets", try await Layout(of: Story.people.programPublication([.english]).chairSheets()))
  }

  @Test(arguments: ["a4", "letter"])
  func `takes one page per session, even with eight presentations`(paper: String) async throws {
    var story = Story.people
    for number in 0..<8 {
      let person = try PersonID("p-\(number)")
      story.speaker(
        person, [(.english, "Presenting Person\(number)")],
        Affiliation(organisation: localized("A University")))
      story.add(
        .presentationAdded(
          PresentationAdded(
            session: "closing",
            presentation: Presentation(
              try PresentationID("talk-\(number)"), title: localized("A Talk of Which There Are Eight"),
              people: [person], minutes: 7))))
    }
    let layout = try await Layout(of: story.programPublication { $0.paper = paper }.chairSheets())
    #expect(layout.pages.count == 4)
    #expect(layout.outside.isEmpty)
  }

  @Test func `has no running order for one speaker alone, but room for the actual times`() async throws {
    var story = Story.people
    story.schedule(
      "talk", localized("Talk"), slot("hall", march("26T14:00"), march("26T14:40")),
      (.speaker, "feng-shaolei"))
    let text = try await Layout(
      of: story.programPublication { ($0.only, $0.languages) = (["session": "talk"], [.english]) }
        .chairSheets()
    ).text(page: 0)
    #expect(text.contains("40′"))
    #expect(text.contains("Actual"))
    #expect(!text.contains("Running order"))
    // Who speaks is said once, with what introduces the person.
    #expect(text.split(separator: "Feng Shaolei", omittingEmptySubsequences: false).count == 2)
    #expect(text.contains("Speaker"))
    #expect(text.contains("Director, Center for Russian Studies"))
  }

  @Test func `leaves out biographies for one page, and says so`() async throws {
    var story = Story.people
    for number in 0..<15 {
      let person = try PersonID("p-\(number)")
      story.speaker(
        person, [(.english, "Presenting Person\(number)")],
        Affiliation(organisation: localized("A University")))
      story.add(
        .speakerRevised(
          SpeakerRevised(person: person) {
            $0.biography = localized(
              "Has studied this for years. " + String(repeating: "And more. ", count: 5))
          }))
    }
    story.schedule("panel", localized("Panel"), slot("hall", march("26T14:00"), march("26T14:40")))
    for number in 0..<15 {
      story.add(
        .personAssigned(
          PersonAssigned(session: "panel", person: try PersonID("p-\(number)"), role: .speaker)))
    }
    let pdf = try await Layout.pdf(
      story.programPublication { ($0.only, $0.languages) = (["session": "panel"], [.english]) }.chairSheets())
    let layout = try Layout(pdf: pdf)
    #expect(layout.pages.count == 1)
    #expect(layout.text().contains("Biographies left out: 15."))
    #expect(!layout.text().contains("Has studied"))
    #expect(LeftOut.read(from: pdf) == [LeftOut(.biographies, 15)])
  }

  @Test func `says that a session was cancelled, whether it is recorded, and that its talks are too long`()
    async throws
  {
    var story = Story.people
    story.add(
      .sessionRevised(
        SessionRevised(session: "workshop") {
          $0.recording = Recording(.notPermitted, note: localized("Not a word"))
        }))
    func text(_ session: String) async throws -> String {
      try await Layout(
        of: story.programPublication { ($0.only, $0.languages) = (["session": session], [.english]) }
          .chairSheets()
      ).text()
    }
    let workshop = try await text("workshop")
    #expect(workshop.contains("No recording: Not a word"), "\(workshop)")
    #expect(workshop.contains("The presentations need 15 minutes more than the session has."), "\(workshop)")
    #expect(!workshop.contains("Cancelled"))
    #expect(try await text("annex-1").contains("Cancelled"))
  }

  @Test func `names the day on which a session ends if it is another one`() async throws {
    let party = Story.people.programPublication { settings in
      settings.only = ["session": "party"]
      settings.languages = [.english]
    }
    let text = try await Layout(of: party.chairSheets()).text().replacing("\u{a0}", with: " ")
    #expect(text.contains("22:00–01:30 (26 March)"), "\(text)")
  }

  @Test func `says so if there is no session to chair`() async throws {
    let layout = try await Layout(of: Story().programPublication().chairSheets())
    #expect(layout.text(page: 0).hasPrefix("There is no session to chair."))
  }
}
