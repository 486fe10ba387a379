import Testing

@testable import Vocabulary

struct `A text that is surely clean` {
  /// All below U+3000, and those around the planes' ends.
  private static let scalars =
    (Array(0..<0x3000) + Array(0xD7F0..<0xD800) + Array(0xE000..<0xE010) + Array(0xFDC0..<0xFE10)
    + Array(0xFEF0..<0x10010) + Array(0x1FFF0..<0x20010) + Array(0x10FFF0...0x10FFFF)).compactMap {
      Unicode.Scalar($0 as UInt32)
    }

  @Test func `has nothing that is looked at more closely`() {
    let missed = Self.scalars.filter { "a\($0)b".isSurelyClean(lines: true) && $0.isControl && $0 != "\n" }
    #expect(missed.isEmpty)
    #expect(
      !"a\nb".isSurelyClean() && "a\nb".isSurelyClean(lines: true) && !"a\rb".isSurelyClean(lines: true))
  }

  @Test func `is what most texts are`() {
    for text in ["Opening", "Größe – “naïve”…", "开幕式", "Тихий Дон", "مرحبا", "한글", ""] {
      #expect(text.isSurelyClean())
    }
  }

  @Test func `is taken as it is`() throws {
    for scalar in Self.scalars where "a\(scalar)b".isSurelyClean() {
      #expect(try checkedText("a\(scalar)b", "title") == "a\(scalar)b")
    }
    #expect(throws: InvalidValue.self) { try checkedText("a\u{202E}b", "title") }
    #expect(throws: InvalidValue.self) { try checkedText("   ", "title") }
    #expect(throws: InvalidValue.self) { try checkedText("\u{200B}", "title") }
    #expect(try checkedText(" a\r\nb\tc ", "text", .paragraphs) == "a\nb c")
  }
}
