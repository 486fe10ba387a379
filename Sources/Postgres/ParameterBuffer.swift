/// Bound values in the layout that libpq expects: C strings, and a null pointer for NULL.
struct ParameterBuffer: ~Copyable {
  private var bytes: [CChar] = []
  private var offsets: [Int?] = []

  /// - Throws: `misuse` if a text contains NUL, which would cut it off.
  init(_ values: [BoundValue]) throws(PostgresError) {
    offsets.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      guard var text = value.text else {
        offsets.append(nil)
        continue
      }
      offsets.append(bytes.count)
      try refuseNUL(in: text, "The value bound as $\(index + 1)")
      text.withUTF8 { text in
        text.withMemoryRebound(to: CChar.self) { bytes.append(contentsOf: $0) }
      }
      bytes.append(0)
    }
  }

  func withPointers<R>(_ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>) -> R) -> R {
    bytes.withUnsafeBufferPointer { bytes in
      let pointers = offsets.map { offset in offset.flatMap { bytes.baseAddress?.advanced(by: $0) }
      }
      return pointers.withUnsafeBufferPointer { pointers in
        guard let first = pointers.baseAddress else {
          var none: UnsafePointer<CChar>?
          return body(0, &none)
        }
        return body(Int32(pointers.count), first)
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
