import Testing

@testable import Vocabulary

@Suite struct `Words for people` {
  @Test(arguments: [(0, "0 events"), (1, "1 event"), (2, "2 events")])
  func `put the noun in the singular for one`(_ count: Int, _ text: String) {
    #expect(counted(count, "event") == text)
  }

  @Test func `take a plural of their own`() {
    #expect(counted(1, "person", "people") == "1 person")
    #expect(counted(2, "person", "people") == "2 people")
  }
}
