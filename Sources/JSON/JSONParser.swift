/// The grammar of RFC 8259, one function per rule.
struct JSONParser {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0
  private var values: [ParsedJSON.Value] = []
  private var isTooDeep = false

  /// - Returns: nil if the text is not JSON.
  static func values(of bytes: UnsafeBufferPointer<UInt8>) -> [ParsedJSON.Value]? {
    try? parse(bytes).get()
  }

  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<[ParsedJSON.Value], ParsedJSON.NotJSON> {
    guard bytes.count < Int32.max else { return .failure(.init(offset: 0, isTooDeep: false)) }
    var parser = JSONParser(bytes: bytes)
    // Events have about one value per 16 bytes. More would waste memory, less needs a second allocation.
    parser.values.reserveCapacity(bytes.count / 16 + 4)
    parser.skipSpace()
    if parser.value(depth: 0) {
      parser.skipSpace()
      if parser.at == bytes.count { return .success(parser.values) }
    }
    return .failure(.init(offset: min(parser.at, bytes.count), isTooDeep: parser.isTooDeep))
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
    _ kind: ParsedJSON.Kind, until end: UInt8, _ depth: Int, _ element: (inout JSONParser) -> Bool
  ) -> Bool {
    guard depth < ParsedJSON.deepest else {
      isTooDeep = true
      return false
    }
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
