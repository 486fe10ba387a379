import Specification
import Testing

@testable import Vocabulary

struct `An identifier` {
  @Test(arguments: [
    "a", "7", "opening", "panel-2", "2016-03-25", String(repeating: "x", count: 64),
  ])
  func `is lower-case letters, digits and single hyphens between them`(text: String) throws {
    #expect(try SessionID(text).slug == text)
    #expect(try SessionID(text).description == text)
  }

  @Test(arguments: [
    "", "-", "-a", "a-", "a--b", "Opening", "main hall", "main_hall", "café", "主会场", "a.b", "a\n",
    "a\u{0}", "room:a", String(repeating: "x", count: 65),
  ])
  func `is nothing else`(text: String) {
    #expect(throws: InvalidValue.self) { try SessionID(text) }
  }

  @Test func `may be longer where it names an entry of the record`() throws {
    let longest = String(repeating: "x", count: 96)
    #expect(try RecordID(longest).slug == longest)
    #expect(throws: InvalidValue.self) { try RecordID(longest + "x") }
  }

  @Test func `says what would be taken`() {
    #expect(
      refusal { try RoomID.init("Main Hall") }
        == "“Main Hall” cannot name a room: use lower-case letters, digits and single hyphens, at "
        + "most 64 characters, for example “main-hall”.")
    for (text, example) in [
      ("Room 2", "room-2"), ("Café — Łódź", "cafe-lodz"), ("фойе", "main-hall"), ("", "main-hall"),
      ("a\u{1B}b", "a-b"),
    ] {
      #expect(refusal { try RoomID.init(text) }?.hasSuffix("for example “\(example)”.") == true)
    }
  }

  @Test func `is stored as its text and sorts by it`() throws {
    #expect(try stored(["panel-2", "opening"] as [SessionID]) == #"["panel-2","opening"]"#)
    #expect(try roundTrip("opening" as SessionID) == "opening")
    #expect((["b", "a", "a-1", "10"] as [SessionID]).sorted() == ["10", "a", "a-1", "b"])
  }
}

struct `An excerpt` {
  @Test func `makes visible what could disturb a terminal`() {
    #expect(excerpt("a\u{1B}[2J\u{202E}b") == "a\\u{1b}[2J\\u{202e}b")
  }

  @Test func `ends after its limit`() {
    #expect(excerpt("四字成語也", 4) == "四字成語…")
    #expect(excerpt("四字成語", 4) == "四字成語")
  }
}
