/// A decoder for one value. It is small enough to need no heap allocation.
package struct JSONValueDecoder: Decoder, SingleValueDecodingContainer {
  let json: ParsedJSON
  let index: Int

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
        DecodingError.Context(codingPath: codingPath, debugDescription: "The array has no further element."))
    }
    return element
  }

  private mutating func advance() {
    element = Int(json.values[element].next)
    currentIndex += 1
  }
}
