/// Bound values in the layout that libpq expects: C strings, arrays in PostgreSQL's binary format, and a null pointer for NULL.
struct ParameterBuffer: ~Copyable {
  /// The arguments of libpq's functions, with one element per value; without values, the pointers may be null.
  struct Parameters {
    let count: Int32
    let values: UnsafePointer<UnsafePointer<CChar>?>?
    /// In bytes; libpq ignores those of texts.
    let lengths: UnsafePointer<Int32>?
    /// 0: text, 1: binary.
    let formats: UnsafePointer<Int32>?
  }

  private var bytes: [CChar] = []
  private var offsets: [Int?] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []

  /// - Throws: `misuse` if a text contains NUL, which would cut it off.
  init(_ values: [BoundValue]) throws(PostgresError) {
    offsets.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      let start = bytes.count
      var isNull = false
      switch value.form {
      case .text(let text):
        if let text { try append(text, of: index) } else { isNull = true }
        bytes.append(0)
        formats.append(0)
      case .texts(let elements):
        // The number of the type text in pg_type.
        beginArray(of: 25, count: elements.count)
        for element in elements {
          guard let element else {
            append(-1)
            continue
          }
          append(Int32(element.utf8.count))
          try append(element, of: index)
        }
        formats.append(1)
      case .bytes(let elements):
        // The number of the type bytea.
        beginArray(of: 17, count: elements.count)
        for element in elements {
          append(element.map { Int32($0.count) } ?? -1)
          if let element { bytes.append(contentsOf: element.lazy.map(CChar.init(bitPattern:))) }
        }
        formats.append(1)
      }
      offsets.append(isNull ? nil : start)
      lengths.append(Int32(bytes.count - start))
    }
  }

  /// The head of an array with one dimension, or with none if it is empty: dimensions, whether there may be nulls, type, elements,
  /// number of the first one.
  private mutating func beginArray(of type: Int32, count: Int) {
    for number in [count == 0 ? 0 : 1, 1, type] + (count == 0 ? [] : [Int32(count), 1]) { append(number) }
  }

  private mutating func append(_ number: Int32) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0.lazy.map(CChar.init(bitPattern:))) }
  }

  private mutating func append(_ text: String, of index: Int) throws(PostgresError) {
    var text = text
    try refuseNUL(in: text, "The value bound as $\(index + 1)")
    text.withUTF8 { text in
      text.withMemoryRebound(to: CChar.self) { bytes.append(contentsOf: $0) }
    }
  }

  func withParameters<R>(_ body: (Parameters) -> R) -> R {
    bytes.withUnsafeBufferPointer { bytes in
      let pointers = offsets.map { offset in offset.flatMap { bytes.baseAddress?.advanced(by: $0) }
      }
      return pointers.withUnsafeBufferPointer { pointers in
        lengths.withUnsafeBufferPointer { lengths in
          formats.withUnsafeBufferPointer { formats in
            body(
              Parameters(
                count: Int32(pointers.count), values: pointers.baseAddress, lengths: lengths.baseAddress,
                formats: formats.baseAddress))
          }
        }
      }
    }
  }
}

/// Refuses NUL characters: PostgreSQL cannot store them, and a C string would silently end there.
func refuseNUL(in text: String, _ what: @autoclosure () -> String) throws(PostgresError) {
  var text = text
  guard !text.withUTF8({ $0.contains(0) }) else {
    throw PostgresError(
      .misuse,
      "\(what()) contains a NUL character, which PostgreSQL cannot store; remove it.")
  }
}
