import Interchange
import Specification
import Testing
import Vocabulary

private func name(_ text: String, _ language: Language = .english) -> PersonName {
  try! PersonName([NameForm(text, in: language, order: nil)])
}

struct `Two names` {
  @Test(
    arguments: [
      ("Nowak, Paweł", "Nowak, Pawel", NameLikeness.Kind.same), ("Paweł Nowak", "Nowak Paweł", .same),
      ("Feng, Shaolei", "冯绍雷", .same), ("Shao-lei Feng", "Feng Shaolei", .same),
      ("Караганов, Сергей", "Karaganov, Sergey", .same), ("Sergei Karaganov", "Сергей Караганов", .sound),
      ("Jürgen Müller", "Juergen Mueller", .sound), ("Jürgen Müller", "Jurgen Muller", .same),
      ("Anna Lindqvist", "Anna Lindquist", .oneLetter), ("Anna Kohl", "Anna Kohn", .oneLetter),
      ("María García", "María García López", .part), ("S. Karaganov", "Sergey Karaganov", .initials),
    ])
  func `are alike in any order, script and spelling`(one: String, other: String, kind: NameLikeness.Kind) {
    let (one, other) = (NameLikeness(name(one)), NameLikeness(name(other)))
    #expect(one.likeness(to: other)?.kind == kind)
    #expect(other.likeness(to: one)?.kind == kind)
    // Otherwise nobody would compare them.
    #expect(!one.keys.isDisjoint(with: other.keys))
  }

  @Test(arguments: [
    ("Anna Petrova", "Anna Lindqvist"), ("Li Wei", "Li Na"), ("John Smith", "Jane Smith"),
    ("Anna", "Anna Petrova"), ("Anna Kim", "Anna Kin"),
    ("张伟", "李伟"),
  ])
  func `are not alike because they share a word`(one: String, other: String) {
    #expect(NameLikeness(name(one)).likeness(to: NameLikeness(name(other))) == nil)
  }

  /// Of names that cannot be written in Latin letters, nobody knows.
  @Test(arguments: [
    ("Ada Okafor", "Paweł Nowak", true), ("Li Wei", "Zhang Jun", true), ("Анна Петрова", "John Smith", true),
    ("Anna Petrova", "Anna Lindqvist", false), ("A. Okafor", "Ada Okafor", false),
    ("Сергей Караганов", "Karaganov, S.", false), ("冯绍雷", "Feng Shaolei", false),
  ])
  func `have nothing in common if no word of them sounds alike`(one: String, other: String, nothing: Bool) {
    let (one, other) = (NameLikeness(name(one)), NameLikeness(name(other)))
    #expect(one.hasNothingInCommon(with: other) == nothing)
    #expect(other.hasNothingInCommon(with: one) == nothing)
  }

  @Test func `are compared in every language that both have`() {
    let both = try! PersonName([
      NameForm("冯,绍雷", in: "zh", order: nil), NameForm("Feng, S.", in: .english, order: nil),
    ])
    #expect(NameLikeness(both).likeness(to: NameLikeness(name("Shaolei Feng")))?.kind == .same)
  }
}
