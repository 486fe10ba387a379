import EventLog
import Foundation
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Publishing
@testable import Record
@testable import Scheduling

extension Story {
  /// A story in which every organizer's text is this one, and in Chinese and Russian another one that ends with it.
  static func everywhere(_ text: String) throws -> Story {
    let hostile = localized(text, "中" + text, "Р" + text)
    var story = Story()
    story.add(
      .conferenceOpened(
        ConferenceOpened(title: hostile, firstDay: "2016-03-25", lastDay: "2016-03-25", zone: "Asia/Shanghai")
        {
          $0.place = hostile
          $0.languages = [.english, .chinese, .russian]
        }),
      .organisationRoleAssigned(OrganisationRoleAssigned(organisation: hostile, role: .host)),
      .roomAdded(
        RoomAdded(room: "hall", name: hostile) {
          $0.capacity = 1
          $0.note = hostile
        }),
      .trackAdded(TrackAdded(track: "track", name: hostile) { $0.color = nil }))
    story.speaker(
      "speaker", [(.english, text), (.russian, "Р" + text)],
      Affiliation(position: hostile, organisation: hostile))
    story.schedule(
      "session", hostile, kind: .panel, slot("hall", march("25T09:00"), march("25T10:00")), track: "track",
      description: hostile, languages: ["de"], (.speaker, "speaker"), (.chair, "speaker"))
    story.attendee(
      "attendee", "x" + text, (.english, text),
      // As an older version with other rules may have stored it.
      email: try JSONDecoder().decode(EmailAddress.self, from: JSONEncoder().encode(text)),
      organisation: hostile,
      country: hostile)
    story.statement(
      "session-s1", in: "session",
      try Attribution(.named, persons: ["speaker"], asPrinted: hostile), hostile)
    story.entry(
      .position, "session-p1", in: "session", try Attribution(.group, of: hostile, asPrinted: hostile),
      hostile
    ) {
      $0.topic = hostile
      $0.basedOn = "session-s1"
    }
    story.entry(.conclusion, "session-c1", in: "session", .nobody, hostile) { $0.rationale = hostile }
    story.entry(.recommendation, "session-r1", in: "session", .nobody, hostile) { $0.addressees = [hostile] }
    story.issue(provisional: true, note: hostile)
    story.add(
      .programReleased(ProgramReleased(version: "1", note: hostile)))
    return story
  }
}

@Suite(.timeLimit(.minutes(10))) struct PageTests {
  private func pages(_ story: Story) throws -> [String] {
    [
      try story.programPublication().page(), try story.attendancePublication().html(),
      story.proceedingsPublication().html(),
    ]
  }

  static let attacks = [
    "<script>alert(1)</script>", "\" onload=\"alert(1)", "' onload='alert(1)", "]]>", "&amp; &lt; & &#0;",
    "</style><script>", "<!-- -->", "</p></main>",
  ]

  @Test(.enabled(if: Tools.find("xmllint") != nil, "There is no xmllint here"), arguments: attacks)
  func `stays well-formed with hostile texts`(attack: String) throws {
    for page in try pages(try .everywhere(attack)) {
      let (valid, output) = try Tools.run(
        try #require(Tools.find("xmllint")), ["--noout", "-"], input: Data(page.utf8))
      #expect(valid, "\(output)")
    }
  }

  @Test(arguments: attacks) func `shows every text unchanged and runs none`(attack: String) throws {
    let plain = try pages(try .everywhere("plain"))
    for (page, expected) in zip(try pages(try .everywhere(attack)), plain) {
      // The same elements, with other texts.
      #expect(tags(page) == tags(expected))
      #expect(page.components(separatedBy: Markup(text: attack).source).count > 10)
    }
  }

  /// For HTML content, attributes in either kind of quotation marks, and XML.
  @Test func `escapes each character that could end a text or an attribute`() {
    for (character, escaped) in [
      ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;"), ("\u{0}", ""),
      ("\u{8}", ""), ("\u{1B}", ""), ("\u{7F}", ""), ("\u{FFFE}", ""), ("\u{FFFF}", ""), ("\n", "\n"),
      ("\t", "\t"), ("é", "é"), ("会", "会"), ("\u{FEFF}", "\u{FEFF}"), ("👩‍🏫", "👩‍🏫"),
    ] {
      let name = character.unicodeScalars.first.map { String($0.value, radix: 16) } ?? ""
      #expect(Markup(text: character).source == escaped, "\(name)")
      #expect(Markup(text: "a\(character)b").source == "a\(escaped)b", "\(name)")
      let attribute: Markup = "<a title=\"\(text: character)\">"
      #expect(attribute.source == "<a title=\"\(escaped)\">", "\(name)")
    }
  }

  private func tags(_ page: String) -> [String] {
    page.matches(of: /<[!a-z\/][^>]*>/).map { String($0.0) }
  }

  @Test func `marks each text with its language, and nests headings correctly`() throws {
    for page in try pages(try .everywhere("plain")) {
      #expect(page.contains("<html lang=\"en\">"))
      #expect(page.contains("lang=\"zh\">中plain<"))
      #expect(page.contains("lang=\"ru\">Рplain<"))
      let levels = page.matches(of: /<h([1-6])[ >]/).map { Int($0.1)! }
      #expect(levels.first == 1)
      #expect(levels.filter { $0 == 1 }.count == 1)
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
      for landmark in ["<header>", "<main id=\"main\">", "<footer>"] { #expect(page.contains(landmark)) }
    }
  }

  @Test func `has unique ids, and links only to existing ones`() throws {
    for page in try pages(try .everywhere("plain")) + pages(.shanghai) {
      let ids = page.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
      #expect(ids.count == Set(ids).count)
      let links = page.matches(of: /\shref="#([^"]+)"/).map { String($0.1) }
      #expect(Set(links).subtracting(ids) == [])
    }
  }

  @Test func `needs no other files`() throws {
    for page in try pages(.shanghai) {
      #expect(!page.contains(" src="))
      #expect(!page.contains("url("))
      #expect(!page.contains("@import"))
      #expect(!page.contains("<link"))
      // Links do not tell their target where the reader comes from.
      #expect(page.contains("<meta name=\"referrer\" content=\"no-referrer\"/>"))
    }
  }

  @Test func `allows only Plenary's own script and style, and fetches nothing`() throws {
    for page in try pages(.shanghai) + pages(.odd) {
      let policy = try #require(
        page.firstMatch(of: /<meta http-equiv="Content-Security-Policy" content="([^"]+)"\/>/)
      ).1
      #expect(policy.hasPrefix("default-src 'none'; "))
      #expect(!policy.contains("unsafe"))
      let style = try #require(page.firstMatch(of: /<style>([\s\S]*?)<\/style>/)).1
      #expect(policy.contains("style-src 'sha256-\(Data(sha256(String(style))).base64EncodedString())'"))
      #expect(!page.contains(" style="))
      let scripts = page.matches(of: /<script>([\s\S]*?)<\/script>/)
      #expect(policy.contains("script-src") == !scripts.isEmpty)
      for script in scripts {
        #expect(
          policy.contains("script-src 'sha256-\(Data(sha256(String(script.1))).base64EncodedString())'"))
      }
    }
  }

  @Test func `runs from right to left for such a language`() throws {
    let page = try Story.shanghai.programPublication(["ar", .english]).page()
    #expect(page.contains("<html lang=\"ar\" dir=\"rtl\">"))
    #expect(page.contains("<h1 lang=\"en\" dir=\"ltr\">"))
  }
}
