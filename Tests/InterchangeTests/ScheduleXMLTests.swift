import Interchange
import Testing

struct `schedule.xml` {
  @Test func `is recognized and read`() throws {
    let file = ForeignSource.File(
      name: "schedule.xml",
      text: """
        <?xml version="1.0" encoding="UTF-8"?>
        <schedule>
          <conference><title>Harbour Days</title><acronym>harbour</acronym>
            <time_zone_name>Europe/Brussels</time_zone_name><day_change>04:00:00</day_change></conference>
          <day index="1" date="2027-05-01">
            <room name="Hall" guid="1c4e2a9e-6a0f-5c8c-8e4d-2f7a0c1b3d5e">
              <event guid="b8e0eb47-4832-4726-bc9b-9015bd96becf" id="7" code="AB12CD">
                <date>2027-05-01T09:30:00+02:00</date><start>09:30</start><duration>00:45</duration>
                <room>Hall</room><title>Opening &amp; Tides</title><track>Sea</track><type>Talk</type>
                <language>en</language><abstract>Short.</abstract><description/>
                <persons><person id="3">Ana Ruiz</person></persons>
                <recording><license/><optout>true</optout></recording>
              </event>
            </room>
          </day>
        </schedule>
        """)
    let (format, read) = try Interchange.read(ForeignSource(file))
    #expect(format.name == "schedule.xml")
    #expect(read.title == ForeignText("Harbour Days"))
    #expect(read.zone == "Europe/Brussels")
    #expect(read.dayBegins == 240)
    #expect(read.firstDay == "2027-05-01")
    #expect(read.rooms.map(\.key) == ["Hall"])
    #expect(read.remarks.isEmpty)
    let session = try #require(read.sessions.first)
    #expect(session.title == ForeignText([.init("Opening & Tides", in: "en")]))
    #expect(session.keys.first == ForeignKey(.code, "AB12CD"))
    #expect(session.slots.map(\.start) == [.instant(microseconds: 1_809_156_600_000_000)])
    #expect(session.slots.map(\.minutes) == [45])
    #expect(session.people.count == 1)
    #expect(session.mayBeRecorded == false)
    #expect(session.at == SourcePosition(line: 7, column: session.at?.column))
  }
}
