import EventLog
import Foundation
import JSON
import Testing

struct `What is sealed` {
  let key = SealingKey(bytes: Array(0..<32))
  let context = "shanghai-2016/attendee:a-1"
  let command = "11111111-1111-4111-8111-111111111111"

  private func seal(
    _ value: String = "anna@example.org", key: SealingKey? = nil, context: String? = nil,
    command: String? = nil
  ) throws -> Sealed {
    try Sealed(
      value, key: key ?? self.key, context: context ?? self.context,
      commandID: command ?? self.command)
  }

  @Test func `opens with its key in its context`() throws {
    let sealed = try seal()
    #expect(sealed.open(String.self, key: key, context: context) == "anna@example.org")
    let stored = try JSONText.decode(Sealed.self, from: JSONText.encode(sealed))
    #expect(stored.open(key: key, context: context) == "anna@example.org")
    #expect(try JSONText.encode(sealed) == "\"\(sealed.base64)\"")
  }

  @Test func `opens with nothing else`() throws {
    let sealed = try seal()
    #expect(sealed.open(String.self, key: .random(), context: context) == nil)
    #expect(sealed.open(String.self, key: key, context: "shanghai-2016/attendee:a-2") == nil)
    #expect(sealed.open(String.self, key: key, context: "") == nil)
    #expect(sealed.open(Int.self, key: key, context: context) == nil)
    #expect(Sealed(base64: "").open(String.self, key: key, context: context) == nil)
    #expect(Sealed(base64: "not base64").open(String.self, key: key, context: context) == nil)
  }

  @Test func `does not open when one bit of it was flipped`() throws {
    let sealed = try #require(Data(base64Encoded: seal().base64))
    for index in sealed.indices {
      var changed = sealed
      changed[index] ^= 1 << UInt8(index % 8)
      let forged = Sealed(base64: changed.base64EncodedString())
      #expect(forged.open(String.self, key: key, context: context) == nil, "byte \(index)")
    }
  }

  @Test func `is the same when the same command is sent again`() throws {
    #expect(try seal() == seal())
  }

  @Test func `is another under another command, key or context`() throws {
    let others = try [
      seal(), seal(command: "22222222-2222-4222-8222-222222222222"),
      seal(key: SealingKey(bytes: Array(1..<33))), seal(context: "shanghai-2016/attendee:a-2"),
    ]
    #expect(Set(others).count == 4)
    // Not a bit of the nonce in common is promised; that no nonce serves twice is.
    #expect(Set(others.map { Data(base64Encoded: $0.base64)!.prefix(12) }).count == 4)
  }

  @Test func `does not show what it holds`() throws {
    let sealed = try seal()
    #expect(!sealed.base64.contains("anna"))
    #expect(Data(base64Encoded: sealed.base64)?.range(of: Data("anna".utf8)) == nil)
  }

  @Test func `does not show how long it is, but in steps of 256 bytes`() throws {
    func length(_ count: Int) throws -> Int {
      try #require(Data(base64Encoded: seal(String(repeating: "a", count: count)).base64)).count
    }
    // Two quotation marks are sealed with a text; nonce and tag have 12 and 16 bytes.
    for count in [0, 1, 16, 200, 254] { #expect(try length(count) == 256 + 28, "\(count)") }
    for count in [255, 300, 510] { #expect(try length(count) == 512 + 28, "\(count)") }
  }

  @Test func `has a key of 256 random bits`() {
    #expect(SealingKey.random().bytes.count == 32)
    #expect(SealingKey.random() != SealingKey.random())
  }
}
