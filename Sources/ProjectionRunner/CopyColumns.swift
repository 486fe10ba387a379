import EventLog
import JSON
import Postgres
import ReadModels
package import Vocabulary

/// Reads the columns of a row from COPY's text format, from left to right.
struct CopyReader: ColumnReader {
  private var fields: CopyFields
  private let table: String

  init(_ line: UnsafeRawBufferPointer, of table: String) {
    fields = CopyFields(line)
    self.table = table
  }

  mutating func nextText() throws -> String? { try fields.next(table) }
}

/// Writes the columns of a row in COPY's text format, from left to right.
package struct CopyWriter: ColumnWriter {
  package private(set) var bytes: [UInt8] = []
  /// Shared by all rows, so its memory is allocated only once.
  private let json = JSONWriter()
  /// The last time and its text. All rows of one command have the same time, so it is formatted only once.
  private var recent = (time: Timestamp(microseconds: 0), text: "1970-01-01T00:00:00Z")

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
    for (index, byte) in text.enumerated() {
      let letter: UInt8
      switch byte {
      case 0x09: letter = 0x74
      case 0x0A: letter = 0x6E
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

  package mutating func add(_ time: Timestamp?) {
    if let time, time != recent.time { recent = (time, time.description) }
    add(time.map { _ in recent.text })
  }

  package mutating func json(_ value: some Encodable) {
    // These values were decoded from JSON, so encoding them cannot fail.
    let text = (try? json.text(of: value)) ?? Array("null".utf8)
    text.withUnsafeBufferPointer { add($0) }
  }

  package mutating func json(_ value: (some Encodable)?) {
    guard let value else { return add(String?.none) }
    json(value)
  }

  /// Ends the row: the tab after its last column becomes a newline.
  package mutating func endRow() { bytes[bytes.count - 1] = 0x0A }

  /// Removes the rows but keeps the memory.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
