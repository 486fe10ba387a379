import Testing
import Vocabulary

struct `Words that are looked for` {
  @Test(
    arguments: [
      ("nowak", "Paweł Nowak"), ("PAWEL now", "Paweł Nowak"), ("nowak paweł", "Paweł Nowak"),
      ("søren", "Soren"),
      ("straße", "Strasse 1"), ("伟", "李伟"), ("обл", "Область"), ("o'brien", "OBrien"), ("", "anything"),
      ("müller lüd", "Müller-Lüdenscheidt"), ("ana@", "ana@example.org"),
    ])
  func `are found in any order, without accents and case, and as parts`(_ words: String, _ text: String) {
    #expect(SearchWords(words).areFound(in: [text]))
  }

  @Test(
    arguments: [
      ("paweł nowak", SearchWords.Closeness.whole), ("Nowak", .words), ("nowak pawel", .words),
      ("now pa", .beginnings),
      ("wak", nil), ("", nil), ("nowak ada", nil), ("伟", nil),
    ])
  func `name somebody by the whole name, by words of it, or by their beginnings`(
    _ words: String, _ expected: SearchWords.Closeness?
  ) {
    #expect(SearchWords(words).closeness(to: ["Paweł Nowak"]) == expected)
  }

  @Test func `name somebody by any part in a script without spaces`() {
    #expect(SearchWords("绍雷").closeness(to: ["冯绍雷"]) == .beginnings)
    #expect(SearchWords("冯绍雷").closeness(to: ["冯绍雷", "Feng Shaolei"]) == .whole)
  }

  @Test(
    arguments: [
      ("1", nil), ("10", SearchWords.Closeness.words), ("panel 1", nil), ("pan 10", .beginnings),
      ("a-1", nil),
      ("A1", nil), ("A", .beginnings), ("panel 10 a12", .whole),
    ])
  func `name nothing by the first of its digits`(_ words: String, _ expected: SearchWords.Closeness?) {
    #expect(SearchWords(words).closeness(to: ["Panel 10 a12"]) == expected)
  }

  @Test(
    arguments: [
      ("nowak", SearchWords.Closeness.words), ("pawel-nowak", .whole), ("a-1", .whole), ("10483", .whole),
      ("Nowak", .beginnings), ("paw now", .beginnings), ("伟", .beginnings), ("jml@example.org", .beginnings),
    ])
  func `that may be a short name are not completed`(_ words: String, _ expected: SearchWords.Closeness) {
    #expect(SearchWords(words).needed == expected)
  }

  @Test func `are found in several texts together, but all of them are needed`() {
    #expect(SearchWords("ada bank").areFound(in: ["Ada Lovelace", "The Bank"]))
    #expect(!SearchWords("ada mill").areFound(in: ["Ada Lovelace", "The Bank"]))
    #expect(!SearchWords("ada").areFound(in: []))
    #expect(SearchWords(" ").isEmpty)
  }

  @Test(
    arguments: [
      ("ross", true), ("ROSS anna", true), ("obrien", true), ("lee", true), ("a-7f", true),
      ("anna a-7f", true),
      ("nowak", false), ("ross nowak", false), ("a-8", false), ("søren", false), ("伟", true),
    ])
  func `surely are not in details of whose JSON only the bytes are known`(_ words: String, _ mayBe: Bool) {
    var json = #"{"name":{"given":"Anna","family":"O'Brien-Ross"},"email":"lee@example.org"}   "#
    #expect(json.withUTF8 { SearchWords(words).mayBeFound(inJSON: $0, or: "a-7f") } == mayBe)
    var other = #"{"name":{"given":"Søren","family":"Müller"}}"#
    #expect(other.withUTF8 { SearchWords(words).mayBeFound(inJSON: $0, or: "a-7f") })
  }
}
