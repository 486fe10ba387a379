import EventLog
import Foundation
import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import ReadModels
@testable import Record
@testable import Scheduling

/// What is printed neither comes back after an expunction, nor changes through the authority file.
struct `Words that were published` {
  private func published() -> Story {
    var story = Story.shanghai
    story.add(
      .organisationAdded(OrganisationAdded(organisation: "eaeu", name: localized("Economic Union"))))
    story.statement("e-1", in: "session-1", .nobody, localized("X is a crook."))
    story.statement("e-2", in: "session-1", .nobody, localized("The [[org:eaeu]] agreed."))
    story.entry(.position, "e-3", in: "session-1", .nobody, localized("X is a crook.")) {
      $0.topic = localized("X")
      $0.basedOn = "e-1"
    }
    story.issue()
    return story
  }

  private func page(_ story: Story) -> String { story.proceedingsPublication([.english]).html() }

  private func expunged(_ replacement: EntryDetails? = nil) -> RecordEvent {
    .statementExpunged(
      StatementExpunged(
        entry: "e-1", session: "session-1", authority: localized("The court"), reason: localized("Libel"),
        positions: [], replacement: replacement))
  }

  private func data(_ story: Story) throws -> String {
    String(decoding: try story.proceedingsPublication().export(), as: UTF8.self)
  }

  /// What rests on the entry has the same words: in its text, or as its reason.
  @Test(arguments: [nil, EntryDetails(localized("X was named."), .nobody)])
  func `are not printed by what repeats them, once they are destroyed`(replacement: EntryDetails?) throws {
    var story = published()
    story.entry(.conclusion, "e-5", in: "session-1", .nobody, localized("Enough.")) {
      $0.rationale = localized("X is a crook.")
      $0.basedOn = "e-1"
    }
    #expect(try page(story).contains("crook") && data(story).contains("crook"))
    story.add(expunged(replacement))
    #expect(try !page(story).contains("crook") && !data(story).contains("crook"))
    let position = try #require(
      story.proceedingsPublication([.english]).record().body.sessions.flatMap(\.positions).first)
    #expect(position.said == nil && position.silence == nil && position.paragraph?.number == "1.1")
    for entry in ["e-3", "e-5"] as [RecordID] {
      story.add(.entryReaffirmed(EntryReaffirmed(entry: entry, session: "session-1", printsAgain: true)))
    }
    #expect(try page(story).contains("X is a crook.") && data(story).contains("X is a crook."))
  }

  /// In the summary, in corrections, in an index, and in what rests on it at second hand.
  @Test func `are nowhere else either, until all of the words are stated anew`() throws {
    var story = published()
    story.entry(
      .recommendation, "e-6", in: "session-1", .nobody, localized("The [[person:x|crook]] must go.", "他得走。")
    ) {
      $0.basedOn = "e-3"
    }
    story.add(.frontMatterRevised(FrontMatterRevised { $0.summaryFrom = ["e-3"] }))
    story.correct("k-1", "e-3") { $0.text = localized("X is a big crook.") }
    func leaf() throws -> String { try story.corrigendum([.english]).html() }
    #expect(try page(story).contains("big crook") && leaf().contains("big crook"))
    story.add(expunged())
    #expect(try !page(story).contains("crook") && !data(story).contains("crook") && !leaf().contains("crook"))
    // One language of two is not all of the words.
    story.correct("k-2", "e-6") { $0.text = LocalizedText([.chinese: "他走了。"]) }
    #expect(!page(story).contains("crook"))
    story.correct("k-3", "e-6") { $0.text = localized("He must go.", "他必须走。") }
    #expect(page(story).contains("He must go."))
    #expect(try !leaf().contains("crook") && !data(story).contains("crook"))
  }

  /// A language of the conference is printed in the first of its variants.
  @Test func `keep the registered names of their day where the text is in a variant of the language`() {
    var story = Story.shanghai
    story.add(.organisationAdded(OrganisationAdded(organisation: "eaeu", name: localized("Union", "联盟"))))
    story.statement("e-1", in: "session-1", .nobody, LocalizedText(["zh-Hans": "[[org:eaeu]]同意了。"]))
    story.issue()
    story.add(
      .organisationRevised(
        OrganisationRevised(organisation: "eaeu") { $0.name = localized("Customs Union", "关税同盟") }))
    story.correct("k-1", "e-1") { $0.text = LocalizedText(["zh-Hant": "[[org:eaeu]]同意了。"]) }
    story.issue()
    let page = story.proceedingsPublication([.chinese]).html()
    #expect(page.contains("联盟同意了。") && !page.contains("关税同盟同意了。"))
  }

  @Test func `keep the registered names of their day`() {
    var story = published()
    story.add(
      .organisationRevised(
        OrganisationRevised(organisation: "eaeu") { $0.name = localized("Customs Union") }))
    story.statement("e-4", in: "session-1", .nobody, localized("The [[org:eaeu]] left."))
    let page = page(story)
    #expect(page.contains("The Economic Union agreed.") && page.contains("The Customs Union left."))
  }
}
