import Foundation
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Publishing
@testable import Scheduling

@Suite(.timeLimit(.minutes(10))) struct BadgesTests {
  let story = Story.people

  @Test func `has a badge for every expected attendee, listed or not`() throws {
    let badges = try story.attendancePublication().badges()
    #expect(badges.body.badges.map(\.attendee.slug) == ["a-8", "a-3", "a-4", "a-1", "a-2", "a-5"])
    #expect(
      badges.body.badges[1]
        == .init(
          attendee: "a-3",
          names: [
            .init(
              text: "Shaolei Feng", lang: .english, width: 7, halved: 4,
              parts: [
                .init(text: "Shaolei", width: 4, halved: 4, given: true),
                .init(text: "Feng", width: 2.7, halved: 2.7, given: false),
              ]),
            .init(text: "冯绍雷", lang: .chinese, width: 3, halved: 3),
          ], position: nil, organisation: nil, country: nil,
          category: .init(
            name: localized("Delegate", "代表", "Делегат"),
            meaning: localized("sent by an organisation", "由单位派出", "направлен организацией"), sign: .square,
            color: "#1d3a5f"), sessions: [], code: badges.body.badges[1].code, qr: badges.body.badges[1].qr))
  }

  @Test func `lists on the back the sessions with a seat, at each slot`() throws {
    let badge = try #require(
      story.attendancePublication { $0.only = ["attendee": "a-2"] }.badges().body.badges.first)
    #expect(badge.sessions.map(\.time) == ["09:00", "13:00", "14:05"])
    #expect(badge.sessions[1].title == localized("Reading the Treaty", "研读条约"))
    #expect(badge.sessions[1].day == localized("Fri\u{a0}25", "25日周五", "Пт,\u{a0}25"))
    #expect(badge.sessions[2].room == localized("Science Hall", "科学会堂", "Зал"))
  }

  @Test func `has the hours of each day, from the first session to the last`() throws {
    let body = try story.attendancePublication().badges().body
    // The reception ends on the next day.
    #expect(body.days.map(\.hours) == ["09:00–01:30", "11:00–12:00"])
    #expect(body.title == story.attendancePublication().context.header("badges").conference.title)
  }

  @Test func `has a code of its own, which does not change with the person`() throws {
    let before = try story.attendancePublication().badges().body.badges
    var story = story
    story.add(.attendeeRevised(AttendeeRevised(attendee: "a-4", category: "press", listed: false)))
    let after = try story.attendancePublication().badges().body.badges
    #expect(before.map(\.code) == after.map(\.code))
    #expect(Set(before.map(\.code)).count == before.count)
    for badge in after {
      #expect(badge.qr == QRCode(digits: badge.code.replacing(" ", with: "")))
      #expect(badge.qr.rows.count == 21 && badge.qr.rows.allSatisfy { $0.count == 21 })
    }
  }

  @Test func `prints an unknown category in the organizer's words`() throws {
    let badge = try #require(
      story.attendancePublication { $0.only = ["category": "student"] }.badges().body.badges.first)
    #expect(badge.category.name == localized("Student"))
    #expect(badge.category.meaning == nil)
  }

  @Test func `refuses an unknown format and lists the known ones`() {
    #expect(
      throws: InvalidValue(
        "“a7” is not a badge format; the formats are a6, a6-folded, 90x55, 86x54, 99.1x67.7, 63.5x38.1, 4x3in, "
          + "3.375x2.333in.")
    ) { try story.attendancePublication { $0.size = "a7" }.badges() }
  }

  @Test(arguments: BadgeFormat.names, [false, true])
  func `fits on its sheet beside its neighbours`(name: String, letter: Bool) throws {
    let format = try BadgeFormat.named(name, letter: letter)
    let faces = format.back == .beside ? 2.0 : 1.0
    #expect(format.pitchX >= format.width * faces)
    #expect(format.pitchY >= format.height)
    #expect(
      format.left + Double(format.columns - 1) * format.pitchX + format.width * faces <= format.sheetWidth
        + 0.01)
    #expect(format.top + Double(format.rows - 1) * format.pitchY + format.height <= format.sheetHeight + 0.01)
  }

  @Test func `has pieces with stable keys, so that only changed badges are reprinted`() throws {
    let before = try story.attendancePublication().badges()
    var story = story
    story.add(.attendeeRevised(AttendeeRevised(attendee: "a-4", category: "press")))
    let after = try story.attendancePublication().badges()
    #expect(before.pieces.map(\.key).first == "badge a-8")
    #expect(before.pieces[1].title == LocalizedText([.english: "Shaolei Feng"]))
    let changed = try zip(before.pieces, after.pieces).filter { try $0.fingerprint() != $1.fingerprint() }
      .map(\.1.key)
    #expect(changed == ["badge a-4"])
    #expect(after.only(pieces: ["badge a-4"]).body.badges.map(\.attendee) == ["a-4"])
  }

  /// The story with so many talks at 15:00, one a room, and a keynote.
  private func busy(_ talks: Int) throws -> Story {
    var story = story
    for number in 0..<talks {
      let room = try RoomID("room-\(number)")
      story.add(.roomAdded(RoomAdded(room: room, name: localized("Room \(number)"))))
      story.schedule(
        try SessionID("talk-\(number)"), localized("Talk \(number)"),
        slot(room, march("26T15:00"), march("26T16:00")))
    }
    story.schedule(
      "keynote", localized("A Keynote"), kind: .keynote, slot("hall", march("26T13:00"), march("26T14:00")))
    return story
  }

  /// How many slots have a session that was not cancelled.
  private func takingPlace(_ story: Story) -> Int { story.program.slots.count { !$0.session.cancelled } }

  /// The badges whose content differs.
  private func changed(
    _ before: Story, _ after: Story, _ settings: (inout PrintSettings) -> Void = { _ in }
  ) throws -> [String] {
    let pieces = try [before, after].map { try $0.attendancePublication(settings).badges().pieces }
    return try zip(pieces[0], pieces[1]).filter { try $0.fingerprint() != $1.fingerprint() }.map(\.1.key)
  }

  private func closing(from start: String, until end: String) -> SchedulingEvent {
    .sessionMoved(
      SessionMoved(
        session: "closing", from: slot("hall", march("26T11:00"), march("26T12:00")),
        to: slot("hall", march("26T\(start)"), march("26T\(end)"))))
  }

  @Test func `is reprinted if what is on its back changes, and only then`() throws {
    var later = story
    later.add(closing(from: "11:05", until: "12:30"))
    // a-2 and a-5 have their own sessions on the back.
    let withPlan = ["badge a-8", "badge a-3", "badge a-4", "badge a-1"]
    #expect(try changed(story, later) == withPlan)
    // The plan has beginnings, and the days beside it are not printed.
    var longer = story
    longer.add(closing(from: "11:00", until: "12:30"))
    #expect(try changed(story, longer) == [])
    // A label has no back.
    #expect(try changed(story, later) { $0.size = "63.5x38.1" } == [])
    // Of a long program, only what is for everybody is on the back, and no hours of days.
    let long = try busy(9)
    var moved = long
    moved.add(.sessionCancelled(SessionCancelled(session: "keynote", slots: [])))
    var movedLonger = moved
    movedLonger.add(closing(from: "11:00", until: "17:30"))
    #expect(try moved.attendancePublication { $0.size = "90x55" }.badges().body.plan.entries.isEmpty == false)
    #expect(try changed(moved, movedLonger) { $0.size = "90x55" } == [])
    // How many others there are is on it.
    #expect(try changed(busy(20), busy(21)) { $0.size = "90x55" } == withPlan)
  }

  @Test func `has the whole program on its back if there is room, and says if it is a draft`() throws {
    let plan = try story.attendancePublication().badges().body.plan
    #expect(plan.entries.count == takingPlace(story) && plan.more == 0 && !plan.isDraft)
    #expect(try Story.empty.attendancePublication().badges().body.plan.isDraft)
  }

  @Test func `has what is for everybody if the program is long, and how much more there is`() throws {
    let story = try busy(20)
    let plan = try story.attendancePublication { $0.size = "90x55" }.badges().body.plan
    let titles = plan.entries.map { $0.title.best([.english]).text }
    #expect(titles.contains("A Keynote") && !titles.contains("Talk 1"), "\(titles)")
    #expect(plan.more + plan.entries.count == takingPlace(story))
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `says on the back how much more there is, and that the program is a draft`() async throws {
    let long = try busy(20).attendancePublication {
      $0.size = "90x55"
      $0.languages = [.english]
    }.badges()
    let text = try await Layout(of: long).text(page: 1)
    #expect(long.body.plan.more > 0 && text.contains("and \(long.body.plan.more) more"), "\(text)")
    #expect(!text.contains("Not released"))
    var draft = Story.empty
    draft.add(.roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    draft.schedule(
      "talk", localized("Talk"), slot("hall", october("24T10:00+02:00"), october("24T11:00+02:00")))
    draft.attendee("a-1", "guest", (.english, "Li, Wei"))
    #expect(
      try await Layout(of: draft.attendancePublication().badges()).text(page: 1).contains("Not released"))
  }

  @Test func `names a break in several rooms once, without a room, and other sessions each`() throws {
    var story = Story.shanghai
    for (room, kind, title) in [
      ("hall", SessionKind.meal, "Lunch"), ("annex", .meal, "Lunch"), ("hall", .workshop, "Workshop"),
      ("annex", .workshop, "Workshop"),
    ] {
      story.schedule(
        try SessionID("\(title.lowercased())-\(room)"), localized(title), kind: kind,
        slot(try RoomID(room), march("26T20:00"), march("26T21:00")))
    }
    let entries = try story.attendancePublication().badges().body.plan.entries
    let lunch = entries.filter { $0.title == localized("Lunch") }
    #expect(lunch.count == 1 && lunch[0].room == nil)
    let workshops = entries.filter { $0.title == localized("Workshop") }
    #expect(workshops.count == 2 && workshops.allSatisfy { $0.room != nil })
  }

  @Test(arguments: [
    ("Daniel, Daniela", ["Daniela", "Daniel"]), ("Ana, Ana Maria", ["Ana Maria", "Ana"]),
    ("Smith, Zoë", ["Zoë", "Smith"]),
  ])
  func `has the parts of a name in the order of printing`(name: String, parts: [String]) throws {
    var story = Story.shanghai
    story.attendee("b-1", "guest", (.english, name))
    let badge = try #require(story.attendancePublication().badges().body.badges.first)
    #expect(badge.names[0].parts.map(\.text) == parts)
    #expect(badge.names[0].parts.map(\.given) == [true, false])
  }

  @Test func `is out of date with another picture only if that is printed on it`() throws {
    func pictures(_ changed: Int?) -> [PrintedPicture] {
      (0..<6).map { number in
        PrintedPicture(
          number == 0 ? .logo : .sponsor, .svg, file: "p-\(number).svg",
          hash: String(repeating: number == changed ? "f" : "\(number)", count: 64), width: 3, height: 1,
          text: localized("Picture \(number)"))
      }
    }
    func isChanged(_ number: Int, on size: String) throws -> Bool {
      let pieces = try [nil, number].map { changed in
        try story.attendancePublication {
          $0.size = size
          $0.pictures = pictures(changed)
        }.badges().pieces[0].fingerprint()
      }
      return pieces[0] != pieces[1]
    }
    #expect(try (0..<6).map { try isChanged($0, on: "a6") } == [true, true, true, true, true, false])
    #expect(
      try (0..<6).map { try isChanged($0, on: "63.5x38.1") } == [true] + Array(repeating: false, count: 5))
  }

  @Test func `estimates the width of a name, rather too wide than too narrow`() {
    #expect(TypeWidth.of("") == 0)
    #expect(TypeWidth.of("冯绍雷") == 3)
    // 5.44 em in Noto Sans Bold.
    #expect((5.4...6.2).contains(TypeWidth.of("Zoë Smith")))
    #expect(TypeWidth.halved("Ana Maria de la Cruz") < TypeWidth.of("Ana Maria de la Cruz"))
    // Broken where both lines are about equally wide.
    #expect(TypeWidth.halved("Ana Maria de la Cruz") == TypeWidth.of("de la Cruz"))
    #expect(TypeWidth.halved("Madonna") == TypeWidth.of("Madonna"))
  }
}

