import Foundation
import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import ReadModels
@testable import Scheduling

@Suite struct CalendarTests {
  /// Unfolds the lines and splits each into name, parameters and value.
  private func lines(_ calendar: String) -> [String] {
    calendar.replacing("\r\n ", with: "").split(separator: "\r\n").map(String.init)
  }

  @Test func `has time, place and status of each session`() throws {
    let calendar = Story.shanghai.programPublication().iCalendar()
    let lines = lines(calendar)
    let start = try #require(lines.firstIndex(of: "UID:session-1@shanghai-2016.plenary"))
    #expect(
      Array(lines[(start - 1)..<(start + 13)]) == [
        "BEGIN:VEVENT", "UID:session-1@shanghai-2016.plenary", "DTSTAMP:20160324T121500Z",
        "CREATED:20160324T121200Z", "LAST-MODIFIED:20160324T121500Z", "SEQUENCE:3",
        "STATUS:CONFIRMED", "DTSTART;TZID=Asia/Shanghai:20160325T093000",
        "DTEND;TZID=Asia/Shanghai:20160325T110000",
        "SUMMARY;LANGUAGE=en:The Bilateral Cooperation", "LOCATION;LANGUAGE=en:Science Hall",
        "CATEGORIES;LANGUAGE=en:Politics,Panel",
        "DESCRIPTION;LANGUAGE=en:Chair: Feng Shaolei\\nSpeakers: Zhang Deguang\\, "
          + "Sergey Karaganov\\n\\nFifteen years of the Treaty\\; what follows\\, and what does not.",
        "END:VEVENT",
      ])
    #expect(lines.filter { $0 == "STATUS:CANCELLED" }.count == 1)
    #expect(lines.filter { $0.hasPrefix("BEGIN:VEVENT") }.count == 6)
    #expect(
      lines.contains("NAME;LANGUAGE=en:Cooperation between China and Russia: The Process and Prospects"))
  }

  @Test func `has UUIDs that no other conference has, if it was opened with one`() {
    func uids(_ identity: String?) -> [String] {
      var story = Story()
      story.add(
        .conferenceOpened(
          ConferenceOpened(
            details: ConferenceDetails(
              title: localized("C"), firstDay: "2016-03-25", lastDay: "2016-03-25", zone: "Asia/Shanghai"),
            identity: identity)),
        .roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
      story.schedule("opening", localized("Opening"), slot("hall", march("25T09:00"), march("25T10:00")))
      return lines(story.programPublication().iCalendar()).filter { $0.hasPrefix("UID:") }
    }
    let first = uids("5f2b1c0e-0b7a-8c1d-9e2f-3a4b5c6d7e8f")
    #expect(first == uids("5f2b1c0e-0b7a-8c1d-9e2f-3a4b5c6d7e8f"))
    #expect(Set(first).count == 2)
    #expect(first.allSatisfy { $0.wholeMatch(of: /UID:[0-9a-f-]{36}/) != nil })
    #expect(Set(first).isDisjoint(with: uids("6f2b1c0e-0b7a-8c1d-9e2f-3a4b5c6d7e8f")))
    // What the first releases published stays.
    #expect(uids(nil).allSatisfy { $0.hasSuffix(".plenary") })
  }

  @Test func `has one permanent entry per slot`() throws {
    var story = Story.odd
    func uids() -> [String] {
      lines(story.programPublication().iCalendar()).filter { $0.hasPrefix("UID:workshop") }.sorted()
    }
    let first = uids()
    #expect(
      first == [
        "UID:workshop.2@c26.plenary", "UID:workshop.3@c26.plenary", "UID:workshop@c26.plenary",
      ])
    story.add(
      .sessionMoved(
        SessionMoved(
          session: "workshop", from: slot("r", october("24T10:00+02:00"), october("24T12:00+02:00")),
          to: slot("r", october("26T16:00+01:00"), october("26T18:00+01:00")))))
    #expect(uids() == first)
  }

  /// The lines of one entry.
  private func entry(_ uid: String, in calendar: String) throws -> [String] {
    let lines = lines(calendar)
    let start = try #require(lines.firstIndex(of: "UID:\(uid)"))
    return Array(lines[start..<(try #require(lines[start...].firstIndex(of: "END:VEVENT")))])
  }

  @Test func `cancels only entries that calendars once had`() throws {
    let calendar = Story.odd.programPublication().iCalendar()
    for uid in ["off@c26.plenary", "workshop.2@c26.plenary", "withdrawn@c26.plenary"] {
      let entry = try entry(uid, in: calendar)
      #expect(entry.contains("STATUS:CANCELLED"))
      // Higher than before, so that calendars do not ignore it as already known.
      #expect(!entry.contains("SEQUENCE:0"))
    }
    #expect(!calendar.contains("mistake"))
    let changes = Story.odd.programPublication().iCalendar(only: ["mistake"], method: "CANCEL")
    #expect(try entry("mistake@c26.plenary", in: changes).contains("STATUS:CANCELLED"))
  }

  @Test func `relates each slot to the first one, if calendars have that`() throws {
    var story = Story.odd
    func related(_ slot: Int, in calendar: String) throws -> [String] {
      let name = ScheduledSlot.name("workshop", slot)
      return try entry("\(name)@c26.plenary", in: calendar).filter { $0.hasPrefix("RELATED-TO") }
    }
    let sibling = ["RELATED-TO;RELTYPE=SIBLING:workshop@c26.plenary"]
    let calendar = story.programPublication().iCalendar()
    #expect(try [1, 2, 3].map { try related($0, in: calendar) } == [[], sibling, sibling])
    story.add(
      .slotRemoved(
        SlotRemoved(
          session: "workshop", number: 1,
          slot: slot("r", october("24T10:00+02:00"), october("24T12:00+02:00")))))
    // Calendars have it as cancelled.
    #expect(try related(3, in: story.programPublication().iCalendar()) == sibling)
    // It was removed before a release.
    var released = story.program
    released.forgetRemovedSlots(unlessIn: nil)
    let first = ProgramPublication(released, story.checkpoint, conference: story.conference).iCalendar()
    #expect(try related(3, in: first) == [])
    #expect(!first.contains("UID:workshop@"))
  }

  @Test func `has the last event's time and only the selected sessions if it is sent`() throws {
    let lines = lines(Story.odd.programPublication().iCalendar(only: ["a", "cjk"], method: "PUBLISH"))
    #expect(lines.contains("METHOD:PUBLISH"))
    #expect(
      lines.filter { $0.hasPrefix("DTSTAMP:") } == ["DTSTAMP:20160324T124100Z", "DTSTAMP:20160324T124100Z"])
    #expect(
      lines.filter { $0.hasPrefix("UID:") } == ["UID:a@c26.plenary", "UID:cjk@c26.plenary"],
      "A part of a calendar is not that calendar.")
  }

  @Test func `has location, presentations and links`() throws {
    let calendar = Story.odd.programPublication().iCalendar()
    let workshop = try entry("workshop@c26.plenary", in: calendar)
    #expect(workshop.contains("LOCATION;LANGUAGE=en:Room 1\\, North\\, 1 North Street\\; Berlin"))
    #expect(workshop.contains("SUMMARY;LANGUAGE=en:A Workshop (1/2)"))
    #expect(workshop.contains("CATEGORIES;LANGUAGE=en:X\\, Y\\; Z,Workshop"))
    #expect(workshop.contains { $0.hasSuffix("\\n\\n10:00 The One (Amal Nasser\\, Li Lei)") })
    let hebrew = try entry("a@c26.plenary", in: calendar)
    #expect(hebrew.contains("URL:https://example.org/live/%25zz?x=%5B1%5D&y=%C3%A9"))
    #expect(hebrew.contains("ATTACH:https://example.org/handout;1,2.pdf"))
  }

  @Test func `writes a time in UTC if the zone's rules would change its instant`() throws {
    let calendar = Story.odd.programPublication().iCalendar()
    // The second of two equal clock times, and a time that was recorded under other rules.
    #expect(try entry("twice@c26.plenary", in: calendar).contains("DTSTART:20261025T011000Z"))
    #expect(try entry("outdated@c26.plenary", in: calendar).contains("DTSTART:20261025T080000Z"))
    #expect(
      try entry("first@c26.plenary", in: calendar).contains("DTSTART;TZID=Europe/Berlin:20261025T020000"))
  }

  @Test func `folds at 75 octets and never within a character`() {
    var lines = ContentLines()
    let text = String(repeating: "中俄合作🎉é", count: 40)
    lines.add("SUMMARY", text: text)
    let folded = lines.text.components(separatedBy: "\r\n")
    #expect(folded.allSatisfy { $0.utf8.count <= 75 })
    #expect(folded.dropFirst().dropLast().allSatisfy { $0.hasPrefix(" ") })
    #expect(lines.text.replacing("\r\n ", with: "") == "SUMMARY:\(text)\r\n")
  }

  @Test func `folds lines after exactly 75 octets`() {
    func folded(_ count: Int) -> [Int] {
      var lines = ContentLines()
      lines.add("X", text: String(repeating: "a", count: count - 2))
      return lines.text.components(separatedBy: "\r\n").dropLast().map(\.utf8.count)
    }
    #expect(folded(74) == [74])
    #expect(folded(75) == [75])
    // The space that begins a continuation line counts.
    #expect(folded(76) == [75, 2])
    #expect(folded(75 + 74) == [75, 75])
    #expect(folded(75 + 74 + 1) == [75, 75, 2])
  }

  @Test func `escapes characters that would end a value`() {
    #expect(ContentLines.escaped("a\\b;c,d\ne:\"f\"\u{7}\r") == "a\\\\b\\;c\\,d\\ne:\"f\"")
  }

  /// Two readers that share no code.
  @Test(.enabled(if: Tools.python != nil, "Plenary's Python is not installed: run Scripts/setup --for test"))
  func `is read the same by icalendar and by ics, with 1,100 entries`() throws {
    let story = try Congress.story(rooms: 30, days: 2, sessions: 1100, abstracts: true)
    let script = """
      import sys, icalendar, ics
      text = sys.stdin.buffer.read().decode()
      one = {str(e['UID']): (e.decoded('DTSTART').timestamp(), e.decoded('DTEND').timestamp(), str(e['SUMMARY']),
          str(e['LOCATION']), str(e['DESCRIPTION'])) for e in icalendar.Calendar.from_ical(text).walk('VEVENT')}
      two = {e.uid: (e.begin.timestamp(), e.end.timestamp(), e.name, e.location, e.description)
          for e in ics.Calendar(text).events}
      print(len(one), len(two), sum(one[uid] == two.get(uid) for uid in one))
      """
    let (succeeded, output) = try Tools.run(
      try #require(Tools.python), ["-c", script], input: Data(story.programPublication().iCalendar().utf8))
    #expect(succeeded, "\(output)")
    #expect(output == "1100 1100 1100\n")
  }

  @Test(.enabled(if: Tools.python != nil, "Plenary's Python is not installed: run Scripts/setup --for test"))
  func `is read correctly by icalendar`() throws {
    var story = Story.shanghai
    story.schedule(
      "hostile", localized("BEGIN:VEVENT\nUID:x, y; \\ z"),
      slot("hall", march("26T14:00"), march("26T15:00")),
      description: localized(String(repeating: "很长的说明，", count: 60)))
    let script = """
      import sys, icalendar
      calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read().decode())
      for event in calendar.events:
        print(event["UID"], event["SUMMARY"].replace("\\n", "|"), event["DTSTART"].dt.isoformat(),
          event["STATUS"], event["SEQUENCE"], len(event.get("DESCRIPTION", "")), len(event.errors), sep="\\t")
      print(len(calendar.errors), calendar["PRODID"])
      """
    let (succeeded, output) = try Tools.run(
      try #require(Tools.python), ["-c", script], input: Data(story.programPublication().iCalendar().utf8))
    #expect(succeeded)
    let rows = output.split(separator: "\n").map(String.init)
    #expect(rows.last == "0 -//Plenary//Plenary//EN")
    #expect(
      rows.first { $0.hasPrefix("hostile") }
        == "hostile@shanghai-2016.plenary\tBEGIN:VEVENT|UID:x, y; \\ z\t2016-03-26T14:00:00+08:00\tCONFIRMED\t0\t360\t0"
    )
    #expect(
      rows.first { $0.hasPrefix("annex-1") }
        == "annex-1@shanghai-2016.plenary\tA Round Table\t2016-03-25T09:30:00+08:00\tCANCELLED\t2\t24\t0")
    #expect(rows.count == 8)
  }

  /// The start and end of each entry as icalendar computes them from the calendar's own VTIMEZONE, not from
  /// its own zone data.
  @Test(
    .enabled(if: Tools.python != nil, "Plenary's Python is not installed: run Scripts/setup --for test"),
    arguments: Story.all.map(\.name))
  func `has time zones that give the log's instants`(name: String) throws {
    let story = try #require(Story.all.first { $0.name == name }).story
    let script = """
      import sys, icalendar
      from datetime import timezone
      calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read().decode())
      zones = {str(zone["TZID"]): zone.to_tz(lookup_tzid=False) for zone in calendar.timezones}
      assert not calendar.errors
      for event in calendar.events:
        assert not event.errors, event.errors
        ends = []
        for name in "DTSTART", "DTEND":
          time = event[name].dt
          if "TZID" in event[name].params:
            time = time.replace(tzinfo=zones[event[name].params["TZID"]])
          ends.append(time.astimezone(timezone.utc).strftime("%Y%m%dT%H%M%SZ"))
        print(event["UID"], *ends)
      """
    let (succeeded, output) = try Tools.run(
      try #require(Tools.python), ["-c", script], input: Data(story.programPublication().iCalendar().utf8))
    #expect(succeeded, "\(output)")
    let expected = story.program.sessions.rows.flatMap { session in
      session.slots.map { slot in
        "\(session.id)\(slot.number == 1 ? "" : ".\(slot.number)")@\(story.conference).plenary "
          + "\(slot.slot.start.instant.basic) \(slot.slot.end.instant.basic)"
      }
    }
    #expect(
      output.split(separator: "\n").map(String.init).sorted()
        == expected.filter { !$0.hasPrefix("mistake") }.sorted())
  }
}

