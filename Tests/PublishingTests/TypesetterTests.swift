import EventLog
import Foundation
import JSON
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Publishing
@testable import Record
@testable import Scheduling

private let typst = try? Typesetter.find()

@Suite(
  .enabled(if: typst != nil, "There is no Typst here: run Scripts/setup --for printing"),
  .timeLimit(.minutes(10)))
struct TypesetterTests {
  private func pdf(_ document: some PrintedDocument, templates: URL? = nil) async throws -> Data {
    try await Typesetter.pdf(
      document, templates: templates, typst: try #require(typst), fontPaths: Typesetter.fontPaths())
  }

  /// The text in typesetting order, without white space.
  private func text(_ pdf: Data) throws -> String? {
    guard let pdftotext = Tools.find("pdftotext") else { return nil }
    let (succeeded, text) = try Tools.run(pdftotext, ["-q", "-raw", "-", "-"], input: pdf)
    #expect(succeeded)
    return text.filter { !$0.isWhitespace && $0 != "\u{200b}" }
  }

  private func withDirectory(_ body: (URL) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: directory) }
    try await body(directory)
  }

  @Test func `typesets an accessible booklet with the same bytes each time`() async throws {
    let booklet = try Story.shanghai.programPublication().booklet()
    let first = try await pdf(booklet)
    #expect(first.prefix(5) == Data("%PDF-".utf8))
    #expect(first.range(of: Data("<pdfuaid:part>1</pdfuaid:part>".utf8)) != nil)
    #expect(try await pdf(booklet) == first)
  }

  @Test(.enabled(if: Tools.find("pdftotext") != nil, "There is no pdftotext here"))
  func `shows names in their scripts`() async throws {
    let text = try #require(try text(await pdf(try Story.shanghai.programPublication().booklet())))
    for name in ["冯绍雷", "Караганов", "FengShaolei", "Cancelled", "01:30(26March)"] {
      #expect(text.contains(name))
    }
  }

  @Test func `typesets every document, even an empty one`() async throws {
    for story in [Story(), Story.shanghai] {
      _ = try await pdf(try story.programPublication().booklet())
      _ = try await pdf(story.attendancePublication().participants())
      _ = try await pdf(story.attendancePublication().signIn())
      _ = try await pdf(story.proceedingsPublication().record())
    }
  }

  @Test(.enabled(if: Tools.find("pdftotext") != nil, "There is no pdftotext here"), arguments: [1, 70])
  func `evaluates no organizer's text`(sessions: Int) async throws {
    let special = "#x $y$ *z* _w_ <v> \\u @t //s /*r*/ `q` [p] ~o"
    var texts: [String] = []
    func hostile(_ name: String) -> LocalizedText {
      texts.append("\(name)\(special)")
      return localized("\(name)\(special)")
    }
    var story = Story()
    story.add(
      .conferenceOpened(
        ConferenceOpened(
          title: hostile("title"), firstDay: "2016-03-25", lastDay: "2016-03-25", zone: "Asia/Shanghai"
        ) {
          $0.place = hostile("place")
          $0.languages = [.english]
        }),
      .organisationRoleAssigned(
        OrganisationRoleAssigned(organisation: hostile("organisation"), role: .host)),
      .roomAdded(RoomAdded(room: "hall", name: hostile("room")) { $0.note = hostile("note") }),
      .trackAdded(TrackAdded(track: "track", name: hostile("track"))))
    story.speaker(
      "speaker", [(.english, "name\(special)")], Affiliation(organisation: hostile("affiliation")))
    texts.append("name\(special)")
    for number in 1...sessions {
      story.schedule(
        try SessionID.init("session-\(number)"), hostile("session\(number)"),
        slot("hall", march("25T09:00"), march("25T10:00")), track: "track",
        description: localized("description\(number)\(special)"), (.speaker, "speaker"))
      // Its emphasis is emphasis, and the rest of it is text.
      texts.append(FormattedText("description\(number)\(special)").plain)
    }
    story.add(.programReleased(ProgramReleased(version: "1", note: hostile("release"))))
    let booklet = try #require(try text(await pdf(try story.programPublication().booklet())))
    for text in texts { #expect(booklet.contains(text.filter { !$0.isWhitespace }), "\(text)") }

    guard sessions == 1 else { return }
    story.attendee(
      "a", "delegate", (.english, "name\(special)"), organisation: hostile("employer"),
      country: hostile("country"))
    let list = try #require(try text(await pdf(story.attendancePublication().participants())))
    story.statement(
      "session-1-s1", in: "session-1",
      try Attribution(.group, of: localized("x"), asPrinted: hostile("attribution")), hostile("statement"))
    let record = try #require(try text(await pdf(story.proceedingsPublication().record())))
    for name in ["employer", "country"] {
      #expect(list.contains("\(name)\(special)".filter { !$0.isWhitespace }))
    }
    for name in ["attribution", "statement"] {
      #expect(record.contains("\(name)\(special)".filter { !$0.isWhitespace }))
    }
  }

  private func refused(_ places: String...) -> Typesetter.Failure {
    Typesetter.Failure(
      description:
        "These characters cannot be printed, because no font here has them (Noto, or PLENARY_FONTS):\n"
        + places.map { "  \($0)\n" }.joined() + "Remove or replace them.",
      hints: [.replaceMissing], isAboutCharacters: true)
  }

  @Test(arguments: [
    ("Opening \u{E000}", "U+E000 in the title of session “opening”"),
    // It is there twice, and named once.
    ("\u{E000} and \u{E000}", "U+E000 in the title of session “opening”"),
    // Its parts are in two fonts, and would stand beside each other.
    ("א\u{E49} Opening", "א\u{E49} (U+05D0 U+0E49) in the title of session “opening”"),
  ])
  func `names a character that cannot be printed, and its place`(title: String, place: String) async throws {
    var story = Story.shanghai
    story.add(.sessionRevised(SessionRevised(session: "opening") { $0.title = localized(title) }))
    await #expect(throws: refused(place)) { try await pdf(try story.programPublication().booklet()) }
  }

  @Test func `names all of them at once, by the attendees' short names and not by their names`() async throws
  {
    var story = Story.shanghai
    story.attendee("a-anna", "delegate", (.english, "Anna"))
    story.attendee("a-bert", "delegate", (.english, "Secret \u{E000} Name"))
    story.attendee("a-carl", "delegate", (.english, "Carl \u{E001}"))
    let expected = refused(
      "U+E001 in the name of attendee “a-carl”", "U+E000 in the name of attendee “a-bert”")
    await #expect(throws: expected) { try await pdf(story.attendancePublication().badges()) }
    await #expect(throws: expected) { try await pdf(story.attendancePublication().checkIn()) }
  }

  @Test(.enabled(if: Tools.find("pdftotext") != nil, "There is no pdftotext here"))
  func `prints a substitute for them if asked to`() async throws {
    var story = Story.shanghai
    story.attendee("a-anna", "delegate", (.english, "Anna"))
    story.attendee("a-bert", "delegate", (.english, "Bert\u{E000}Name"))
    let badges = try story.attendancePublication { $0.replaceMissing = true }.badges()
    let text = try #require(try text(await pdf(badges)))
    #expect(text.contains("Anna") && text.contains("Bert□Name"))
  }

  @Test(
    .enabled(if: Tools.find("pdftotext") != nil, "There is no pdftotext here"),
    arguments: [
      "P ≠ NP", "=\u{338}", "x ∉ Y, A ≰ B", "1️⃣ first steps", "1⃣", "🎉 👩‍💻 🇩🇪 👍🏽 ❤️", "x̌ ń̄", "ߒߞߏ", "ꓡꓲꓢꓴ", "𞤀𞤣𞤤𞤢𞤥",
      "తెలుగు", "𝔘𝔫𝔦", "♞ ☂ ⌘",
    ])
  func `prints characters of every kind`(title: String) async throws {
    var story = Story.shanghai
    story.add(.sessionRevised(SessionRevised(session: "opening") { $0.title = localized(title) }))
    let pdf = try await pdf(try story.programPublication().booklet())
    let plain = title.filter { !$0.isWhitespace }.precomposedStringWithCanonicalMapping
    let said = try #require(try text(pdf)).precomposedStringWithCanonicalMapping
    // Letters from right to left come out in the order of the page.
    #expect(said.contains(plain) || said.contains(String(plain.reversed())))
  }

  @Test func `needs one font that has all of a character`() throws {
    let glyphs = Glyphs(Fonts(Typesetter.fontPaths(), usual: try Typesetter.usualFonts()))
    let found = glyphs.findings(in: .string("P ≠ NP, =\u{338}, é, e\u{301}, 1️⃣, ߒߞߏ, א\u{E49}"))
    #expect(found.fonts["≠"] == "Noto Sans Math")
    #expect(found.fonts["=\u{338}"] == "Noto Sans Math")
    #expect(found.fonts["1️⃣"] == "Noto Color Emoji")
    #expect(found.fonts["ߒߞߏ"] == "Noto Sans NKo")
    #expect(found.fonts["é"] == nil)
    #expect(found.missing.map(\.character) == ["א\u{E49}"])
  }

  /// Templates look a piece of text up as it stands between others.
  @Test func `names the font of each piece, not of pieces that others stand between`() throws {
    let glyphs = Glyphs(Fonts(Typesetter.fontPaths(), usual: try Typesetter.usualFonts()))
    let found = glyphs.findings(in: .string("ߒߞߏ and ߞߏ"))
    #expect(Set(found.fonts.keys) == ["ߒ", "ߞ", "ߏ", "ߒߞ", "ߒߞߏ", "ߞߏ"])
    #expect(Set(found.fonts.values) == ["Noto Sans NKo"])
  }

  @Test func `takes the font of pictures only for a sign that does not ask for text`() throws {
    let glyphs = Glyphs(Fonts(Typesetter.fontPaths(), usual: try Typesetter.usualFonts()))
    func fonts(_ text: String) -> Set<String> { Set(glyphs.findings(in: .string(text)).fonts.values) }
    #expect(fonts("⌚") == [Fonts.emoji] && fonts("✌\u{FE0F}") == [Fonts.emoji])
    #expect(!fonts("⌚\u{FE0E}").contains(Fonts.emoji) && !fonts("✌\u{FE0E}").contains(Fonts.emoji))
  }

  /// Up to six get room; the others are cut off and reach no other line.
  @Test(.enabled(if: Tools.find("pdftoppm") != nil, "There is no pdftoppm here"))
  func `keeps stacked marks within their line`() async throws {
    /// The rows of points of the first day's page, and where the title's first line ends.
    func page(_ marks: Int) async throws -> (rows: [Substring], next: Double) {
      var story = Story.shanghai
      let stacked = "Z" + String(repeating: "\u{302}", count: marks) + "algo"
      story.add(
        .sessionRevised(
          SessionRevised(session: "opening") {
            $0.title = localized(stacked)
            $0.description = localized("Below")
          }))
      let pdf = try await pdf(try story.programPublication([.english]).booklet())
      let (_, points) = try Tools.run(
        "/bin/sh", ["-c", "pdftoppm -q -gray -r 72 -f 3 -l 3 - | od -An -v -tu1 -w420"], input: pdf)
      let (_, boxes) = try Tools.run(
        try #require(Tools.find("pdftotext")), ["-bbox", "-f", "3", "-l", "3", "-", "-"], input: pdf)
      let found = boxes.firstMatch(of: /yMin="([0-9.]+)"[^>]*>Below</)
      return (
        points.split(separator: "\n"), try #require(found.flatMap { Double($0.1) }, "\(boxes)")
      )
    }
    let (none, six, many) = (try await page(0), try await page(6), try await page(40))
    #expect(six.next > none.next + 15 && many.next == six.next)
    try #require(six.rows.count > 500 && many.rows.count == six.rows.count)
    let different = six.rows.indices.filter { six.rows[$0] != many.rows[$0] }
    let (first, last) = (try #require(different.first), try #require(different.last))
    #expect(last - first < 30, "\(different)")
  }

  /// As its structure is tagged for readers of the screen, and its lines are printed.
  @Test(.enabled(if: Tools.find("pdfinfo") != nil, "There is no pdfinfo here"))
  func `prints the lists and lines of an abstract`() async throws {
    var story = Story.shanghai
    story.add(
      .sessionRevised(
        SessionRevised(session: "opening") { $0.description = localized(exampleAbstract) }))
    let pdf = try await pdf(try story.programPublication([.english]).booklet())
    let (_, tags) = try Tools.run(try #require(Tools.find("pdfinfo")), ["-struct-text", "-"], input: pdf)
    let start = try #require(tags.range(of: "\"Bring:\"")).lowerBound
    let end = try #require(tags[start...].range(of: "\"this\"")).upperBound
    let told = tags[start..<end].split(separator: "\n").map { $0.drop { $0 == " " } }
      .filter { !$0.hasPrefix("LI") && !$0.hasPrefix("Lbl") && !$0.hasPrefix("LBody") }
    #expect(
      told == [
        "\"Bring:\"", "L (block):", "/ListNumbering /Circle", "\"•\"", "\"a \"", "\"laptop\"", "\"•\"",
        "\"a \"", "\"cable\"", "L (block):", "/ListNumbering /Decimal", "\"1.\"", "\"first\"", "\"2.\"",
        "\"second\"", "P (block)", "\"line one\"", "\"line two, see \"", "Link (inline)", "\"this\"",
      ], "\(told)")
  }

  /// A day with one session, whose title is in Hebrew.
  private static func hebrew(_ title: String) throws -> Story {
    var story = Story()
    story.add(
      .conferenceOpened(
        ConferenceOpened(
          title: localized("A Congress"), firstDay: "2016-03-25", lastDay: "2016-03-25", zone: "Asia/Shanghai"
        ) { $0.languages = [.english, .hebrew, .chinese] }),
      .roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    story.schedule(
      "a", LocalizedText([.hebrew: title]), slot("hall", march("25T09:00"), march("25T10:00")))
    return story
  }

  /// Marks that only another font has get the same room as those of the text's own.
  @Test(.enabled(if: Tools.find("pdftotext") != nil, "There is no pdftotext here"))
  func `makes room for stacked marks also where they need a font of their own`() async throws {
    let marks = " " + String(String.UnicodeScalarView((0x300...0x314).compactMap(Unicode.Scalar.init)))
    let glyphs = Glyphs(Fonts(Typesetter.fontPaths(), usual: try Typesetter.usualFonts()))
    #expect(!glyphs.findings(in: .string("שלום\(marks) עולם")).fonts.isEmpty)
    func top(_ title: String) async throws -> Double {
      let pdf = try await pdf(try Self.hebrew(title).programPublication().doorSigns())
      let (_, boxes) = try Tools.run(
        try #require(Tools.find("pdftotext")), ["-bbox", "-l", "1", "-", "-"], input: pdf)
      let found = boxes.firstMatch(of: /yMin="([0-9.]+)"[^>]*>[^<]*(?:עולם|םלוע)/)
      return try #require(found.flatMap { Double($0.1) }, "\(boxes)")
    }
    #expect(try await top("שלום\(marks) עולם") > top("שלום עולם") + 10)
  }

  /// Numbers behind a text in the other direction keep their place.
  @Test(.enabled(if: Tools.find("pdftotext") != nil, "There is no pdftotext here"))
  func `keeps numbers in their order beside another direction`() async throws {
    let signs = try await pdf(try Self.hebrew("הרצאה").programPublication().doorSigns())
    let said = try #require(try text(signs)).filter {
      !$0.unicodeScalars.contains {
        ("\u{202A}"..."\u{202E}").contains($0) || ("\u{2066}"..."\u{2069}").contains($0)
      }
    }
    #expect(said.contains("25במרץ2016·2016年3月25日"), "\(said)")
  }

  /// With marks in the place of the signs that isolate a text.
  @Test(
    .enabled(if: Tools.find("pdftotext") != nil, "There is no pdftotext here"),
    arguments: PrintKind.allCases.map(\.rawValue) + ["record"])
  func `isolates every text that could turn the line around it`(kind: String) async throws {
    let story = try Story.everywhere("Zq\u{200F}w")
    let document: any PrintedDocument =
      switch PrintKind(rawValue: kind) {
      case nil: story.proceedingsPublication().record()
      case let kind? where kind.isAboutAttendees: try story.attendancePublication().document(kind)
      case let kind?: try story.programPublication().document(kind)
      }
    try await withDirectory { directory in
      try Typesetter.copyTemplates(to: directory)
      let file = directory.appending(path: "common.typ")
      let own = try String(contentsOf: file, encoding: .utf8)
      let signs = (#""\u{2068}" + kept"#, #""\u{2069}" * (open + 1)"#)
      #expect(own.contains(signs.0) && own.contains(signs.1))
      try Data(own.replacing(signs.0, with: "\"‹\" + kept").replacing(signs.1, with: "\"›\"").utf8).write(
        to: file)
      let said = try #require(try text(await pdf(document, templates: directory)))
      #expect(said.contains(/‹.?Zq/), "\(said)")
      #expect(!said.replacing(/‹[^‹›]*›/, with: "").contains("Zq"), "\(said)")
    }
  }

  @Test func `uses an organizer's own template, and reports its errors`() async throws {
    try await withDirectory { directory in
      try Typesetter.copyTemplates(to: directory)
      // Unchanged files may be missing.
      try FileManager.default.removeItem(at: directory.appending(path: "common.typ"))
      let file = directory.appending(path: "booklet.typ")
      let own = try String(contentsOf: file, encoding: .utf8)
      try Data((own + "\nSet by ourselves\n").utf8).write(to: file)
      let booklet = try Story.shanghai.programPublication().booklet()
      let pdf = try await pdf(booklet, templates: directory)
      if let text = try text(pdf) { #expect(text.contains("Setbyourselves")) }

      try Data("first line\n#unheard-of()\n".utf8).write(to: file)
      await #expect(
        throws: Typesetter.Failure(
          description: "The template booklet.typ has an error in line 2: unknown variable: unheard-of.")
      ) { try await self.pdf(booklet, templates: directory) }
    }
  }

  @Test(.enabled(if: Tools.find("pdfinfo") != nil, "There is no pdfinfo here"))
  func `typesets a large program and a long list densely`() async throws {
    var story = Story()
    story.add(
      .conferenceOpened(
        ConferenceOpened(
          title: localized("A Congress"), firstDay: "2016-03-21", lastDay: "2016-03-24", zone: "Asia/Shanghai"
        ) { $0.languages = [.english] }),
      .roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    for number in 0..<300 {
      story.speaker(
        try PersonID.init("p-\(number)"), [(.english, "Family\(number), Given")],
        Affiliation(organisation: localized("University \(number)")))
      story.attendee(
        try AttendeeID.init("a-\(number)"), "delegate", (.english, "Family\(number), Given"),
        (.chinese, "张, 德广"), organisation: localized("University \(number)"), country: localized("China"))
    }
    for number in 0..<600 {
      let time = "\(21 + number / 150)T\(10 + number % 150 / 20)"
      story.schedule(
        try SessionID.init("s-\(number)"), localized("Session \(number): institutional trust and corridors"),
        slot("hall", march("\(time):00"), march("\(time):45")),
        description: localized(String(repeating: "Twenty letters each. ", count: 6)),
        (.speaker, try PersonID.init("p-\(number % 300)")),
        (.speaker, try PersonID.init("p-\((number + 7) % 300)")))
    }
    let booklet = try await pdf(try story.programPublication().booklet())
    #expect(try pages(booklet) <= 120)
    // The days at a glance name the sessions.
    if let text = try text(booklet), let glance = text.range(of: "glance"),
      let body = text.range(of: "University0")
    {
      let overview = text[glance.upperBound..<body.lowerBound]
      #expect(overview.contains("Session0:") && overview.contains("Session599:"))
    }
    let list = try await pdf(story.attendancePublication().participants())
    #expect(try pages(list) <= 8)
  }

  private func pages(_ pdf: Data) throws -> Int {
    let (_, text) = try Tools.run(try #require(Tools.find("pdfinfo")), ["-"], input: pdf)
    return try #require(text.firstMatch(of: /Pages: +(\d+)/).flatMap { Int($0.1) })
  }
}

@Suite struct TypesetterSearchTests {
  @Test(
    .disabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/local/lib/plenary/typst"),
      "Typst is installed for all users, so it is always found"))
  func `says what to do without Typst`() {
    #expect(
      throws: Typesetter.Failure(
        description:
          "Typst, which typesets documents, was not found; run Scripts/setup, or set PLENARY_TYPST to its path."
      )
    ) { try Typesetter.find(environment: ["PATH": "/nonexistent", "HOME": "/nonexistent"]) }
  }

  @Test func `uses the named program and no other`() throws {
    #expect(
      try Typesetter.find(environment: ["PLENARY_TYPST": "/bin/sh", "PATH": "/nonexistent"]) == "/bin/sh")
    #expect(
      throws: Typesetter.Failure(
        description:
          "PLENARY_TYPST names “/nonexistent/typst”, which is not a program; correct it or unset it.")
    ) { try Typesetter.find(environment: ["PLENARY_TYPST": "/nonexistent/typst"]) }
  }

  @Test func `searches the named font folders first`() {
    #expect(Typesetter.fontPaths(environment: ["PLENARY_FONTS": "/a:/b"]).prefix(2) == ["/a", "/b"])
  }
}
