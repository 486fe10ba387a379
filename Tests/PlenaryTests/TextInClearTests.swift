import Interchange
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Plenary

struct `A text that stays in clear` {
  @Test(arguments: [
    ("li@example.org", true), ("li＠example.org", true), ("li﹫example.org", true), ("Li, at the desk", false),
  ])
  func `may have an address if it has an at sign of any width`(text: String, mayHave: Bool) {
    #expect(TextInClear(.reason, text).mayHaveAddress == mayHave)
  }

  /// Who booked for others is no attendee.
  @Test func `is no key of an attendee that is somebody else's address`() throws {
    let table = """
      ID;First name;Last name;E-mail;Category
      office@example.org;Ada;Lovelace;ada@example.org;Press
      office＠example.org;Mary;Shelley;mary@example.org;Press
      7;Jo;Ford;jo@example.org;Press
      """
    let facts = try Interchange.read(ForeignSource(ForeignSource.File(name: "people.csv", text: table)))
      .conference
    try #require(facts.attendees.count == 3)
    let conference = ConferenceDetails(
      title: "Fair", firstDay: "2016-03-25", lastDay: "2016-03-27", zone: "Asia/Shanghai"
    ) { $0.languages = [.english] }
    let reader = try AttendeeReader(facts, into: ConferenceFacts(conference))
    #expect(reader.wanted.map(\.keys) == [[], [], ["id:7"]])
  }
}
