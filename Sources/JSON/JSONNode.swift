/// A value of a JSON text that another program wrote: read member by member, with its place in the text.
///
/// It forgives what such texts get wrong within the grammar: half a surrogate pair and bytes that are not UTF-8 become
/// U+FFFD; of members with the same name, the first counts.
package struct JSONNode: Sendable {
  /// A text that is not JSON.
  package struct Fault: Error, Sendable, Hashable {
    /// From 1; the column counts bytes.
    package var line: Int
    package var column: Int
    /// It may be JSON, but nests deeper than 128.
    package var isTooDeep: Bool
  }

  private let json: ParsedJSON
  private let lines: Lines
  private let index: Int

  /// The offsets at which lines start.
  private final class Lines: Sendable {
    let starts: [Int32]

    init(_ bytes: [UInt8]) {
      var starts: [Int32] = [0]
      for (offset, byte) in bytes.enumerated() {
        // A CR alone ends a line too.
        let isEnd = byte == 0x0A || byte == 0x0D && (offset + 1 == bytes.count || bytes[offset + 1] != 0x0A)
        if isEnd { starts.append(Int32(offset + 1)) }
      }
      self.starts = starts
    }

    func place(of offset: Int) -> (line: Int, column: Int) {
      var (low, high) = (0, starts.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if Int(starts[middle]) <= offset { low = middle } else { high = middle }
      }
      return (low + 1, offset - Int(starts[low]) + 1)
    }
  }

  private init(_ json: ParsedJSON, _ lines: Lines, _ index: Int) {
    (self.json, self.lines, self.index) = (json, lines, index)
  }

  /// - Parameter bytes: UTF-8 without a byte-order mark, fewer than 2³¹.
  package init(_ bytes: [UInt8]) throws(Fault) {
    let lines = Lines(bytes)
    do {
      self.init(try ParsedJSON(bytes: bytes), lines, 0)
    } catch {
      let (line, column) = lines.place(of: error.offset)
      throw Fault(line: line, column: column, isTooDeep: error.isTooDeep)
    }
  }

  private var value: ParsedJSON.Value { json.values[index] }

  /// Where it starts, from 1; the column counts bytes.
  package var line: Int { lines.place(of: Int(value.start)).line }
  package var column: Int { lines.place(of: Int(value.start)).column }

  package var isObject: Bool { value.kind == .object }
  package var isArray: Bool { value.kind == .array }
  package var isNull: Bool { value.kind == .null }

  /// The member of an object; nil if there is none, and for null.
  package subscript(name: String) -> JSONNode? {
    guard isObject, let member = json.member(name, of: index), !json.isNull(member) else { return nil }
    return JSONNode(json, lines, member)
  }

  /// The members of an object, in the order of the text; empty for anything else.
  package var members: [(name: String, value: JSONNode)] {
    guard isObject else { return [] }
    var members: [(name: String, value: JSONNode)] = []
    var key = index + 1
    while key < Int(value.next) {
      members.append((JSONNode(json, lines, key).string ?? "", JSONNode(json, lines, key + 1)))
      key = Int(json.values[key + 1].next)
    }
    return members
  }

  /// The elements of an array; empty for anything else.
  package var elements: [JSONNode] {
    isArray ? json.children(of: index).map { JSONNode(json, lines, $0) } : []
  }

  /// Of a string.
  package var string: String? {
    switch value.kind {
    case .string: String(decoding: json.text(of: index), as: UTF8.self)
    case .escapedString:
      ParsedJSON.unescaped(json.text(of: index))
        ?? ParsedJSON.unescaped(Self.withoutSurrogates(json.text(of: index))[...])
    default: nil
    }
  }

  /// Of a string, or the digits of a number.
  package var text: String? {
    value.kind == .number ? String(decoding: json.text(of: index), as: UTF8.self) : string
  }

  /// Of a whole number, also in a string; nil if it is out of range.
  package var integer: Int? {
    guard let text else { return nil }
    return Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
  }

  package var bool: Bool? {
    switch value.kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  /// Replaces the halves of surrogate pairs that stand alone, and those that do not: `\ud83d` by `\ufffd`.
  private static func withoutSurrogates(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes = Array(text)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
        index += 1
        continue
      }
      if bytes[index + 1] == UInt8(ascii: "u"), index + 5 < bytes.count,
        let code = UInt32(String(decoding: bytes[(index + 2)..<(index + 6)], as: UTF8.self), radix: 16),
        (0xD800..<0xE000).contains(code)
      {
        bytes.replaceSubrange((index + 2)..<(index + 6), with: Array("fffd".utf8))
      }
      index += 2
    }
    return bytes
  }
}
