import Foundation
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Scheduling

/// With everything that an abstract can have.
let exampleAbstract =
  "Bring:\n- a *laptop*\n- a **cable**\n\n1. first\n2. second\n\nline one\nline two, see [this](https://example.org/)"

@Suite(.timeLimit(.minutes(10))) struct ProgramPageTests {
  /// The content of a session's card.
  private func card(_ name: String, in page: String) throws -> String {
    let start = try #require(page.range(of: "<article id=\"session-\(name)\""))
    let end = try #require(page[start.lowerBound...].range(of: "</article>"))
    return String(page[start.lowerBound..<end.upperBound])
  }

  @Test func `says who speaks where somebody has another role`() throws {
    var story = Story.people
    story.schedule(
      "talk", localized("Talk"), slot("hall", march("26T14:00"), march("26T14:40")),
      (SessionRole.speaker, "feng-shaolei"))
    func labels() throws -> [Substring] {
      let page = try story.programPublication([.english]).page()
      let session = page.split(separator: "id=\"session-talk\"", maxSplits: 1)[1]
      return session.split(separator: "</article>", maxSplits: 1)[0]
        .matches(of: /<li><span class="label">(?:<span[^>]*>)?([^<]*)/).map(\.1)
    }
    #expect(try labels().isEmpty)
    story.add(.personAssigned(PersonAssigned(session: "talk", person: "zhang-deguang", role: .chair)))
    #expect(try labels() == ["Chair", "Speaker"])
  }

  @Test func `has one card per slot, by day and hour`() throws {
    let page = try Story.odd.programPublication().page()
    let order = page.matches(of: /<article id="session-([^"]+)"|<h3><time[^>]*>([^<]+)|<h2 id="date-([^"]+)"/)
      .map {
        String($0.1 ?? $0.2 ?? $0.3 ?? "")
      }
    #expect(
      order == [
        "2026-10-24", "10:00", "workshop", "a", "12:00", "cjk", "15:00", "late", "23:30", "night",
        "2026-10-25", "02:00", "first", "02:10", "twice", "10:00", "outdated", "14:00", "workshop.3",
        "2026-10-26", "00:00", "day-long", "10:00", "pause", "12:00", "lost-pause", "14:00", "off",
      ])
  }

  @Test func `links the slots of a session`() throws {
    let page = try Story.odd.programPublication().page()
    #expect(
      try card("workshop", in: page).contains(
        "<a href=\"#session-workshop.3\">(2/2) 25\u{a0}October, 14:00</a>"))
    let second = try card("workshop.3", in: page)
    #expect(second.contains("<a href=\"#session-workshop\">(1/2) 24\u{a0}October, 10:00</a>"))
    #expect(second.contains("The Other"))
    #expect(!second.contains("The One"))
    #expect(!second.contains("<p>First.</p>"))
  }

  @Test func `marks cancelled sessions, and changes since the release`() throws {
    let page = try Story.odd.programPublication().page(previousStarts: [
      "cjk": [1: [october("24T11:00+02:00"), october("23T11:00+02:00")]]
    ])
    #expect(try card("off", in: page).contains("mark cancelled"))
    #expect(try card("cjk", in: page).contains("mark moved"))
    #expect(try card("cjk", in: page).contains("<s>11:00</s>, <s>23\u{a0}October\u{a0}11:00</s>"))
    #expect(try card("late", in: page).contains("mark new"))
    #expect(try !card("a", in: page).contains("class=\"mark"))
    #expect(!page.contains("mistake"))
    #expect(!page.contains("withdrawn"))
    // In a release, nothing has changed since.
    #expect(try !Story.shanghai.programPublication().page().contains("mark new"))
  }

  @Test func `marks changes since the last release of their day`() throws {
    var story = Story.shanghai
    for session: SessionID in ["session-1", "closing"] {
      story.add(.sessionRevised(SessionRevised(session: session) { $0.title = localized("Renamed") }))
    }
    story.add(.programReleased(ProgramReleased(version: "1.3", day: "2016-03-25")))
    let page = try story.programPublication().page()
    #expect(try !card("session-1", in: page).contains("mark changed"))
    #expect(try card("closing", in: page).contains("mark changed"))
  }

  @Test func `sets each text in its own direction, whatever its stated language`() throws {
    let page = try Story.odd.programPublication().page()
    #expect(try card("a", in: page).contains("><span dir=\"rtl\">הרצאה (in Hebrew)</span></h4>"))
    #expect(page.contains("<span class=\"other\" lang=\"ar\" dir=\"rtl\">مؤتمر الغرائب</span>"))
    #expect(page.contains("<span lang=\"ar\" dir=\"rtl\">الفناء</span>"))
    let arabic = try Story.odd.programPublication([.arabic]).page()
    #expect(arabic.contains("<html lang=\"ar\" dir=\"rtl\">"))
    #expect(try card("late", in: arabic).contains("><span lang=\"en\" dir=\"ltr\">Added Late</span></h4>"))
  }

  @Test func `has the lists, lines, emphasis and links of an abstract`() throws {
    var story = Story.shanghai
    story.add(
      .sessionRevised(SessionRevised(session: "opening") { $0.description = localized(exampleAbstract) }))
    #expect(
      try card("opening", in: try story.programPublication([.english]).page()).contains(
        """
        <p>Bring:</p><ul><li><p>a <em>laptop</em></p></li>
        <li><p>a <strong>cable</strong></p></li></ul><ol><li><p>first</p></li>
        <li><p>second</p></li></ol><p>line one<br/>
        line two, see <a href="https://example.org/">this</a></p>
        """))
  }

  @Test func `is complete without its script`() throws {
    let page = try Story.odd.programPublication().page()
    let bare = page.replacing(/<form[\s\S]*?<\/form>|<script[\s\S]*?<\/script>/, with: "")
    for text in ["The One", "Of it.", "Handout", "1 North Street; Berlin", "On the left", "李雷", "X, Y; Z"] {
      #expect(bare.contains(text), "\(text)")
    }
    #expect(page.contains("<form id=\"filters\" role=\"search\" hidden=\"hidden\""))
  }

  @Test func `offers no choice of language if there is only one`() throws {
    #expect(try !Story.odd.programPublication([.english]).page().contains("name=\"language\""))
    #expect(
      try Story.odd.programPublication().page().contains("<option value=\"zh\" lang=\"zh\">中文</option>"))
  }

  @Test func `accepts only valid colours`() throws {
    let page = try Story.odd.programPublication().page()
    #expect(page.contains(".t0 { --track: #aa3300; }"))
    #expect(!page.contains("--track: red"))
  }

  @Test func `tells search engines of the conference, and has no session twice for that`() throws {
    let page = try Story.odd.programPublication().page()
    let data = try #require(
      page.firstMatch(of: /<script type="application\/ld\+json">([\s\S]*?)<\/script>/)
    ).1
    #expect(!data.contains("<") && !data.contains("&"))
    let root = try #require(JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any])
    #expect(root["name"] as? String == "Odd & <Ends>")
    #expect(root["subEvent"] == nil)
    #expect(page.components(separatedBy: "In the First Two O’Clock").count == 2)
  }

  @Test func `is not written without the data that its script needs`() {
    #expect(throws: (any Error).self) { try Markup(json: [Double.nan], type: "application/json") }
  }

  @Test func `stays small for 1,100 sessions`() throws {
    let story = try Congress.story(rooms: 30, days: 2, sessions: 1100, abstracts: true)
    let page = try story.programPublication().page()
    #expect(page.components(separatedBy: "<article ").count == 1101)
    #expect(page.utf8.count < 1_500_000)
  }

  @Test func `has the identifiers that the calendar has`() throws {
    let publication = Story.odd.programPublication()
    let page = try publication.page()
    let data = try #require(
      page.firstMatch(of: /<script type="application\/json" id="facts">([\s\S]*?)<\/script>/)
    ).1
    let facts = try #require(JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any])
    let uids = try #require(facts["uids"] as? [String])
    #expect(uids.count == page.components(separatedBy: "<article ").count - 1)
    let calendar = publication.iCalendar().replacing("\r\n ", with: "")
    for uid in uids { #expect(calendar.contains("UID:\(uid)\r\n"), "\(uid)") }
    // The rows of the grid are the times of the program, also in the night in which clocks are put back.
    let times = try #require(facts["times"] as? [[Int]])
    let rows = page.matches(of: /<article id="session-[^"]+" class="[^"]*\be(\d+)"/).compactMap { Int($0.1) }
    let context = publication.context
    let slots = context.program.slots
    let days = Array(Set(slots.map { context.day($0.slot) })).sorted()
    for (entry, row) in zip(slots, rows) {
      let day = try #require(days.firstIndex(of: context.day(entry.slot)))
      #expect(Int64(times[day][row - 2]) * 60_000_000 == entry.slot.end.instant.microseconds, "\(entry.name)")
    }
    // Moved once, so a calendar that has it takes the new time.
    let moved = try #require(facts["sequences"] as? [String: Int])
    #expect(!moved.isEmpty)
  }

  @Test func `has each session once, in the list and in the grid`() throws {
    var story = Story.odd
    story.schedule(
      "twin", localized("A Twin"), slot("r2", october("25T02:20+02:00"), october("25T02:50+02:00")))
    let page = try story.programPublication([.english]).page()
    // Columns by room, rows by time; what overlaps in a room is side by side.
    #expect(page.contains("<article id=\"session-first\" class=\"c2 "))
    #expect(page.contains("<article id=\"session-twin\" class=\"c3 "))
    #expect(page.contains("<span class=\"c2 w2\">"))
    #expect(page.contains(".w2 { --w: 2; }"))
    #expect(page.components(separatedBy: "id=\"session-first\"").count == 2)
  }

  @Test(.enabled(if: Tools.python != nil, "Plenary's Python is not installed: run Scripts/setup --for test"))
  func `compresses the abstracts of a large program, and says so to readers without the script`() throws {
    let story = try Congress.story(rooms: 30, days: 2, sessions: 1100, abstracts: true)
    let page = try story.programPublication().page()
    let compressed = try #require(
      page.firstMatch(
        of: /<script type="text\/plain" id="compressed" data-length="(\d+)">([^<>&]+)<\/script>/)
    )
    // Two signs are thirteen bits.
    let signs = (UInt8(ascii: "!")...UInt8(ascii: "~")).filter { !"&<>".utf8.contains($0) }
    let values = compressed.2.utf8.map { signs.firstIndex(of: $0)! }
    var (packed, bits, held) = ([UInt8](), 0, 0)
    for index in stride(from: 0, to: values.count, by: 2) {
      bits |= (values[index] + 91 * values[index + 1]) << held
      held += 13
      while held > 7 {
        packed.append(UInt8(bits & 255))
        (bits, held) = (bits >> 8, held - 8)
      }
    }
    #expect(
      page.contains(
        "<noscript><p>Abstracts, presentations, links and biographies are shown only with JavaScript.</p></noscript>"
      ))
    let script = "import sys, zlib; sys.stdout.buffer.write(zlib.decompress(sys.stdin.buffer.read()))"
    let (succeeded, output) = try Tools.run(
      try #require(Tools.python), ["-c", script], input: Data(packed.prefix(try #require(Int(compressed.1)))))
    #expect(succeeded)
    let texts = output.components(separatedBy: "\u{1}")
    // Of each session what it is about and its links, and who each person is.
    #expect(texts.count == 1100 + 1100 + 550)
    #expect(texts[0].hasPrefix("<div class=\"about\"><p>"))
    #expect(!page.contains("<details><summary>Details"))
    // A small one is whole without.
    #expect(try !Story.odd.programPublication().page().contains("id=\"compressed\""))
  }

  @Test(arguments: [false, true]) func `has no link that leads nowhere without the script`(large: Bool) throws
  {
    let story = large ? try Congress.story(rooms: 30, days: 2, sessions: 1100, abstracts: true) : Story.odd
    let page = try story.programPublication().page()
    let bare = page.replacing(/<form[\s\S]*?<\/form>|<script[\s\S]*?<\/script>/, with: "")
    let places = Set(bare.matches(of: /\sid="([^"]+)"/).map { String($0.1) })
    let missing = Set(bare.matches(of: /href="#([^"]+)"/).map { String($0.1) }).subtracting(places)
    #expect(missing == [])
    #expect(!bare.contains(/<ul class="index">\s*<\/ul>/))
  }

  @Test func `says how many people a cell of the grid leaves out`() throws {
    var story = Story.odd
    for person in ["p1", "p2", "p3", "p4", "p5"] as [PersonID] {
      story.speaker(person, [(.english, "Ann Lee")])
      story.add(.personAssigned(PersonAssigned(session: "late", person: person, role: .discussant)))
    }
    let page = try story.programPublication().page()
    #expect(try card("late", in: page).contains("<ul class=\"who\" data-more=\"+2\">"))
    #expect(try !card("a", in: page).contains("data-more"))
  }
}
