import Foundation
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Publishing
@testable import Scheduling

@Suite(.timeLimit(.minutes(10))) struct AttendanceTests {
  let story = Story.people

  private func names(_ list: PeopleList) -> [[String]] {
    list.groups.map { $0.participants.map { $0.names[0].text } }
  }

  @Test func `lists attendees who agreed, by category and then by name`() throws {
    let list = try story.attendancePublication().participants().body
    #expect(list.total == 5)
    #expect(list.present == 1)
    #expect(list.columns == [.number, .name, .position, .organisation, .country, .checkedIn])
    #expect(
      list.groups.map(\.name) == [
        localized("Speakers", "发言人", "Докладчики"), localized("Delegates", "代表", "Делегаты"),
        localized("Press", "媒体", "Пресса"), localized("Student"),
      ])
    let delegate = PrintedCategory(
      name: localized("Delegate", "代表", "Делегат"), sign: .square, color: "#1d3a5f")
    #expect(
      list.groups[1].participants == [
        .init(
          number: 2, attendee: "a-3",
          names: [
            PrintedName(text: "Shaolei Feng", lang: .english),
            PrintedName(text: "冯绍雷", lang: .chinese),
          ], organisation: nil, position: nil, country: nil, category: delegate, email: nil, note: nil,
          sessions: [], presence: [], checkedIn: false, arrived: nil),
        .init(
          number: 3, attendee: "a-2", names: [PrintedName(text: "Zoë Smith", lang: .english)],
          organisation: localized("A University", "大学"), position: nil,
          country: localized("Germany", "德国", "Германия"), category: delegate, email: nil, note: nil,
          sessions: [], presence: [], checkedIn: true, arrived: nil),
      ])
  }

  @Test func `lists only one category or one organisation`() throws {
    let press = try story.attendancePublication { $0.only = ["category": "Press"] }.participants().body
    #expect(names(press) == [["Olga Petrova"]])
    #expect(press.total == 1)
    let university = try story.attendancePublication { $0.only = ["organisation": "大学"] }.participants().body
    #expect(names(university) == [["Zoë Smith"], ["Category Last"]])
  }

  @Test func `groups by the first column if it is category or organisation`() throws {
    let list = try story.attendancePublication { $0.columns = ["organisation", "name", "category"] }
      .participants().body
    #expect(list.columns == [.name, .category])
    #expect(
      list.groups.map(\.name) == [
        localized("A Newspaper"), localized("A University", "大学"),
        localized("Without an organisation", "无单位", "Без организации"),
      ])
    #expect(names(list)[1] == ["Category Last", "Zoë Smith"])
    let plain = try story.attendancePublication { $0.columns = ["name"] }.participants().body
    #expect(plain.groups.map(\.name) == [nil])
  }

  @Test func `contains only the data of its columns`() throws {
    let list = try story.attendancePublication { $0.columns = ["name"] }.checkIn().body
    for participant in list.groups.flatMap(\.participants) {
      #expect(participant.organisation == nil)
      #expect(participant.email == nil)
      #expect(participant.arrived == nil)
    }
  }

  @Test func `refuses an unknown column and lists the known ones`() {
    #expect(
      throws: InvalidValue(
        "“shoe-size” is not a column; the columns are name, organisation, position, country, category, email, "
          + "note, sessions, presence, checked-in, signature, tick, number, attendee.")
    ) { try story.attendancePublication { $0.columns = ["name", "shoe-size"] }.checkIn() }
  }

  @Test(arguments: ["email", "note", "presence"])
  func `refuses confidential columns on a public list`(column: String) throws {
    let publication = story.attendancePublication { $0.columns = ["name", column] }
    let refusal = InvalidValue(
      "“\(column)” is only for staff, and other people see this list. Print it with the "
        + "check-in list.")
    #expect(throws: refusal) { try publication.participants() }
    #expect(throws: refusal) { try publication.signIn() }
    _ = try publication.checkIn()
  }

  @Test func `names nobody whose details cannot be decrypted`() throws {
    let publication = AttendancePublication(
      story.attendance, program: story.program, story.checkpoint, conference: story.conference
    ) { _ in nil }
    #expect(try publication.participants().body.total == 0)
    #expect(try publication.checkIn().body.total == 0)
    #expect(try publication.badges().body.badges.isEmpty)
    #expect(try !publication.csv().contains("Smith"))
  }

  @Test func `has a row to sign for every listed attendee, in one alphabet`() throws {
    // Nobody has signed up for this session, so it is for everybody.
    let sheet = try story.attendancePublication { $0.only = ["session": "session-1"] }.signIn().body
    #expect(
      sheet.session
        == .init(
          title: localized("The Bilateral Cooperation", "双边合作", "Двустороннее сотрудничество"),
          slots: [
            .init(
              when: localized(
                "25\u{a0}March 2016, 09:30–11:00", "2016年3月25日 09:30–11:00",
                "25\u{a0}марта 2016\u{a0}г., 09:30–11:00"),
              room: localized("Science Hall", "科学会堂", "Зал"))
          ]))
    #expect(sheet.groups[0].participants.map(\.number) == [1, 2, 3, 4, 5])
    #expect(
      names(sheet) == [["=Formula", "Shaolei Feng", "Category Last", "Olga Petrova", "Zoë Smith"]])
    #expect(try story.attendancePublication().signIn().body.session == nil)
  }

  @Test func `has the attendees who signed up for a session, with all of its slots`() throws {
    let publication = story.attendancePublication { $0.only = ["session": "workshop"] }
    let sheet = try publication.signIn().body
    #expect(names(sheet) == [["Zoë Smith"]])
    #expect(
      sheet.session?.slots.map { $0.when[.english] } == [
        "25\u{a0}March 2016, 13:00–14:00", "25\u{a0}March 2016, 14:05–15:00",
      ])
    // The check-in list also has people who do not want to be listed.
    #expect(names(try publication.checkIn().body) == [["Smith, Zoë"], ["Un, Listed"]])
  }

  @Test func `has all registered attendees by letter, with arrival times`() throws {
    let list = try story.attendancePublication().checkIn().body
    #expect(list.groups.map(\.letter) == ["F", "L", "P", "S", "U"])
    #expect(
      names(list) == [
        ["=Formula", "Feng, Shaolei"], ["Last, Category"], ["Petrova, Olga"], ["Smith, Zoë"], ["Un, Listed"],
      ])
    let arrived = list.groups.flatMap(\.participants).filter(\.checkedIn)
    #expect(arrived.map(\.attendee) == ["a-2"])
    // 2016-03-24T12:48:00Z in Shanghai's local time.
    #expect(arrived[0].arrived?[.english]?.hasPrefix("Thu\u{a0}24 20:") == true)
  }

  @Test func `marks a category by word, sign and colour, also an unknown one`() {
    let known = ["speaker", "delegate", "participant", "guest", "observer", "press", "staff"]
      .map(PrintedCategory.mark)
    #expect(Set(known.map(\.sign)).count == 7)
    #expect(Set(known.map(\.color)).count == 7)
    let student = PrintedCategory.mark(of: "Student")
    #expect(student == PrintedCategory.mark(of: "student"))
    #expect(!known.contains { $0.sign == student.sign })
  }

  @Test func `exports the printed list as a table, without unlisted and erased people`() throws {
    let publication = story.attendancePublication()
    let rows = try publication.csv().components(separatedBy: "\r\n").dropLast()
    let printed = try publication.participants().body.groups.flatMap(\.participants)
    #expect(rows.first == "category,number,name,other_names,position,organisation,country,checked-in")
    #expect(rows.count == printed.count + 1)
    #expect(rows.contains { $0.contains(",Olga Petrova,,,A Newspaper,") })
    #expect(rows.contains { $0.contains(",'=Formula,") })
    #expect(!rows.joined().contains("@") && !rows.joined().contains("Listed"))
  }

  @Test func `exports the requested columns, and confidential ones for the registration desk only`() throws {
    let open = story.attendancePublication { $0.columns = ["attendee", "organisation"] }
    #expect(try open.csv().hasPrefix("attendee,organisation\r\n"))
    let confidential = story.attendancePublication { $0.columns = ["name", "email"] }
    #expect(throws: InvalidValue.self) { try confidential.csv() }
    let desk = try confidential.csv(.checkIn)
    #expect(desk.hasPrefix("name,other_names,email\r\n"))
    #expect(desk.contains("Olga Petrova,,olga@example.org\r\n"))
  }

  @Test func `has the same bytes each time`() throws {
    let (one, other) = (story.attendancePublication(), story.attendancePublication())
    #expect(try one.json() == other.json())
    #expect(try one.html() == other.html())
    #expect(try one.csv() == other.csv())
  }
}
