/// A parsed JSON text (strict RFC 8259): a flat list of its values, in the order of the text.
///
/// Foundation's decoder takes several times as long for a million events as all other work on them.
/// The interface is still `Codable`.
final class ParsedJSON: Sendable {
  /// No real document nests deeper, and deeper nesting could overflow the stack.
  static let deepest = 128

  /// A text is not JSON.
  struct NotJSON: Error {
    /// The first byte that cannot stand where it does.
    var offset: Int
    var isTooDeep: Bool
  }

  enum Kind: UInt8, Sendable { case object, array, string, escapedString, number, `true`, `false`, null }

  struct Value: Sendable {
    var kind: Kind
    /// The range of its text; for a string, without the quotes.
    var start: Int32
    var end: Int32
    /// The index of the first value after this one and its contents.
    var next: Int32
  }

  let bytes: [UInt8]
  /// The members of an object are stored as name, value, name, value ….
  let values: [Value]

  /// - Throws: `DecodingError.dataCorrupted`.
  init(_ text: String) throws {
    bytes = Array(text.utf8)
    guard let values = bytes.withUnsafeBufferPointer({ JSONParser.values(of: $0) }) else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: [], debugDescription: "This is not JSON."))
    }
    self.values = values
  }

  init(bytes: [UInt8]) throws(NotJSON) {
    self.bytes = bytes
    values = try bytes.withUnsafeBufferPointer { JSONParser.parse($0) }.get()
  }

  func decode<T: Decodable>(_: T.Type) throws -> T { try decode(at: 0) }
}

// MARK: Values

extension ParsedJSON {
  func isNull(_ index: Int) -> Bool { values[index].kind == .null }

  func decode<T: Decodable>(_: T.Type = T.self, at index: Int) throws -> T {
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
  func strings(at index: Int) throws -> [(name: String, text: String)] {
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

  func integer<I: FixedWidthInteger>(_: I.Type, at index: Int) throws -> I {
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

  func text(of index: Int) -> ArraySlice<UInt8> {
    bytes[Int(values[index].start)..<Int(values[index].end)]
  }

  /// - Returns: nil for half a surrogate pair, which a string cannot contain.
  static func unescaped(_ text: ArraySlice<UInt8>) -> String? {
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
  func children(of index: Int) -> some Sequence<Int> {
    let end = Int(values[index].next)
    return sequence(state: index + 1) { [values] child in
      guard child < end else { return nil }
      defer { child = Int(values[child].next) }
      return child
    }
  }

  /// - Returns: the index of the first value with this name.
  func member(_ name: String, of object: Int) -> Int? {
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

  func names(of object: Int) throws -> [String] {
    var names: [String] = []
    var key = object + 1
    while key < Int(values[object].next) {
      names.append(try string(at: key))
      key = Int(values[key + 1].next)
    }
    return names
  }

  /// The names and indices from the top level to a value. Computed only when an error needs them.
  func path(to index: Int) -> [any CodingKey] {
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

  func mismatch(_ type: any Any.Type, at index: Int) -> DecodingError {
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
