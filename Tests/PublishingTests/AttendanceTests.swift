import Specification
import Testing
import Vocabulary

@testable import People
@testable import Publishing

@Suite struct AttendanceTests {
  let story: Story = {
    var story = Story.shanghai
    story.attendee("a-1", "press", (.english, "Petrova, Olga"), email: "olga@example.org")
    story.attendee(
      "a-2", "delegate", (.english, "Smith, Zoë"), organisation: localized("A University", "大学"),
      country: localized("Germany", "德国", "Германия"))
    story.attendee("a-3", "delegate", (.english, "Feng, Shaolei"), (.chinese, "冯, 绍雷"))
    story.attendee("a-4", "student", (.english, "Last, Category"))
    story.attendee("a-5", "delegate", (.english, "Un, Listed"), listed: false)
    story.attendee("a-6", "delegate", (.english, "With, Drawn"))
    story.attendee("a-7", "delegate", (.english, "Era, Sed"))
    story.attendee("a-8", "speaker", (.english, "=Formula"))
    story.add(
      .attendeeCheckedIn(AttendeeCheckedIn(attendee: "a-2")),
      .attendeeWithdrawn(AttendeeWithdrawn(attendee: "a-6")),
      .personErased(PersonErased(attendee: "a-7")))
    return story
  }()

  @Test func `lists those who agreed, by category and then by name`() {
    let list = story.attendancePublication().participants()
    #expect(list.body.total == 5)
    #expect(
      list.body.categories.map(\.name) == [
        localized("Speakers", "发言人", "Докладчики"), localized("Delegates", "代表", "Делегаты"),
        localized("Press", "媒体", "Пресса"), localized("Student"),
      ])
    #expect(
      list.body.categories[1].participants == [
        .init(
          names: [
            PrintedName(text: "Shaolei Feng", lang: .english),
            PrintedName(text: "冯绍雷", lang: .chinese),
          ], organisation: nil, position: nil, country: nil, checkedIn: false),
        .init(
          names: [PrintedName(text: "Zoë Smith", lang: .english)],
          organisation: localized("A University", "大学"), position: nil,
          country: localized("Germany", "德国", "Германия"), checkedIn: true),
      ])
  }

  @Test func `lists one category alone`() {
    let list = story.attendancePublication().participants(category: "Press")
    #expect(list.body.categories.map(\.participants.count) == [1])
    #expect(list.body.total == 1)
  }

  @Test func `names nobody whose details do not open`() {
    let publication = AttendancePublication(
      story.attendance, program: story.program, story.checkpoint, conference: story.conference
    ) { _ in nil }
    #expect(publication.participants().body.total == 0)
    #expect(!publication.csv().contains("Smith"))
  }

  @Test func `has a row to sign for everybody listed, in one alphabet`() {
    let sheet = story.attendancePublication().signIn(session: "session-1")
    #expect(
      sheet.body.session
        == .init(
          title: localized("The Bilateral Cooperation", "双边合作", "Двустороннее сотрудничество"),
          when: localized(
            "25\u{a0}March 2016, 09:30–11:00", "2016年3月25日 09:30–11:00",
            "25\u{a0}марта 2016\u{a0}г., 09:30–11:00"), room: localized("Science Hall", "科学会堂", "Зал")))
    #expect(sheet.body.participants.map(\.number) == [1, 2, 3, 4, 5])
    #expect(
      sheet.body.participants.map { $0.names[0].text } == [
        "=Formula", "Shaolei Feng", "Category Last", "Olga Petrova", "Zoë Smith",
      ])
    #expect(story.attendancePublication().signIn().body.session == nil)
  }

  @Test func `exports everybody, and of the erased nothing`() throws {
    let rows = story.attendancePublication().csv().split(separator: "\r\n")
    #expect(rows.count == 9)
    #expect(
      rows.first { $0.hasPrefix("a-1,") }
        == "a-1,registered,press,yes,Olga Petrova,,Petrova Olga,olga@example.org,,,,,2016-03-24T12:25:00Z,")
    #expect(
      rows.first { $0.hasPrefix("a-7,") }
        == "a-7,erased,delegate,yes,,,,,,,,,2016-03-24T12:31:00Z,")
    #expect(try #require(rows.first { $0.hasPrefix("a-8,") }).contains(",'=Formula,"))
  }

  @Test func `has the same bytes each time`() throws {
    let (one, other) = (story.attendancePublication(), story.attendancePublication())
    #expect(try one.json() == other.json())
    #expect(one.html() == other.html())
    #expect(one.csv() == other.csv())
  }
}