@Suite struct TableTests {
  /// RFC 4180, strictly.
  private func parse(_ text: String) -> [[String]] {
    var rows: [[String]] = [[]]
    var cell = ""
    var quoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where quoted && scalars.first == "\"": cell.unicodeScalars.append(scalars.removeFirst())
      case "\"": quoted.toggle()
      case "," where !quoted:
        rows[rows.count - 1].append(cell)
        cell = ""
      case "\r" where !quoted && scalars.first == "\n":
        scalars.removeFirst()
        rows[rows.count - 1].append(cell)
        cell = ""
        if !scalars.isEmpty { rows.append([]) }
      default: cell.unicodeScalars.append(scalar)
      }
    }
    return rows
  }

  @Test func `has one row per slot`() {
    let rows = parse(Story.shanghai.programPublication().csv())
    #expect(rows.count == 7)
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    #expect(
      Dictionary(uniqueKeysWithValues: zip(rows[0], rows[2])) == [
        "session": "session-1", "slot": "1", "date": "2016-03-25", "start": "09:30", "end": "11:00",
        "end_date": "2016-03-25", "time_zone": "Asia/Shanghai", "room": "hall",
        "room_name": "Science Hall", "venue": "", "venue_name": "", "track": "politics", "kind": "panel",
        "cancelled": "no",
        "title_en": "The Bilateral Cooperation", "title_zh": "双边合作",
        "title_ru": "Двустороннее сотрудничество", "chair": "Feng Shaolei", "moderator": "",
        "speaker": "Zhang Deguang; Sergey Karaganov", "presenter": "", "discussant": "", "rapporteur": "",
        "languages": "zh ru", "interpretation": "", "presentations": "", "links": "", "expected": "",
        "recording": "", "description": "Fifteen years of the Treaty; what follows, and what does not.",
      ])
  }

  @Test func `has place and presentations of each slot`() {
    let rows = parse(Story.odd.programPublication().csv())
    let workshops = rows.filter { $0[0] == "workshop" }.map {
      Dictionary(uniqueKeysWithValues: zip(rows[0], $0))
    }
    #expect(workshops.map { $0["slot"] } == ["1", "3"])
    #expect(workshops.map { $0["venue_name"] } == ["North", "South"])
    #expect(
      workshops.map { $0["presentations"] } == [
        "10:00 The One (Amal Nasser, Li Lei)", "14:00 The Other (Li Lei)",
      ])
    #expect(workshops.allSatisfy { $0["links"] == "https://example.org/%E8%AE%BA%E6%96%87#a%23b" })
  }

  @Test func `begins with a byte order mark if requested`() {
    let publication = Story.shanghai.programPublication()
    #expect(
      Array(publication.csv(CSVStyle(byteOrderMark: true)).utf8)
        == [0xEF, 0xBB, 0xBF] + Array(publication.csv().utf8))
  }

  @Test(arguments: ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠x", "=\"a\",b"])
  func `disarms formulas`(cell: String) {
    var table = Spreadsheet(header: ["a", "b"])
    table.add([cell, "x"])
    #expect(parse(table.csv()) == [["a", "b"], ["'" + cell, "x"]])
  }

  @Test func `quotes characters that would end a cell`() {
    var table = Spreadsheet(header: ["a"])
    table.add(["one, \"two\"\r\nthree"])
    #expect(table.csv() == "a\r\n\"one, \"\"two\"\"\r\nthree\"\r\n")
  }
}
