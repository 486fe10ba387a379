import EventLog
import Foundation
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Publishing
@testable import ReadModels
@testable import Scheduling

/// One session may not be recorded, one is streamed, one may be recorded; for the others nothing is stated.
struct `Whether a session may be recorded` {
  private static let story: Story = {
    var story = Story.people
    for (session, recording) in [
      ("session-1", Recording(.notPermitted, note: localized("Slides neither.", "幻灯片亦然。"))),
      ("workshop", Recording(.livestreamed)), ("closing", Recording(.permitted)),
    ] {
      story.add(
        .sessionRevised(SessionRevised(session: try! SessionID(session)) { $0.recording = recording }))
    }
    return story
  }()
  private let publication = Self.story.programPublication()
  private let forbidden = PrintedRecording(
    label: localized("No recording", "禁止录制", "Запись запрещена"),
    note: localized("Slides neither.", "幻灯片亦然。"))
  private let livestreamed = PrintedRecording(
    label: localized("Livestreamed", "现场直播", "Прямая трансляция"), note: nil)

  @Test func `is in the booklet if the audience must know`() throws {
    let sessions = try publication.booklet().body.days.flatMap(\.sessions)
    #expect(
      sessions.map { $0.recording == nil ? "" : $0.slug.slug }.filter { !$0.isEmpty } == [
        "session-1", "workshop", "workshop",
      ])
    #expect(sessions.first { $0.slug == "session-1" }?.recording == forbidden)
    #expect(sessions.first { $0.slug == "workshop" }?.recording == livestreamed)
  }

  @Test func `is on the chair's sheet, even if permitted`() {
    let sheets = publication.chairSheets().body.sheets
    func recording(_ session: SessionID) -> PrintedRecording? {
      sheets.first { $0.session == session }?.recording
    }
    #expect(recording("session-1") == forbidden)
    #expect(recording("workshop") == livestreamed)
    #expect(
      recording("closing")?.label == localized("Recording permitted", "可以录制", "Запись разрешена"))
    #expect(recording("opening") == nil)
  }

  @Test func `is on the page`() throws {
    let page = try publication.page()
    #expect(
      page.contains("No recording") && page.contains("Slides neither.") && page.contains("Прямая трансляция"))
    #expect(!page.contains("Recording permitted"))
  }

  @Test func `is an opt-out in schedule.xml and schedule.json`() throws {
    let xml = publication.scheduleXML()
    #expect(xml.components(separatedBy: "<optout>true</optout>").count == 2)
    // The workshop's two slots and the closing.
    #expect(xml.components(separatedBy: "<optout>false</optout>").count == 4)
    let json = try #require(
      try JSONSerialization.jsonObject(with: publication.scheduleJSON(.v1)) as? [String: Any])
    var found: [String: Bool] = [:]
    func search(_ value: Any) {
      if let list = value as? [Any] { list.forEach(search) }
      guard let object = value as? [String: Any] else { return }
      if let title = object["title"] as? String, let never = object["do_not_record"] as? Bool {
        found[title] = never
      }
      object.values.forEach(search)
    }
    search(json)
    #expect(found.count == 4 && found.filter(\.value).map(\.key) == ["The Bilateral Cooperation"])
  }

  @Test func `is a column of the table`() {
    let lines = publication.csv().components(separatedBy: "\r\n")
    #expect(lines[0].contains(",recording,"))
    #expect(lines.contains { $0.hasPrefix("session-1,") && $0.contains(",not-permitted,") })
  }

  @Test func `is reported when it changes`() throws {
    let after = Self.story
    let before = Story.people
    let words = ChangeWords(from: before.program, to: after.programPublication())
    let diff = ProgramDiff(from: before.program, to: after.program)
    let changed = try #require(diff.sessions.first { $0.session == "session-1" })
    let line = try #require(words.lines(changed).first)
    #expect(line.label == localized("Recording", "录制", "Запись"))
    #expect(line.old == [])
    #expect(line.new == [forbidden.label, localized("Slides neither.", "幻灯片亦然。")])
  }
}

struct `Links of a session that changed` {
  private func line(_ before: [Link], _ after: [Link]) throws -> [[String]] {
    func story(_ links: [Link]) -> Story {
      var story = Story.people
      story.add(.sessionRevised(SessionRevised(session: "session-1") { $0.links = links }))
      return story
    }
    let (was, now) = (story(before), story(after))
    let words = ChangeWords(from: was.program, to: now.programPublication())
    let diff = ProgramDiff(from: was.program, to: now.program)
    let changed = try #require(diff.sessions.first { $0.session == "session-1" })
    let line = try #require(words.lines(changed).first)
    return [line.old, line.new].map { $0.map { $0.best([.english]).text } }
  }

  @Test func `are those that only one of the two states has, with what tells them apart`() throws {
    func link(_ title: String?, _ url: String, _ kind: Link.Kind = .slides) throws -> Link {
      try Link(kind, url, title: title.map { localized($0) })
    }
    let paper = try link("Paper", "https://example.org/p")
    #expect(try line([paper], [paper, link("Slides", "https://example.org/s")]) == [[], ["Slides"]])
    #expect(
      try line(
        [paper, link("Slides", "https://example.org/s")], [paper, link("Slides", "https://example.org/s2")])
        == [["Slides: https://example.org/s"], ["Slides: https://example.org/s2"]])
    #expect(
      try line([link(nil, "https://example.org/a")], [paper]) == [["https://example.org/a"], ["Paper"]])
    let kinds = try line([paper], [link("Paper", "https://example.org/p", .related)])
    #expect(kinds[0] != kinds[1] && kinds.joined().allSatisfy { $0.hasPrefix("Paper") }, "\(kinds)")
    // Only their order.
    let other = try link("Slides", "https://example.org/s")
    #expect(try line([paper, other], [other, paper]) == [["Paper", "Slides"], ["Slides", "Paper"]])
  }
}
