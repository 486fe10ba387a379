import Testing
import Vocabulary

struct `The order of an index` {
  @Test func `ignores case and accents, and files every letter where readers look for it`() {
    let names = [
      "Kuhn, Zoe", "Zhang, Wei", "Kunz, Ada", "Kühlewind, Eva", "Émile, Ann", "Łukasz, Jan", "Lyon, Bo",
      "Ünal, Can",
      "van der Berg, Jan", "Østby, Nils", "Иванов, Пётр", "Йовович, Мила", "Ивлев, Олег", "王伟",
    ]
    #expect(
      names.inIndexOrder(of: { $0 }, then: { $0 }) == [
        "Émile, Ann", "Kühlewind, Eva", "Kuhn, Zoe", "Kunz, Ada", "Łukasz, Jan", "Lyon, Bo", "Østby, Nils",
        "Ünal, Can", "van der Berg, Jan", "Zhang, Wei", "Иванов, Пётр", "Ивлев, Олег", "Йовович, Мила", "王伟",
      ])
  }

  /// Otherwise Łukasz would stand between Lee and Lyon under a heading of his own, and L would come twice.
  @Test(
    arguments: [
      ("Łukasz", "L"), ("Lyon", "L"), ("émile", "E"), ("Østby", "O"), ("Þór", "T"), ("ʻAloha", "A"),
      ("ёлкин", "Е"),
      ("Йовович", "Й"), ("თამარ", "თ".uppercased()), ("王伟", nil), ("7 days", "D"), ("", nil),
    ] as [(String, String?)])
  func `groups names by the letter under which they are filed`(name: String, letter: String?) {
    #expect(IndexOrder(name).letter == letter)
  }
}
