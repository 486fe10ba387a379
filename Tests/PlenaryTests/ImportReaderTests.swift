import Interchange
import People
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Plenary

/// What of a file is compared with the conference.
struct `An import takes` {
  private let berlin = ConferenceFacts(
    ConferenceDetails(title: "Grid", firstDay: "2016-06-01", lastDay: "2016-06-03", zone: "Europe/Berlin") {
      $0.languages = ["en", "zh"]
    })

  private func facts(_ text: String) throws -> ForeignConference {
    try Interchange.read(ForeignSource(ForeignSource.File(name: "file", text: text))).conference
  }

  private func sessions(_ text: String) throws -> [WantedSession] {
    try ImportReader(facts(text), into: berlin).wanted.sessions
  }

  /// pretalx gives each slot a UUID and a number, and the session a code.
  @Test func `the keys of the one slot of a session, and of several none`() throws {
    func event(_ number: Int, _ code: String) -> String {
      """
      <event guid="6b1f0000-0000-4000-8000-00000000000\(number)" id="\(number)" code="\(code)">
      <date>2016-06-01T1\(number):00:00+02:00</date><duration>00:30</duration><title>\(code)</title></event>
      """
    }
    let read = try sessions(
      "<schedule><conference><title>Grid</title></conference><day date=\"2016-06-01\"><room name=\"Hall\">"
        + event(1, "ONCE00") + event(2, "TWICE0") + event(3, "TWICE0") + "</room></day></schedule>")
    #expect(
      read.map(\.identity.keys) == [
        ["code:ONCE00", "guid:6b1f0000-0000-4000-8000-000000000001", "id:1"], ["code:TWICE0"],
      ])
    #expect(read.map(\.places.count) == [1, 2])
  }

  /// Other programs are not that exact: of their files, it is a variant of one of the conference's languages.
  @Test func `titles of a table of ours in the languages of its columns`() throws {
    let row = "talks,1,2016-06-01,09:00,10:00,2016-06-01,Europe/Berlin,aula,Aula,Talks,,演講\r\n"
    let ours = try sessions(
      "session,slot,date,start,end,end_date,time_zone,room,room_name,title_en,title_zh,title_zh-Hant\r\n"
        + row)
    #expect(ours[0].details.title == ["en": "Talks", "zh-Hant": "演講"])
    #expect(ours[0].titleLanguages == ["en", "zh", "zh-Hant"])
    let theirs = try sessions(
      #"{"schedule": {"conference": {"title": "Grid"}, "events": [{"guid": "g", "title": {"zh-Hant": "演講"}}]}}"#
    )
    #expect(theirs[0].details.title == ["zh": "演講"])
  }

  /// Of other programs' tables, nobody knows whether a cell was ever filled.
  @Test func `for cleared what is empty in a table of ours, of the columns that it has`() throws {
    let heading = "session,slot,date,start,end,end_date,time_zone,room,room_name,title_en,title_zh,speaker"
    let row = "\r\ntalks,1,2016-06-01,09:00,10:00,2016-06-01,Europe/Berlin,aula,Aula,Talks,,"
    let some = try sessions(heading + row + "\r\n")
    #expect(some[0].emptied == [])
    #expect(some[0].titleLanguages == ["en", "zh"] && some[0].roles == [.speaker])
    let all = try sessions(heading + ",chair,track,languages,links,description" + row + ",,,,,\r\n")
    #expect(all[0].emptied == ["track", "languages", "links", "description"])
    #expect(all[0].roles == [.speaker, .chair])
    let full = try sessions(
      heading + ",chair,track,languages,links,description" + row
        + ",,energy,en,https://example.org,Words\r\n")
    #expect(full[0].emptied == [])

    func attendee(_ text: String) throws -> Set<String>? {
      try AttendeeReader(facts(text), into: berlin).wanted.first?.emptied
    }
    let columns = "attendee,name,other_names,organisation,position,country,email,note"
    #expect(
      try attendee("\(columns)\r\na-1,Ada Lovelace,,,,,,\r\n") == [
        "organisation", "position", "country", "email", "note",
      ])
    #expect(try attendee("\(columns)\r\na-1,Ada Lovelace,,Engines,Countess,GB,a@example.org,x\r\n") == [])
    #expect(try attendee("attendee,name,other_names\r\na-1,Ada Lovelace,\r\n") == [])
    #expect(try attendee("First name,Last name,E-mail,Country,Ticket\r\nAda,Lovelace,,,Press\r\n") == [])
  }
}
