import Interchange
import Testing

struct iCalendar {
  private func calendar(_ events: String) -> String {
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + events.replacing("\n", with: "\r\n") + "\r\nEND:VCALENDAR\r\n"
  }

  @Test func `events are sessions, with times in UTC, in a zone, or of the place`() throws {
    let text = calendar(
      """
      X-WR-CALNAME:Harbour Days
      BEGIN:VEVENT
      UID:1@example.org
      SUMMARY:One\\, two
      DTSTART:20270501T073000Z
      DTEND:20270501T081500Z
      LOCATION:Hall
      DESCRIPTION:A long
        text\\nof two lines
      URL:https://example.org
      END:VEVENT
      BEGIN:VEVENT
      UID:2@example.org
      SUMMARY;LANGUAGE=de:Zwei
      DTSTART;TZID=Europe/Berlin;VALUE=DATE-TIME:20270501T110000
      DURATION:PT1H30M
      STATUS:CANCELLED
      END:VEVENT
      """)
    let read = try read(text)
    #expect(try format(text) == "iCalendar")
    #expect(read.title == ForeignText("Harbour Days"))
    #expect(read.titles == ["One, two", "Zwei"])
    #expect(read.sessions[0].description == ForeignText("A long text\nof two lines"))
    #expect(
      read.sessions[0].slots == [
        ForeignSlot(room: "Hall", start: .instant(microseconds: 1_809_156_600_000_000), minutes: 45)
      ])
    #expect(
      read.sessions[1].slots == [
        slot(.wall(date: "2027-05-01", minutes: 660), 90, "Europe/Berlin")
      ])
    #expect(read.sessions[1].isCancelled)
    #expect(read.sessions[1].title.entries[0].language == "de")
    #expect(read.zone == "Europe/Berlin")
    #expect(read.sessions[0].at?.line == 4)
  }

  private func slot(_ start: ForeignTime, _ minutes: Int, _ zone: String?) -> ForeignSlot {
    var slot = ForeignSlot(room: nil, start: start, minutes: minutes)
    slot.zone = zone
    return slot
  }

  @Test func `times keep the zones that stand beside them`() throws {
    func event(_ number: Int, _ start: String, _ end: String) -> String {
      "BEGIN:VEVENT\nUID:\(number)\nSUMMARY:Talk \(number)\n\(start)\n\(end)\nEND:VEVENT\n"
    }
    let read = try read(
      calendar(
        event(1, "DTSTART;TZID=Europe/Berlin:20270501T110000", "DTEND;TZID=Europe/Berlin:20270501T120000")
          + event(2, "DTSTART;TZID=Europe/London:20270501T110000", "DTEND;TZID=Europe/London:20270501T120000")
          + event(3, "DTSTART;TZID=Europe/Berlin:20270501T130000", "DTEND;TZID=Europe/London:20270501T140000")
          + event(4, "DTSTART:20270501T150000", "DTEND:20270501T160000")))
    #expect(read.zone == "Europe/Berlin")
    #expect(
      read.sessions.map { $0.slots.first?.zone } == ["Europe/Berlin", "Europe/London", "Europe/Berlin", nil])
    #expect(
      read.remarkTexts == [
        "15: “Talk 3” begins and ends in different zones; its end was read as if it were in that of its start."
      ])
  }

  /// Some programs have the speaker there, and some the office that keeps the calendar.
  @Test func `organizers are speakers where there are many`() throws {
    func organizers(_ names: [String]) throws -> [String] {
      let events = names.enumerated().map { number, name in
        "BEGIN:VEVENT\nUID:\(number)\nSUMMARY:Talk \(number)\nDTSTART:20270501T090000Z\nDTEND:20270501T100000Z\n"
          + "ORGANIZER;CN=\(name):mailto:a@example.org\nEND:VEVENT"
      }
      return try read(calendar(events.joined(separator: "\n"))).names
    }
    let speakers = ["Ana Ruiz", "Ben Okri", "Cho Li", "Eva Ott"]
    #expect(try organizers(speakers) == speakers)
    #expect(try organizers(["Office", "Office", "Office", "Office"]) == [])
    #expect(try organizers(Array(speakers.prefix(3)) + ["Ana Ruiz"]) == [])
  }

  @Test func `one UID for all events is no key`() throws {
    let events = (1...3).map {
      "BEGIN:VEVENT\nUID:46939\nSUMMARY:Talk \($0)\nDTSTART:20270501T0\($0)0000Z\nDTEND:20270501T0\($0)3000Z\nEND:VEVENT"
    }
    let read = try read(calendar(events.joined(separator: "\n")))
    #expect(read.titles == ["Talk 1", "Talk 2", "Talk 3"])
    #expect(read.sessions.map(\.keys) == [[], [], []])
    #expect(
      read.remarkTexts == [
        "3 events share 1 UID, although each should have one of its own. They were read without it, and are known by their titles and times."
      ])
  }

  @Test func `a fold within a character is undone before the character is read`() throws {
    let line = Array("SUMMARY:Déjà vu".utf8)
    let place = line.firstIndex(of: 0xC3)! + 1
    let folded = line[..<place] + Array("\r\n ".utf8) + line[place...]
    let bytes =
      Array("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20270501T070000Z\r\nDTEND:20270501T080000Z\r\n".utf8)
      + folded + Array("\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".utf8)
    let read = try Interchange.read(ForeignSource(bytes: bytes)).conference
    #expect(read.titles == ["Déjà vu"])
    #expect(read.remarks.isEmpty)
  }

  /// So that an import with --complete is refused.
  @Test func `that was cut off between two events is told as one that lacks some`() throws {
    let whole = calendar(
      "BEGIN:VEVENT\nSUMMARY:One\nDTSTART:20270501T090000Z\nDTEND:20270501T100000Z\nEND:VEVENT")
    #expect(try read(whole).leftOut == 0)
    let cut = try read(whole.replacing(/END:VCALENDAR\s*/, with: ""))
    #expect(cut.titles == ["One"] && cut.leftOut == 1)
  }

  @Test func `what cannot be a slot is told`() throws {
    let read = try read(
      calendar(
        """
        BEGIN:VEVENT
        SUMMARY:Whole day
        DTSTART;VALUE=DATE:20270501
        END:VEVENT
        BEGIN:VEVENT
        SUMMARY:No end
        DTSTART:20270501T090000
        DTEND:20270501T090000
        END:VEVENT
        BEGIN:VEVENT
        SUMMARY:Backwards
        DTSTART:20270501T090000
        DTEND:20270501T080000
        END:VEVENT
        BEGIN:VEVENT
        DTSTART:20270501T090000
        END:VEVENT
        BEGIN:VEVENT
        SUMMARY:Weekly
        RRULE:FREQ=WEEKLY
        DTSTART:20270501T090000
        DURATION:PT1H
        nonsense
        """))
    #expect(read.titles == ["Whole day", "No end", "Backwards", "Weekly"])
    #expect(
      read.remarkTexts == [
        "25: A line was not understood: “nonsense”.",
        "20: The file ends within an event, which was read as far as it goes.",
        "3: “Whole day” lasts whole days, and was read without a time.",
        "14: “Backwards” was read without a time: its end is not after its start, or cannot be read.",
        "17: An event without a title was left out.", "20: “Weekly” repeats. Only its first time was read.",
        "1 event ends when it begins, or has no end. It was read as 30 minutes long.",
      ])
  }
}