@Suite(.enabled(if: Layout.isPossible, "There is no Typst, or no pdftotext, here"), .timeLimit(.minutes(10)))
struct BadgeLayoutTests {
  /// In points.
  private let millimetre = 72 / 25.4

  @Test(arguments: ["a6", "90x55"])
  func `matches the layout snapshot`(size: String) async throws {
    let badges = try Story.people.attendancePublication {
      $0.size = size
      $0.languages = [.english]
    }.badges()
    try expectSnapshot("badges-\(size)", try await Layout(of: badges))
  }

  @Test(arguments: BadgeFormat.names)
  func `stays inside its edges for any name`(size: String) async throws {
    let people = size == "90x55" ? 1_200 : 150
    let badges = try Story.crowd(people).attendancePublication { $0.size = size }.badges()
    let format = badges.body.format
    let layout = try await Layout(of: badges)
    #expect(layout.outside.isEmpty)
    let sheets = (people + format.columns * format.rows - 1) / (format.columns * format.rows)
    #expect(layout.pages.count == sheets * (format.back == .turned ? 2 : 1))
    var crossing: [String] = []
    for (number, page) in layout.pages.enumerated() {
      let isBack = format.back == .turned && number % 2 == 1
      // On the back, columns are in reverse order.
      let left =
        isBack
        ? format.sheetWidth - format.left - Double(format.columns - 1) * format.pitchX - format.width
        : format.left
      let columns = format.back == .beside ? 2 : format.columns
      let pitch = format.back == .beside ? format.width : format.pitchX
      for word in page.words {
        let middle = ((word.left + word.right) / 2 / millimetre, (word.top + word.bottom) / 2 / millimetre)
        let column = min(columns - 1, max(0, Int((middle.0 - left) / pitch)))
        let row = min(format.rows - 1, max(0, Int((middle.1 - format.top) / format.pitchY)))
        let (x, y) = (left + Double(column) * pitch, format.top + Double(row) * format.pitchY)
        if word.left / millimetre < x || word.right / millimetre > x + format.width
          || word.top / millimetre < y || word.bottom / millimetre > y + format.height
        {
          crossing.append("\(word.text) on page \(number + 1)")
        }
      }
    }
    #expect(crossing.isEmpty)
  }

