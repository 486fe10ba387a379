import EventLog
import Testing

struct `A master key` {
  private let master = MasterKey(hexadecimal: String(repeating: "a1", count: 32))!
  private let key = SealingKey(bytes: Array(0..<32))

  @Test func `decrypts what it encrypted, for the same owner`() throws {
    let wrapped = try master.wrap(key, context: "berlin/attendee:a-1")
    #expect(wrapped.count == 60)
    #expect(master.unwrap(wrapped, context: "berlin/attendee:a-1") == key)
    #expect(master.unwrap(wrapped, context: "berlin/attendee:a-2") == nil)
    let other = MasterKey(hexadecimal: String(repeating: "b2", count: 32))!
    #expect(other.unwrap(wrapped, context: "berlin/attendee:a-1") == nil)
    #expect(other.id != master.id)
    #expect(master.unwrap(key.bytes, context: "berlin/attendee:a-1") == nil)
    #expect(master.unwrap([], context: "berlin/attendee:a-1") == nil)
  }

  @Test func `encrypts to other bytes each time`() throws {
    let wrapped = try (1...8).map { _ in try master.wrap(key, context: "berlin/attendee:a-1") }
    #expect(Set(wrapped).count == 8)
  }

  @Test func `does not decrypt bytes of which one bit was flipped`() throws {
    let wrapped = try master.wrap(key, context: "berlin/attendee:a-1")
    for index in wrapped.indices {
      var changed = wrapped
      changed[index] ^= 1 << UInt8(index % 8)
      #expect(master.unwrap(changed, context: "berlin/attendee:a-1") == nil, "byte \(index)")
    }
  }

  @Test func `has a name that is the same in all versions and tells nothing of it`() {
    #expect(MasterKey(hexadecimal: String(repeating: "A1", count: 32)) == master)
    #expect(master.id.count == 16 && !master.id.contains("a1a1"))
  }

  @Test(arguments: ["", "a1", String(repeating: "a1", count: 31), String(repeating: "g1", count: 32)])
  func `has 64 hexadecimal digits`(_ text: String) { #expect(MasterKey(hexadecimal: text) == nil) }
}
