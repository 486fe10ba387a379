import ReadModels
import Testing

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

  @Test func `are found in several texts together, but all of them are needed`() {
    #expect(SearchWords("ada bank").areFound(in: ["Ada Lovelace", "The Bank"]))
    #expect(!SearchWords("ada mill").areFound(in: ["Ada Lovelace", "The Bank"]))
    #expect(!SearchWords("ada").areFound(in: []))
    #expect(SearchWords(" ").isEmpty)
  }
}
