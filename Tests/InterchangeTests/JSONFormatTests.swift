import Interchange
import Testing

struct `JSON of other programs` {
  @Test func `schedule.json, version 1`() throws {
    let text = """
      {"$schema": "x", "schedule": {"version": "1", "conference": {"title": "Demo", "acronym": "demo", "start": "2027-05-01",
        "end": "2027-05-02", "time_zone_name": "UTC", "rooms": [{"name": "Gray", "guid": "r1", "capacity": 70}],
        "days": [{"index": 1, "date": "2027-05-01", "rooms": {"Gray": [{"id": 25, "guid": "g", "date": "2027-05-01T09:00:00+01:00",
          "start": "09:00", "duration": "00:30", "room": "Gray", "slug": "demo-25", "title": "Hardware", "subtitle": "",
          "track": "Phased", "type": "Talk", "language": "en", "abstract": "A", "description": "D", "do_not_record": true,
          "persons": [{"id": 26, "code": "NQTF8Y", "public_name": "Brian Example", "biography": "B"}],
          "links": [{"url": "https://example.org", "title": "Web"}, {"url": "https://example.org/7", "type": "origin"},
            {"url": "https://example.org/rate", "type": "FEEDBACK"}], "attachments": [{"url": "/system/a.pdf"}]}]}}]}}}
      """
    let read = try read(text)
    #expect(try format(text) == "schedule.json")
    #expect(read.zone == "UTC")
    #expect(read.rooms.map(\.capacity) == [70])
    let session = read.sessions[0]
    #expect(session.keys.map(\.kind) == [.guid, .id, .slug])
    #expect(
      session.slots == [
        ForeignSlot(room: "Gray", start: .instant(microseconds: 1_809_158_400_000_000), minutes: 30)
      ])
    #expect(session.mayBeRecorded == false)
    #expect(session.subtitle == nil)
    #expect(read.people[0].keys == [ForeignKey(.code, "NQTF8Y"), ForeignKey(.id, "26")])
    #expect(session.links.map(\.address) == ["https://example.org"])
  }

  @Test func `schedule.json, version 2, with states, roles and tracks by slug`() throws {
    let read = try read(
      """
      {"schedule": {"conference": {"title": "38", "time_zone_name": "Europe/Berlin",
        "tracks": [{"slug": "art", "name": "Art & Beauty", "colors": {"light": "#F9B000"}}]},
       "events": [
        {"guid": "g1", "code": "HQCCYH", "start": "2027-05-01T10:30:00+01:00", "end": "2027-05-01T11:00:00+01:00",
         "room": {"name": "Saal 1", "slug": "saal-1"}, "title": {"en": "Opening", "de": "Eröffnung"}, "track": {"slug": "art"},
         "state": "CONFIRMED", "participants": [{"guid": "p1", "name": "G B", "role": "MODERATOR"}]},
        {"guid": "g2", "start": "2027-05-01T10:30:00+01:00", "end": "2027-05-01T11:00:00+01:00", "title": "Gone", "state": "CANCELED"},
        {"guid": "g3", "title": "Not yet", "state": "DRAFT"}]}}
      """)
    #expect(read.titles == ["Opening", "Gone"])
    #expect(
      read.sessions[0].title == ForeignText([.init("Opening", in: "en"), .init("Eröffnung", in: "de")]))
    #expect(read.sessions[0].track == "Art & Beauty")
    #expect(read.sessions[0].people.map(\.role) == ["MODERATOR"])
    #expect(read.sessions.map(\.isCancelled) == [false, true])
    #expect(read.remarkTexts == ["8: “Not yet” was left out: its state is “DRAFT”."])
  }

  @Test func `pretalx: submissions, speakers and slots, joined by their codes`() throws {
    let submissions = ForeignSource.File(
      name: "submissions.json",
      text: """
        {"count": 2, "next": null, "results": [
         {"code": "A8CD3F", "title": "Test", "submission_type": {"en": "Talk"}, "track": {"en": "Software"}, "track_id": 4,
          "state": "confirmed", "abstract": "**A**", "description": null, "duration": 45, "content_locale": "en",
          "speakers": ["F3DC8A"], "do_not_record": false, "slot": null, "resources": [{"resource": "https://example.org/n.pdf", "description": "Slides"}]},
         {"code": "XXXXXX", "title": "No", "submission_type": "Talk", "state": "rejected", "speakers": []},
         {"code": "CCCCCC", "title": "Gone", "submission_type": "Talk", "state": "canceled", "speakers": []},
         {"code": "WWWWWW", "title": "Gone, too", "submission_type": "Talk", "state": "withdrawn", "speakers": []}]}
        """)
    let speakers = ForeignSource.File(
      name: "speakers.json",
      text:
        #"[{"code": "F3DC8A", "name": "A Speaker", "biography": "Bio", "submissions": ["A8CD3F"], "email": "a@example.org"}]"#
    )
    let slots = ForeignSource.File(
      name: "slots.json",
      text:
        #"{"results": [{"id": 1, "room": {"id": 3, "name": {"en": "Hall"}}, "start": "2027-05-01T10:00:00+02:00", "end": "2027-05-01T10:45:00+02:00", "submission": "A8CD3F"}]}"#
    )
    let (format, read) = try Interchange.read(ForeignSource([submissions, speakers, slots]))
    #expect(format.name == "pretalx")
    #expect(read.titles == ["Test", "Gone", "Gone, too"])
    #expect(read.sessions.map(\.isCancelled) == [false, true, true])
    #expect(read.people.map(\.email) == ["a@example.org"])
    #expect(read.sessions[0].people.map(\.person) == read.people.map(\.key))
    #expect(read.sessions[0].slots.map(\.minutes) == [45])
    #expect(read.sessions[0].abstract == ForeignText("**A**"))
    #expect(read.sessions[0].links.map(\.kind) == [.slides])
    #expect(read.roomNames == ["Hall"])
    #expect(read.remarkTexts == ["1 submission with the state “rejected” was left out."])
  }

  @Test func `Indico: contributions with times in a zone, and authors`() throws {
    let text = """
      {"count": 1, "_type": "HTTPAPIResult", "results": [{"_type": "Conference", "title": "X", "timezone": "Europe/Warsaw",
       "startDate": {"date": "2027-05-01", "tz": "UTC", "time": "06:00:00"}, "location": "Gdańsk",
       "contributions": [{"id": "12", "db_id": 26, "title": "Bare metal", "duration": 20, "room": "Main", "session": "Main Track",
        "startDate": {"date": "2027-05-01", "time": "14:10:00", "tz": "UTC"}, "endDate": {"date": "2027-05-01", "time": "14:30:00", "tz": "UTC"},
        "speakers": [], "primaryauthors": [{"person_id": 17, "first_name": "Martin", "last_name": "Example", "affiliation": "X.Org"}], "coauthors": []},
        {"id": "13", "title": "At noon", "subContributions": [{"title": "First"}, {"title": "Second"}], "duration": 30, "startDate": {"date": "2027-05-01", "time": "12:00:00", "tz": "Europe/Warsaw"}}]}]}
      """
    let read = try read(text)
    #expect(try format(text) == "Indico")
    #expect(read.sessions[0].slots.map(\.start) == [.instant(microseconds: 1_809_180_600_000_000)])
    #expect(
      read.sessions[1].slots == [
        ForeignSlot(room: nil, start: .wall(date: "2027-05-01", minutes: 720), minutes: 30)
      ])
    #expect(read.people[0].name == ForeignName(given: "Martin", family: "Example"))
    #expect(read.people[0].organisation == "X.Org")
    #expect(read.sessions[0].people.map(\.role) == ["Author"])
    #expect(read.remarkTexts == ["6: 2 parts of “At noon” were left out."])
  }

  @Test func `Sessionize: All`() throws {
    let text = """
      {"sessions": [{"id": "1", "title": "K", "description": "D", "startsAt": "2027-05-01T10:20:00", "endsAt": "2027-05-01T10:50:00",
        "isServiceSession": false, "isPlenumSession": false, "speakers": ["s1"], "categoryItems": [3480, 1], "roomId": 513},
        {"id": "2", "title": "Lunch", "startsAt": "2027-05-01T12:00:00", "endsAt": "2027-05-01T13:00:00", "isServiceSession": true, "speakers": [], "roomId": null},
        {"id": "3", "title": "All", "startsAt": "2027-05-01T14:00:00", "endsAt": "2027-05-01T15:00:00", "isServiceSession": false, "isPlenumSession": true, "speakers": []}],
       "speakers": [{"id": "s1", "firstName": "", "lastName": "", "fullName": "Benoit Example", "bio": "B", "tagLine": "Engineer"}],
       "categories": [{"id": 808, "title": "Session format", "items": [{"id": 3480, "name": "30 minutes"}]}, {"id": 9, "title": "Track", "items": [{"id": 1, "name": "Web"}]}],
       "rooms": [{"id": 513, "name": "Hall"}]}
      """
    let read = try read(text)
    #expect(try format(text) == "Sessionize")
    #expect(read.sessions.map(\.kind) == ["30 minutes", "Service session", "Plenum session"])
    #expect(read.sessions[0].track == "Web")
    #expect(
      read.sessions[0].slots == [
        ForeignSlot(room: "Hall", start: .wall(date: "2027-05-01", minutes: 620), minutes: 30)
      ])
    #expect(read.people.map(\.name) == [ForeignName(whole: "Benoit Example")])
    #expect(read.people.map(\.position) == ["Engineer"])
  }

  @Test func `Sessionize: GridSmart, with a mark of UTF-16`() throws {
    let text = """
      [{"date": "2027-05-01T00:00:00", "rooms": [{"id": 4479, "name": "Room 1", "sessions": [{"id": "98819", "title": "Légo",
        "startsAt": "2027-05-01T10:20:00", "endsAt": "2027-05-01T11:20:00", "isServiceSession": false, "isPlenumSession": false,
        "speakers": [{"id": "7e", "name": "J Sørensen"}], "categories": [], "roomId": 4479, "room": "Room 1"}]}],
        "timeSlots": [{"slotStart": "09:00:00", "rooms": [{"id": 4479, "name": "Room 1", "session": {"id": "98819", "title": "Légo",
          "startsAt": "2027-05-01T10:20:00", "endsAt": "2027-05-01T11:20:00"}}]}]}]
      """
    let bytes = [0xFF, 0xFE] + text.utf16Bytes(isLittle: true)
    let (format, read) = try Interchange.read(ForeignSource(bytes: bytes))
    #expect(format.name == "Sessionize")
    #expect(read.titles == ["Légo"])
    #expect(read.sessions[0].slots.map(\.room) == ["Room 1"])
    #expect(read.remarks.isEmpty)
  }

  @Test func `session.json of OPass: texts in several languages, once where they are the same`() throws {
    let text = """
      {"sessions": [{"id": "S1", "type": "k", "room": "R0", "start": "2027-05-01T12:35:00+08:00", "end": "2027-05-01T13:05:00+08:00",
        "zh": {"title": "醫資標準", "description": "一"}, "en": {"title": "醫資標準", "description": "One"}, "speakers": ["P", "nobody"], "slide": null}],
       "speakers": [{"id": "P", "zh": {"name": "蔡孟村", "bio": "工程師"}, "en": {"name": "Mu-Tsun Tsai", "bio": "Engineer"}}],
       "session_types": [{"id": "k", "zh": {"name": "主題"}, "en": {"name": "Keynote"}}],
       "rooms": [{"id": "R0", "zh": {"name": "大廳"}, "en": {"name": "Hall"}}]}
      """
    let read = try read(text)
    #expect(try format(text) == "session.json (OPass)")
    #expect(read.sessions[0].title == ForeignText([.init("醫資標準", in: "zh")]))
    #expect(read.sessions[0].description == ForeignText([.init("一", in: "zh"), .init("One", in: "en")]))
    #expect(read.sessions[0].kind == "Keynote")
    #expect(read.names == ["蔡孟村 (Mu-Tsun Tsai)"])
    #expect(read.remarkTexts == ["2: The speaker “nobody” of “醫資標準” is not in the list."])
  }

  @Test func `what Plenary prints with --json: several lists together`() throws {
    let sessions = ForeignSource.File(
      name: "sessions.json", bytes: try `Files with random damage`.bytes("Inputs", "plenary.json"))
    let alone = try Interchange.read(ForeignSource(sessions))
    #expect(alone.format.name == "JSON of Plenary")
    #expect(alone.conference.roomNames == ["hall"] && alone.conference.titles == ["Gezeiten", "Gone"])
    let speakers = """
      {"schema": "urn:plenary:speaker-list:1", "logPosition": 12, "items": [
       {"person": "ruiz-ana", "name": {"forms": [{"language": "en", "given": "Ana", "family": "Ruiz", "printed": "Ana Ruiz"}]},
        "affiliations": [{"number": 1, "affiliation": {"organisation": {"en": "Harbour"}, "position": {"en": "Pilot"}}}]}]}
      """
    let rooms = """
      {"schema": "urn:plenary:room-list:1", "logPosition": 12, "items": [{"room": "hall", "name": {"en": "Great Hall"}, "capacity": 40}]}
      """
    let read = try Interchange.read(
      ForeignSource([
        sessions, ForeignSource.File(name: "speakers.json", text: speakers),
        ForeignSource.File(name: "rooms.json", text: rooms),
        ForeignSource.File(
          name: "check.json", text: #"{"schema": "urn:plenary:program-check:1", "items": []}"#),
      ])
    ).conference
    #expect(read.roomNames == ["Great Hall"] && read.rooms[0].capacity == 40)
    #expect(read.names == ["Ana Ruiz", "okri-ben"])
    #expect(read.people[0].organisation == "Harbour" && read.people[0].position == "Pilot")
    var slot = ForeignSlot(room: "hall", start: .wall(date: "2027-05-01", minutes: 570), minutes: 45)
    slot.zone = "Europe/Berlin"
    #expect(read.sessions[0].slots == [slot])
    #expect(read.sessions[0].description == ForeignText([.init("Of *moons*.\n\n- one\n- two", in: "en")]))
    #expect(read.sessions[0].people.map(\.role) == ["moderator", "speaker"])
    #expect(read.sessions.map(\.isCancelled) == [false, true])
    #expect(
      read.remarkTexts == ["The file “check.json” was not read: nothing is imported from “program-check”."])
  }

  /// So that an import with --complete does not take them for gone.
  @Test
  func `what Plenary prints with --json: whoever cannot be read is counted, but not whoever was erased`()
    throws
  {
    let attendees = """
      {"schema": "urn:plenary:attendee-list:1", "items": [
       {"attendee": "a-1", "name": {"forms": [{"language": "en", "printed": "Ana Ruiz"}]}, "status": "registered", "listed": false},
       {"attendee": "a-2", "status": "registered"},
       {"attendee": "a-3", "status": "erased"}]}
      """
    let read = try Interchange.read(ForeignSource(bytes: Array(attendees.utf8))).conference
    #expect(read.attendees.map(\.isListed) == [false] && read.leftOut == 1)
    #expect(
      read.remarkTexts == [
        "3: An attendee without a short name or without a name that can be read was left out."
      ])
    for (list, what) in [("room", "room"), ("track", "track"), ("speaker", "speaker")] {
      let text = #"{"schema": "urn:plenary:\(list)-list:1", "items": [{"name": {"en": "Nameless"}}]}"#
        .replacing(#"\(list)"#, with: list)
      let read = try Interchange.read(ForeignSource(bytes: Array(text.utf8))).conference
      #expect(read.leftOut == 1 && read.remarkTexts == ["1: A \(what) without a short name was left out."])
    }
  }

  @Test func `Open Event: files that belong together`() throws {
    let files = [
      (
        "event",
        #"{"event-url": "x", "name": "Summit", "timezone": "Asia/Singapore", "starts-at": "2027-05-01T09:00:00+08:00", "ends-at": "2027-05-02T18:00:00+08:00", "location-name": "Centre"}"#
      ),
      (
        "sessions",
        ##"[{"id": 1, "title": "Keynote", "short-abstract": "<p>Hi &amp; lo</p>", "long-abstract": "", "state": "accepted", "starts-at": "2027-05-01T14:25:00+08:00", "ends-at": "2027-05-01T14:50:00+08:00", "microlocation": {"id": 165, "name": "Annexe"}, "track": {"id": 216, "name": "Open Tech", "color": "#ff3737"}, "session-type": {"name": "Talk"}, "speakers": [{"id": 2157, "name": "Frank Example", "organisation": "N"}], "video-url": "https://example.org/v"}, {"id": 2, "title": "No", "state": "rejected"}, {"id": 3, "title": "Gone", "state": "accepted", "deleted-at": "2027-04-01T00:00:00Z", "starts-at": "2027-05-01T15:00:00+08:00", "ends-at": "2027-05-01T15:30:00+08:00"}]"##
      ),
      (
        "speakers",
        #"[{"id": 2157, "name": "Frank Example", "short-biography": "<b>Dev</b>", "country": "India", "sessions": []}, {"id": 2, "name": "Other", "short-biography": "", "sessions": []}]"#
      ),
      (
        "microlocations",
        #"[{"id": 196, "floor": 3, "name": "Dalton Hall"}, {"id": 165, "floor": 1, "name": "Annexe"}]"#
      ),
      ("tracks", ##"[{"id": 216, "name": "Open Tech", "color": "#ff3737", "font-color": "#ffffff"}]"##),
      ("sponsors", #"[{"level": "3", "logo-url": "x", "name": "KI"}]"#),
    ]
    let (format, read) = try Interchange.read(
      ForeignSource(files.map { ForeignSource.File(name: $0.0, text: $0.1) }))
    #expect(format.name == "Open Event")
    #expect(read.title == ForeignText("Summit"))
    #expect(read.roomNames == ["Dalton Hall", "Annexe"])
    #expect(read.names == ["Frank Example", "Other"])
    #expect(read.people[0].biography == ForeignText("**Dev**"))
    #expect(read.sessions.map(\.abstract) == [ForeignText("Hi & lo"), nil])
    #expect(read.sessions.map(\.isCancelled) == [false, true])
    #expect(read.remarkTexts == ["1 session with the state “rejected” was left out."])
  }

  @Test func `a list of sessions of no known program, also as JSONP`() throws {
    let text = """
      App.load({"sessions": [{"title": "Лидерство", "topic": "Будущее", "id": 1, "startDate": "Thu Jun 21 2012 10:00:00 GMT+0400 (MSK)",
        "endDate": "Thu Jun 21 2012 11:00:00 GMT+0400 (MSK)", "speakers": [{"surname": "Петрова", "name": "Анна", "post": "Президент", "id": 1}]}]});
      """
    let read = try read(text)
    #expect(try format(text) == "JSON (a list of sessions)")
    #expect(read.sessions[0].slots.map(\.start) == [.instant(microseconds: 1_340_258_400_000_000)])
    #expect(read.sessions[0].slots.map(\.minutes) == [60])
    #expect(read.sessions[0].track == "Будущее")
    #expect(read.people.map(\.name) == [ForeignName(given: "Анна", family: "Петрова")])
    #expect(read.people.map(\.position) == ["Президент"])
  }
}
