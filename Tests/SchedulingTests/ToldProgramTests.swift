import EventLog
import Specification
import Testing
import Vocabulary

@testable import Scheduling

/// What people were told is known for each of them: one the draft, another the released program.
struct `Who was told the draft` {
  private let draft = NoticesSent(position: 7, people: ["feng"], draft: true)
  private let released = NoticesSent(position: 7, people: ["sergey"])

  @Test func `is not confused with who was told the release at the same position`() throws {
    var state = Notices.initial
    for event in Notices.given(opened, draft, released).events { try Notices.evolve(&state, event) }
    #expect(
      state.known == [
        "feng": Notices.Known(position: 7, isDraft: true),
        "sergey": Notices.Known(position: 7, isDraft: false),
      ])
  }

  @Test func `is still told the release at that position`() {
    let sent = NoticesSent(position: 7, people: ["feng"])
    let round = Notices.Command(Notices.Round(), sent)
    Notices.given(opened, draft).when(round).then(.noticesSent(sent))
  }
}
