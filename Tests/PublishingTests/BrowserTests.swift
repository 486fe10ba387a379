import Foundation
import Specification
import Testing
import Vocabulary

@testable import Publishing

/// The program's page in a browser, used as readers use it: on a phone and on a desktop, light and dark.
@Suite(
  .timeLimit(.minutes(10)),
  .enabled(
    if: Tools.browser != nil,
    "There is no Chromium here: run Scripts/setup --for test (Ubuntu has no package of it; Google Chrome serves too)"
  ),
  .enabled(if: Tools.python != nil, "Plenary's Python is not installed: run Scripts/setup --for test"),
  .serialized)
struct BrowserTests {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "browse.py").path

  /// Expects no finding: no violation by axe-core, no filter that misbehaves, nothing fetched, no blocked
  /// script or style, and nothing wider than the screen.
  private func expectNothing(against page: String) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).html")
    try Data(page.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let (succeeded, output) = try Tools.run(
      try #require(Tools.python), [Self.script, try #require(Tools.browser), file.path],
      input: Data())
    #expect(succeeded, "\(output)")
    let report = try #require(JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    for finding in try #require(report["findings"] as? [String]) { Issue.record("\(finding)") }
  }

  @Test(arguments: Story.all.map(\.name))
  func `is accessible by axe-core, and works with every control`(name: String) throws {
    let story = try #require(Story.all.first { $0.name == name }).story
    try expectNothing(against: story.programPublication().page())
  }

  @Test func `works from right to left`() throws {
    try expectNothing(against: Story.odd.programPublication([.arabic, .english]).page())
  }

  @Test func `works in Chinese, after changes`() throws {
    let publication = Story.odd.programPublication([.chinese])
    try expectNothing(against: publication.page(previousStarts: ["cjk": [1: [october("24T11:00+02:00")]]]))
  }

  @Test func `works with 1,100 sessions, whose abstracts are packed`() throws {
    let story = try Congress.story(rooms: 30, days: 2, sessions: 1100, abstracts: true)
    try expectNothing(against: story.programPublication().page())
  }

  @Test func `works for the other pages`() throws {
    try expectNothing(against: try Story.shanghai.attendancePublication().html())
    try expectNothing(against: Story.shanghai.proceedingsPublication().html())
  }

  @Test func `finds people and statements in long pages`() throws {
    var story = Story.shanghai
    for index in 0..<150 {
      story.attendee(
        try AttendeeID("attendee-\(index)"), index < 100 ? "participant" : "press",
        (.english, "Family\(index), \(index == 149 ? "Zoé" : "Given")"),
        organisation: localized("University \(index % 9)"))
    }
    let record = try Debate.story(statements: 60, sessions: 3, languages: [.english, .chinese, .russian])
    for page in [try story.attendancePublication().html(), record.proceedingsPublication().html()] {
      #expect(page.contains("id=\"find\""))
      try expectNothing(against: page)
    }
    // Short pages need none.
    #expect(try !Story.shanghai.attendancePublication().html().contains("id=\"find\""))
  }
}
