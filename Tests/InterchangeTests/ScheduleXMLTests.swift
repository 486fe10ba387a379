import Interchange
import Testing

struct `schedule.xml` {
  @Test func `is read with its conference, rooms, tracks and people`() throws {
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <schedule>
        <conference><title>Harbour Days</title><acronym>harbour</acronym>
          <time_zone_name>Europe/Brussels</time_zone_name><day_change>04:00:00</day_change>
          <track name="Sea" color="#2F6B5B" slug="sea"/></conference>
        <day index="1" date="2027-05-01">
          <room name="Hall" guid="1c4e2a9e-6a0f-5c8c-8e4d-2f7a0c1b3d5e">
            <event guid="b8e0eb47-4832-4726-bc9b-9015bd96becf" id="7">
              <date>2027-05-01T09:30:00+02:00</date><start>09:30</start><duration>00:45</duration>
              <room>Hall</room><title>Opening &amp; Tides</title><track>Sea</track><type>Talk</type>
              <language>en</language><abstract>&lt;p&gt;Short.&lt;/p&gt;</abstract><description/>
              <persons><person id="3">Ana Ruiz</person></persons>
              <links><link href="https://example.org/t.webm">Video recording</link>
                <link href="https://example.org/t.vtt">Subtitles of the video</link>
                <link href="javascript:alert(1)">Bad</link></links>
              <attachments><attachment href="https://example.org/a.pdf" type="slides">Slides</attachment></attachments>
              <recording><license/><optout>true</optout></recording>
            </event>
          </room>
        </day>
      </schedule>
      """
    let read = try read(text)
    #expect(try format(text) == "schedule.xml")
    #expect(read.title == ForeignText("Harbour Days"))
    #expect(read.acronym == "harbour")
    #expect(read.zone == "Europe/Brussels")
    #expect(read.dayBegins == 240)
    #expect((read.firstDay, read.lastDay) == ("2027-05-01", "2027-05-01"))
    #expect(read.rooms.map(\.key) == ["Hall"])
    #expect(read.rooms[0].keys == [ForeignKey(.guid, "1c4e2a9e-6a0f-5c8c-8e4d-2f7a0c1b3d5e")])
    #expect(read.tracks.map(\.color) == ["#2f6b5b"])
    #expect(read.remarks.isEmpty)
    let session = try #require(read.sessions.first)
    #expect(session.title == ForeignText([.init("Opening & Tides", in: "en")]))
    #expect(
      session.keys == [ForeignKey(.guid, "b8e0eb47-4832-4726-bc9b-9015bd96becf"), ForeignKey(.id, "7")])
    var slot = ForeignSlot(room: "Hall", start: .instant(microseconds: 1_809_156_600_000_000), minutes: 45)
    slot.keys = []
    #expect(session.slots == [slot])
    #expect(session.abstract == ForeignText([.init("Short.", in: "en")]))
    #expect(session.description == nil)
    #expect(session.people.map(\.person) == [read.people[0].key])
    #expect(read.names == ["Ana Ruiz"])
    #expect(session.links.map(\.kind) == [.recording, .related, .slides])
    #expect(session.mayBeRecorded == false)
    #expect(session.at?.line == 8)
  }

  @Test func `of old has events right under the day, without dates and keys, over midnight`() throws {
    let read = try read(
      """
      <schedule><conference><title>Old</title><day_change>09:00:00</day_change></conference>
        <day index="1" date="2009-02-07">
          <event id="6"><start>23:30</start><duration>01:00</duration><room>Chavanne</room><title>Late</title>
            <persons><person id="61">Pieter H</person></persons></event>
          <event id="7"><start>00:30</start><duration>00:30</duration><room>Janson</room><title>Later</title></event>
          <event id="8"><start>08:30</start><duration>00:30</duration><room>Janson</room><title>Breakfast</title></event>
        </day></schedule>
      """)
    #expect(read.roomNames == ["Chavanne", "Janson"])
    #expect(
      read.sessions.flatMap(\.slots).map(\.start) == [
        .wall(date: "2009-02-07", minutes: 1410), .wall(date: "2009-02-07", minutes: 1470),
        .wall(date: "2009-02-07", minutes: 510),
      ])
    #expect(read.zone == nil)
  }

  @Test(arguments: [
    ("2016-12-28T04:00:00+01:00", 240), ("2016-12-27T23:00:00+01:00", nil), ("2016-12-28T13:00", nil),
  ])
  func `tells when its days begin by their ends, where a day ends the next morning`(end: String, begins: Int?)
    throws
  {
    let read = try read(
      """
      <schedule><conference><title>Congress</title></conference>
        <day index="1" date="2016-12-27" start="2016-12-27T10:00:00+01:00" end="\(end)"><room name="Hall">
          <event id="1"><start>11:00</start><duration>00:30</duration><title>Opening</title></event></room></day></schedule>
      """)
    #expect(read.dayBegins == begins)
  }

  /// With the empty elements that it always writes, its word for no track, and addresses where staff asks for them.
  @Test func `of wafer has addresses as contacts, and no track where it says so`() throws {
    func event(_ id: Int, _ start: String, _ track: String, _ rest: String) -> String {
      """
      <event id="\(id)" guid="6b1f0000-0000-4000-8000-0000000000\(id)">
                    <date>2027-05-01T\(start):00+02:00</date>
                    <start>\(start)</start>
                      <duration>00:45</duration>
                    <room>Boma</room>
                    <track>\(track)</track>

                    <abstract/>
                    <subtitle/>
                    <slug>lagoon-\(id)-talk</slug>
      \(rest)
                    <url>https://lagoon.example.org/talks/\(id)/</url>
      </event>
      """
    }
    let read = try read(
      """
      <?xml version="1.0" encoding="UTF-8"?>

      <schedule>
        <generator name="wafer" version="0.18.0" />
        <version></version>
        <conference>
          <title>Lagoon Days</title>
            <start>2027-05-01</start>
            <end>2027-05-01</end>
            <days>1</days>
          <timeslot_duration>00:15</timeslot_duration>
          <base_url>https://lagoon.example.org</base_url>
          <time_zone_name>Africa/Johannesburg</time_zone_name>
          <acronym>LAGOON</acronym>
        </conference>
          <day date="2027-05-01" start="2027-05-01T09:00:00+02:00" end="2027-05-01T18:00:00+02:00" index="1">
              <room name="Boma">
      \(event(
        41, "09:30", "Packaging",
        """
        <title>Tides</title>
        <description>&lt;p&gt;A long look.&lt;/p&gt;</description>
        <type>Talk (45 min)</type>
        <persons>
              <person id="7"
                      contact="ana@example.org">Ana Ruiz</person>
        </persons>
        <recording>
            <optout>true</optout>
        </recording>
        """))
      \(event(
        42, "12:00", "No Track",
        "<title>Lunch</title><type/><description/><recording><optout>false</optout><license>CC</license></recording>"))
              </room>
          </day>
      </schedule>
      """)
    #expect(read.remarks.isEmpty)
    #expect(read.title == ForeignText("Lagoon Days"))
    #expect((read.zone, read.acronym) == ("Africa/Johannesburg", "LAGOON"))
    #expect(read.titles == ["Tides", "Lunch"])
    #expect(read.roomNames == ["Boma"])
    #expect(read.tracks.map(\.key) == ["Packaging"])
    #expect(read.sessions.map(\.track) == ["Packaging", nil])
    #expect(read.people.map(\.email) == ["ana@example.org"])
    #expect(read.sessions.map(\.people.count) == [1, 0])
    #expect(read.sessions.map(\.mayBeRecorded) == [false, true])
    #expect(read.sessions.map(\.kind) == ["Talk (45 min)", nil])
    #expect(read.sessions.map { $0.description?.entries[0].text } == ["A long look.", nil])
    #expect(
      read.sessions[0].keys == [
        ForeignKey(.guid, "6b1f0000-0000-4000-8000-000000000041"), ForeignKey(.id, "41"),
        ForeignKey(.slug, "lagoon-41-talk"),
      ])
    #expect(read.sessions.map { $0.slots.map(\.minutes) } == [[45], [45]])
  }

  @Test func `of EuroPython has entries, speakers and lengths in minutes`() throws {
    let read = try read(
      """
      <schedule created="2014-07-13T11:40:02"><day date="2014-07-21"><entry id="118"><category>Keynote</category>
      <start>0930</start><duration>45</duration><room id="1">C01</room><title>What's next?</title>
      <speakers><speaker id="1332"><name>Constanze Example</name><description>Works.</description></speaker></speakers>
      </entry></day></schedule>
      """)
    #expect(
      read.sessions[0].slots == [
        ForeignSlot(room: "C01", start: .wall(date: "2014-07-21", minutes: 570), minutes: 45)
      ])
    #expect(read.sessions[0].kind == "Keynote")
    #expect(read.people.map(\.biography) == [ForeignText("Works.")])
  }

  @Test func `of newer FOSDEM tells of people before the days`() throws {
    let read = try read(
      """
      <schedule><conference><title>F</title></conference>
      <persons><person id="1"><name>Ana Ruiz</name><slug>ana_ruiz</slug><biography>&lt;p&gt;Builds.&lt;/p&gt;</biography></person></persons>
      <day date="2026-01-31"><room name="J"><event guid="g" id="1"><date>2026-01-31T09:30:00+01:00</date>
      <duration>00:20</duration><title>T</title><persons><person id="1">Ana Ruiz</person></persons></event></room></day></schedule>
      """)
    #expect(read.people.count == 1)
    #expect(read.people[0].biography == ForeignText("Builds."))
    #expect(read.sessions[0].people.map(\.person) == [read.people[0].key])
  }

  @Test func `with one code in two events is one session with two slots`() throws {
    func event(_ id: Int, _ hour: Int) -> String {
      """
      <event guid="g\(id)" id="\(id)" code="ABC123"><date>2027-05-01T\(hour):00:00+02:00</date><duration>01:00</duration>
      <title>Twice</title></event>
      """
    }
    let read = try read(
      "<schedule><conference><title>C</title></conference><day date=\"2027-05-01\"><room name=\"R\">\(event(1, 10))\(event(2, 14))</room></day></schedule>"
    )
    #expect(read.sessions.count == 1)
    #expect(read.sessions[0].keys == [ForeignKey(.code, "ABC123")])
    #expect(
      read.sessions[0].slots.map(\.keys) == [
        [ForeignKey(.guid, "g1"), ForeignKey(.id, "1")], [ForeignKey(.guid, "g2"), ForeignKey(.id, "2")],
      ])
  }

  @Test func `tells what it did not understand, with the line`() throws {
    let read = try read(
      """
      <schedule><conference><title>C</title></conference>
      <day date="20008-05-01"><room name="R">
      <event id="1"><start>10:00</start><duration>01:00</duration><title>Which year</title></event>
      <event id="2"><date>2027-05-01T10:00:00+02:00</date><duration>90:00:00:00:00</duration><title>How long</title></event>
      <event id="3"><date>2027-05-01T10:00:00+02:00</date><duration>01:00</duration><title> </title></event>
      <event id="2"><date>2027-05-01T10:00:00+02:00</date><duration>01:00</duration><title>Another 2</title></event>
      <event id="4"><date>20008-05-01T10:00:00+02:00</date><start>25:99</start><title>Neither</title></event>
      </room></day></schedule>
      """)
    #expect(read.titles == ["Which year", "How long", "Another 2", "Neither"])
    #expect(
      read.remarkTexts == [
        "2: The day has no date that can be read: “20008-05-01”.",
        "3: “Which year” was read without a time: “10:00” cannot be read as one.",
        "4: “How long” was read without a time: its duration “90:00:00:00:00” cannot be read.",
        "5: A session without a title was left out.",
        "6: The id “2” is that of “How long” and of “Another 2”. They were read without it.",
        "7: “Neither” was read without a time: “20008-05-01T10:00:00+02:00” cannot be read as one.",
      ])
    #expect(read.sessions.map(\.keys.count) == [1, 0, 0, 1])
  }

  @Test func `in UTF-16 and ISO-8859-1 is read as its declaration says`() throws {
    let text =
      "<?xml version=\"1.0\" encoding=\"ENCODING\"?><schedule><conference><title>Café</title></conference></schedule>"
    let latin = text.replacing("ENCODING", with: "ISO-8859-1").unicodeScalars.map { UInt8($0.value) }
    #expect(try Interchange.read(ForeignSource(bytes: latin)).conference.title == ForeignText("Café"))
    let wide =
      [UInt8](arrayLiteral: 0xFF, 0xFE)
      + text.replacing("ENCODING", with: "UTF-16").utf16Bytes(isLittle: true)
    #expect(try Interchange.read(ForeignSource(bytes: wide)).conference.title == ForeignText("Café"))
  }

  /// Editors and converters change the one and forget the other.
  @Test func `is read by its mark or as it was converted, whatever its declaration says`() throws {
    func text(_ declared: String) -> String {
      "<?xml version=\"1.0\" encoding=\"\(declared)\"?><schedule><conference><title>Łódź</title></conference></schedule>"
    }
    for declared in ["UTF-8", "ISO-8859-1", "windows-1250"] {
      let marked = [0xEF, 0xBB, 0xBF] + Array(text(declared).utf8)
      #expect(try Interchange.read(ForeignSource(bytes: marked)).conference.title == ForeignText("Łódź"))
      let wide = [UInt8](arrayLiteral: 0xFF, 0xFE) + text(declared).utf16Bytes(isLittle: true)
      #expect(try Interchange.read(ForeignSource(bytes: wide)).conference.title == ForeignText("Łódź"))
    }
    for declared in ["UTF-8", "UTF-16", "windows-1251", "x-nonsense"] {
      let bytes = Array(text(declared).utf8)
      let converted = ForeignSource.File(name: "a.xml", count: bytes.count, isConverted: true) {
        Array(bytes[$0])
      }
      #expect(try Interchange.read(ForeignSource(converted)).conference.title == ForeignText("Łódź"))
    }
  }

  @Test(arguments: [("UTF-8", 0xA3), ("windows-1250", 0x81), ("gb18030", 0xFF)])
  func `is refused with a sentence where its bytes are not in its encoding`(declared: String, byte: Int)
    throws
  {
    let start = "<?xml version=\"1.0\" encoding=\"\(declared)\"?>\n<schedule><conference><title>"
    let bytes = Array(start.utf8) + [UInt8(byte)] + Array("odz</title></conference></schedule>".utf8)
    let why = try #require(whyRefused(ForeignSource(bytes: bytes)))
    #expect(
      why.description.contains("bytes here that are no character in the encoding") && why.at?.line == 2,
      "\(why)")
  }
}
