import Foundation
import Testing

@testable import Interchange

/// A picture is taken by what is in the file.
struct PictureTests {
  /// A PNG with these measures, which is told by its chunks alone.
  static func png(_ width: Int, _ height: Int, whole: Bool = true) -> [UInt8] {
    func number(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * $0) & 0xFF) } }
    func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
      number(data.count) + type.utf8 + data + [0, 0, 0, 0]
    }
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", number(width) + number(height) + [8, 2, 0, 0, 0]) + chunk("IDAT", [1, 2, 3])
      + (whole ? chunk("IEND", []) : [])
  }

  private func facts(_ bytes: [UInt8]) throws -> PictureFacts { try PictureFacts(bytes, name: "a") }

  private func refusal(_ bytes: [UInt8]) -> String {
    do {
      return "taken: \(try facts(bytes))"
    } catch { return "\(error)" }
  }

  private func svg(_ inside: String, _ attributes: String = "viewBox='0 0 30 10'") -> [UInt8] {
    Array(
      "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' \(attributes)>\(inside)</svg>"
        .utf8)
  }

  @Test func `knows the measures of PNG and SVG`() throws {
    let found = try facts(Self.png(600, 200))
    #expect(found.format == .png && found.width == 600 && found.height == 200)
    let drawn = try facts(svg("<path d='M0 0h30v10z'/>"))
    #expect(drawn.format == .svg && drawn.width == 3000 && drawn.height == 1000)
    #expect(try facts(Array("\u{FEFF}<?xml version='1.0'?>".utf8) + svg("")).format == .svg)
  }

  @Test(arguments: [
    ("width='120mm' height='40.5mm'", 120 / 40.5),
    ("width='1e3' height='100'", 10),
    ("width='25.4mm' height='48px'", 2),
    ("width='1in' height='6pc'", 1),
    ("width='72pt' height='9.6E1'", 1),
    ("width='10em' height='60'", 2),
    ("width='100%' height='100%' viewBox='0 0 30 10'", 3),
    ("width='auto' height='1q' viewBox='0 0 30 10'", 3),
    ("viewBox='0\t0\t30\t10'", 3),
    ("viewBox='0-5,30 1e1'", 3),
    // Typst takes these, and shows the drawing in the middle.
    ("width='200' height='200' viewBox='0 0 30 10'", 1),
    ("width='100' height='40' viewBox='0 0 0 0'", 2.5),
  ])
  func `takes an SVG’s measures as Typst does`(attributes: String, ratio: Double) throws {
    let found = try facts(svg("", attributes))
    #expect(abs(Double(found.width) / Double(found.height) / ratio - 1) < 0.001, "\(found)")
  }

  @Test func `refuses an SVG without measures, or with half of them`() {
    #expect(refusal(svg("", "width='300' viewBox='0 0 30 10'")).contains("only its width as a length"))
    #expect(
      refusal(svg("", "width='100%' height='20mm' viewBox='0 0 30 10'")).contains(
        "only its height as a length"))
    for attributes in [
      "", "width='100%' height='100%'", "width='100'", "width='0' height='5'", "width='-5' height='5'",
    ] {
      #expect(refusal(svg("", attributes)).contains("how large it is"), "\(attributes)")
    }
  }

  @Test func `says what other files are`() {
    #expect(refusal([0xFF, 0xD8, 0xFF, 0xE0]).contains("It is a JPEG. Pictures are PNG or SVG"))
    #expect(refusal(Array("%PDF-1.7".utf8)).contains("It is a PDF."))
    #expect(refusal(Array("Hello".utf8)).contains("neither a PNG nor an SVG"))
    #expect(refusal([]).contains("neither a PNG nor an SVG"))
    #expect(refusal(Array("<html><body/></html>".utf8)).contains("neither a PNG nor an SVG"))
    #expect(refusal(Array("<svg".utf8)).contains("not well-formed XML"))
  }

  @Test func `refuses a PNG that is damaged, coarse or enormous`() {
    #expect(refusal(Self.png(600, 200, whole: false)).contains("its end is missing"))
    #expect(refusal(Array(Self.png(600, 200).prefix(30))).contains("its end is missing"))
    #expect(refusal(Self.png(0, 200)).contains("damaged"))
    #expect(refusal(Self.png(120, 80)).contains("only 120 × 80 points"))
    #expect(refusal(Self.png(20_000, 80)).contains("at most 10000"))
  }

  @Test(arguments: [
    ("<text>Acme</text>", "its text as paths"),
    ("<g><g><tspan/></g></g>", "its text as paths"),
    ("<script>1</script>", "“script”"),
    ("<foreignObject/>", "“foreignObject”"),
    ("<image xlink:href='photo.png'/>", "needs another file, “photo.png”"),
    ("<image href='https://example.org/a.png'/>", "needs another file"),
    ("<use href='other.svg#a'/>", "needs another file"),
    ("<rect fill='url(other.svg#a)'/>", "needs another file, “other.svg#a”"),
    ("<rect style='fill: url( \"a.svg\" )'/>", "needs another file"),
    ("<style>@import 'a.css';</style>", "needs another file"),
    ("<style>.a { fill: url(b.svg) }</style>", "needs another file"),
    ("<image href='photo.png' xlink:href='data:image/png;base64,AAAA'/>", "needs another file, “photo.png”"),
    ("<image xlink:href='photo.png' href='data:image/png;base64,AAAA'/>", "needs another file, “photo.png”"),
    ("<image href='data:image/svg+xml;base64,AAAA'/>", "has another file inside"),
    ("<image href='data:image/svg+xml,&lt;svg>&lt;text>A&lt;/text>&lt;/svg>'/>", "has another file inside"),
    ("<rect fill='url(data:image/svg+xml;base64,AAAA)'/>", "has another file inside"),
    ("<rect style='fill: URL(a.svg)'/>", "needs another file, “a.svg”"),
    ("<style>@Import 'a.css';</style>", "needs another file"),
    ("<style>.a { fill: Url( 'b.svg' ) }</style>", "needs another file"),
    ("<style><![CDATA[.a { fill: url(b.svg) }]]></style>", "needs another file"),
    ("<animateColor/>", "“animateColor”"),
  ])
  func `refuses an SVG that could look different elsewhere`(inside: String, reason: String) {
    #expect(refusal(svg(inside)).contains(reason), "\(refusal(svg(inside)))")
  }

  @Test func `takes an SVG with everything in it`() throws {
    for inside in [
      "<defs><linearGradient id='a'/></defs><rect fill='url(#a)' style=\"stroke: url('#a')\"/>",
      "<use xlink:href='#b'/>", "<image href='data:image/png;base64,AAAA'/>",
      "<style>.a { fill: red }</style>",
      "<a href='https://example.org'><path d=''/></a>",
      "<title>How @import works</title><desc>fill: url(a.svg)</desc>",
      "<g><style>.a { fill: red }</style>@import</g>",
      "<path id='a' xmlns:i='urn:i' i:label='url(a.svg)' aria-label='@import' d=''/>",
      "<image href='DATA:image/PNG;base64,AAAA' xlink:href='data:image/jpeg;base64,AAAA'/>",
    ] { #expect(try facts(svg(inside)).format == .svg) }
    #expect(refusal(Array("<!DOCTYPE svg [<!ENTITY a 'b'>]>".utf8) + svg("&a;")).contains("entities"))
  }
}
