import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Scheduling

struct `The direction of a text` {
  @Test(arguments: [
    ("Opening 1", "Opening 1"),
    ("开幕式", "开幕式"),
    ("שלום (abc", "\u{2068}שלום (abc\u{2069}"),
    ("Talk שלום", "\u{2068}Talk שלום\u{2069}"),
    // Arabic, N'Ko, Syriac, Phoenician and Adlam run from right to left too.
    ("عرض", "\u{2068}عرض\u{2069}"), ("ߒߞߏ", "\u{2068}ߒߞߏ\u{2069}"), ("ܫܠܡܐ", "\u{2068}ܫܠܡܐ\u{2069}"),
    ("\u{10900}1", "\u{2068}\u{10900}1\u{2069}"), ("𞤀𞤣 1", "\u{2068}𞤀𞤣 1\u{2069}"),
    // Signs that somebody opened, or closed too often, end with the text.
    ("\u{202E}abc", "\u{2068}\u{202E}abc\u{2069}"),
    ("a\u{2067}b", "\u{2068}a\u{2067}b\u{2069}\u{2069}"),
    ("a\u{2069}\u{2069}b", "\u{2068}ab\u{2069}"),
    ("שלום\nline", "\u{2068}שלום\u{2069}\nline"),
  ])
  func `does not change the line around it`(text: String, isolated: String) {
    #expect(Direction.isolated(text, in: .english) == isolated)
  }

  @Test func `of every text is isolated in a line from right to left`() {
    let hebrew = Language("he")
    #expect(Direction.isolated("abc", in: hebrew) == "\u{2068}abc\u{2069}")
  }

  @Test func `is kept in calendars and on pages`() throws {
    var story = Story.shanghai
    let hebrew = LocalizedText([.english: "אולם (1"])
    story.add(
      .roomRevised(RoomRevised(room: "hall") { $0.name = hebrew }),
      .venueAdded(VenueAdded(venue: "campus", name: localized("Campus"))),
      .roomRevised(RoomRevised(room: "hall") { $0.venue = "campus" }),
      .sessionRevised(
        SessionRevised(session: "opening") { $0.title = LocalizedText([.english: "Talk \u{202E}x"]) }))
    let publication = story.programPublication([.english])
    let calendar = publication.iCalendar().replacing("\r\n ", with: "")
    #expect(calendar.contains("LOCATION;LANGUAGE=en:\u{2068}אולם (1\u{2069}\\, Campus\r\n"))
    let page = try publication.page()
    #expect(page.contains("<span dir=\"rtl\">אולם (1</span>"))
    #expect(page.contains("<span dir=\"ltr\">Talk \u{202E}x</span>"))
  }

  /// The texts of a document that are not isolated from what stands beside them.
  private func bare(_ text: String) -> String {
    text.replacing(/<script[\s\S]*?<\/script>/, with: "")
      .replacing(/<[^>]*dir="(ltr|rtl|auto)"[^>]*>[^<]*/, with: "")
      .replacing(/\u{2068}[^\u{2069}]*\u{2069}/, with: "")
  }

  /// In each text, a sign is from right to left.
  @Test func `is kept on every page, in letters and in feeds`() throws {
    let text = "Zq\u{200F}w"
    var story = try Story.everywhere(text)
    story.add(
      .slotAdded(
        SlotAdded(session: "session", number: 2, slot: slot("hall", march("25T11:00"), march("25T12:00")))))
    let record = story.proceedingsPublication()
    for page in [
      try story.programPublication().page(), try story.attendancePublication().html(), record.html(),
    ] {
      #expect(page.contains(text) && !bare(page).contains("Zq"), "\(bare(page))")
    }
    let citation = try #require(record.record().body.citation.entries.first).text
    #expect(citation.contains("Zq") && !bare(citation).contains("Zq"), "\(citation)")

    let round = NoticeRound(
      story.program, story.checkpoint, conference: story.conference, version: nil, known: [:], earlier: [:])
    let letter = round.text(try #require(round.digests().first))
    #expect(letter.body.contains("\u{2068}\(text)\u{2069}") && !bare(letter.body).contains("Zq"), "\(letter)")

    let calendar = story.programPublication().iCalendar().replacing("\r\n ", with: "")
    for line in ["SUMMARY;LANGUAGE=en:\u{2068}\(text)\u{2069} (1/2)", "Speaker: \u{2068}\(text)\u{2069}\\n"] {
      #expect(calendar.contains(line), "\(calendar)")
    }
    #expect(
      story.programPublication().scheduleXML().contains("<title>\u{2068}\(text)\u{2069} (1/2)</title>"))
  }

  /// The titles are in another direction than the program.
  @Test(
    .enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"),
    arguments: [PrintKind.booklet, .pocket, .wallGrid, .daySheets, .doorSigns, .itineraries, .chairSheets])
  func `of a program leaves out no title`(kind: PrintKind) async throws {
    var story = Story()
    story.add(
      .conferenceOpened(
        ConferenceOpened(
          title: LocalizedText(["ar": "مؤتمر"]), firstDay: "2016-03-25", lastDay: "2016-03-25",
          zone: "Asia/Shanghai"
        ) { $0.languages = ["ar"] }))
    for room in 0..<4 {
      story.add(.roomAdded(RoomAdded(room: try RoomID("room-\(room)"), name: localized("Room \(room)"))))
    }
    story.speaker("ann", [(.english, "Lee, Ann")])
    let titles = (0..<48).map { "Talk\($0)" }
    for (number, title) in titles.enumerated() {
      let hour = "25T\(10 + number / 4)"
      story.schedule(
        try SessionID("s-\(number)"), localized(title),
        slot(try RoomID("room-\(number % 4)"), march("\(hour):00"), march("\(hour):50")), (.speaker, "ann"))
    }
    let layout = try await Layout(of: story.programPublication(["ar"]).document(kind))
    let words = Set(layout.pages.flatMap(\.words).map(\.text))
    #expect(titles.filter { !words.contains($0) } == [])
  }
}
