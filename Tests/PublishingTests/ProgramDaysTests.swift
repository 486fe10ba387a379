import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Scheduling

/// The common part of the pocket program, the wall grid and the day sheets.
@Suite struct ProgramDaysTests {
  private func days(_ story: Story, _ only: [String: String]? = nil) throws -> ProgramDays {
    var settings = PrintSettings()
    settings.only = only
    return try ProgramPublication(story.program, story.checkpoint, conference: story.conference, settings)
      .programDays()
  }

  @Test func `shows a session at each slot, with its part number`() throws {
    var story = Story.shanghai
    story.add(
      .slotAdded(
        SlotAdded(
          session: "session-1", number: 2, slot: slot("annex", march("26T09:00"), march("26T10:00")))))
    let days = try days(story).days
    #expect(days.map { $0.slots.map(\.session.slug) }[1] == ["session-1", "closing"])
    #expect(days[0].slots.first { $0.session == "session-1" }?.partLabel?[.english] == "Part 1 of 2")
    #expect(days[1].slots[0].partLabel == localized("Part 2 of 2", "第 2 部分，共 2 部分", "Часть 2 из 2"))
  }

  @Test func `gives each track a colour that no other has, also on a printer without colours`() throws {
    var story = Story.shanghai
    for number in 1...8 {
      story.add(
        .trackAdded(
          TrackAdded(track: try TrackID.init("t-\(number)"), name: localized("Track \(number)")) {
            $0.color = number == 4 ? "#E69F00" : nil
          }))
    }
    let tracks = story.programPublication().tracks
    #expect(tracks[0].color == "#2f6b5b" && tracks[4].color == "#E69F00")
    #expect(Set(tracks.map { $0.color.lowercased() }).count == 9)
    // Neighbours that nobody coloured are light and dark by turns.
    let luminances = tracks.suffix(4).map { track in
      let value = Int(track.color.dropFirst(), radix: 16) ?? 0
      return 0.2126 * Double(value >> 16) + 0.7152 * Double(value >> 8 & 255) + 0.0722 * Double(value & 255)
    }
    for (one, next) in zip(luminances, luminances.dropFirst()) { #expect(abs(one - next) > 40) }
    // A program for other programs has only what the organizer stated.
    let feed = story.programPublication().scheduleXML()
    #expect(!feed.contains("#0b4f8a"))
  }

  @Test func `counts minutes over midnight`() throws {
    let party = try #require(days(Story.shanghai).days[0].slots.last)
    #expect(party.from == 22 * 60)
    #expect(party.until == 25 * 60 + 30)
    #expect(party.end == "01:30")
  }

  @Test func `never runs backwards when the clocks are put back, and says so`() throws {
    var story = Story()
    func berlin(_ time: String) -> ZonedTime { try! ZonedTime("2016-10-30T\(time)[Europe/Berlin]") }
    story.add(.roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    story.schedule(
      "night", localized("Night"), slot("hall", berlin("01:30+02:00"), berlin("02:30+02:00")))
    story.schedule(
      "again", localized("Again"), slot("hall", berlin("02:30+01:00"), berlin("03:30+01:00")))
    let day = try days(story).days[0]
    #expect(day.slots.map { [$0.from, $0.until] } == [[90, 150], [210, 270]])
    #expect(day.slots.map(\.start) == ["01:30", "02:30"])
    #expect(
      day.note?[.english] == "The clocks change on this day, from UTC+2 to UTC+1.")
  }

  @Test func `hatches a colour that an earlier track has, too`() throws {
    var story = Story()
    story.add(.roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    for number in 0..<26 {
      let track = try TrackID("t-\(number)")
      story.add(.trackAdded(TrackAdded(track: track, name: localized("Track \(number)"))))
      let start = march("25T09:00").advanced(by: number * 20)
      story.schedule(
        try SessionID("s-\(number)"), localized("Session"), slot("hall", start, start.advanced(by: 20)))
      story.add(
        .sessionRevised(SessionRevised(session: try SessionID("s-\(number)")) { $0.track = track }))
    }
    let tracks = try days(story).tracks
    #expect(
      tracks.map(\.earlier) == Array(repeating: 0, count: 12) + Array(repeating: 1, count: 12) + [2, 2])
    #expect(Set(tracks.map { "\($0.color) \($0.earlier)" }).count == 26)
  }

  @Test func `says which times are after midnight, in the languages that have words for it`() throws {
    var story = Story.shanghai
    story.add(
      .conferenceRevised(
        ConferenceRevised {
          $0.dayStart = 240
          $0.languages = ["en", "sw", "ar"]
        }))
    let note = try #require(days(story).days[0].note)
    #expect(note.languages == ["ar", "en"])
    #expect(note[.english]?.hasPrefix("Times before 04:00 are after midnight, on 26") == true, "\(note)")
  }

  @Test(arguments: [("en", "UTC+1. Times before"), ("ja", "。04:00"), ("zh", "。04:00")])
  func `says first that the clocks change, then which times are after midnight`(tag: String, joint: String)
    throws
  {
    func berlin(_ time: String) -> ZonedTime { try! ZonedTime("2016-10-\(time)[Europe/Berlin]") }
    var story = Story()
    story.add(
      .conferenceOpened(
        ConferenceOpened(
          title: localized("Nights"), firstDay: "2016-10-29", lastDay: "2016-10-29", zone: "Europe/Berlin"
        ) {
          $0.dayStart = 240
          $0.languages = [try! Language(tag)]
        }),
      .roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    story.schedule(
      "night", localized("Night"), slot("hall", berlin("29T23:00+02:00"), berlin("30T03:00+01:00")))
    let note = try #require(days(story).days[0].note?[try Language(tag)])
    #expect(note.contains(joint), "\(note)")
  }

  @Test func `can be limited to a day, room, track, session or person`() throws {
    func shown(_ only: [String: String]) throws -> [String] {
      try days(Story.shanghai, only).days.flatMap { $0.slots.map(\.session.slug) }
    }
    #expect(try shown(["day": "2016-03-26"]) == ["closing"])
    #expect(try shown(["room": "annex"]) == ["annex-1", "party"])
    #expect(try shown(["track": "politics"]) == ["session-1"])
    #expect(try shown(["session": "coffee"]) == ["coffee"])
    #expect(try shown(["person": "zhang-deguang"]) == ["session-1", "annex-1"])
    #expect(try shown(["room": "annex", "day": "2016-03-26"]).isEmpty)
    #expect(try days(Story.shanghai, ["track": "politics"]).subset == [localized("Politics", "政治")])
  }

  @Test(arguments: [
    (["room": "cellar"], "There is no room “cellar”."),
    (
      ["category": "guest"],
      "The program cannot be printed for one category; choose a day, room, track, session or person."
    ),
    (["day": "Friday"], "“Friday” is not a date; write it as 2016-03-25."),
  ])
  func `refuses an unknown or unsupported selection`(only: [String: String], message: String) {
    #expect(throws: InvalidValue(message)) { try days(Story.shanghai, only) }
  }

  @Test func `has the shown rooms and tracks, with the same signs as everywhere`() throws {
    var story = Story.shanghai
    story.add(
      .trackAdded(TrackAdded(track: "empty", name: localized("Nothing yet"))),
      .trackAdded(TrackAdded(track: "last", name: localized("Last"))),
      .sessionRevised(SessionRevised(session: "closing") { $0.track = "last" }))
    let all = try days(story)
    #expect(all.rooms.map(\.room.slug) == ["hall", "annex"])
    #expect(all.tracks.map { "\($0.sign) \($0.track)" } == ["A politics", "C last"])
    #expect(try days(story, ["day": "2016-03-26"]).rooms.map(\.room.slug) == ["hall"])
  }

  @Test func `has signs for many tracks`() {
    #expect(
      [0, 25, 26, 51, 52, 701, 702].map(ProgramPublication.sign) == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"])
  }
}

/// What the prints of the program say on paper.
@Suite(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"), .timeLimit(.minutes(10)))
struct ProgramLayoutTests {
  private func text(_ story: Story, _ kind: PrintKind, _ change: (inout PrintSettings) -> Void = { _ in })
    async throws -> String
  {
    let document = try story.programPublication { settings in
      settings.languages = [.english]
      change(&settings)
    }.document(kind)
    return try await Layout(of: document).text().replacing("\u{a0}", with: " ")
  }

  @Test(arguments: [PrintKind.booklet, .pocket, .wallGrid, .daySheets])
  func `names the part of the program that is printed`(kind: PrintKind) async throws {
    for (key, id, name) in [
      ("room", "hall", "Science Hall"), ("person", "sergey-karaganov", "Sergey Karaganov"),
    ] {
      let text = try await text(.shanghai, kind) { $0.only = [key: id] }
      let beside =
        switch kind {
        case .booklet: "\(name) Cooperation between"
        case .pocket: "Prospects \(name)"
        default: "Prospects · \(name)"
        }
      #expect(text.contains(beside), "\(text)")
    }
  }

  @Test(arguments: [PrintKind.booklet, .pocket, .wallGrid, .daySheets, .doorSigns])
  func `says that the clocks change`(kind: PrintKind) async throws {
    let document = try Story.odd.programPublication([.english]).daySheets()
    let days = document.body.days.count { $0.note != nil }
    try #require(days > 0)
    let count = try await text(.odd, kind).matches(of: /The clocks change/).count
    switch kind {
    // At a glance, and at the head of the day.
    case .booklet: #expect(count == 2 * days)
    // Only rooms with sessions on that day have a sign for it.
    case .doorSigns: #expect(count > 0)
    default: #expect(count == days)
    }
  }

  @Test(arguments: [PrintKind.booklet, .pocket, .wallGrid, .daySheets, .doorSigns])
  func `says that the program has changed since its release`(kind: PrintKind) async throws {
    #expect(try await !text(.shanghai, kind).contains("changed since"))
    var story = Story.shanghai
    story.schedule("late", localized("Late"), slot("hall", march("26T14:00"), march("26T15:00")))
    #expect(try await text(story, kind).contains("changed since"))
  }

  @Test(arguments: [PrintKind.booklet, .wallGrid, .daySheets, .doorSigns, .itineraries])
  func `names the day on which a session ends if it is another one`(kind: PrintKind) async throws {
    var story = Story.shanghai
    story.add(.personAssigned(PersonAssigned(session: "party", person: "feng-shaolei", role: .speaker)))
    let day = kind == .itineraries ? "· 26 March" : "(26 March)"
    #expect(try await text(story, kind).contains(day))
  }

  @Test(arguments: [PrintKind.pocket, .wallGrid, .daySheets])
  func `keeps a cancelled break apart from the same one that takes place`(kind: PrintKind) async throws {
    var story = Story.shanghai
    for room: RoomID in ["hall", "annex"] {
      story.schedule(
        try SessionID("lunch-\(room)"), localized("Lunch"), kind: .meal,
        slot(room, march("25T12:00"), march("25T13:00")))
    }
    #expect(try await text(story, kind).matches(of: /Lunch/).count == 1)
    story.add(.sessionCancelled(SessionCancelled(session: "lunch-annex", slots: [])))
    let both = try await text(story, kind)
    #expect(both.matches(of: /Lunch/).count == 2, "\(both)")
    #expect(both.matches(of: /Cancelled Lunch/).count == 1, "\(both)")
  }

  @Test(arguments: [PrintKind.booklet, .wallGrid, .doorSigns])
  func `has a text once that is the same in two languages`(kind: PrintKind) async throws {
    var story = Story.shanghai
    story.add(.roomRevised(RoomRevised(room: "annex") { $0.name = localized("Annex", "Annex") }))
    let once = try await text(.shanghai, kind) { $0.languages = [.english, .chinese] }
    let same = try await text(story, kind) { $0.languages = [.english, .chinese] }
    #expect(same.matches(of: /Annex/).count == once.matches(of: /Annex/).count, "\(same)")
  }

  @Test(.enabled(if: Tools.python != nil, "There is no pikepdf here"))
  func `hatches a colour that an earlier track has, too, on paper`() async throws {
    var story = Story()
    story.add(.roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    for (number, color) in ["#2f6b5b", "#2F6B5B", "#2f6b5b"].enumerated() {
      let track = try TrackID("t-\(number)")
      story.add(
        .trackAdded(TrackAdded(track: track, name: localized("Track \(number)")) { $0.color = color }))
      let start = march("25T09:00").advanced(by: number * 60)
      story.schedule(
        try SessionID("s-\(number)"), localized("Session"), slot("hall", start, start.advanced(by: 60)),
        track: track)
    }
    let script = """
      import sys, pikepdf
      with pikepdf.open(sys.stdin.buffer) as pdf:
        streams = [it for it in pdf.objects if isinstance(it, pikepdf.Stream)]
        print(len({it.read_bytes() for it in streams if it.get("/PatternType") == 1}))
      """
    let (succeeded, output) = try Tools.run(
      try #require(Tools.python), ["-c", script],
      input: try await Layout.pdf(story.programPublication([.english]).wallGrid()))
    #expect(succeeded && output == "2\n", "\(output)")
  }

  @Test func `has the colon of its language`() async throws {
    let text = try await text(.shanghai, .daySheets) { $0.languages = ["fr"] }
    let label = try #require(
      Story.shanghai.programPublication(["fr"]).daySheets().header.labels["tracks"]?["fr"])
    #expect(text.contains("\(label) :"), "\(text)")
  }
}
