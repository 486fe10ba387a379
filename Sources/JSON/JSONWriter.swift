/// Writes JSON: in the canonical form of `JSONText`, with sorted keys, no spaces and no escaped slashes, or in another
/// layout.
///
/// Everything goes into one byte array. An object's members are written in any order and sorted in
/// place when the object ends. A container ends when its parent is used again, so `Codable`'s containers
/// must be used strictly one inside the other. Compiler-generated code does that.
package final class JSONWriter {
  /// Where the members of objects are written. Of a `JSONValue` they are always sorted.
  package struct Layout: Sendable {
    /// These come first, in this order. The others follow, sorted.
    package var leading: [String]
    /// Members with these names are no objects of their own: what is in them stands beside them.
    package var inlined: Set<String>
    /// Whether it is stored, so that nothing of a value may be left out.
    package let isStored: Bool

    package static let canonical = Layout()

    private init() { (leading, inlined, isStored) = ([], [], true) }

    /// A layout for people and other programs.
    package init(leading: [String], inlined: Set<String>) {
      (self.leading, self.inlined, isStored) = (leading, inlined, false)
    }

    fileprivate func precedes(_ a: String, _ b: String) -> Bool {
      if leading.isEmpty { return a < b }
      let (first, second) = (leading.firstIndex(of: a), leading.firstIndex(of: b))
      return (first ?? leading.count, a) < (second ?? leading.count, b)
    }
  }

  private enum Kind { case undecided, object, array }

  /// A value that has not ended yet.
  private struct Open {
    var kind = Kind.undecided
    /// Where its text begins.
    var start: Int
    /// For an object: the index of its first member in `members`.
    var firstMember: Int
    var count = 0
  }

  private struct Member {
    var key: String
    /// Where its text, `"key":value`, begins. It ends where the next one begins.
    var start: Int
  }

  private var bytes: [UInt8] = []
  private var open: [Open] = []
  private var members: [Member] = []
  /// A buffer for sorting the members of an object.
  private var ordered: [UInt8] = []
  fileprivate let layout: Layout

  package init(_ layout: Layout = .canonical) { self.layout = layout }

  /// Writes one value.
  ///
  /// - Throws: errors of the value; `EncodingError` for NaN and infinity, which JSON does not have.
  package func text(of value: some Encodable) throws -> [UInt8] {
    bytes.removeAll(keepingCapacity: true)
    bytes.reserveCapacity(1 << 10)
    try write(value)
    return bytes
  }

  fileprivate func write<T: Encodable>(_ value: T) throws {
    if T.self == String.self { return write(string: value as! String) }
    if T.self == Bool.self { return append(value as! Bool ? "true" : "false") }
    if T.self == Int.self { return append((value as! Int).description) }
    if T.self == Double.self { return try write(value as! Double) }
    let depth = begin()
    do {
      try value.encode(to: JSONValueEncoder(writer: self, depth: depth))
    } catch {
      open.removeAll()
      members.removeAll()
      throw error
    }
    end(depth)
  }

  fileprivate func writeNull() { append("null") }

  fileprivate func write(strings members: some Sequence<(name: String, text: String)>) {
    bytes.append(UInt8(ascii: "{"))
    for (index, member) in members.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(string: member.name)
      bytes.append(UInt8(ascii: ":"))
      write(string: member.text)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// Members are sorted, and none is inlined: it is not known what they mean.
  fileprivate func write(anyShape value: JSONValue) throws {
    switch value {
    case .null: writeNull()
    case .bool(let value): append(value ? "true" : "false")
    case .integer(let value): append(value.description)
    case .number(let value): try write(value)
    case .string(let value): write(string: value)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        try write(anyShape: element)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(string: member.key)
        bytes.append(UInt8(ascii: ":"))
        try write(anyShape: member.value)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private func write(_ number: Double) throws {
    guard number.isFinite else {
      throw EncodingError.invalidValue(
        number,
        EncodingError.Context(codingPath: [], debugDescription: "JSON has no NaN and no infinity."))
    }
    let text = number.description
    append(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }

  fileprivate func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private func write(string: String) { bytes.append(json: string) }
}

extension [UInt8] {
  /// Appends a JSON string. Runs without escapes are copied as a whole.
  package mutating func append(json string: String) {
    var string = string
    append(UInt8(ascii: "\""))
    string.withUTF8 { text in
      var start = 0
      for (index, byte) in text.enumerated()
      where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
        append(escapeOf: byte)
        start = index + 1
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func append(escapeOf byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: append(UInt8(ascii: "b"))
    case 0x09: append(UInt8(ascii: "t"))
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0C: append(UInt8(ascii: "f"))
    case 0x0D: append(UInt8(ascii: "r"))
    case 0..<0x20:
      append(contentsOf: "u00".utf8)
      append(UInt8(ascii: byte < 0x10 ? "0" : "1"))
      append(contentsOf: String(byte & 15, radix: 16).utf8)
    default: append(byte)
    }
  }
}

// MARK: Open values

extension JSONWriter {
  /// Begins a value and returns its depth.
  fileprivate func begin() -> Int {
    open.append(Open(start: bytes.count, firstMember: members.count))
    return open.count - 1
  }

  fileprivate func end(_ depth: Int) {
    while open.count > depth { endLast() }
  }

  /// Ends everything inside the container at `depth`, so that it can be written to.
  fileprivate func use(_ depth: Int) {
    end(depth + 1)
    precondition(open.count == depth + 1, "A container was used after it ended.")
  }

  fileprivate func beginObject(_ depth: Int) {
    use(depth)
    if open[depth].kind == .undecided { open[depth].kind = .object }
  }

  fileprivate func beginArray(_ depth: Int) {
    use(depth)
    guard open[depth].kind == .undecided else { return }
    open[depth].kind = .array
    bytes.append(UInt8(ascii: "["))
  }

  fileprivate func beginMember(_ key: String, _ depth: Int) {
    use(depth)
    members.append(Member(key: key, start: bytes.count))
    write(string: key)
    bytes.append(UInt8(ascii: ":"))
  }

  /// Has the members of a value written as members of the object at `depth`.
  fileprivate func inline(_ depth: Int, _ write: () throws -> Void) rethrows {
    beginObject(depth)
    let (end, known) = (bytes.count, members.count)
    try write()
    use(depth)
    precondition(
      bytes.count == end || members.count > known && members[known].start == end,
      "Only what has members can be inlined.")
  }

  fileprivate func beginElement(_ depth: Int) {
    use(depth)
    if open[depth].count > 0 { bytes.append(UInt8(ascii: ",")) }
    open[depth].count += 1
  }

  fileprivate func count(_ depth: Int) -> Int { open[depth].count }

  private func endLast() {
    let last = open.removeLast()
    switch last.kind {
    case .undecided: if bytes.count == last.start { append("{}") }
    case .array: bytes.append(UInt8(ascii: "]"))
    case .object: orderMembers(of: last)
    }
  }

  private func orderMembers(of object: Open) {
    var texts = members[object.firstMember...].indices.map { index in
      let end = index + 1 < members.count ? members[index + 1].start : bytes.count
      return (key: members[index].key, range: members[index].start..<end)
    }
    texts.sort { layout.precedes($0.key, $1.key) }
    ordered.removeAll(keepingCapacity: true)
    // A list of a hundred thousand would otherwise be copied while it grows.
    let length = bytes.count - object.start + texts.count
    if length > 1 << 20 { ordered.reserveCapacity(length) }
    bytes.withUnsafeBufferPointer { bytes in
      for text in texts {
        if !ordered.isEmpty { ordered.append(UInt8(ascii: ",")) }
        ordered.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[text.range]))
      }
    }
    members.removeSubrange(object.firstMember...)
    bytes.removeSubrange(object.start...)
    bytes.append(UInt8(ascii: "{"))
    bytes.append(contentsOf: ordered)
    bytes.append(UInt8(ascii: "}"))
  }
}

// MARK: Encoder

/// An encoder for one value. It is small enough to need no heap allocation.
package struct JSONValueEncoder: Encoder, SingleValueEncodingContainer {
  fileprivate let writer: JSONWriter
  fileprivate let depth: Int

  /// Writes an object that has only strings as values.
  ///
  /// Meant for types that are written very often; see ``JSONValueDecoder/strings()``.
  ///
  /// - Parameter members: sorted by name, each name once.
  package func encode(strings members: some Sequence<(name: String, text: String)>) {
    writer.write(strings: members)
  }

  /// Whether the text is to be stored: of what is only shown, encrypted data is left out.
  package var isStored: Bool { writer.layout.isStored }

  func encode(anyShape value: JSONValue) throws { try writer.write(anyShape: value) }

  // No encoding error of ours needs a path.
  package var codingPath: [any CodingKey] { [] }
  package var userInfo: [CodingUserInfoKey: Any] { [:] }

  package func container<Key>(keyedBy _: Key.Type) -> KeyedEncodingContainer<Key> {
    writer.beginObject(depth)
    return KeyedEncodingContainer(ObjectEncoder<Key>(writer: writer, depth: depth))
  }

  package func unkeyedContainer() -> any UnkeyedEncodingContainer {
    writer.beginArray(depth)
    return ArrayEncoder(writer: writer, depth: depth)
  }

  package func singleValueContainer() -> any SingleValueEncodingContainer { self }

  package func encodeNil() { writer.writeNull() }

  // Also implements the protocol's requirements for String, Int and so on; as do the containers below.
  package func encode<T: Encodable>(_ value: T) throws {
    // Rare integer types, such as Int64, arrive here. Checking every type costs more than all the rest.
    if T.self != String.self, T.self != Int.self, let integer = value as? any FixedWidthInteger {
      return writer.append(integer.description)
    }
    try writer.write(value)
  }
}

private struct ObjectEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let writer: JSONWriter
  let depth: Int

  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) {
    writer.beginMember(key.stringValue, depth)
    writer.writeNull()
  }

  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    // A text of that name has no members.
    if writer.layout.inlined.contains(key.stringValue), !(value is any Collection) {
      return try writer.inline(depth) {
        try value.encode(to: JSONValueEncoder(writer: writer, depth: depth))
      }
    }
    writer.beginMember(key.stringValue, depth)
    try writer.write(value)
  }

  func nestedContainer<Nested>(keyedBy _: Nested.Type, forKey key: Key)
    -> KeyedEncodingContainer<Nested>
  {
    encoder(key.stringValue).container(keyedBy: Nested.self)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder(key.stringValue).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { encoder("super") }
  func superEncoder(forKey key: Key) -> any Encoder { encoder(key.stringValue) }

  private func encoder(_ key: String) -> JSONValueEncoder {
    writer.beginMember(key, depth)
    return JSONValueEncoder(writer: writer, depth: writer.begin())
  }
}

private struct ArrayEncoder: UnkeyedEncodingContainer {
  let writer: JSONWriter
  let depth: Int

  var codingPath: [any CodingKey] { [] }
  var count: Int { writer.count(depth) }

  func encodeNil() {
    writer.beginElement(depth)
    writer.writeNull()
  }

  func encode<T: Encodable>(_ value: T) throws {
    writer.beginElement(depth)
    try writer.write(value)
  }

  func nestedContainer<Nested>(keyedBy _: Nested.Type) -> KeyedEncodingContainer<Nested> {
    encoder().container(keyedBy: Nested.self)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder().unkeyedContainer() }
  func superEncoder() -> any Encoder { encoder() }

  private func encoder() -> JSONValueEncoder {
    writer.beginElement(depth)
    return JSONValueEncoder(writer: writer, depth: writer.begin())
  }
}
