/// Reads the text of a one-dimensional array, such as `{a,"b \"c\"",NULL}`.
///
/// See PostgreSQL manual, "Array Input and Output Syntax". Arrays of arrays and arrays with subscripts
/// that do not begin at 1 (`[0:1]={…}`) are not supported.
struct ArrayParser {
  private let text: UnsafeRawBufferPointer
  private var index = 0

  init(_ text: UnsafeRawBufferPointer) {
    self.text = text
  }

  mutating func elements<Element: ColumnDecodable>() -> [Element]? {
    guard take("{") else { return nil }
    if take("}") { return index == text.count ? [] : nil }
    var elements: [Element] = []
    repeat {
      guard let element: Element = next() else { return nil }
      elements.append(element)
    } while take(",")
    return take("}") && index == text.count ? elements : nil
  }

  private mutating func next<Element: ColumnDecodable>() -> Element? {
    if take("\"") {
      guard let bytes = quoted() else { return nil }
      return bytes.withUnsafeBytes { Element(columnText: $0) }
    }
    let start = index
    while index < text.count, !isDelimiter(text[index]) { index += 1 }
    let bare = UnsafeRawBufferPointer(rebasing: text[start..<index])
    if bare.isEmpty { return nil }
    return bare.elementsEqual("NULL".utf8) ? Element.null : Element(columnText: bare)
  }

  private mutating func quoted() -> [UInt8]? {
    var bytes: [UInt8] = []
    while index < text.count {
      let byte = text[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return bytes
      case UInt8(ascii: "\\"):
        guard index < text.count else { return nil }
        bytes.append(text[index])
        index += 1
      default: bytes.append(byte)
      }
    }
    return nil
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard index < text.count, text[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private func isDelimiter(_ byte: UInt8) -> Bool {
    [",", "{", "}", "\""].contains { UInt8(ascii: $0) == byte }
  }
}
