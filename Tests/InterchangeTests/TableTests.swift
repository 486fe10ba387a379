import Foundation
import Interchange
import Testing

struct Tables {
  @Test func `sessions with speakers, tracks and times`() throws {
    let text = #"""
      ID,Proposal title,Abstract,Speaker names,Date,Start Time,Duration,Room,Tags
      7MATXR,"Advanced
      ""Koin""",Why,"Ana Ruiz, Ben Okri and Cho Min-ji",2027-05-01,09:30,45,Hall,x
      8MATXR,Second,,"Ruiz, Ana",2027-05-01,10:30,1:30,Hall,
      ,,,,,,,,
      9MATXR,Not yet,,,,,,,
      """#
    let read = try read(text)
    #expect(try format(text) == "CSV")
    #expect(read.titles == ["Advanced \"Koin\"", "Second", "Not yet"])
    #expect(read.sessions[0].keys == [ForeignKey(.id, "7MATXR")])
    // “Ruiz, Ana” is Ana Ruiz, and says which one is the family name.
    #expect(read.names == ["Ruiz, Ana", "Ben Okri", "Cho Min-ji"])
    #expect(
      read.sessions[0].slots == [
        ForeignSlot(room: "Hall", start: .wall(date: "2027-05-01", minutes: 570), minutes: 45)
      ])
    #expect(read.sessions.map { $0.slots.map(\.minutes) } == [[45], [90], []])
    #expect(read.sessions.map { $0.at?.line } == [2, 4, 6])
    #expect(
      read.remarkTexts == ["The column “Tags” was not read. To say what a column is, see --show-mapping."])
  }

  @Test(arguments: [
    "Track", "track_name", "track name", "TrackName", "Tracks", "Session track", "trackTitle",
  ])
  func `tracks in a column of any usual name`(header: String) throws {
    let read = try read("Title,\(header),Room\nGrids,Energy,Hall\n")
    #expect(read.tracks.map(\.key) == ["Energy"] && read.sessions[0].track == "Energy")
  }

  @Test func `people whose columns are named in one word`() throws {
    let read = try read(
      "firstName,LastName,emailAddress,jobTitle,companyName\nAna,Ruiz,ana@example.org,Editor,Looms\n")
    #expect(
      read.attendees.map(\.name) + read.people.map(\.name) == [ForeignName(given: "Ana", family: "Ruiz")])
    #expect(read.remarkTexts == [])
  }

  @Test func `sessions that end earlier on the clock than they begin go over midnight`() throws {
    let read = try read(
      """
      Title,Date,Start,End,End date,Room
      Party,2027-05-01,23:30,00:15,,Hall
      Night,2027-05-01,23:30,01:00,2027-05-02,Hall
      Mistake,2027-05-01,10:00,09:00,2027-05-01,Hall
      """)
    #expect(read.sessions.map { $0.slots.map(\.minutes) } == [[45], [90], []])
  }

  @Test func `attendees, with given and family name in columns of their own`() throws {
    let read = try read(
      """
      "First Name";"Last Name";"Name on attendee list";"Company Name";"Country";"E-Mail";"Ticket"\r
      "Ben";"Abel";"Yes";"Itinero";"Belgium";"ben@example.org";"Student"\r
      "Ada";"";"No";"";"";"not an address";""\r
      "";"";"";"";"";"";"x"\r

      """)
    #expect(
      read.attendees.map(\.name) == [ForeignName(given: "Ben", family: "Abel"), ForeignName(given: "Ada")])
    #expect(read.attendees.map(\.isListed) == [true, false])
    #expect(read.attendees.map(\.email) == ["ben@example.org", nil])
    #expect(read.attendees.map(\.category) == ["Student", nil])
    #expect(read.attendees[0].keys == [ForeignKey(.email, "ben@example.org")])
    #expect(
      read.remarkTexts == [
        "3: An e-mail address cannot be read as one.", "4: A row without a name was left out.",
      ])
  }

  @Test func `people; comments and ragged rows are told`() throws {
    let read = try read(
      """
      person_name,person_institution,person_country,person_position
      # 2027
      Franka Example,University of Zurich,Switzerland,Professor
      Emma Example,University of Luxembourg,Luxembourg
      Raphael Example,Gottfried,Switzerland,Professor,more
      """)
    #expect(read.names == ["Franka Example", "Emma Example", "Raphael Example"])
    #expect(read.people[0].organisation == "University of Zurich")
    #expect(
      read.remarkTexts == [
        "4: The row has 3 cells, the first row 4. The last columns were read as empty.",
        "5: The row has 5 cells, the first row 4. The last ones were left out.",
        "2: 1 row that begins with # was left out.",
      ])
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `lines end with LF, CR LF or CR, with quoted breaks in cells`(lineBreak: String) throws {
    let text = ["Name,Email,Biography", "Ana,a@example.org,\"One", "two\"", "Ben,b@example.org,"].joined(
      separator: lineBreak)
    let read = try read(text)
    #expect(read.names == ["Ana", "Ben"])
    #expect(read.people[0].biography == ForeignText("One\ntwo"))
    #expect(read.people.map { $0.at?.line } == [2, 4])
  }

  @Test(arguments: [("\t", 0), (";", 0), ("|", 0), (",", 0), (";", 1), (",", 2), (",", 3), (",", 4)])
  func `encodings and delimiters are found`(delimiter: String, encoding: Int) throws {
    let text =
      ["Name", "Company"].joined(separator: delimiter) + "\n"
      + ["Zoë Müller", "“Café”"].joined(separator: delimiter) + "\n"
    let bytes: [UInt8] =
      switch encoding {
      case 1: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
      case 2: [0xFF, 0xFE] + text.utf16Bytes(isLittle: true)
      case 3: [0xFE, 0xFF] + text.utf16Bytes(isLittle: false)
      case 4: text.unicodeScalars.map { $0 == "“" ? 0x93 : $0 == "”" ? 0x94 : UInt8($0.value) }
      default: Array(text.utf8)
      }
    let read = try Interchange.read(ForeignSource(bytes: bytes)).conference
    #expect(read.names == ["Zoë Müller"])
    #expect(read.people.map(\.organisation) == ["“Café”"])
    #expect(read.remarks.count == (encoding == 4 ? 1 : 0))
    if encoding == 4 {
      #expect(
        read.remarkTexts[0].hasPrefix(
          "The file is not UTF-8. It was read as Windows-1252; look at letters with accents. If they are wrong, name the encoding"
        ))
    }
  }

  @Test func `without headers, columns are told by what is in them`() throws {
    let read = try read("Ana,Ruiz,ana@example.org\nBen,Okri,ben@example.org\n")
    #expect(
      read.people.map(\.name) == [
        ForeignName(given: "Ana", family: "Ruiz"), ForeignName(given: "Ben", family: "Okri"),
      ])
    #expect(read.people.map(\.email) == ["ana@example.org", "ben@example.org"])
  }

  @Test(arguments: [
    ("03.02.2026", "2026-02-03", false), ("2/3/2026", "2026-03-02", true), ("2/13/2026", "2026-02-13", false),
    ("13/2/2026", "2026-02-13", false), ("3 Feb 2026", "2026-02-03", false),
    ("February 3rd, 2026", "2026-02-03", false),
    ("2026/02/03", "2026-02-03", false), ("46056", "2026-02-03", false),
    ("Di., 3. März 2026", "2026-03-03", false),
  ])
  func `dates are read as people write them`(written: String, meant: String, isAmbiguous: Bool) throws {
    let read = try read("Title;Date;Start;Duration\nTides;\(written);9:30 PM;1,5 h\n")
    #expect(
      read.sessions[0].slots == [
        ForeignSlot(room: nil, start: .wall(date: meant, minutes: 1290), minutes: 90)
      ])
    #expect(read.remarks.count == (isAmbiguous ? 1 : 0))
  }

  @Test func `what cannot be read is told with its line and its column`() throws {
    let talks = try read(
      """
      Title,Date,Start,Duration,Status
      Tides,03.02.2026,late,30,
      Moons,03.02.2026,9:30,soon,
      Suns,someday,,30,
      Stars,03.02.2026,9:30,30,rejected
      """)
    let places = talks.remarks.map { [$0.at?.line, $0.at?.column] }
    #expect(places == [[2, 3], [3, 4], [4, 2], [5, 5]], "\(talks.remarkTexts)")
    let people = try InterchangeTests.read("Name,Organisation,Email\nAna,Ruiz & Co,nowhere\n")
    #expect(people.remarks.map(\.at) == [SourcePosition(line: 2, column: 3)])
  }

  @Test func `columns that nobody can guess are named, and the usual ones are known`() throws {
    let read = try read(
      """
      Title;Speaker(s);Affiliation;Remarks;Day;Time;Room;Empty;Order
      Tides;Ana Ruiz;Sea House;slides;2026-02-03;9:00-10:30;Hall;;1
      Moons;Ben Okri;;;2026-02-03;11:00 – 11:30;Hall;;2
      """)
    #expect(read.names == ["Ana Ruiz", "Ben Okri"])
    #expect(
      read.sessions.flatMap(\.slots) == [
        ForeignSlot(room: "Hall", start: .wall(date: "2026-02-03", minutes: 540), minutes: 90),
        ForeignSlot(room: "Hall", start: .wall(date: "2026-02-03", minutes: 660), minutes: 30),
      ])
    #expect(read.sessions.allSatisfy { $0.keys.isEmpty })
    #expect(
      read.remarkTexts == [
        "The columns “Affiliation”, “Remarks” and “Order” were not read. To say what a column is, see --show-mapping."
      ])
    let people = try InterchangeTests.read("Order;First name;Last name;Ticket\n7;Ana;Ruiz;Press\n")
    #expect(people.attendees.map(\.keys) == [[ForeignKey(.id, "7")]] && people.remarks == [])
  }

  /// With somebody new at the top, everybody would get the data of the next one.
  @Test func `numbers that count the rows are no keys`() throws {
    for header in ["Order", "Nr.", "Number"] {
      func keys(_ numbers: [String]) throws -> [[ForeignKey]] {
        let rows = zip(numbers, ["Ana", "Ben", "Cho"]).map { "\($0),\($1),X,Press\n" }
        return try InterchangeTests.read("\(header),Name,Organisation,Ticket\n" + rows.joined()).attendees
          .map(
            \.keys)
      }
      for numbers in [["1", "2", "3"], ["0", "1", "2"], ["1", "2", "4"], ["1"]] {
        #expect(try keys(numbers) == numbers.map { _ in [] }, "\(header) \(numbers)")
      }
      for numbers in [
        ["7", "8", "9"], ["3", "1", "2"], ["1", "1", "2"], ["1", "A2"], ["1", "2", "57"], ["1", "7"],
      ] {
        #expect(try keys(numbers) == numbers.map { [ForeignKey(.id, $0)] }, "\(header) \(numbers)")
      }
    }
    let talks = try read("Nr;Title;Room\n1;Tides;Hall\n2;Moons;Hall\n")
    #expect(talks.sessions.allSatisfy { $0.keys.isEmpty })
    #expect(try read("ID;Title;Room\n1;Tides;Hall\n").sessions[0].keys == [ForeignKey(.id, "1")])
  }

  @Test func `the number of an order is no key where each row has another one`() throws {
    let talks = try read("Order,ID,Title,Room\n7,s1,Tides,Hall\n5,s2,Moons,Hall\n")
    #expect(talks.sessions.map(\.keys) == [[ForeignKey(.id, "s1")], [ForeignKey(.id, "s2")]])
    for header in ["Order", "Order number", "Order code"] {
      let people = try read(
        "\(header),Ticket ID,Name,E-mail\nA7,t1,Ana Ruiz,a@example.org\nA7,t2,Ben Okri,\n")
      #expect(
        people.attendees.map(\.keys.first) == [ForeignKey(.id, "t1"), ForeignKey(.id, "t2")], "\(header)")
    }
  }

  /// Tickets that are counted within an order have doubles, and what a ticket is for is shared.
  @Test func `the code of an order is the key where no other column tells more rows apart`() throws {
    func keys(_ text: String) throws -> [String] {
      let read = try read(text)
      #expect(!read.attendees.isEmpty, "\(text)")
      return read.attendees.map { $0.keys.map(\.value).joined(separator: " ") }
    }
    let orders = ["A7", "A7", "B3"]
    #expect(
      try keys("Order code,Number,Name,Ticket\nA7,1,Ana Ruiz,Day\nA7,2,Ben Okri,Day\nB3,1,Cho Li,Day\n")
        == orders)
    #expect(
      try keys("Number,Order code,Name,Ticket\n1,A7,Ana Ruiz,Day\n2,A7,Ben Okri,Day\n1,B3,Cho Li,Day\n")
        == orders)
    for sessions in [["Tides", "Moons", "Tides"], ["Tides", "Moons", "Stars"]] {
      let rows = zip(zip(orders, ["Ana Ruiz", "Ben Okri", "Cho Li"]), sessions)
        .map { "\($0.0),\($0.1),\($1),Day\n" }
      #expect(try keys("Order code,Name,Session,Ticket\n" + rows.joined()) == orders)
    }
    #expect(
      try keys("Order code,Code,Name,Ticket\nA7,EARLY,Ana Ruiz,Day\nB3,EARLY,Ben Okri,Day\nC1,,Cho Li,Day\n")
        == ["A7", "B3", "C1"])
    // Numbers without doubles tell more apart than the orders.
    #expect(
      try keys("Order code,Number,Name,Ticket\nA7,71,Ana Ruiz,Day\nA7,74,Ben Okri,Day\nB3,72,Cho Li,Day\n")
        == ["71", "74", "72"])
    // Two rows of one session are two speakers or two slots of it.
    let talks = try read(
      "Order,ID,Title,Room,Speaker\n7,s1,Tides,Hall,Ana Ruiz\n8,s1,Tides,Hall,Ben Okri\n5,s2,Moons,Hall,Cho Li\n"
    )
    #expect(talks.sessions.map(\.keys) == [[ForeignKey(.id, "s1")], [ForeignKey(.id, "s2")]])
    let named = try read("Session,ID,Room\nTides,s1,Hall\nMoons,s2,Hall\n")
    #expect(named.sessions.map(\.keys) == [[ForeignKey(.id, "s1")], [ForeignKey(.id, "s2")]])
    let both = try read("Session,Title,Room\ns1,Tides,Hall\ns2,Moons,Hall\n")
    #expect(both.sessions.map(\.keys) == [[ForeignKey(.id, "s1")], [ForeignKey(.id, "s2")]])
  }

  @Test(arguments: [
    ("Day", "Date", "Monday", "2026-02-16"), ("Day", "Date", "Day 1", "16.2.2026"),
    ("Jour", "Date", "lundi", "2/16/2026"), ("День", "Дата", "понедельник", "46069"),
    ("Date", "Day", "2026-02-16", "Monday"), ("Date", "Day", "2/16/2026", "1"),
  ])
  func `a day of the week beside the date is no date`(
    first: String, second: String, one: String, other: String
  ) throws {
    let read = try read(
      "\(first);\(second);Time;Room;Title\n\(one);\(other);9:00-10:30;Hall;Tides\n\(one);\(other);11:00-11:30;Hall;Moons\n"
    )
    #expect(
      read.sessions.flatMap(\.slots).map(\.start) == [
        .wall(date: "2026-02-16", minutes: 540), .wall(date: "2026-02-16", minutes: 660),
      ], "\(read.remarkTexts)")
  }

  @Test(arguments: [
    ("2/3/2026 9:00:00 AM -05:00", ""), ("2/3/2026 1:00 AM -05:00", ""), ("2026-02-03 9:00-05:00", ""),
    ("9:00-05:00", "2026-02-03"), ("12:30 -03:00", "2026-02-03"),
  ])
  func `a time with an offset from UTC is no range`(time: String, date: String) throws {
    let read = try read("Title;Date;Start;Duration\nTides;\(date);\(time);30\n")
    #expect(read.sessions[0].slots.isEmpty)
    #expect(
      read.remarkTexts.contains { $0.contains("was read without a time: “\(time)” cannot be read as one") },
      "\(read.remarkTexts)")
  }

  @Test(arguments: [
    ("9:00-10:30", 90), ("9:00 – 10:30", 90), ("9:00 -10:30", 90), ("19:00–00:00", 300), ("22:30-2:00", 210),
    ("20:00-24:00", 240), ("22:00-4:00", 360), ("20:00 – 2:00", 360),
  ])
  func `two times in one cell are a start and an end, also after midnight`(time: String, minutes: Int) throws
  {
    let read = try read("Title;Date;Time\nTides;2026-02-03;\(time)\n")
    #expect(read.sessions[0].slots.map(\.minutes) == [minutes], "\(read.remarkTexts)")
  }

  @Test(arguments: [
    ("12:30 PM", 750), ("12:30 am", 30), ("12 p.m.", 720), ("11:59 PM", 1439), ("1 pm", 780), ("12:00 AM", 0),
  ])
  func `noon is 12 PM, and midnight 12 AM`(time: String, minutes: Int) throws {
    let read = try read("Title;Date;Start;Duration\nTides;2026-02-03;\(time);30\n")
    #expect(
      read.sessions[0].slots.map(\.start) == [.wall(date: "2026-02-03", minutes: minutes)],
      "\(read.remarkTexts)")
  }

  @Test(arguments: ["21:59-4:00", "22:00-4:01", "9:00-8:59", "9:00-9:00"])
  func `an end more than six hours after midnight is none`(time: String) throws {
    let read = try read("Title;Date;Time\nTides;2026-02-03;\(time)\n")
    #expect(read.sessions[0].slots.isEmpty)
    #expect(read.remarkTexts.contains { $0.contains("“\(time)”") }, "\(read.remarkTexts)")
  }

  @Test func `what the mapping leaves out is left out without a word`() throws {
    let source = ForeignSource("Title;Remarks\nTides;slides\n", name: "talks.csv")
    let mapping = try ColumnMapping("table = sessions\n1 \"Title\" = title\n2 \"Remarks\" = -\n")
    #expect(try Interchange.read(source, mappings: ["talks.csv": mapping]).conference.remarks == [])
  }

  @Test func `a mapping with a field that its table does not have is refused`() {
    #expect(
      throws: Unreadable(
        "A table of people has no “title”. It has key, name, other-names, given, family, email, biography, position, organisation and country.",
        at: SourcePosition(line: 2))
    ) { try ColumnMapping("table = people\n1 \"Title\" = title\n2 \"Name\" = name\n") }
    #expect(throws: Unreadable.self) {
      try ColumnMapping("table = sessions\n1 \"Title\" = title\n2 \"House\" = organisation\n")
    }
  }

  @Test func `rooms of sessions without a time are taken, which is told`() throws {
    let read = try read("Title;Room\nTides;Main hall\nMoons;Main Hall\nSuns;\n")
    #expect(read.roomNames == ["Main hall"] && read.sessions.allSatisfy { $0.slots.isEmpty })
    #expect(
      read.remarkTexts == [
        "3: The room “Main Hall” was read as “Main hall”.",
        "2 sessions have a room but no time. The rooms were read, but a session without a time is in no room.",
      ])
    // A time that cannot be read has its own remark; a day without a time has none.
    let plan = try InterchangeTests.read(
      "Title;Date;Start;Room\nTides;2026-02-03;;Hall\nMoons;2026-02-03;late;Hall\nSuns;2026-02-03;9:00;Hall\n"
    )
    #expect(
      plan.remarkTexts == [
        "3: “Moons” was read without a time: “late” cannot be read as one.",
        "4: “Suns” was read without a time: it has no end and no duration that can be read.",
        "1 session has a room but no time. The room was read, but a session without a time is in no room.",
      ])
  }

  @Test func `another spelling of a room is told once`() throws {
    let rows = (1...1200).map { "Talk \($0);Main Hall;x\n" }.joined()
    let read = try read("Title;Room;Remarks\nTides;Main hall;x\nMoons;MAIN HALL;x\n" + rows)
    #expect(read.roomNames == ["Main hall"])
    #expect(
      read.remarkTexts == [
        "3: The room “MAIN HALL” was read as “Main hall”.",
        "4: The room “Main Hall” was read as “Main hall”.",
        "1202 sessions have a room but no time. The rooms were read, but a session without a time is in no room.",
        "The column “Remarks” was not read. To say what a column is, see --show-mapping.",
      ])
  }

  @Test func `nobody is called tba, and a role behind a name is a role`() throws {
    let read = try read(
      "Title;Speakers\nTides;Ana Ruiz (chair), Ben Okri and Cho Min-ji (Seoul)\nMoons;TBA\nSuns;N.N.\n"
        + "Stars;N. N.\nWinds;TBA / TBD\nSeas;待定\nLakes;?\nRivers;To be announced\n")
    #expect(read.names == ["Ana Ruiz", "Ben Okri", "Cho Min-ji (Seoul)"])
    #expect(read.sessions[0].people.map(\.role) == ["chair", nil, nil])
    #expect(read.remarkTexts == ["7 names such as “tba” were left out: nobody is called so."])
  }

  @Test func `an end before the start is told, and one after midnight is taken`() throws {
    let read = try read(
      "Title;Date;Start;End\nTides;2027-09-15;10:15;09:15\nMoons;2027-09-15;22:00;01:00\nSuns;2027-09-15;20:00;08:00\n"
        + "Winds;2027-09-15;23:00;22:00\n")
    #expect(read.sessions.map { $0.slots.map(\.minutes) } == [[], [180], [720], []])
    #expect(
      read.remarkTexts == [
        "2: “Tides” was read without a time: the end “09:15” cannot be read, or is not after the start.",
        "5: “Winds” was read without a time: the end “22:00” cannot be read, or is not after the start.",
      ])
  }

  @Test func `a day that cannot be read is named, not the time beside it`() throws {
    let read = try read(
      "Title;Room;Date;Start;End\nTides;Hall;31.02.2027;09:00;10:00\nMoons;Hall;tomorrow;09:00;10:00\nSuns;Hall;2027-09-15;soon;10:00\n"
    )
    #expect(
      read.remarks.map { "\($0.at?.column ?? 0): \($0.text)" } == [
        "3: “Tides” was read without a time: “31.02.2027” cannot be read as a day.",
        "3: “Moons” was read without a time: “tomorrow” cannot be read as a day.",
        "4: “Suns” was read without a time: “soon” cannot be read as one.",
      ])
  }

  @Test(arguments: ["Name;E-mail\nAnn Ott;ann@example.org\n", "Name;E-mail\nOtt, Ann;ann@example.org\n"])
  func `a person in two files is one, whichever comes first`(people: String) throws {
    let sessions = "Title;Speakers\nTides;Ann Ott\nMoons;Ann Ott, Ben Okri\n"
    for files in [[people, sessions], [sessions, people]] {
      let source = ForeignSource(
        files.enumerated().map { ForeignSource.File(name: "\($0.offset).csv", text: $0.element) })
      let read = try Interchange.read(source).conference
      #expect(read.people.count == 2)
      let ann = try #require(read.people.first { $0.email == "ann@example.org" })
      #expect(read.sessions.map { $0.people.first?.person } == [ann.key, ann.key])
    }
    // Wherever the parts of the name stand, they are known.
    let parts = "First name;Last name;E-mail;Biography\nMaria;García López;maria@example.org;Weaves.\n"
    let whole = "Title;Room;Speakers\nTides;Hall;Maria García López\n"
    for files in [[parts, whole], [whole, parts]] {
      let source = ForeignSource(
        files.enumerated().map { ForeignSource.File(name: "\($0.offset).csv", text: $0.element) })
      #expect(
        try Interchange.read(source).conference.people.map(\.name) == [
          ForeignName(given: "Maria", family: "García López")
        ])
    }
    // Each file can have what the other one lacks.
    let tables = [
      "Name;Company;Country\nAnn Ott;Looms;Latvia\n",
      "ID;Name;Position;Biography\n7;Ann Ott;Weaver;Weaves.\n",
    ]
    for tables in [tables, tables.reversed()] {
      let source = ForeignSource(
        tables.enumerated().map { ForeignSource.File(name: "\($0.offset).csv", text: $0.element) })
      let ann = try #require(try Interchange.read(source).conference.people.first)
      #expect(
        [ann.organisation, ann.country, ann.position, ann.biography?.entries[0].text] == [
          "Looms", "Latvia", "Weaver", "Weaves.",
        ])
      #expect(ann.keys == [ForeignKey(.id, "7")])
    }
    // Of two of one name, nobody knows which is meant.
    let two = ForeignSource([
      ForeignSource.File(name: "a.csv", text: people + "Ann Ott;other@example.org\n"),
      ForeignSource.File(name: "b.csv", text: sessions),
    ])
    #expect(try Interchange.read(two).conference.people.count == 4)
  }

  /// Their headings are those of lists with `--csv`, and of exports.
  @Test func `tables of ours are read by their short names`() throws {
    let attendees = try read(
      "ATTENDEE,STATUS,CATEGORY,NAME,ORGANISATION,COUNTRY,EMAIL\r\na-1,registered,press,Anna Berg · 安娜,Bank,,anna@example.org\r\n"
        + "a-2,withdrawn,delegate,Li Wei,,,\r\n")
    #expect(attendees.attendees.map(\.keys.first) == [ForeignKey(.own, "a-1"), ForeignKey(.own, "a-2")])
    #expect(attendees.attendees.map(\.name.whole) == ["Anna Berg", "Li Wei"])
    #expect(attendees.attendees.map(\.isCancelled) == [false, true])
    let speakers = try read(
      "NAME,SPEAKER,SESSIONS,AFFILIATION\r\nada (withdrawn),Ada Lovelace,2,\"Countess, Society\"\r\n")
    #expect(speakers.people.map(\.keys) == [[ForeignKey(.own, "ada")]])
    #expect(speakers.names == ["Ada Lovelace"] && speakers.sessions.isEmpty)
    let sessions = try read(
      "NAME,WHEN,ROOM,KIND,TITLE\r\ntalks,2027-09-13 22:00–23:30,hall,panel,Talks (1/2)\r\n"
        + "talks.2,2027-09-14 22:00–09:00 (2027-09-15),annex,panel,Talks (1/2)\r\nlost,2027-09-14 10:00–11:00,hall,cancelled,Lost\r\n"
        + "loose,not scheduled,,session,Loose\r\n")
    // A title can end so.
    #expect(sessions.titles == ["Talks (1/2)", "Lost", "Loose"])
    #expect(sessions.sessions.map { $0.slots.map(\.number) } == [[1, 2], [1], []])
    #expect(sessions.sessions.map { $0.slots.map(\.minutes) } == [[90, 660], [60], []])
    #expect(sessions.sessions.map(\.isCancelled) == [false, true, false])
    #expect(sessions.rooms.map(\.keys) == [[ForeignKey(.own, "hall")], [ForeignKey(.own, "annex")]])
    #expect(attendees.attendees.map(\.nameForms) == [["Anna Berg", "安娜"], ["Li Wei"]])
    for read in [attendees, sessions] { #expect(read.remarks.isEmpty, "\(read.remarkTexts)") }
    #expect(
      speakers.remarkTexts == [
        "The columns “SESSIONS” and “AFFILIATION” were not read. Plenary does not take them back from its own tables; change that with commands."
      ])
    let rooms = whyRefused(
      ForeignSource("NAME,SEATS,ROOM,VENUE,FEATURES,OPEN,NOTE\r\nhall,300,Hall,,,,\r\n", name: "rooms.csv"))
    #expect(
      rooms?.description
        == "“rooms.csv” is a list of rooms that Plenary wrote. Of its lists, those of sessions, speakers and attendees (--csv, --xlsx) can be imported, and the program."
    )
  }

  @Test func `a table of ours is not mixed with another one, and tells rows that contradict each other`()
    throws
  {
    let list = "NAME,WHEN,ROOM,KIND,TITLE\r\ntalks,2027-09-13 22:00–23:30,hall,panel,Talks\r\n"
    let ours = ForeignSource.File(name: "ours.csv", text: list)
    let theirs = ForeignSource.File(name: "theirs.csv", text: "Title,Room\r\nA,B\r\n")
    for files in [[ours, theirs], [theirs, ours]] {
      #expect(
        whyRefused(ForeignSource(files))?.description
          == "Plenary wrote “ours.csv”, and another program “theirs.csv”. Import them one after the other.")
    }
    let twice = ForeignSource([ours, ForeignSource.File(name: "more.csv", text: list)])
    #expect(whyRefused(twice)?.description.contains("are both tables of sessions") == true)
    let rows = try read(
      list
        + "talks.2,2027-09-14 22:00–23:30,hall,panel,Talk\r\nother.3,2027-09-14 22:00–23:30,hall,panel,Other\r\n"
    )
    #expect(rows.titles == ["Talks", "Other"] && rows.sessions[1].slots[0].number == 3)
    #expect(
      rows.remarkTexts == [
        "3: The rows of “Talks” differ in more than time and room. Line 2 was taken; correct all rows of a session."
      ])
    let rooms = try read(
      "session,slot,date,start,end,end_date,time_zone,room,room_name,cancelled,title_en\r\n"
        + "a,1,2027-09-13,09:00,10:00,2027-09-13,UTC,hall,Hall,yes,A\r\na,2,2027-09-13,11:00,12:00,2027-09-13,UTC,hall,Aula,no,A\r\n"
    )
    // Addresses have spaces between them; a semicolon is a part of one.
    let links = try read(
      "session,slot,date,start,end,end_date,time_zone,room,room_name,links,title_en\r\n"
        + "a,1,2027-09-13,09:00,10:00,2027-09-13,UTC,hall,Hall,https://example.org/a;b https://example.org/c,A\r\n"
    )
    #expect(
      links.sessions[0].links.map(\.address) == ["https://example.org/a;b", "https://example.org/c"])
    #expect(rooms.remarkTexts.first?.contains("The room “hall” is called “Aula” here and “Hall”") == true)
    #expect(rooms.remarkTexts.last?.contains("The column “time_zone” was not read") == true)
    // Somebody writes it into the row of one slot, and expects that this slot is cancelled.
    #expect(rooms.sessions.map { $0.slots.map(\.number) } == [[1, 2]] && !rooms.sessions[0].isCancelled)
    #expect(
      rooms.remarkTexts.dropFirst().first
        == "3: Not all rows of “A” say that it is cancelled, so it was read as taking place. A single slot is removed with a command."
    )
  }

  /// “Other names” is usual in some countries.
  @Test func `a list of names of another program is not taken for ours`() throws {
    let list = try read("name,other_names,organisation\r\nAda,Byron King,Engines\r\n")
    #expect(!list.isOwn && list.remarkTexts.contains { $0.contains("“other_names” was not read") })
    let printed = ForeignSource("number,name,other_names,country\r\n1,Ada Lovelace,,GB\r\n", name: "p.csv")
    #expect(whyRefused(printed)?.description.contains("participants without their short names") == true)
    for column in ["tick", "signature", "presence", "checked-in"] {
      let blank = ForeignSource("\(column),name,other_names,email,note\r\n,Ada Lovelace,,,vegan\r\n")
      #expect(
        whyRefused(blank)?.description.contains("participants without their short names") == true, "\(column)"
      )
    }
    let checkIn = try read("attendee,name,other_names,category\r\na-1,Ada Lovelace,艾达,press\r\n")
    #expect(checkIn.isOwn && checkIn.attendees.map(\.nameForms) == [["Ada Lovelace", "艾达"]])
  }

  @Test func `a time and an offset are not taken for two times, where the column says which`() throws {
    let rows = "Title,Room,Start,Duration\nA,B,2026-02-03 09:00-10:00,60\n"
    #expect(try read(rows).sessions[0].slots.map(\.start) == [.instant(microseconds: 1_770_145_200_000_000)])
    for (offset, seconds) in [("12:00", 1_770_152_400), ("03:30", 1_770_121_800), ("09:30", 1_770_143_400)] {
      let read = try read(rows.replacing("10:00", with: offset))
      #expect(read.sessions[0].slots.map(\.start) == [.instant(microseconds: Int64(seconds) * 1_000_000)])
    }
    // No clock is so far behind UTC, whatever else the row says.
    for end in ["10:30", "12:30", "13:00"] {
      let read = try read(rows.replacing("10:00", with: end))
      #expect(read.sessions[0].slots.map(\.start) == [.wall(date: "2026-02-03", minutes: 540)], "\(end)")
    }
    let column = "Title,Room,Start\nA,B,2026-02-03 09:00-10:00\nC,B,2026-02-03 10:30-10:00\n"
    #expect(try read(column).sessions.allSatisfy(\.slots.isEmpty))
    let ranges = "Title,Room,Start\nA,B,2026-02-03 09:00-10:00\nC,B,2026-02-03 10:30-11:00\n"
    #expect(try read(ranges).sessions.map { $0.slots.map(\.minutes) } == [[60], [30]])
  }

  @Test func `a name without a key means the one person of this name, before or after`() throws {
    func people(_ rows: String...) throws -> [[String]] {
      let files = rows.enumerated().map { ForeignSource.File(name: "\($0.offset).csv", text: $0.element) }
      let facts = try Interchange.read(ForeignSource(files)).conference
      return facts.sessions.map(\.people).map { $0.map(\.person) } + [facts.people.map(\.key)]
    }
    let talks = "Title,Room,Speaker\nA,B,Wei Wang\n"
    let one = "ID,Name,Biography\n7,Wei Wang,Long\n"
    let two = "ID,Name,Biography\n7,Wei Wang,Long\n8,Wei Wang,Other\n"
    for order in [[talks, one], [one, talks]] {
      let read = try people(order[0], order[1])
      #expect(read[0] == read[1] && read[1].count == 1, "\(read)")
    }
    for order in [[talks, two], [two, talks]] {
      let read = try people(order[0], order[1])
      #expect(read[0] == ["name:wei wang"] && read[1].count == 3, "\(read)")
    }
  }

  @Test func `files of other kinds are refused by their names`() throws {
    for (beginning, name) in [
      ("%PDF-1.7\n1 0 obj\n", "a PDF"), ("{\\rtf1 text}", "a text with formats (RTF)"),
      ("RIFF\u{1}\u{1}\u{1}\u{1}WAVEfmt ", "a picture, a film or a sound"),
      ("ID3\u{4}\u{1}", "a sound (MP3)"),
      (
        "---\nlayout: null\n---\n<?xml version=\"1.0\"?><schedule>{% for a in b %}",
        "a template that no program has filled in"
      ),
    ] {
      let source = ForeignSource(beginning, name: "file")
      let said = "“file” is \(name), which cannot be imported."
      #expect(
        whyRefused(source)?.description.hasPrefix(said) == true, "\(String(describing: whyRefused(source)))")
      #expect(throws: Unreadable.self) { try Interchange.readTranscript(source.files[0]) }
    }
    // Words that only begin as such files do.
    for (beginning, titles) in [("ID3;Title;Room\n7;Tides;Hall\n", ["Tides"])] {
      #expect(try read(beginning).titles == titles, "\(beginning)")
    }
    for said in ["ID3 Tags: Good morning.\nRIFFAT HASSAN: Thank you.\n", "RIFFAT HASSAN: Good morning.\n"] {
      #expect(
        try Interchange.readTranscript(ForeignSource.File(name: "said.txt", text: said)).transcript.turns
          .isEmpty == false)
    }
    let people = ForeignSource.File(name: "people.csv", text: "Name;E-mail\nAnn Ott;ann@example.org\n")
    let refusal = #expect(throws: Unreadable.self) { try Interchange.readTranscript(people) }
    #expect(refusal?.description.contains("is a table of a program or of people, and no transcript") == true)
  }

  @Test func `two times after a day are no offset from UTC`() throws {
    let read = try read(
      "Title;Time\nTides;2026-02-03 09:00-10:30\nMoons;2026-02-03 09:00:00-10:30\nSuns;2026-02-03 09:00-05:00\n"
    )
    #expect(read.sessions[0].slots.map(\.minutes) == [90])
    #expect(read.sessions[1].slots.isEmpty && read.sessions[2].slots.isEmpty)
  }

  @Test func `rows above the headings are named`() {
    let text = "Grid 2026;;\nAll sessions;;\nTitle;Room;Start\nTides;Hall;2026-02-03 09:00\n"
    let refused = whyRefused(ForeignSource(text, name: "talks.csv"))
    #expect(
      refused?.description
        == "Line 3: This row of “talks.csv” looks like the headings of the columns. Remove the rows above it.",
      "\(String(describing: refused))")
  }

  @Test func `an ambiguous date is told, and the mapping decides`() throws {
    let text = "Title,Start,End\nTides,2/3/2026 09:30,2/3/2026 10:00\n"
    let source = ForeignSource(text, name: "talks.csv")
    let read = try Interchange.read(source).conference
    #expect(
      read.remarkTexts == [
        "2: “2/3/2026 09:30” was read as 2026-03-02, the day first. If the month is first, say “dates = month-first” in the mapping."
      ])
    var mapping = try Table.guess(source.files[0])
    mapping.dates = .monthFirst
    let other = try Interchange.read(source, mappings: ["talks.csv": mapping]).conference
    #expect(
      other.sessions[0].slots == [
        ForeignSlot(room: nil, start: .wall(date: "2026-02-03", minutes: 570), minutes: 30)
      ])
    #expect(other.remarks.isEmpty)
  }

  @Test func `dates with points have the day first, whatever those with slashes have`() throws {
    let read = try read(
      """
      Title,Date,Start,End
      Tides,2/13/2026,09:30,10:00
      Ports,3.2.2026,09:30,10:00
      """)
    #expect(
      read.sessions.flatMap(\.slots).map(\.start) == [
        .wall(date: "2026-02-13", minutes: 570), .wall(date: "2026-02-03", minutes: 570),
      ])
  }

  @Test func `a program of ours comes in again`() throws {
    let read = try read(
      """
      session,slot,date,start,end,end_date,time_zone,room,room_name,track,kind,cancelled,title_en,title_zh,speaker,chair,languages,description
      opening,1,2027-05-01,23:30,00:15,2027-05-02,Asia/Shanghai,hall,Main Hall,,plenary,no,Opening,开幕,Ana Ruiz; Feng Shaolei,Ben Okri; Ana Ruiz,en zh,Text
      """)
    #expect(read.sessions[0].title == ForeignText([.init("Opening", in: "en"), .init("开幕", in: "zh")]))
    #expect(read.sessions[0].slots.map(\.minutes) == [45])
    // Somebody can speak and be in the chair.
    #expect(read.sessions[0].people.map(\.role) == [nil, nil, "chair", "chair"])
    #expect(read.sessions[0].people.last?.person == read.sessions[0].people.first?.person)
    #expect(!read.sessions[0].isCancelled)
  }

  @Test(arguments: ["pt-BR", "zh-Hant", "ckb", "de"])
  func `a program of ours has titles in any language`(language: String) throws {
    let read = try read(
      "session,slot,date,start,end,end_date,time_zone,room,room_name,title_\(language),title_en\r\n"
        + "a,1,2027-09-13,09:00,10:00,2027-09-13,UTC,hall,Hall,Um,One\r\nb,1,2027-09-13,11:00,12:00,2027-09-13,UTC,hall,Hall,Dois,\r\n"
    )
    #expect(
      read.sessions.map(\.title) == [
        ForeignText([.init("Um", in: language), .init("One", in: "en")]),
        ForeignText([.init("Dois", in: language)]),
      ])
  }

  @Test func `a dictionary in a cell tells of a person`() throws {
    let read = try read(
      "id,avatar,zh,year\n1,x,\"{'name': '蔡孟村', 'bio': 'a\\r\\nb', 'age': 3}\",2024\n2,x,\"{'name': \"\"O'Neil\"\"}\",2024\n"
    )
    #expect(read.names == ["蔡孟村", "O'Neil"])
    #expect(read.people.map(\.biography) == [ForeignText("a\nb"), nil])
  }

  // MARK: Mappings

  @Test func `a mapping is written and read again`() throws {
    let file = ForeignSource.File(
      name: "x", text: "ID;Titel;\"Say \"\"hi\"\"\";Sprecher:in\n1;A;b;Ana Ruiz\n")
    var mapping = try Table.guess(file)
    #expect(mapping.subject == .sessions)
    mapping.columns[3].target = ColumnMapping.Target(.people, "chair")
    mapping.separators = [.semicolon]
    mapping.dates = .monthFirst
    #expect(
      mapping.description.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n") == """
        table = sessions
        header = yes
        names = semicolon
        dates = month-first
        1 "ID" = key
        2 "Titel" = title
        3 "Say 'hi'" = -
        4 "Sprecher:in" = people:chair
        """)
    var again = try ColumnMapping(mapping.description)
    again.columns[2].header = mapping.columns[2].header
    #expect(again == mapping)
    let read = try Interchange.read(ForeignSource(file), mappings: ["x": again]).conference
    #expect(read.sessions[0].people.map(\.role) == ["chair"])
  }

  @Test func `a mapping finds columns that were moved, and misses those that are gone`() throws {
    let mapping = try ColumnMapping("table = people\n1 \"Name\" = name\n2 \"Firma\" = organisation\n")
    let moved = ForeignSource("Firma,Mail,Name\nN,a@example.org,Ana Ruiz\n", name: "p.csv")
    let read = try Interchange.read(moved, mappings: ["p.csv": mapping]).conference
    #expect(read.people.map(\.organisation) == ["N"])
    #expect(read.people.map(\.email) == [nil])
    #expect(throws: Unreadable("The table has no column “Firma”, which the mapping reads as organisation.")) {
      try Interchange.read(
        ForeignSource("Name,Mail\nA B,a@example.org\n", name: "p.csv"), mappings: ["p.csv": mapping])
    }
  }

  @Test(arguments: [
    ("1 = title", "The mapping does not say what a row is: table = sessions."),
    ("table = talks", "Line 1: “talks” is no table; it is one of sessions, people and attendees."),
    ("table = people\nx = name", "Line 2: “x” is no number of a column, nor table, header, names or dates."),
    (
      "table = people\n9999 = name",
      "Line 2: “9999” is no number of a column, nor table, header, names or dates."
    ),
    ("table = people\nhello", "Line 2: A line of a mapping is “3 \"Titel\" = title”."),
  ])
  func `a mapping that says nothing is refused`(text: String, why: String) {
    let error = #expect(throws: Unreadable.self) { try ColumnMapping(text) }
    #expect(error?.description == why)
  }

  @Test(arguments: [
    ("Ana Ruiz, Ben Okri", ["Ana Ruiz", "Ben Okri"]), ("Ruiz, Ana", ["Ruiz, Ana"]),
    ("Ruiz, Ana María", ["Ruiz, Ana María"]),
    ("Ruiz, Ana; Okri, Ben", ["Ruiz, Ana", "Okri, Ben"]), ("Ana Ruiz & Ben Okri", ["Ana Ruiz", "Ben Okri"]),
    ("Ana Ruiz, Ben Okri, and Cho Min-ji", ["Ana Ruiz", "Ben Okri", "Cho Min-ji"]),
    ("Ana Ruiz (CERN, Geneva), Ben Okri", ["Ana Ruiz (CERN, Geneva)", "Ben Okri"]),
    ("Ana, Ben, Cho", ["Ana, Ben, Cho"]),
    ("冯绍雷、蔡孟村", ["冯绍雷", "蔡孟村"]), ("Ana Ruiz\nBen Okri", ["Ana Ruiz", "Ben Okri"]),
    ("Sand and Sons", ["Sand and Sons"]),
    ("Ana Ruiz (head and neck)", ["Ana Ruiz (head and neck)"]), ("", []),
  ])
  func `several names in one cell are told apart`(cell: String, names: [String]) throws {
    let quoted = cell.replacing("\"", with: "\"\"")
    #expect(try read("Title,Room,Speakers\nT,R,\"\(quoted)\"\n").names == names)
  }

  // MARK: XLSX

  /// Dates are 46508 in the format dd.mm.yyyy, times 0.395833333333333 in h:mm.
  static let workbook =
    "UEsDBBQAAAAIAAAAIV7eGdztnwAAABABAAAPAAAAeGwvd29ya2Jvb2sueG1sjZBNDoIwEEav0vQADrBwQYCVG1duvECFwTa0nWamRo8vgiS4czV/L+9LpnkSTzeiSb2Cj9Jqm3OqAaS3GIwcKGGcLyNxMHke+Q6SGM0gFjEHD1VRHCEYF/VqqPkfB42j6/FE/SNgzKuE0ZvsKIp1SXTXLAnyrSqagK2+Gj+JVsvqPLS61IprNzd8HkoNv/AlW+QdXO3g6gPDFgHbF7o3UEsDBBQAAAAIAAAAIV6nbMhZewAAAKUAAAAaAAAAeGwvX3JlbHMvd29ya2Jvb2sueG1sLnJlbHNVjksKwzAMRK8SdIAo7aKFYnufbckFTKLaIfEHSdD09jVdpauZYeDNmCftXteSJa5VuiPtWSxE1fpAlDlS8tKXSrk1r8LJa4scsPp584HwOgw35DMDnDkzu3GxwONygW76VLJwNOM5kFp4F94kEqngT+59WwF0Bv9euS9QSwMEFAAAAAgAAAAhXlXSUzCdAAAAEwEAABQAAAB4bC9zaGFyZWRTdHJpbmdzLnhtbGWQywrCQAxFf2XowqUpLlzYcUBxK4L6A8FGO7TzIElB/HorFR90mXMu90KsiJp76KKsi0Y1rwDk0lBAmadMcTDXxAF1OPkGkpmwloZIQweLslxCQB8LZ8U7q+7stSML6iy8wAh3qBN2UmSdBHtG9SlOwpmwJZZ/zuNgTWJmGHJlRs1vs08pygf9tG0immPvH5XZUjSHlv23F4ZvuCdQSwMEFAAAAAgAAAAhXneitBSWAAAA7AAAAA0AAAB4bC9zdHlsZXMueG1sXY89CsMwDIWvEnyAKA0lQ4mzFAqdu3TIYmKlLliOsVxIbl+7oemPFj1J732gluNi8WIQYzGTdSyFidEfAHgwSIrLyaNLl3EKpGIaww3YB1Sac4gs1FXVAKm7E13rHnSiyG9RrO2spdg1e1GskOOkUQqt+5KoL5dUAroWtuyA1l7HJObxC1Bl088mI/939csGGwI+/3VPUEsDBBQAAAAIAAAAIV4NcDQ66wAAAB8CAAAYAAAAeGwvd29ya3NoZWV0cy9zaGVldDcueG1sbZLBTsQgEEB/peK905a2WQ0lUbcePegXkMpaYoEGyK6fL1sMS4mcYB4zvAHIRZtvO3Puih+5KDug2bn1EcBOM5fMlnrlypOTNpI5vzRfYFfD2eeWJBdoqqoHyYRClGyxI3OMEqMvhRlQ7aPTdfJUo8INyPr1mVYEzpTA9MeeU1bv2UvKmj07pgzv2ZiyNjLwXlEORzmcbO4yOc9saMQX6rvqkAkG3oTGSvzQHfBtZMI4VOnK7AbGVKD/37aNtu22WahFKP7hjI8LS4mjb7pwQnICzqdeQ7cmQgrf6t+/j6932RmQPB3EP0F/AVBLAQIUAxQAAAAIAAAAIV7eGdztnwAAABABAAAPAAAAAAAAAAAAAACAAQAAAAB4bC93b3JrYm9vay54bWxQSwECFAMUAAAACAAAACFep2zIWXsAAAClAAAAGgAAAAAAAAAAAAAAgAHMAAAAeGwvX3JlbHMvd29ya2Jvb2sueG1sLnJlbHNQSwECFAMUAAAACAAAACFeVdJTMJ0AAAATAQAAFAAAAAAAAAAAAAAAgAF/AQAAeGwvc2hhcmVkU3RyaW5ncy54bWxQSwECFAMUAAAACAAAACFed6K0FJYAAADsAAAADQAAAAAAAAAAAAAAgAFOAgAAeGwvc3R5bGVzLnhtbFBLAQIUAxQAAAAIAAAAIV4NcDQ66wAAAB8CAAAYAAAAAAAAAAAAAACAAQ8DAAB4bC93b3Jrc2hlZXRzL3NoZWV0Ny54bWxQSwUGAAAAAAUABQBIAQAAMAQAAAAA"

  @Test func `hours of a workbook can be more than a day has`() throws {
    let sheet = """
      <worksheet><sheetData>
      <row r="1"><c r="A1" t="inlineStr"><is><t>Title</t></is></c><c r="B1" t="inlineStr"><is><t>Start</t></is></c>
      <c r="C1" t="inlineStr"><is><t>Duration</t></is></c></row>
      <row r="2"><c r="A2" t="inlineStr"><is><t>Tides</t></is></c><c r="B2" s="1"><v>46508.375</v></c><c r="C2" s="2"><v>0.0625</v></c></row>
      <row r="3"><c r="A3" t="inlineStr"><is><t>Moons</t></is></c><c r="B3" s="1"><v>46508.5</v></c><c r="C3" s="3"><v>0.03125</v></c></row>
      <row r="4"><c r="A4" t="inlineStr"><is><t>Camp</t></is></c><c r="B4" s="1"><v>46508.5</v></c><c r="C4" s="4"><v>1</v></c></row>
      </sheetData></worksheet>
      """
    let styles = """
      <styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm"/><numFmt numFmtId="165" formatCode="[h]:mm"/>
      <numFmt numFmtId="166" formatCode="[mm]&quot; min&quot;"/></numFmts>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="46"/></cellXfs></styleSheet>
      """
    let read = try Interchange.read(
      ForeignSource(
        bytes: ZipArchive.stored([
          ("xl/workbook.xml", "<workbook><sheets><sheet name=\"Talks\"/></sheets></workbook>"),
          ("xl/styles.xml", styles), ("xl/worksheets/sheet1.xml", sheet),
        ]))
    ).conference
    #expect(read.sessions.map { $0.slots.map(\.minutes) } == [[90], [45], [1440]], "\(read.remarkTexts)")
  }

  /// A workbook of one sheet. A cell is the XML after `<c r="B2"`.
  private static func workbook(_ rows: [[String]]) -> [UInt8] {
    let sheet = rows.enumerated().map { row, cells in
      "<row r=\"\(row + 1)\">"
        + cells.enumerated().map { "<c r=\"\(["A", "B", "C", "D", "E", "F"][$0])\(row + 1)\"\($1)</c>" }
        .joined()
        + "</row>"
    }
    return ZipArchive.stored([
      ("xl/workbook.xml", "<workbook><sheets><sheet name=\"People\"/></sheets></workbook>"),
      ("xl/worksheets/sheet1.xml", "<worksheet><sheetData>\(sheet.joined())</sheetData></worksheet>"),
    ])
  }

  private static func text(_ text: String) -> String { " t=\"inlineStr\"><is><t>\(text)</t></is>" }
  private static func number(_ value: String) -> String { "><v>\(value)</v>" }
  private static func yes(_ isSo: Bool) -> String { " t=\"b\"><v>\(isSo ? 1 : 0)</v>" }

  @Test func `a workbook of people`() throws {
    let bytes = Self.workbook([
      ["Speaker ID", "First name", "Last name", "E-mail", "Company", "Biography"].map(Self.text),
      [Self.number("7.0")]
        + ["Ana", "Ruiz", "ana@example.org", "Engines &amp; Co", "Builds."].map(Self.text),
      [Self.number("12")] + ["伟", "李"].map(Self.text) + [Self.text("nowhere"), Self.text(""), Self.text("")],
    ])
    let (format, read) = try Interchange.read(ForeignSource(bytes: bytes))
    #expect(format.name == "XLSX")
    #expect(read.attendees.isEmpty && read.sessions.isEmpty)
    #expect(
      read.people.map(\.name) == [
        ForeignName(given: "Ana", family: "Ruiz"), ForeignName(given: "伟", family: "李"),
      ])
    #expect(read.people.map { $0.keys.first } == [ForeignKey(.id, "7"), ForeignKey(.id, "12")])
    #expect(read.people.map(\.email) == ["ana@example.org", nil])
    #expect(read.people.map(\.organisation) == ["Engines & Co", nil])
    #expect(read.people.map(\.biography) == [ForeignText("Builds."), nil])
    #expect(read.remarks.map(\.at) == [SourcePosition(line: 3, column: 4)], "\(read.remarkTexts)")
  }

  @Test func `a workbook of attendees`() throws {
    let bytes = Self.workbook([
      ["Order code", "Full name", "Ticket", "Public", "Diet", "Cancelled"].map(Self.text),
      [
        Self.number("1001"), Self.text("Ben Okri"), Self.text("Student"), Self.yes(true), Self.text("vegan"),
        Self.yes(false),
      ],
      [
        Self.number("1002"), Self.text("Ruiz, Ana"), Self.text("Press"), Self.yes(false), Self.text(""),
        Self.yes(true),
      ],
    ])
    let (format, read) = try Interchange.read(ForeignSource(bytes: bytes))
    #expect(format.name == "XLSX")
    #expect(read.attendees.map(\.keys) == [[ForeignKey(.code, "1001")], [ForeignKey(.code, "1002")]])
    #expect(read.attendees.map(\.name.whole) == ["Ben Okri", "Ruiz, Ana"])
    #expect(read.attendees.map(\.category) == ["Student", "Press"])
    #expect(read.attendees.map(\.isListed) == [true, false])
    #expect(read.attendees.map(\.note) == ["vegan", nil])
    #expect(read.attendees.map(\.isCancelled) == [false, true])
    #expect(read.attendees.map { $0.at?.line } == [2, 3])
    #expect(read.remarks.isEmpty, "\(read.remarkTexts)")
  }

  @Test func `the first sheet of a workbook`() throws {
    let bytes = [UInt8](try #require(Data(base64Encoded: Self.workbook)))
    let (format, read) = try Interchange.read(ForeignSource(bytes: bytes))
    #expect(format.name == "XLSX")
    #expect(read.titles == ["Tides & Moons", "No time"])
    #expect(
      read.sessions[0].slots == [
        ForeignSlot(room: nil, start: .wall(date: "2027-05-01", minutes: 570), minutes: 45)
      ])
    #expect(read.names == ["Ana Ruiz", "Ben Okri"])
    #expect(read.sessions.map { $0.at?.line } == [3, 4])
    #expect(
      read.remarkTexts == [
        "The sheet “Talks” was read; “Other” was not.",
        "4: A cell has the error #REF!. It was read as empty.",
      ])
  }
}
