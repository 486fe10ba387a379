/// A parsed JSON text (strict RFC 8259): a flat list of its values, in the order of the text.
///
/// Foundation's decoder takes several times as long for a million events as all other work on them.
/// The interface is still `Codable`.
final class ParsedJSON {
  enum Kind: UInt8 { case object, array, string, escapedString, number, `true`, `false`, null }

  struct Value {
    var kind: Kind
    /// The range of its text; for a string, without the quotes.
    var start: Int32
    var end: Int32
    /// The index of the first value after this one and its contents.
    var next: Int32
  }

  private let bytes: [UInt8]
  /// The members of an object are stored as name, value, name, value ….
  fileprivate let values: [Value]

  /// - Throws: `DecodingError.dataCorrupted`.
  init(_ text: String) throws {
    bytes = Array(text.utf8)
    guard let values = bytes.withUnsafeBufferPointer({ Parser.values(of: $0) }) else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: [], debugDescription: "This is not JSON."))
    }
    self.values = values
  }

  func decode<T: Decodable>(_: T.Type) throws -> T { try decode(at: 0) }
}

// MARK: Values

extension ParsedJSON {
  fileprivate func isNull(_ index: Int) -> Bool { values[index].kind == .null }

  fileprivate func decode<T: Decodable>(_: T.Type = T.self, at index: Int) throws -> T {
    // These types decode through a single-value container, which would call this function again.
    if T.self == String.self { return try string(at: index) as! T }
    if T.self == Bool.self { return try bool(at: index) as! T }
    if T.self == Int.self { return try integer(Int.self, at: index) as! T }
    if T.self == Double.self { return try double(at: index) as! T }
    return try T(from: JSONValueDecoder(json: self, index: index))
  }

  /// The whole as a value of any shape.
  func value(at index: Int = 0) throws -> JSONValue {
    switch values[index].kind {
    case .null: return .null
    case .true: return .bool(true)
    case .false: return .bool(false)
    case .string, .escapedString: return .string(try string(at: index))
    case .number:
      return try (try? integer(Int.self, at: index)).map { .integer($0) } ?? .number(double(at: index))
    case .array: return .array(try children(of: index).map { try value(at: $0) })
    case .object:
      var members: [String: JSONValue] = [:]
      var key = index + 1
      while key < Int(values[index].next) {
        members[try string(at: key)] = try value(at: key + 1)
        key = Int(values[key + 1].next)
      }
      return .object(members)
    }
  }

  /// The members of the whole, with the text from the quote before the name to the end of the value.
  func members() throws -> [(name: String, text: String)] {
    guard values[0].kind == .object else { throw mismatch([String: Any].self, at: 0) }
    var members: [(name: String, text: String)] = []
    var key = 1
    while key < Int(values[0].next) {
      let value = values[key + 1]
      let quote = value.kind == .string || value.kind == .escapedString ? 1 : 0
      let text = bytes[(Int(values[key].start) - 1)..<(Int(value.end) + quote)]
      members.append((try string(at: key), String(decoding: text, as: UTF8.self)))
      key = Int(value.next)
    }
    return members
  }

  /// The members of an object that has only strings as values, in the order of the text.
  fileprivate func strings(at index: Int) throws -> [(name: String, text: String)] {
    guard values[index].kind == .object else { throw mismatch([String: String].self, at: index) }
    var members: [(name: String, text: String)] = []
    var key = index + 1
    while key < Int(values[index].next) {
      members.append((try string(at: key), try string(at: key + 1)))
      key = Int(values[key + 1].next)
    }
    return members
  }

  private func string(at index: Int) throws -> String {
    switch values[index].kind {
    case .string: return String(decoding: text(of: index), as: UTF8.self)
    case .escapedString:
      guard let text = Self.unescaped(text(of: index)) else {
        throw mismatch(String.self, at: index)
      }
      return text
    case .object, .array, .number, .true, .false, .null: throw mismatch(String.self, at: index)
    }
  }

  private func bool(at index: Int) throws -> Bool {
    switch values[index].kind {
    case .true: true
    case .false: false
    case .object, .array, .string, .escapedString, .number, .null:
      throw mismatch(Bool.self, at: index)
    }
  }

  fileprivate func integer<I: FixedWidthInteger>(_: I.Type, at index: Int) throws -> I {
    if values[index].kind == .number {
      let text = String(decoding: text(of: index), as: UTF8.self)
      if let value = I(text) ?? Double(text).flatMap(I.init(exactly:)) { return value }
    }
    throw mismatch(I.self, at: index)
  }

