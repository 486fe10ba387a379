import Glibc
import JSON
package import Record
package import Vocabulary

/// Writes the columns of rows in the text format of PostgreSQL's COPY, from left to right.
///
/// No protocol stands between a row and its writer, and what rows have most of takes a way of its own past `Codable`: a rebuild
/// writes millions of columns.
package struct RowWriter {
  package private(set) var bytes: [UInt8] = []
  /// Shared by all rows, so its memory is allocated only once.
  private let json = JSONWriter()
  /// The JSON of one column, likewise.
  private var text: [UInt8] = []
  /// The last time and its text. All rows of one command have the same time, so it is formatted only once.
  private var recent = (time: Timestamp(microseconds: 0), text: "1970-01-01 00:00:00+00")
  /// The columns of the attributions that were written. They are kept, so that no other one gets the identity of one of them.
  private var attributions: [ObjectIdentifier: (kept: Interned<Attribution>, column: [UInt8])] = [:]

  package init() {}

  package mutating func add(_ text: String?) {
    guard var text else {
      bytes += [0x5C, 0x4E, 0x09]  // \N
      return
    }
    text.withUTF8 { add($0) }
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for (index, byte) in text.enumerated() where byte < 0x20 || byte == 0x5C {
      let letter: UInt8
      // All that PostgreSQL writes in this way, or the row would not be the same bytes.
      switch byte {
      case 0x08: letter = 0x62
      case 0x09: letter = 0x74
      case 0x0A: letter = 0x6E
      case 0x0B: letter = 0x76
      case 0x0C: letter = 0x66
      case 0x0D: letter = 0x72
      case 0x5C: letter = 0x5C
      default: continue
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
      bytes.append(0x5C)
      bytes.append(letter)
      start = index + 1
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    bytes.append(0x09)
  }

  package mutating func add(_ number: Int?) { add(number.map(String.init)) }
  package mutating func add(_ truth: Bool) { add(truth ? "t" : "f") }

  /// As PostgreSQL writes it in UTC, so that the same rows are the same bytes.
  package mutating func add(_ time: Timestamp?) {
    if let time, time != recent.time {
      recent = (time, time.description.replacing("T", with: " ", maxReplacements: 1).dropLast() + "+00")
    }
    add(time.map { _ in recent.text })
  }

  // MARK: JSON

  package mutating func json(_ value: some Encodable) {
    // These values were decoded from JSON, so encoding them cannot fail.
    let text = (try? json.text(of: value)) ?? Array("null".utf8)
    text.withUnsafeBufferPointer { add($0) }
  }

  package mutating func json(_ value: (some Encodable)?) {
    guard let value else { return add(String?.none) }
    json(value)
  }

  /// A list, which is mostly empty.
  package mutating func list(_ elements: [some Encodable]) {
    if elements.isEmpty { add("[]") } else { json(elements) }
  }

  /// A list of words, such as identifiers.
  package mutating func list<Element>(_ elements: [Element], _ word: (Element) -> String) {
    sequence(elements, in: "[", "]") { $0.append(json: word($1)) }
  }

  package mutating func json(_ text: LocalizedText?) {
    if let text { json(text) } else { add(String?.none) }
  }

  package mutating func json(_ text: LocalizedText) {
    object(text.entries) {
      $0.append(json: $1.text)
    } named: {
      $0.language.tag
    }
  }

  /// A number for each name.
  package mutating func json(_ numbers: [String: Int]) {
    object(numbers.sorted { $0.key < $1.key }) {
      $0.append(contentsOf: $1.value.description.utf8)
    } named: {
      $0.key
    }
  }

  package mutating func json(_ attribution: Interned<Attribution>) {
    let id = ObjectIdentifier(attribution)
    if let known = attributions[id] { return bytes.append(contentsOf: known.column) }
    let start = bytes.count
    json(attribution.value)
    attributions[id] = (attribution, Array(bytes[start...]))
  }

  /// - Parameter members: sorted by name, each name once.
  private mutating func object<Member>(
    _ members: [Member], _ value: (inout [UInt8], Member) -> Void, named name: (Member) -> String
  ) {
    sequence(members, in: "{", "}") { text, member in
      text.append(json: name(member))
      text.append(UInt8(ascii: ":"))
      value(&text, member)
    }
  }

  private mutating func sequence<Element>(
    _ elements: [Element], in start: Unicode.Scalar, _ end: Unicode.Scalar,
    _ write: (inout [UInt8], Element) -> Void
  ) {
    text.removeAll(keepingCapacity: true)
    text.append(UInt8(ascii: start))
    for (index, element) in elements.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      write(&text, element)
    }
    text.append(UInt8(ascii: end))
    let column = text
    column.withUnsafeBufferPointer { add($0) }
  }

  // MARK: Rows

  /// Ends the row: the tab after its last column becomes a newline.
  package mutating func endRow() { bytes[bytes.count - 1] = 0x0A }

  /// Whether the columns of the row that was begun are those of this line, without its newline.
  package func isLine(_ line: UnsafeRawBufferPointer) -> Bool {
    bytes.withUnsafeBytes { bytes in
      guard bytes.count == line.count + 1, let begun = bytes.baseAddress, let stored = line.baseAddress else {
        return false
      }
      return memcmp(begun, stored, line.count) == 0
    }
  }

  /// Removes the rows but keeps the memory.
  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
