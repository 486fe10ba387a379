import ReadModels
import Testing

struct `A name that is looked for` {
  @Test(
    arguments: [
      ("Álvarez, José", "for ÁLVAREZ,  jose (late)"), ("Álvarez, José", "jose-alvarez"),
      ("Álvarez, José", "Jo\u{200B}sé Álva\u{2060}rez"), ("Álvarez, José", "josealvarez"),
      ("Álvarez, José", "A\u{301}lvarez Jose\u{301}'s letter"), ("Álvarez, José", "ＪＯＳÉ ÁLVAREZ"),
      ("Иванова, Ольга", "ПИСЬМО: ОЛЬГА ИВАНОВА"), ("Özil, Örn", "ORN OZIL"), ("李伟", "与李伟有关"),
      ("李伟", "李 伟"), ("Li, Na", "na li"), ("Quillon, Zork", "Zork Quillon's flight"),
      ("O'Brien, Sean", "Sean OBrien"), ("Wałęsa", "walesa"), ("von Ems, A.", "A. von-Ems"),
    ])
  func `is found however it is written`(_ name: String, _ text: String) {
    #expect(Mention.name(name).isFound(in: FoldedText(text)))
  }

  @Test(
    arguments: [
      ("Li, Na", "Lina"), ("Quillon, Zork", "Zorks and Quillons are many"), ("Quillon, Zork", "Zork"),
      ("Li, Wei", "Wei said, Liao agreed"), ("Li", "Liaison"), ("Иванова, Ольга", "Иванов, Ольга"),
      ("李伟", "李大伟"), ("Quillon, Zork", ""),
    ])
  func `is not found in other words`(_ name: String, _ text: String) {
    #expect(!Mention.name(name).isFound(in: FoldedText(text)))
  }

  @Test(arguments: [
    ("李伟", "李伟", true), ("李伟", "（李伟）来信", true), ("李伟", "与李伟有关", false), ("高明", "质量提高明显", false),
    ("欧阳娜娜", "与欧阳娜娜有关", true), ("冯绍雷", "与冯绍雷有关", true), ("김철수", "to 김철수.", true),
  ])
  func `of few signs is only possible inside other words`(_ name: String, _ text: String, _ isCertain: Bool) {
    #expect(Mention.name(name).certainty(in: FoldedText(text)) == (isCertain ? .certain : .possible))
  }

  @Test func `is found within a word only if that is asked`() {
    let name = Mention.name("Quillon, Zork")
    #expect(!name.isFound(in: FoldedText("zorkquillon2")))
    #expect(name.isFound(in: FoldedText("zorkquillon2"), withinWords: true))
  }

  @Test func `is the same in each order, but an address is not`() {
    #expect(Mention.name("Quillon, Zork") == .name("zork QUILLON"))
    #expect(Mention.text("a@b.org") != .text("b@a.org"))
    #expect(Mention.text("z@example.org").isFound(in: FoldedText("<Z@Example.org>")))
    #expect(!Mention.text("z@example.org").isFound(in: FoldedText("org example z")))
    #expect(!Mention.text("z@example.org").isFound(in: FoldedText("oz@example.org")))
    #expect(Mention.text("+++").isFound(in: ("a +++ b", FoldedText("a +++ b"))))
  }
}
