import Foundation
import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Scheduling

@Suite struct CalendarTests {
  /// Unfolds, and parts each line in name, parameters and value.
  private func lines(_ calendar: String) -> [String] {
    calendar.replacing("\r\n ", with: "").split(separator: "\r\n").map(String.init)
  }

  @Test func `tells calendars where, when and whether at all`() throws {
    let calendar = Story.shanghai.programPublication().iCalendar()
    let lines = lines(calendar)
    let start = try #require(lines.firstIndex(of: "UID:session-1@shanghai-2016.plenary"))
    #expect(
      Array(lines[(start - 1)..<(start + 12)]) == [
        "BEGIN:VEVENT", "UID:session-1@shanghai-2016.plenary", "DTSTAMP:20160324T121500Z",
        "LAST-MODIFIED:20160324T121500Z", "SEQUENCE:3", "STATUS:CONFIRMED",
        "DTSTART:20160325T013000Z", "DTEND:20160325T030000Z",
        "SUMMARY;LANGUAGE=en:The Bilateral Cooperation", "LOCATION;LANGUAGE=en:Science Hall",
        "CATEGORIES;LANGUAGE=en:Politics",
        "DESCRIPTION;LANGUAGE=en:Chair: Feng Shaolei\\nSpeakers: Zhang Deguang\\, "
          + "Sergey Karaganov\\n\\nFifteen years of the Treaty\\; what follows\\, and what does not.",
        "END:VEVENT",
      ])
    #expect(lines.filter { $0 == "STATUS:CANCELLED" }.count == 1)
    #expect(lines.filter { $0.hasPrefix("BEGIN:VEVENT") }.count == 6)
    #expect(
      lines.contains("NAME;LANGUAGE=en:Cooperation between China and Russia: The Process and Prospects"))
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

  @Test func `escapes what would end a value`() {
    #expect(ContentLines.escaped("a\\b;c,d\ne:\"f\"\u{7}\r") == "a\\\\b\\;c\\,d\\ne:\"f\"")
  }

  @Test(.enabled(if: Tools.python != nil, "Plenary's Python is not installed: run Scripts/setup --for test"))
  func `is read by icalendar as it was meant`() throws {
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
        == "hostile@shanghai-2016.plenary\tBEGIN:VEVENT|UID:x, y; \\ z\t2016-03-26T06:00:00+00:00\tCONFIRMED\t0\t360\t0"
    )
    #expect(
      rows.first { $0.hasPrefix("annex-1") }
        == "annex-1@shanghai-2016.plenary\tA Round Table\t2016-03-25T01:30:00+00:00\tCANCELLED\t2\t24\t0")
    #expect(rows.count == 8)
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

  @Test func `has a row a session`() {
    let rows = parse(Story.shanghai.programPublication().csv())
    #expect(rows.count == 7)
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    #expect(
      Dictionary(uniqueKeysWithValues: zip(rows[0], rows[2])) == [
        "session": "session-1", "date": "2016-03-25", "start": "09:30", "end": "11:00",
        "end_date": "2016-03-25", "time_zone": "Asia/Shanghai", "room": "hall",
        "room_name": "Science Hall", "track": "politics", "kind": "panel", "cancelled": "no",
        "title_en": "The Bilateral Cooperation", "title_zh": "双边合作",
        "title_ru": "Двустороннее сотрудничество", "chair": "Feng Shaolei", "moderator": "",
        "speaker": "Zhang Deguang; Sergey Karaganov", "presenter": "", "discussant": "", "rapporteur": "",
        "languages": "zh ru",
        "description": "Fifteen years of the Treaty; what follows, and what does not.",
      ])
  }

  @Test(arguments: ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠x", "=\"a\",b"])
  func `disarms what a spreadsheet would run`(cell: String) {
    var table = CSV(header: ["a", "b"])
    table.add([cell, "x"])
    #expect(parse(table.text) == [["a", "b"], ["'" + cell, "x"]])
  }

  @Test func `quotes what would end a cell`() {
    var table = CSV(header: ["a"])
    table.add(["one, \"two\"\r\nthree"])
    #expect(table.text == "a\r\n\"one, \"\"two\"\"\r\nthree\"\r\n")
  }
}
