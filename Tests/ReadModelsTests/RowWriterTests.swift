import JSON
import Record
import ReadModels
import Specification
import Testing
import Vocabulary

@Suite struct `Columns that are written past Codable` {
  /// The column of one value, without its tab and with COPY's escapes taken back.
  private func column(_ write: (inout RowWriter) -> Void) -> String {
    var writer = RowWriter()
    write(&writer)
    let text = String(decoding: writer.bytes.dropLast(), as: UTF8.self)
    return text.replacing("\\\\", with: "\\")
  }

  private let odd = "“ä”\t\\ \"quoted\"\n\r\u{1}\u{7F} 中文 /"

  @Test func `are as Codable writes them`() throws {
    let text = try LocalizedText([
      .init(.english, odd), .init(Language("zh"), "发展"), .init(Language("de"), ""),
    ])
    #expect(try column { $0.json(text) } == JSONText.encode(text))
    #expect(column { $0.json(LocalizedText?.none) } == "\\N")
    let numbers = ["zh": 2, "en": 12, "de-CH": Int.max]
    #expect(try column { $0.json(numbers) } == JSONText.encode(numbers))
    #expect(column { $0.json([:]) } == "{}")
    let list = [odd, ""]
    #expect(try column { $0.list(list) } == JSONText.encode(list))
    #expect(column { $0.list([String]()) } == "[]")
    #expect(try column { $0.list(list) { $0 } } == JSONText.encode(list))
    #expect(column { $0.list([String]()) { $0 } } == "[]")
    #expect(try column { $0.json(text as LocalizedText?) } == JSONText.encode(text))
  }

  @Test func `keep attributions apart that are written once`() throws {
    let named = try Attribution(
      .named, persons: ["li-wei"], asPrinted: LocalizedText([.init(.english, odd)]))
    let (one, same, other) = (Interned(named), Interned(named), Interned(Attribution.nobody))
    let (first, second) = (try JSONText.encode(named), try JSONText.encode(Attribution.nobody))
    let written = column { writer in
      for attribution in [one, other, one, same, other] { writer.json(attribution) }
    }
    #expect(written == [first, second, first, first, second].joined(separator: "\t"))
  }

  @Test func `stay in their line, whatever a text holds`() {
    var writer = RowWriter()
    writer.add("tab\tbackslash\\line\nreturn\rbell\u{7}back\u{8}down\u{b}form\u{c}")
    writer.add(String?.none)
    writer.endRow()
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == "tab\\tbackslash\\\\line\\nreturn\\rbell\u{7}back\\bdown\\vform\\f\t\\N\n")
  }
}
