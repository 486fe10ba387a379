import ReadModels
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Publishing

struct `Two people who were told different programs at one position` {
  /// One knows the draft, in which the session was already renamed. The other knows the release.
  @Test func `are each told what is new to them`() throws {
    var story = Story.shanghai
    let release = story.program
    story.add(.sessionRevised(SessionRevised(session: "opening") { $0.title = localized("Great Opening") }))
    story.add(
      .personAssigned(PersonAssigned(session: "opening", person: "zhang-deguang", role: .speaker)))
    let draft = story.program
    let position = story.checkpoint.position
    let round = NoticeRound(
      story.program, story.checkpoint, conference: "shanghai-2016", version: nil,
      known: [
        "zhang-deguang": Notices.Known(position: position, isDraft: true),
        "feng-shaolei": Notices.Known(position: position, isDraft: false),
        "sergey-karaganov": Notices.Known(position: position, isDraft: true),
      ],
      earlier: [
        Notices.Known(position: position, isDraft: true): draft,
        Notices.Known(position: position, isDraft: false): release,
      ])
    #expect(round.digests().map(\.person) == ["feng-shaolei"])
  }
}