  @Test func `has a back behind every front`() async throws {
    let layout = try await Layout(
      of: Story.people.attendancePublication { $0.size = "90x55" }.badges())
    #expect(layout.pages.count == 2)
    // The first front is on the left, so the first back is on the right.
    let front = try #require(layout.pages[0].words.first { $0.text == "=Formula" })
    let back = try #require(layout.pages[1].words.first { $0.text == "a-8" })
    #expect(front.left < layout.pages[0].width / 2)
    #expect(back.left > layout.pages[1].width / 2)
    #expect(back.top < 70 * millimetre)
  }

  /// ZBar is another program than the one that made the code.
  @Test(
    .enabled(if: Tools.find("zbarimg") != nil && Tools.find("pdftoppm") != nil, "There is no zbarimg here"),
    arguments: BadgeFormat.names)
  func `has a QR code that a scanner reads as the digits beside it`(size: String) async throws {
    let badges = try Story.people.attendancePublication { $0.size = size }.badges()
    let pdf = try await Layout.pdf(badges)
    let folder = FileManager.default.temporaryDirectory.appending(path: "plenary-qr-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // As fine as a scanner of documents, and coarser than a hand scanner.
    let (drawn, said) = try Tools.run(
      #require(Tools.find("pdftoppm")), ["-gray", "-r", "300", "-png", "-", folder.path + "/page"], input: pdf
    )
    try #require(drawn, "\(said)")
    let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    // Without the messages about a desktop that is not there.
    let read = try pages.flatMap { page in
      try Tools.run(
        #require(Tools.find("zbarimg")), ["--quiet", "--raw", "\(folder.path)/\(page)"], input: Data()
      ).1.split(separator: "\n").filter { $0.allSatisfy(\.isNumber) }.map(String.init)
    }
    let codes = badges.body.badges.map { $0.code.replacing(" ", with: "") }
    #expect(read.sorted() == codes.sorted())
    #expect(codes.count == Set(codes).count && codes.count == 6)
    // The digits are printed, too.
    let words = try Layout(pdf: pdf).pages.flatMap(\.words).map(\.text)
    for code in badges.body.badges.flatMap({ $0.code.split(separator: " ") }) {
      #expect(words.contains(String(code)))
    }
  }

  /// A point for each millimetre of ten by ten, where the first card has its code, and on the other side.
  @Test(
    .enabled(if: Tools.find("pdftoppm") != nil, "There is no pdftoppm here"),
    arguments: [(Language.english, 88, 22), (.arabic, 22, 88)])
  func `has its code where lines end, also from right to left`(language: Language, code: Int, free: Int)
    async throws
  {
    let pdf = try await Layout.pdf(
      Story.people.attendancePublication {
        $0.size = "90x55"
        $0.languages = [language, .english]
        $0.only = ["attendee": "a-3"]
      }.badges())
    func dark(_ left: Int) throws -> Int {
      let (_, points) = try Tools.run(
        "/bin/sh",
        [
          "-c",
          "pdftoppm -q -gray -r 25.4 -f 1 -l 1 -x \(left) -y 43 -W 10 -H 10 - | tail -c 100 | od -An -v -tu1 -w1",
        ],
        input: pdf)
      let values = points.split(separator: "\n").compactMap { Int($0.filter(\.isNumber)) }
      try #require(values.count == 100)
      return values.count { $0 < 200 }
    }
    #expect(try dark(code) > 50)
    #expect(try dark(free) < 10)
  }

  /// The names on badges with their sizes, from the PDF of one badge each.
  private func sizes(of names: [String], on size: String) async throws -> (
    largest: [Double], leftOut: [LeftOut]
  ) {
    var story = Story.shanghai
    for (index, name) in names.enumerated() {
      story.attendee(
        try AttendeeID("b-\(index)"), "guest", (.english, name), organisation: localized("Daily"))
    }
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "sizes.py").path
    var largest: [Double] = []
    for index in names.indices {
      let pdf = try await Layout.pdf(
        story.attendancePublication {
          $0.size = size
          $0.only = ["attendee": "b-\(index)"]
        }.badges())
      let (_, output) = try Tools.run(try #require(Tools.python), [script], input: pdf)
      largest.append(
        output.split(separator: "\n").compactMap { $0.split(separator: " ").first.flatMap { Double($0) } }
          .max() ?? 0)
    }
    let all = try await Layout.pdf(
      story.attendancePublication { $0.size = size }.badges().only(
        pieces: Set(names.indices.map { "badge b-\($0)" })))
    return (largest, LeftOut.read(from: all))
  }

  @Test(
    .enabled(if: Tools.python != nil, "There is no pikepdf here"),
    arguments: ["a6", "90x55", "86x54", "4x3in"])
  func `has the given name in 24 points or more, and tells of names for which that is too large`(size: String)
    async throws
  {
    let (largest, leftOut) = try await sizes(
      of: [
        "Weber, Jonas", "Konstantinopolskaya, Aleksandra", "Müller-Lüdenscheidt, Hans-Joachim",
        "de la Cruz y Villanueva, María José",
        "A name that is much longer than names usually are, \(String(repeating: "Wolfeschlegelstein ", count: 6))",
      ], on: size)
    #expect(largest.dropLast().allSatisfy { $0 >= 24 }, "\(largest)")
    #expect(largest.last.map { $0 < 24 } == true, "\(largest)")
    #expect(leftOut == [LeftOut(.names, 1)])
  }

  @Test func `counts on a full back the sessions that have no line there`() async throws {
    var story = Story.shanghai
    story.attendee("b-1", "guest", (.english, "Weber, Jonas"))
    for number in 0..<14 {
      let session = try SessionID("talk-\(number)")
      let start = march("26T08:00").advanced(by: number * 60)
      story.schedule(session, localized("Talk"), slot("annex", start, start.advanced(by: 50)))
      story.add(.attendeeSignedUp(AttendeeSignedUp(attendee: "b-1", session: session)))
    }
    let badges = try story.attendancePublication { $0.size = "90x55" }.badges()
    let text = try await Layout(of: badges).text(page: 1)
    #expect(text.matches(of: /Sat 26 \d\d:00/).count == badges.body.backLines - 1, "\(text)")
    #expect(text.contains("and \(14 - badges.body.backLines + 1) more"), "\(text)")
  }

  @Test func `says so if there is no badge to print`() async throws {
    let layout = try await Layout(of: Story().attendancePublication().badges())
    #expect(layout.pages.count == 1)
    #expect(layout.text(page: 0) == "There is no badge to print.")
  }
}
