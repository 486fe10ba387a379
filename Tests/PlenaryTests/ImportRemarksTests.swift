import Interchange
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Plenary

/// What an import says of a file that it takes otherwise than an organizer may think.
struct `An import tells` {
  private let paris = ConferenceDetails(
    title: "Grid", firstDay: "2026-03-03", lastDay: "2026-07-04", zone: "Europe/Paris"
  ) { $0.languages = ["en", "zh", "ru"] }

  private func remarks(_ text: String, name: String = "file.csv") throws -> [String] {
    let facts = try Interchange.read(ForeignSource(ForeignSource.File(name: name, text: text))).conference
    let conference = ConferenceFacts(paris)
    if facts.attendees.isEmpty { return try ImportReader(facts, into: conference).remarks.map(\.text) }
    let reader = try AttendeeReader(facts, into: conference)
    return (reader.remarks + [reader.listingRemark].compactMap(\.self)).map(\.text)
  }

  /// 12:30 in London is 13:30 in Paris, in winter and in summer.
  @Test func `that the file has other clocks than the conference`() throws {
    func file(_ start: String...) -> String {
      "Title;Start;Duration;Room\n" + start.map { "On \($0.prefix(7));\($0);30;Hall\n" }.joined()
    }
    #expect(
      try remarks(file("2026-03-03T12:30:00+00:00", "2026-07-03T12:30:00+01:00")) == [
        "2 times of the file are on other clocks than the conference's (Europe/Paris), and were converted: 12:30 in the file is "
          + "13:30 here. If the conference has the wrong zone, undo the import, correct the zone, and import the file again."
      ])
    #expect(try remarks(file("2026-03-03T12:30:00+01:00", "2026-07-03T12:30:00+02:00")) == [])
    // UTC is how programs write a moment, and on nobody's clocks.
    #expect(try remarks(file("2026-03-03T12:30:00Z", "2026-03-03T16:30")) == [])
  }

  @Test func `once a row that a character was lost before`() throws {
    #expect(
      try remarks("Title;Abstract\nIt doesn\u{FFFD}t;It can\u{FFFD}t\nTides;\nIt won\u{FFFD}t;\n") == [
        "“It doesn\u{FFFD}t” has a sign in place of one that an earlier program could not read (U+FFFD).",
        "A title has the sign U+FFFD, where another program could not read a character: “It won\u{FFFD}t”.",
      ])
  }

  /// A room, a session and a person in one line of a file.
  @Test func `each thing in which a character was lost, with its line`() throws {
    func remarks(_ text: String, _ name: String) throws -> [String] {
      let facts = try Interchange.read(ForeignSource(ForeignSource.File(name: name, text: text))).conference
      return try ImportReader(facts, into: ConferenceFacts(paris)).remarks.filter {
        $0.text.contains("U+FFFD")
      }
      .map { "\($0.at?.line ?? 0): \($0.text.prefix { $0 != "," })" }
    }
    let found = try remarks(
      """
      <schedule><conference><title>Grid</title></conference><day date="2026-03-03">
      <room name="Caf\u{FFFD}"><event id="1"><date>2026-03-03T09:00:00+01:00</date><duration>01:00</duration><title>It can\u{FFFD}t</title>
      <persons><person id="1">Jos\u{FFFD} Ruiz</person></persons></event></room></day></schedule>
      """, "schedule.xml")
    #expect(
      found == [
        "2: A room's name has the sign U+FFFD", "3: A person's name has the sign U+FFFD",
        "2: A title has the sign U+FFFD",
      ])
    let event = "BEGIN:VEVENT\nDTSTART:20260303T090000Z\nDTEND:20260303T100000Z\nSUMMARY:"
    #expect(
      try remarks(
        "BEGIN:VCALENDAR\nVERSION:2.0\n\(event)Tides\nEND:VEVENT\n\(event)It can\u{FFFD}t\nEND:VEVENT\nEND:VCALENDAR\n",
        "a.ics") == ["8: A title has the sign U+FFFD"])
  }

  @Test func `which names stand for a room or somebody whom nobody knows yet`() throws {
    let text = """
      <schedule><conference><title>Grid</title></conference><day date="2026-03-03">
      <room name="TBA"><event id="1"><date>2026-03-03T09:00:00+01:00</date><duration>01:00</duration><title>Tides</title>
      <persons><person id="1">N. N.</person></persons></event></room>
      <room name="Room to be announced"><event id="2"><date>2026-03-03T09:00:00+01:00</date><duration>01:00</duration>
      <title>Waves</title></event></room></day></schedule>
      """
    #expect(
      try remarks(text, name: "schedule.xml").filter { !$0.contains("clocks") } == [
        "“Room to be announced” and “TBA” stand for a room that is not known yet; its sessions were read without a room.",
        "“N. N.” stands for somebody who is not known yet; such parts were left out.",
        "2 sessions have a time and no room. They are in “Room to be announced”.",
      ])
    let facts = try Interchange.read(
      ForeignSource(
        ForeignSource.File(
          name: "file.csv", text: "Title;Start;Duration;Room\nTides;2026-03-03T12:30;30;tbd\n"))
    ).conference
    let wanted = try ImportReader(facts, into: ConferenceFacts(paris), isTable: true).wanted
    #expect(wanted.rooms.isEmpty && wanted.sessions[0].places.map(\.room) == [nil])
  }

  @Test func `that a cell of Plenary's own table is empty that cannot be`() throws {
    #expect(
      try remarks("NAME,WHEN,ROOM,KIND,TITLE\ntides,2026-03-03 09:00–10:00,hall,,Tides\n") == [
        "The kind is empty. A session always has one, so it stays as it is."
      ])
    // A list without the column says nothing of it.
    let others = try remarks("NAME,WHEN,ROOM,TITLE\ntides,2026-03-03 09:00–10:00,hall,Tides\n")
    #expect(!others.contains { $0.contains("kind") }, "\(others)")
    #expect(
      try remarks("ATTENDEE,STATUS,CATEGORY,NAME\na-7k3m9q,registered,,Ana Ruiz\n").contains(
        "The category is empty. An attendee always has one, so it stays as it is."))
  }

  @Test func `that a row is in a list twice, and take it once`() throws {
    let list = "First name;Last name;E-mail;Ticket ID;Listed\n"
    #expect(
      try remarks(list + "Ana;Ruiz;ana@example.org;7;yes\nBen;Okri;;8;no\nAna;Ruiz;ana@example.org;7;yes\n")
        == [
          "This row is also line 4. It was taken once."
        ])
  }

  @Test func `which session has a person without a name, and where a character was lost`() throws {
    let long = String(repeating: "Many words before it. ", count: 20)
    #expect(
      try remarks(
        """
        <schedule><conference><title>Grid</title></conference><day date="2026-03-03"><room name="Hall"><event id="1">
        <date>2026-03-03T09:00:00+01:00</date><duration>01:00</duration><title>Tides</title>
        <abstract>\(long)It doesn\u{FFFD}t.</abstract><persons><person id="1">-</person></persons></event></room></day></schedule>
        """, name: "schedule.xml"
      ).filter { !$0.contains("clocks") } == [
        "A person of “Tides” was left out: A name is needed.",
        "A description has the sign U+FFFD, where another program could not read a character: “…Many words before it. It doesn\u{FFFD}t.”.",
      ])
  }

  @Test func `which titles are in two scripts, and what they were taken for`() throws {
    #expect(
      try remarks("Title;Room\nClosing / 闭幕式;\nPanel 1 – Дельта Волги;\nOpening;\n开幕式;\nΨηφίδες in art;\n")
        == [
          "2 titles have words in two scripts, and were taken as one language: “Closing / 闭幕式” (zh), “Panel 1 – Дельта Волги” (ru). "
            + "To give a title in each language: plenary session revise, or a column for each language."
        ])
    #expect(try remarks("Title (EN);Title (ZH);Room\nClosing;TCP 协议;\n") == [])
  }

  @Test func `who is in a list twice, and that it does not say who agreed to be listed`() throws {
    let header = "First name;Last name;E-mail;Ticket"
    #expect(
      try remarks(
        "\(header)\nAna;Ruiz;ana@example.org;Press\nBen;Okri;;Press\nANA;Ruiz;Ana@example.org;Guest\n") == [
          "This row has the same name and address as line 4. Each row is taken as an attendee.",
          "The file does not say who agreed to be listed: those who are new are on the printed list of participants. A column “listed” "
            + "with “yes” or “no” says it.",
        ])
    #expect(try remarks("\(header);Listed\nAna;Ruiz;;Press;no\nBen;Okri;;Press;yes\n") == [])
    #expect(
      try remarks("\(header);Listed\nAna;Ruiz;;Press;no\nBen;Okri;;Press;\n") == [
        "Of 1 attendee, the file does not say whether they agreed to be listed: those who are new are on the printed list of "
          + "participants. A column “listed” with “yes” or “no” says it."
      ])
  }
}