  private func double(at index: Int) throws -> Double {
    if values[index].kind == .number,
      let value = Double(String(decoding: text(of: index), as: UTF8.self))
    {
      return value
    }
    throw mismatch(Double.self, at: index)
  }

  private func text(of index: Int) -> ArraySlice<UInt8> {
    bytes[Int(values[index].start)..<Int(values[index].end)]
  }

  /// - Returns: nil for half a surrogate pair, which a string cannot contain.
  private static func unescaped(_ text: ArraySlice<UInt8>) -> String? {
    var plain: [UInt8] = []
    plain.reserveCapacity(text.count)
    var rest = text
    func hexadecimal() -> UInt32? {
      defer { rest = rest.dropFirst(4) }
      return UInt32(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16)
    }
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        plain.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "b"): plain.append(0x08)
      case UInt8(ascii: "f"): plain.append(0x0C)
      case UInt8(ascii: "n"): plain.append(0x0A)
      case UInt8(ascii: "r"): plain.append(0x0D)
      case UInt8(ascii: "t"): plain.append(0x09)
      case UInt8(ascii: "u"):
        guard var code = hexadecimal() else { return nil }
        if (0xD800..<0xDC00).contains(code) {
          guard rest.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else { return nil }
          rest = rest.dropFirst(2)
          guard let low = hexadecimal(), (0xDC00..<0xE000).contains(low) else { return nil }
          code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { return nil }
        plain.append(contentsOf: UTF8.encode(scalar)!)
      case let other?: plain.append(other)  // a quote, a slash, a backslash
      case nil: return nil
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }
}

// MARK: Objects and arrays

extension ParsedJSON {
  /// The indices of the direct children of an array or an object (names and values).
  fileprivate func children(of index: Int) -> some Sequence<Int> {
    let end = Int(values[index].next)
    return sequence(state: index + 1) { [values] child in
      guard child < end else { return nil }
      defer { child = Int(values[child].next) }
      return child
    }
  }

  /// - Returns: the index of the first value with this name.
  fileprivate func member(_ name: String, of object: Int) -> Int? {
    var name = name
    return name.withUTF8 { name in
      bytes.withUnsafeBufferPointer { bytes in
        values.withUnsafeBufferPointer { values in
          let end = Int(values[object].next)
          var key = object + 1
          while key < end {
            let (start, count) = (Int(values[key].start), Int(values[key].end - values[key].start))
            if values[key].kind == .escapedString {
              if Self.unescaped(self.text(of: key)).map({ $0.utf8.elementsEqual(name) }) == true {
                return key + 1
              }
            } else if count == name.count, (0..<count).allSatisfy({ bytes[start + $0] == name[$0] }) {
              return key + 1
            }
            key = Int(values[key + 1].next)
          }
          return nil
        }
      }
    }
  }

  fileprivate func names(of object: Int) throws -> [String] {
    var names: [String] = []
    var key = object + 1
    while key < Int(values[object].next) {
      names.append(try string(at: key))
      key = Int(values[key + 1].next)
    }
    return names
  }

  /// The names and indices from the top level to a value. Computed only when an error needs them.
  fileprivate func path(to index: Int) -> [any CodingKey] {
    var path: [any CodingKey] = []
    var container = 0
    while container < index {
      let isObject = values[container].kind == .object
      guard
        let (number, child) = children(of: container).enumerated()
          .first(where: { $0.element <= index && index < Int(values[$0.element].next) })
      else { return path }
      if !isObject { path.append(PathKey(number)) }
      if isObject, number.isMultiple(of: 2) { return path }
      if isObject { path.append(PathKey((try? string(at: child - 1)) ?? "?")) }
      container = child
    }
    return path
  }

  fileprivate func mismatch(_ type: any Any.Type, at index: Int) -> DecodingError {
    let context = DecodingError.Context(
      codingPath: path(to: index), debugDescription: "Expected \(type).")
    return isNull(index) ? .valueNotFound(type, context) : .typeMismatch(type, context)
  }
}

struct PathKey: CodingKey {
  let stringValue: String
  let intValue: Int?
  init(_ index: Int) { (stringValue, intValue) = ("\(index)", index) }
  init(_ name: String) { (stringValue, intValue) = (name, nil) }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { self.init(intValue) }
}

// MARK: Decoder

