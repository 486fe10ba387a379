import EventLog
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Record

private let statement = StatementRecorded(
  "opening-s1", in: "opening", EntryDetails("It began.", .nobody) { $0.form = .summary })
private let given = FrontMatter.given(opened, opening, statement)

private func describe(_ build: (inout FrontMatterDetails.Changes) -> Void) -> FrontMatter.Command {
  .describe(FrontMatterDetails.Changes(build))
}

struct `The front of the record` {
  @Test func `is stated field by field`() {
    given.when(describe { $0.series = "Shanghai conferences" })
      .then(.frontMatterRevised(FrontMatterRevised { $0.series = "Shanghai conferences" }))
    given.and(FrontMatterRevised { $0.series = "Shanghai conferences" })
      .when(describe { $0.series = ["zh": "上海会议"] })
      .then(
        .frontMatterRevised(
          FrontMatterRevised { $0.series = ["en": "Shanghai conferences", "zh": "上海会议"] }))
    given.and(FrontMatterRevised { $0.series = "S" }).when(describe { $0.cleared = [.series, .brand] })
      .then(.frontMatterRevised(FrontMatterRevised { $0.cleared = [.series] }))
    given.when(describe { $0.cleared = [.brand] }).thenNothing()
  }

  @Test func `refers to entries whose words are the summary`() {
    let refers = FrontMatterRevised { $0.summaryFrom = ["opening-s1"] }
    given.when(describe { $0.summaryFrom = ["opening-s1"] }).then(.frontMatterRevised(refers))
    given.when(describe { $0.summaryFrom = ["opening-s1", "opening-s1"] })
      .thenRefused(saying: "The summary names “opening-s1” twice.")
    given.when(describe { $0.summaryFrom = ["opening-s2"] }).thenRefused(
      saying: "There is no entry “opening-s2” in the record.", hints: .list(RecordEntity.self))
    given.and(StatementRetracted(entry: "opening-s1", session: "opening"))
      .when(describe { $0.summaryFrom = ["opening-s1"] }).thenRefused(.retracted("opening-s1"))
    given.and(
      StatementExpunged(
        entry: "opening-s1", session: "opening", authority: "The court", reason: "Libel", positions: [])
    ).when(describe { $0.summaryFrom = ["opening-s1"] }).thenRefused(.expunged("opening-s1"))
  }

  @Test func `has one summary`() {
    let own = FrontMatterRevised { $0.summary = "Trade grows." }
    given.and(own).when(describe { $0.summaryFrom = ["opening-s1"] }).thenRefused(
      saying:
        "The record has one summary: words of its own, or the words of its entries. Remove the other first.",
      hints: .describeRecord)
    given.and(own).when(
      describe {
        $0.summaryFrom = ["opening-s1"]
        $0.cleared = [.summary]
      }
    ).then(
      .frontMatterRevised(
        FrontMatterRevised {
          $0.summaryFrom = ["opening-s1"]
          $0.cleared = [.summary]
        }))
  }

  @Test func `has identifiers, or none`() {
    let isbn = try! PublicationIdentifier("isbn=978-3-16-148410-0")
    given.when(describe { $0.identifiers = [.absent] })
      .then(.frontMatterRevised(FrontMatterRevised { $0.identifiers = [.absent] }))
    given.when(describe { $0.identifiers = [isbn, .absent] })
      .thenRefused(saying: "A publication without an identifier cannot have others.")
  }

  @Test func `needs a conference`() {
    FrontMatter.given().when(describe { $0.brand = "B" }).thenRefused(.notOpen)
  }

  @Test(arguments: [
    "none", "isbn=978-3-16-148410-0", "isbn=0-306-40615-2", "isbn=080442957X", "issn=0378-5955",
    "issn=2434-561X", "doi=10.1234/shanghai.2016", "urn=urn:nbn:de:101:1-2016",
  ])
  func `reads an identifier with its check digit`(text: String) throws {
    #expect(try PublicationIdentifier(text).description == text)
  }

  @Test(arguments: [
    "", "978-3-16-148410-0", "isbn=978-3-16-148410-1", "isbn=0-306-40615-3", "isbn=X804429570",
    "issn=0378-5954",
    "issn=٠378-5955", "doi=shanghai", "doi=10.1/x y", "urn=x", "isbn=", "ark=1",
  ])
  func `refuses what is not an identifier`(text: String) {
    #expect(throws: InvalidValue.self) { try PublicationIdentifier(text) }
  }
}
