import JSON
import Testing
import Vocabulary

import struct EventLog.Tag  // and not Testing.Tag

@testable import EventLog

/// Fields with words before, between and after others.
private struct Said: EventBody {
  static let type = "Said"
  static let words = ["text", "aside"]
  var aside: String?
  var entry: String
  var text: LocalizedText?
  var zone: [String: Int]?
  var tags: [Tag] { [] }

  private enum CodingKeys: String, CodingKey { case aside, entry, text, zone }
}

/// Version 2, after `remark` became `text`.
private struct SaidAgain: EventBody {
  static let type = "Said"
  static let version = 2
  static let words = ["text"]
  static let upcasts: [Int: Upcast] = [
    1: { old in
      var new = old
      new["text"] = old["remark"]
      new["remark"] = nil
      return new
    }
  ]
  var entry: String
  var text: String?
  /// The commitment, where the words were destroyed.
  var words: String?
  var tags: [Tag] { [] }

  private enum CodingKeys: String, CodingKey { case entry, text, words }
}

private struct Plain: EventBody {
  static let type = "Plain"
  var words: String
  var tags: [Tag] { [] }
  private enum CodingKeys: String, CodingKey { case words }
}

private let salt = [UInt8](0..<16)

private func event(_ type: String, _ version: Int, _ body: String, words: String? = nil) -> RecordedEvent {
  RecordedEvent(
    conference: "berlin", position: 7, type: type, version: version, tags: [], body: body, words: words,
    actor: "anna", reason: nil, commandID: "", recordedAt: Timestamp(microseconds: 0), leaf: [])
}

struct `The words of an event` {
  @Test func `are taken out of the body, which ends with their commitment`() throws {
    let said = Said(
      aside: #"a "quote", a \ and {"text":1}"#, entry: "e-1", text: LocalizedText([.english: "Yes, 会议"]),
      zone: ["a": 1])
    let stored = try StoredBody(said, salt: salt)
    let words = try #require(stored.words)
    #expect(words.json == #"{"aside":"a \"quote\", a \\ and {\"text\":1}","text":{"en":"Yes, 会议"}}"#)
    #expect(words.commitment == hexadecimal(sha256(salt + Array(words.json.utf8))))
    #expect(stored.text == #"{"entry":"e-1","zone":{"a":1},"words":"\#(words.commitment)"}"#)
    let read = event("Said", 1, stored.text, words: words.json)
    #expect(read.commitment == words.commitment)
    #expect(
      read.wholeBody
        == #"{"entry":"e-1","zone":{"a":1},"aside":"a \"quote\", a \\ and {\"text\":1}","text":{"en":"Yes, 会议"}}"#
    )
    #expect(try read.decoded(as: Said.self) == said)
  }

  @Test func `leave a body without them as it was`() throws {
    let said = Said(entry: "e-1")
    #expect(try StoredBody(said, salt: salt) == StoredBody(said, salt: [1]))
    #expect(try StoredBody(said).text == JSONText.encode(said))
    #expect(try StoredBody(said).words == nil)
    #expect(try StoredBody(Plain(words: "a")).text == #"{"words":"a"}"#)
  }

  @Test func `have another salt each time`() throws {
    let said = Said(aside: "yes", entry: "e-1")
    let stored = try (1...100).map { _ in try StoredBody(said) }
    #expect(Set(stored.map(\.words?.salt)).count == 100)
    #expect(Set(stored.map(\.text)).count == 100)
    #expect(stored.allSatisfy { $0.words?.salt.count == 16 })
  }

  @Test func `can be all that a body has`() throws {
    struct Only: EventBody {
      static let type = "Only"
      static let words = ["text"]
      var text: String?
      var tags: [Tag] { [] }
      private enum CodingKeys: String, CodingKey { case text }
    }
    let stored = try StoredBody(Only(text: "yes"), salt: salt)
    let words = try #require(stored.words)
    #expect(stored.text == #"{"words":"\#(words.commitment)"}"#)
    #expect(event("Only", 1, stored.text, words: words.json).wholeBody == #"{"text":"yes"}"#)
    #expect(event("Only", 1, stored.text).commitment == words.commitment)
    #expect(try event("Only", 1, stored.text).decoded(as: Only.self) == Only(text: nil))
  }

  @Test func `do not hide a field of that name`() {
    #expect(throws: StoredBody.ReservedField.self) { try StoredBody(SaidAgain(entry: "e-1", words: "x")) }
  }

  @Test func `are merged before an upcast, and the commitment tells where they were destroyed`() throws {
    let old = #"{"entry":"e-1","words":"\#(String(repeating: "a", count: 64))"}"#
    #expect(
      try event("Said", 1, old, words: #"{"remark":"yes"}"#).decoded(as: SaidAgain.self)
        == SaidAgain(entry: "e-1", text: "yes"))
    // Recorded before words were stored apart.
    #expect(
      try event("Said", 1, #"{"entry":"e-1","remark":"yes"}"#).decoded(as: SaidAgain.self)
        == SaidAgain(entry: "e-1", text: "yes"))
    for version in [1, 2] {
      #expect(
        try event("Said", version, old).decoded(as: SaidAgain.self)
          == SaidAgain(entry: "e-1", words: String(repeating: "a", count: 64)))
      #expect(event("Said", version, old).wordsDestroyed)
    }
  }

  @Test(arguments: [
    #"{}"#, #"{"words":"yes"}"#,
    #"{"a":"\"words\":\"0123456789012345678901234567890123456789012345678901234567890123"}"#,
    #"{"a":{"words":"0123456789012345678901234567890123456789012345678901234567890123"}}"#,
    #"{"words":"012345678901234567890123456789012345678901234567890123456789012X"}"#,
    #"{"words":"01234567890123456789012345678901234567890123456789012345678901234"}"#,
    #"{"words":"0123456789012345678901234567890123456789012345678901234567890123","a":1}"#, "",
  ])
  func `are looked for only where a body ends with a commitment`(body: String) {
    #expect(event("Plain", 1, body).commitment == nil)
    #expect(!event("Plain", 1, body).wordsDestroyed)
  }

  @Test func `are named by the event that destroys them`() {
    #expect(Expunction.positions(ofType: "StatementExpunged", body: #"{"positions":[3,4]}"#) == [3, 4])
    #expect(Expunction.positions(ofType: "Noted", body: #"{"positions":[3,4]}"#) == [])
    #expect(Expunction.positions(ofType: "StatementExpunged", body: "{}") == [])
  }
}