/// A decoder for one value. It is small enough to need no heap allocation.
package struct JSONValueDecoder: Decoder, SingleValueDecodingContainer {
  fileprivate let json: ParsedJSON
  fileprivate let index: Int

  package var codingPath: [any CodingKey] { json.path(to: index) }
  package var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// The members of an object that has only strings as values, in the order of the text.
  ///
  /// Meant for types that are read very often: a keyed container takes four times as long.
  package func strings() throws -> [(name: String, text: String)] { try json.strings(at: index) }

  package func container<Key>(keyedBy _: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard json.values[index].kind == .object else {
      throw json.mismatch([String: Any].self, at: index)
    }
    return KeyedDecodingContainer(ObjectDecoder<Key>(json: json, index: index))
  }

  package func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard json.values[index].kind == .array else { throw json.mismatch([Any].self, at: index) }
    return ArrayDecoder(json: json, index: index)
  }

  package func singleValueContainer() -> any SingleValueDecodingContainer { self }

  package func decodeNil() -> Bool { json.isNull(index) }

  // Also implements the protocol's requirements for String, Int and so on; as do the containers below.
  package func decode<T: Decodable>(_: T.Type) throws -> T {
    // Rare integer types, such as Int64, arrive here. Checking every type costs more than all the rest.
    if T.self != String.self, T.self != Int.self,
      let integer = T.self as? any FixedWidthInteger.Type
    {
      return try json.integer(integer, at: index) as! T
    }
    return try json.decode(at: index)
  }
}

private struct ObjectDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let json: ParsedJSON
  let index: Int

  var codingPath: [any CodingKey] { json.path(to: index) }
  var allKeys: [Key] {
    // A name with half a surrogate pair is not a string. Reading such a member reports it.
    ((try? json.names(of: index)) ?? []).compactMap(Key.init(stringValue:))
  }

  func contains(_ key: Key) -> Bool { json.member(key.stringValue, of: index) != nil }
  func decodeNil(forKey key: Key) throws -> Bool { json.isNull(try member(key)) }

  func decode<T: Decodable>(_: T.Type, forKey key: Key) throws -> T {
    try json.decode(at: member(key))
  }

  func decodeIfPresent<T: Decodable>(_: T.Type, forKey key: Key) throws -> T? {
    guard let member = json.member(key.stringValue, of: index), !json.isNull(member) else {
      return nil
    }
    return try json.decode(T.self, at: member)
  }

  func nestedContainer<Nested>(keyedBy _: Nested.Type, forKey key: Key) throws
    -> KeyedDecodingContainer<Nested>
  {
    try JSONValueDecoder(json: json, index: member(key)).container(keyedBy: Nested.self)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try JSONValueDecoder(json: json, index: member(key)).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try decoder("super") }
  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key.stringValue) }

  private func decoder(_ name: String) throws -> any Decoder {
    guard let member = json.member(name, of: index) else { throw missing(PathKey(name)) }
    return JSONValueDecoder(json: json, index: member)
  }

  private func member(_ key: Key) throws -> Int {
    guard let member = json.member(key.stringValue, of: index) else { throw missing(key) }
    return member
  }

  private func missing(_ key: any CodingKey) -> DecodingError {
    .keyNotFound(
      key, DecodingError.Context(codingPath: codingPath, debugDescription: "The key is missing."))
  }
}

private struct ArrayDecoder: UnkeyedDecodingContainer {
  let json: ParsedJSON
  let index: Int
  private var element: Int
  private(set) var currentIndex = 0

  init(json: ParsedJSON, index: Int) {
    (self.json, self.index) = (json, index)
    element = index + 1
  }

  var codingPath: [any CodingKey] { json.path(to: index) }
  var count: Int? { json.children(of: index).reduce(0) { count, _ in count + 1 } }
  var isAtEnd: Bool { element >= Int(json.values[index].next) }

  mutating func decodeNil() throws -> Bool {
    guard try json.isNull(current()) else { return false }
    advance()
    return true
  }

  mutating func decode<T: Decodable>(_: T.Type) throws -> T {
    let value: T = try json.decode(at: current())
    advance()
    return value
  }

  mutating func nestedContainer<Nested>(keyedBy _: Nested.Type) throws
    -> KeyedDecodingContainer<Nested>
  {
    try next().container(keyedBy: Nested.self)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next().unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { try next() }

  private mutating func next() throws -> JSONValueDecoder {
    let decoder = JSONValueDecoder(json: json, index: try current())
    advance()
    return decoder
  }

  private func current() throws -> Int {
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        Any.self,
        DecodingError.Context(codingPath: codingPath, debugDescription: "The array has no more."))
    }
    return element
  }

  private mutating func advance() {
    element = Int(json.values[element].next)
    currentIndex += 1
  }
}

