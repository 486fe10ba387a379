import JSON
import Specification
import Testing
import Vocabulary

@testable import Record

struct `The place of an entry` {
  private func key(_ text: String) -> OrderKey { try! OrderKey(text) }

  @Test func `is ordered by its position, then by its fraction`() {
    let ordered = ["9", "9.1", "9.1z", "9.2", "9.z", "9.zi", "10", "10.0001", "10.i", "120"].map(key)
    #expect(ordered.sorted() == ordered)
    #expect(Set(ordered).count == ordered.count)
    for (earlier, later) in zip(ordered, ordered.dropFirst()) {
      #expect(earlier < later && !(later < earlier) && earlier != later)
    }
  }

  @Test func `is stored as a text`() throws {
    for text in ["1", "120", "120.i5", "0.z"] {
      #expect(key(text).description == text)
      #expect(try JSONText.encode([key(text)]) == "[\"\(text)\"]")
      #expect(try JSONText.decode([OrderKey].self, from: "[\"\(text)\"]") == [key(text)])
    }
  }

  @Test(arguments: ["", ".", "1.", ".i", "-1", "1.i0", "1.0", "1.I", "1.é", "1.i.i", "x", "1 ", "1.i ", "١"])
  func `is refused as a text that is no place`(text: String) {
    #expect(throws: InvalidValue.self) { try OrderKey.init(text) }
  }

  @Test func `has room on both sides of any other`() {
    for text in ["6", "6.i", "6.1", "6.z", "6.zz", "6.0001", "6.hzzzz"] {
      let (this, next) = (key(text), key("7"))
      let between = this.key(before: next)
      #expect(this < between && between < next, "\(text) < \(between) < 7")
      let before = key("6").key(before: this == key("6") ? next : this)
      #expect(key("6") < before)
      if this != key("6") { #expect(before < this) }
    }
    #expect(key("6").key(before: key("7")) == key("6.i"))
    #expect(key("6").key(before: key("6.1")) == key("6.0i"))
    #expect(key("6.i").key(before: key("6.j")) == key("6.ii"))
    #expect(key("6.i").key(before: key("6.i1")) == key("6.i0i"))
  }

  /// As an entry is put before or after another one: between its neighbours in the list.
  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `stays in a strict order through thousands of insertions`(seed: UInt64) throws {
    var chance = SplitMix(seed: seed)
    var keys = [OrderKey(10), OrderKey(11)]
    for position in 12..<2_512 {
      if Int.random(in: 0..<10, using: &chance) == 0 {
        keys.append(OrderKey(position))
        continue
      }
      // Anywhere, or often at the same place, which is the worst case.
      let index = seed == 5 ? keys.count / 2 : Int.random(in: 1..<keys.count, using: &chance)
      let key = keys[index - 1].key(before: keys[index])
      #expect(keys[index - 1] < key && key < keys[index])
      #expect(try OrderKey(key.description) == key, "It can be stored.")
      keys.insert(key, at: index)
    }
    for (earlier, later) in zip(keys, keys.dropFirst()) { try #require(earlier < later) }
    #expect(Set(keys.map(\.description)).count == keys.count)
    if seed < 5 { #expect(keys.map(\.fraction.utf8.count).max()! <= 12) }
  }

  @Test func `stays short where entries are inserted one after the other`() {
    // A scribe who adds twenty sentences at one place, each after the one before.
    var last = key("6")
    for _ in 1...20 { last = last.key(before: key("7")) }
    #expect(last.fraction.utf8.count <= 5)
    // And one who adds them in the wrong direction.
    var first = key("7")
    for _ in 1...20 { first = key("6").key(before: first) }
    #expect(first.fraction.utf8.count <= 5)
    // A key gets longer by one digit at most with each insertion.
    var (low, high) = (key("6"), key("7"))
    for count in 1...2_000 {
      let middle = low.key(before: high)
      if count.isMultiple(of: 2) { low = middle } else { high = middle }
      #expect(middle.fraction.utf8.count <= count)
    }
    #expect(low.fraction.utf8.count <= 500)
  }
}
