import EventLog
import Foundation
import People
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Scheduling

/// The schemas beside the project; see its README.
private let schemas = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../../shared/schemas/c3voc").standardized
private let hasSchemas = FileManager.default.fileExists(atPath: schemas.path)
private let missing: Comment = "The schemas of c3voc are not beside the project, in shared/schemas"

@Suite(.timeLimit(.minutes(10))) struct ScheduleTests {
  private func object(_ data: Data) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func story(_ name: String) throws -> Story {
    try #require(Story.all.first { $0.name == name }).story
  }

  // MARK: Schemas

  @Test(
    .enabled(if: hasSchemas, missing),
    .enabled(if: Tools.find("xmllint") != nil, "There is no xmllint here"), arguments: Story.all.map(\.name))
  func `is valid by the schema of schedule.xml`(name: String) throws {
    let (valid, output) = try Tools.run(
      try #require(Tools.find("xmllint")),
      ["--nonet", "--noout", "--schema", schemas.appending(path: "schedule.xml.xsd").path, "-"],
      input: Data(try story(name).programPublication().scheduleXML().utf8))
    #expect(valid, "\(output)")
  }

  @Test(
    .enabled(if: hasSchemas, missing),
    .enabled(if: Tools.python != nil, "Plenary's Python is not installed: run Scripts/setup --for test"),
    arguments: Story.all.map(\.name), ScheduleVersion.allCases)
  func `is valid by the schema of schedule.json`(name: String, version: ScheduleVersion) throws {
    let script = """
      import json, sys
      from jsonschema import Draft6Validator
      schema = json.load(open(sys.argv[1]))
      validator = Draft6Validator(schema, format_checker=Draft6Validator.FORMAT_CHECKER)
      errors = [f"{e.json_path}: {e.message[:300]}" for e in validator.iter_errors(json.load(sys.stdin.buffer))]
      print("\\n".join(errors))
      sys.exit(1 if errors else 0)
      """
    let schema = schemas.appending(path: version == .v1 ? "schema.json" : "schema2.json").path
    let (valid, output) = try Tools.run(
      try #require(Tools.python), ["-c", script, schema],
      input: try story(name).programPublication().scheduleJSON(version))
    #expect(valid, "\(output)")
  }

  // MARK: What is in them

  @Test func `has one event per slot, except cancelled ones`() {
    let xml = Story.odd.programPublication().scheduleXML()
    let slugs = xml.matches(of: /<slug>(.*?)<\/slug>/).map { String($0.1) }
    #expect(
      slugs == [
        "c26_-workshop", "c26_-night", "c26_-session_a", "c26_-session_cjk", "c26_-late",
        "c26_-first", "c26_-twice", "c26_-workshop_3", "c26_-outdated", "c26_-pause", "c26_-day-long",
      ])
    #expect(xml.contains("<duration>23:59</duration>"))
    #expect(xml.contains("<title>A Workshop (2/2)</title>"))
    #expect(xml.contains("<description>14:00 The Other (Li Lei)</description>"))
    #expect(xml.contains("<title>只有中文标题</title>"))
    #expect(
      xml.contains(
        "<day index=\"2\" date=\"2026-10-25\" start=\"2026-10-25T00:00:00+02:00\" end=\"2026-10-26T00:00:00+01:00\">"
      ))
  }

  @Test func `has cancelled slots and roles in its second version`() throws {
    let root = try object(Story.odd.programPublication().scheduleJSON(.v2))
    let schedule = try #require(root["schedule"] as? [String: Any])
    let events = try #require(schedule["events"] as? [[String: Any]])
    let cancelled = events.filter { $0["state"] as? String == "CANCELED" }
    #expect(cancelled.map { $0["title"] as? String } == ["Off"])
    let workshop = try #require(events.first { $0["slug"] as? String == "c26_-workshop" })
    let participants = try #require(workshop["participants"] as? [[String: Any]])
    #expect(participants.map { $0["role"] as? String } == ["HOST", "SPEAKER", "SPEAKER"])
    #expect(
      workshop["abstract"] as? [String: String] == [
        "en": "First.\n\nSecond: <b>& more</b>.", "zh": "第一。",
      ])
    // Without ckb, which has three letters.
    #expect(workshop["language"] as? String == "en")
    #expect(events.filter { $0["type"] as? String == "BREAK" }.map { $0["title"] as? String } == ["Break"])
  }

  /// The first version has no member for where somebody works.
  @Test func `has affiliations before the biography in its first version`() throws {
    var story = Story.odd
    story.speaker(
      "ada", [("en", "Lovelace, Ada")],
      Affiliation(position: ["en": "Countess"], organisation: ["en": "Engine Works"]),
      Affiliation(organisation: ["en": "Society"]))
    story.add(.speakerRevised(SpeakerRevised(person: "ada") { $0.biography = ["en": "Wrote *programs*."] }))
    story.add(.personAssigned(PersonAssigned(session: "late", person: "ada", role: .speaker)))
    let json = String(decoding: try story.programPublication().scheduleJSON(.v1), as: UTF8.self)
    #expect(json.contains(#""Countess, Engine Works\nSociety\n\nWrote programs.""#), "\(json)")
  }

  @Test func `distinguishes rooms with the same name by venue`() throws {
    let root = try object(Story.odd.programPublication().scheduleJSON(.v1))
    let schedule = try #require(root["schedule"] as? [String: Any])
    let conference = try #require(schedule["conference"] as? [String: Any])
    let rooms = try #require(conference["rooms"] as? [[String: Any]])
    #expect(rooms.map { $0["name"] as? String } == ["Room 1 (North)", "Room 1 (South)", "الفناء"])
    #expect(conference["acronym"] as? String == "c26_")
  }

  @Test func `has permanent ids and names of events`() throws {
    var story = Story.odd
    func identities() -> [String: String] {
      Dictionary(
        uniqueKeysWithValues: story.programPublication().scheduleXML()
          .matches(of: /<event id="(\d+)" guid="([^"]+)">[\s\S]*?<slug>(.*?)<\/slug>/)
          .map { (String($0.3), "\($0.1) \($0.2)") })
    }
    let before = identities()
    #expect(before["c26_-workshop"] == "675008567 283bd037-491f-5cf5-bb58-73a032493166")
    #expect(Set(before.values).count == before.count)
    story.schedule(
      "aardvark", localized("Before All Others"),
      slot("yard", october("24T08:00+02:00"), october("24T09:00+02:00")))
    story.add(
      .sessionMoved(
        SessionMoved(
          session: "night", from: slot("r", october("24T23:30+02:00"), october("25T03:30+01:00")),
          to: slot("r2", october("26T18:00+01:00"), october("26T19:00+01:00")))))
    let after = identities()
    #expect(after.count == before.count + 1)
    #expect(before.allSatisfy { after[$0.key] == $0.value })
  }

  // MARK: What other programs call it

  private func imported(_ guids: [(String, String)], by source: ImportSource = "pretalx") -> SchedulingEvent {
    .fileImported(
      FileImported(
        source: source, format: "schedule.xml", sha256: "00",
        facts: guids.map { thing, guid in
          ImportedFact(of: .init(stored: thing), keys: ["guid:\(guid)"], digests: ["title": "00"])
        }))
  }

  private static let workshop = "6b1f0000-0000-4000-8000-000000000001"
  private static let rest = "6b1f0000-0000-4000-8000-00000000000"

  /// The GUIDs of events by their slugs, of rooms and people.
  private func guids(_ story: Story) -> (events: [String: String], others: Set<String>) {
    let xml = story.programPublication().scheduleXML()
    let events = xml.matches(of: /<event id="\d+" guid="([^"]+)">[\s\S]*?<slug>(.*?)<\/slug>/)
    return (
      Dictionary(uniqueKeysWithValues: events.map { (String($0.2), String($0.1)) }),
      Set(xml.matches(of: /<(?:room|person) [^>]*guid="([^"]+)"/).map { String($0.1) })
    )
  }

  @Test func `gives sessions, rooms and people their UUIDs back that another program gave them`() throws {
    var story = Story.odd
    let before = guids(story)
    let calendar = story.programPublication().iCalendar()
    let slot = story.programPublication().context.program.slots.first { $0.session.id == "workshop" }
    let person = try #require(slot?.session.people.first)
    let room = try #require(slot?.slot.room)
    story.add(
      imported([
        ("session:workshop", Self.workshop.uppercased()), (person.tag.text, Self.rest + "2"),
        (room.tag.text, Self.rest + "3"),
      ]))
    let after = guids(story)
    // Another slot of it keeps our own.
    var expected = before.events
    expected["c26_-workshop"] = Self.workshop
    #expect(after.events == expected)
    #expect(after.others.isSuperset(of: [Self.rest + "2", Self.rest + "3"]))
    #expect(after.others.subtracting(before.others).count == 2)
    for version in ScheduleVersion.allCases {
      let json = String(decoding: try story.programPublication().scheduleJSON(version), as: UTF8.self)
      for guid in [Self.workshop, Self.rest + "2", Self.rest + "3"] { #expect(json.contains(guid)) }
    }
    // Another program that had it later does not change what apps know.
    story.add(imported([("session:workshop", Self.rest + "9")], by: "zoom"))
    #expect(guids(story).events == expected)
    // Calendars know their entries by our UIDs.
    #expect(uids(story.programPublication().iCalendar()) == uids(calendar))
  }

  private func uids(_ calendar: String) -> [String] {
    calendar.split(separator: "\r\n").filter { $0.hasPrefix("UID") }.map(String.init)
  }

  @Test func `gives no UUID that two things have, that is none, or that is our own of something else`() throws
  {
    let before = guids(Story.odd).events
    let second = try #require(before["c26_-workshop_3"])
    for keys in [
      [("session:workshop", "7"), ("session:night", "not-a-uuid-at-all")],
      [("session:workshop", Self.workshop), ("session:night", Self.workshop.uppercased())],
      [("session:workshop", Self.workshop), ("room:r", Self.workshop)],
      [("session:night", "00000000-0000-0000-0000-000000000000")],
      // What we wrote came back, as a session of its own.
      [("session:night", second)], [("session:workshop", second)],
    ] {
      var story = Story.odd
      story.add(imported(keys))
      #expect(guids(story).events == before, "\(keys)")
    }
  }

  @Test(
    .enabled(if: hasSchemas, missing),
    .enabled(if: Tools.find("xmllint") != nil, "There is no xmllint here"))
  func `stays valid with the UUIDs of another program`() throws {
    var story = Story.odd
    story.add(imported([("session:workshop", Self.workshop), ("session:night", Self.rest + "2")]))
    let (valid, output) = try Tools.run(
      try #require(Tools.find("xmllint")),
      ["--nonet", "--noout", "--schema", schemas.appending(path: "schedule.xml.xsd").path, "-"],
      input: Data(story.programPublication().scheduleXML().utf8))
    #expect(valid, "\(output)")
  }

  @Test func `makes UUIDs of version 5 (RFC 9562)`() {
    // The same as Python's uuid.uuid5.
    let entry = Story.odd.programPublication().context.program.slots[0]
    let guid = Identities("c26", nil, []).guid(entry)
    #expect(guid == "283bd037-491f-5cf5-bb58-73a032493166")
  }

  @Test(
    arguments: [
      ("1", "1"), ("1, position 9", nil),
    ] as [(String, String?)]) func `has the release as its version, else the position`(
      version: String, released: String?
    )
  {
    var story = Story.empty
    for _ in 0..<6 {
      story.add(
        .organisationRoleAssigned(OrganisationRoleAssigned(organisation: localized("A"), role: .host)))
    }
    story.add(.programReleased(ProgramReleased(version: "1")))
    if released == nil {
      story.add(
        .organisationRoleAssigned(OrganisationRoleAssigned(organisation: localized("B"), role: .host)))
    }
    #expect(story.programPublication().scheduleXML().contains("<version>\(version)</version>"))
    #expect(Story.empty.programPublication().scheduleXML().contains("<version>position 1</version>"))
  }

  // MARK: Linked data

  @Test func `marks moved slots in schema.org's terms, with their earlier starts`() throws {
    let publication = Story.odd.programPublication()
    let root = try object(
      publication.jsonLD(previousStarts: [
        "cjk": [1: [october("24T11:00+02:00"), october("24T09:00+02:00")]]
      ]))
    #expect(root["@context"] as? String == "https://schema.org")
    let events = try #require(root["subEvent"] as? [[String: Any]])
    func event(_ name: String) throws -> [String: Any] {
      try #require(events.first { ($0["name"] as? String) == name })
    }
    let moved = try event("只有中文标题\u{7}")
    #expect(moved["eventStatus"] as? String == "https://schema.org/EventRescheduled")
    #expect(moved["startDate"] as? String == "2026-10-24T12:00:00+02:00")
    #expect(
      moved["previousStartDate"] as? [String] == ["2026-10-24T11:00:00+02:00", "2026-10-24T09:00:00+02:00"])
    #expect(try event("Off")["eventStatus"] as? String == "https://schema.org/EventCancelled")
    let workshop = try event("A Workshop (1/2)")
    #expect(workshop["eventStatus"] as? String == "https://schema.org/EventScheduled")
    #expect(workshop["maximumAttendeeCapacity"] as? Int == 40)
    #expect(workshop["inLanguage"] as? [String] == ["ckb"])
    let presentations = try #require(workshop["subEvent"] as? [[String: Any]])
    #expect(presentations.map { $0["name"] as? String } == ["The One"])
    let location = try #require(workshop["location"] as? [[String: Any]])
    let place = try #require(location[0]["containedInPlace"] as? [[String: Any]])
    #expect(place[0]["address"] as? String == "1 North Street; Berlin")
  }

  @Test func `has the presentations of a cancelled session as cancelled`() throws {
    var story = Story.odd
    story.add(
      .presentationAdded(
        PresentationAdded(
          session: "off",
          presentation: Presentation("talk", title: localized("A Talk"), people: [], minutes: 20)))
    )
    let events = try #require(
      object(story.programPublication().jsonLD())["subEvent"] as? [[String: Any]])
    let off = try #require(events.first { $0["name"] as? String == "Off" }?["subEvent"] as? [[String: Any]])
    #expect(off.map { $0["eventStatus"] as? String } == ["https://schema.org/EventCancelled"])
  }

  /// What Google asks of an event (https://developers.google.com/search/docs/appearance/structured-data/event).
  ///
  /// - Parameter known: the objects with an id, to which others refer.
  private func faults(
    of event: [String: Any], _ known: [String: [String: Any]]
  ) -> [String] {
    let name = event["name"] as? String ?? "?"
    func text(_ key: String) -> String? { (event[key] as? String).flatMap { $0.isEmpty ? nil : $0 } }
    var faults: [String] = []
    // Required: name, startDate, location, location.address.
    if text("name") == nil { faults.append("no name") }
    for key in ["startDate", "endDate"] {
      // A date, or a time with its offset.
      let isTime =
        text(key)?.wholeMatch(of: /\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?/) != nil
      if !isTime { faults.append("\(key) \(text(key) ?? "missing")") }
    }
    let places = (event["location"] as? [[String: Any]] ?? []).map { place in
      (place["@id"] as? String).flatMap { known[$0] } ?? place
    }
    if places.isEmpty { faults.append("no location") }
    for place in places {
      if (place["name"] as? String ?? "").isEmpty { faults.append("a place without a name") }
      if (place["address"] as? String ?? "").isEmpty { faults.append("a place without an address") }
    }
    // Recommended, with these values only.
    let statuses = ["Cancelled", "Postponed", "Rescheduled", "Scheduled", "MovedOnline"]
    if !statuses.map({ "https://schema.org/Event\($0)" }).contains(text("eventStatus")) {
      faults.append("status \(text("eventStatus") ?? "missing")")
    }
    if (text("eventStatus") ?? "").hasSuffix("Rescheduled"), event["previousStartDate"] == nil {
      faults.append("rescheduled without an earlier start")
    }
    for offer in event["offers"] as? [[String: Any]] ?? [] {
      if let price = offer["price"] as? String {
        if Double(price) == nil { faults.append("price \(price)") }
        if price != "0", (offer["priceCurrency"] as? String)?.wholeMatch(of: /[A-Z]{3}/) == nil {
          faults.append("a price without a currency")
        }
      }
    }
    for key in ["performer", "organizer"] {
      for who in event[key] as? [[String: Any]] ?? [] {
        let whole = (who["@id"] as? String).flatMap { known[$0] } ?? who
        if (whole["name"] as? String ?? "").isEmpty { faults.append("\(key) without a name") }
      }
    }
    return faults.map { "\(name): \($0)" }
      + (event["subEvent"] as? [[String: Any]] ?? []).flatMap { self.faults(of: $0, known) }
  }

  /// Every object that is written in full.
  private func known(_ value: Any) -> [String: [String: Any]] {
    var found: [String: [String: Any]] = [:]
    if let object = value as? [String: Any] {
      if let id = object["@id"] as? String, object.count > 1 { found[id] = object }
      for value in object.values { found.merge(known(value)) { a, _ in a } }
    }
    if let list = value as? [Any] { for value in list { found.merge(known(value)) { a, _ in a } } }
    return found
  }

  @Test(arguments: ["odd", "shanghai"]) func `follows Google's rules for events`(name: String) throws {
    var story = name == "odd" ? Story.odd : Story.shanghai
    story.add(
      .conferenceRevised(
        ConferenceRevised {
          $0.website = try! WebAddress("https://example.org/")
          $0.admission = try! Admission("99.50 EUR")
          $0.tickets = try! WebAddress("https://example.org/tickets")
        }))
    let publication = story.programPublication()
    let moved: [SessionID: [Int: [ZonedTime]]] = ["cjk": [1: [october("24T11:00+02:00")]]]
    let root = try object(publication.jsonLD(previousStarts: moved))
    #expect(faults(of: root, known(root)) == [])
    #expect(root["url"] as? String == "https://example.org/")
    #expect(root["isAccessibleForFree"] as? Bool == false)
    let offer = try #require((root["offers"] as? [[String: Any]])?.first)
    #expect(offer["price"] as? String == "99.50")
    #expect(offer["priceCurrency"] as? String == "EUR")
    #expect(offer["url"] as? String == "https://example.org/tickets")
    #expect(publication.unknownToSearchEngines == [])
  }

  @Test func `tells search engines only what is known, and names the rest`() throws {
    var story = Story()
    story.add(
      .conferenceOpened(
        ConferenceOpened(
          title: localized("C"), firstDay: "2016-03-25", lastDay: "2016-03-25", zone: "Asia/Shanghai")))
    let root = try object(story.programPublication().jsonLD())
    for key in ["url", "offers", "isAccessibleForFree", "location"] { #expect(root[key] == nil, "\(key)") }
    #expect(
      story.programPublication().unknownToSearchEngines == [
        "--place", "--website", "--admission", "--tickets",
      ])
    story.add(.conferenceRevised(ConferenceRevised { $0.admission = .free }))
    #expect(story.programPublication().unknownToSearchEngines == ["--place", "--website"])
    #expect(try object(story.programPublication().jsonLD())["isAccessibleForFree"] as? Bool == true)
  }

  @Test func `has presentations of one name in two sessions as two`() throws {
    var story = Story.odd
    story.add(
      .presentationAdded(
        PresentationAdded(
          session: "night", presentation: Presentation("two", title: localized("Owls"), minutes: 20))))
    let events = try #require(object(story.programPublication().jsonLD())["subEvent"] as? [[String: Any]])
    let presentations = events.flatMap { $0["subEvent"] as? [[String: Any]] ?? [] }
    #expect(presentations.contains { $0["name"] as? String == "Owls" })
    let all = Set(presentations.compactMap { $0["name"] as? String })
    #expect(Set(presentations.compactMap { $0["@id"] as? String }).count == all.count, "\(presentations)")
  }

  @Test func `describes each person and room once, and then refers to them`() throws {
    let text = String(decoding: try Story.odd.programPublication().jsonLD(), as: UTF8.self)
    for name in ["\"Amal Nasser\"", "\"Li Lei\"", "\"North\""] {
      #expect(text.components(separatedBy: "\"name\": \(name)").count == 2, "\(name)")
    }
  }

  // MARK: Everything

  @Test(arguments: Story.all.map(\.name)) func `has the same bytes for the same model`(name: String) throws {
    func all() throws -> [Data] {
      let publication = try story(name).programPublication()
      return [
        Data(publication.iCalendar().utf8), Data(publication.scheduleXML().utf8),
        try publication.scheduleJSON(.v1), try publication.scheduleJSON(.v2), try publication.jsonLD(),
        Data(publication.csv(CSVStyle(byteOrderMark: true)).utf8), Data(try publication.page().utf8),
      ]
    }
    #expect(try all() == all())
  }

  @Test func `escapes URLs by RFC 3986`() throws {
    func address(_ url: String) throws -> String { try Link(.related, url).address }
    #expect(try address("https://example.org/a%20b?c=d#e") == "https://example.org/a%20b?c=d#e")
    #expect(try address("https://example.org/50%") == "https://example.org/50%25")
    #expect(try address("https://例え.jp/") == "https://%E4%BE%8B%E3%81%88.jp/")
    #expect(try address("http://[2001:db8::1]/[x]|{y}") == "http://[2001:db8::1]/%5Bx%5D%7C%7By%7D")
  }
}