// MARK: Parser

/// The grammar of RFC 8259, one function per rule.
private struct Parser {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0
  private var values: [ParsedJSON.Value] = []

  /// - Returns: nil if the text is not JSON.
  static func values(of bytes: UnsafeBufferPointer<UInt8>) -> [ParsedJSON.Value]? {
    guard bytes.count < Int32.max else { return nil }
    var parser = Parser(bytes: bytes)
    // Events have about one value per 16 bytes. More would waste memory, less needs a second allocation.
    parser.values.reserveCapacity(bytes.count / 16 + 4)
    parser.skipSpace()
    guard parser.value(depth: 0) else { return nil }
    parser.skipSpace()
    return parser.at == bytes.count ? parser.values : nil
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func value(depth: Int) -> Bool {
    switch byte {
    case UInt8(ascii: "{"): object(depth: depth)
    case UInt8(ascii: "["): array(depth: depth)
    case UInt8(ascii: "\""): string()
    case UInt8(ascii: "t"): word("true", .true)
    case UInt8(ascii: "f"): word("false", .false)
    case UInt8(ascii: "n"): word("null", .null)
    default: number()
    }
  }

  private mutating func object(depth: Int) -> Bool {
    container(.object, until: UInt8(ascii: "}"), depth) { parser in
      guard parser.byte == UInt8(ascii: "\""), parser.string() else { return false }
      parser.skipSpace()
      guard parser.take(UInt8(ascii: ":")) else { return false }
      parser.skipSpace()
      return parser.value(depth: depth + 1)
    }
  }

  private mutating func array(depth: Int) -> Bool {
    container(.array, until: UInt8(ascii: "]"), depth) { $0.value(depth: depth + 1) }
  }

  private mutating func container(
    _ kind: ParsedJSON.Kind, until end: UInt8, _ depth: Int, _ element: (inout Parser) -> Bool
  ) -> Bool {
    // No real document nests this deep, and deeper nesting could overflow the stack.
    guard depth < 128 else { return false }
    let index = values.count
    add(kind, from: at)
    at += 1
    skipSpace()
    if !take(end) {
      repeat {
        skipSpace()
        guard element(&self) else { return false }
        skipSpace()
      } while take(UInt8(ascii: ","))
      guard take(end) else { return false }
    }
    values[index].end = Int32(at)
    values[index].next = Int32(values.count)
    return true
  }

  private mutating func string() -> Bool {
    at += 1
    let start = at
    var kind = ParsedJSON.Kind.string
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        add(kind, from: start)
        at += 1
        return true
      case UInt8(ascii: "\\"):
        kind = .escapedString
        guard escape() else { return false }
      case 0..<0x20: return false
      default: at += 1
      }
    }
    return false
  }

  private mutating func escape() -> Bool {
    guard at + 1 < bytes.count else { return false }
    switch bytes[at + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      at += 2
      return true
    case UInt8(ascii: "u"):
      guard at + 5 < bytes.count else { return false }
      let digits = bytes[(at + 2)..<(at + 6)]
      at += 6
      return digits.allSatisfy {
        switch $0 {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
      }
    default: return false
    }
  }

  private mutating func number() -> Bool {
    let start = at
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")), !digits() { return false }
    if take(UInt8(ascii: ".")), !digits() { return false }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      if !digits() { return false }
    }
    add(.number, from: start)
    return true
  }

  private mutating func digits() -> Bool {
    let start = at
    while let byte, (0x30...0x39).contains(byte) { at += 1 }
    return at > start
  }

  private mutating func word(_ word: StaticString, _ kind: ParsedJSON.Kind) -> Bool {
    let start = at
    guard bytes.count - at >= word.utf8CodeUnitCount else { return false }
    for index in 0..<word.utf8CodeUnitCount {
      guard bytes[at] == word.utf8Start[index] else { return false }
      at += 1
    }
    add(kind, from: start)
    return true
  }

  private mutating func take(_ wanted: UInt8) -> Bool {
    guard byte == wanted else { return false }
    at += 1
    return true
  }

  private mutating func skipSpace() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: return
      }
    }
  }

  private mutating func add(_ kind: ParsedJSON.Kind, from start: Int) {
    values.append(
      ParsedJSON.Value(
        kind: kind, start: Int32(start), end: Int32(at), next: Int32(values.count + 1)))
  }
}
