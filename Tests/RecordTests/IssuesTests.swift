import EventLog
import Specification
import Testing
import Vocabulary

@testable import Record

struct `About issues of the proceedings` {
  private let first = ProceedingsIssued(issue: 1, provisional: true, note: "For comment")
  private let second = ProceedingsIssued(issue: 2, provisional: false)

  @Test func `each gets the next number`() {
    Issues.given(opened).when(.issue(number: nil, provisional: true, note: "For comment"))
      .thenOneMore(.proceedingsIssued(first))
    Issues.given(opened, first).when(.issue(number: nil, provisional: false, note: nil))
      .thenOneMore(.proceedingsIssued(second))
  }

  @Test func `one with a given number is issued once`() {
    Issues.given(opened, first).when(.issue(number: 2, provisional: false, note: nil))
      .then(.proceedingsIssued(second))
    Issues.given(opened, first, second).when(.issue(number: 2, provisional: false, note: nil))
      .thenNothing()
  }

  @Test(arguments: [-1, 0, 1, 2, 4])
  func `no number is used twice or skipped`(number: Int) {
    Issues.given(opened, first, second)
      .when(.issue(number: number, provisional: true, note: nil))
      .thenRefused(.taken(number, next: 3))
  }

  @Test func `none is issued before the conference is opened`() {
    Issues.given().when(.issue(number: nil, provisional: true, note: nil)).thenRefused(.notOpen)
  }

  @Test func `refusals say what was found`() {
    Issues.given(opened, first).when(.issue(number: 1, provisional: false, note: nil))
      .thenRefused(
        saying: "The proceedings cannot be issued as number 1; the next issue is number 2.")
    Issues.given().when(.issue(number: nil, provisional: true, note: nil))
      .thenRefused(saying: "There is no such conference.", hints: .list(ConferenceEntity.self))
  }
}
