import Foundation
import Testing

@testable import Plenary

/// Texts in encodings in which a letter waits for the sign behind it, or has several bytes.
struct `A text of another encoding` {
  @Test(arguments: [
    ("windows-1255", [0xF9, 0xEC, 0xE5] as [UInt8], "שלו"),
    ("windows-1255", [0xF9, 0xEC, 0xE5, 0xED], "שלום"),
    ("windows-1258", [0x4E, 0x67, 0x75, 0x79, 0x65, 0x6E, 0x20, 0x54, 0x68, 0x61], "Nguyen Tha"),
    ("big5-hkscs", [0x88, 0x66], "Ê"), ("gb18030", [0xBB, 0xE1], "会"), ("shift-jis", [0x83, 0x41], "ア"),
    ("windows-1250", [0xF8], "ř"), ("euc-kr", [0xB1, 0xE8], "김"),
  ])
  func `keeps its last letter, with a line break behind it and without`(
    encoding: String, bytes: [UInt8], text: String
  ) throws {
    for end in ["", "\n"] {
      let read = try TextConversion.utf8(Data(bytes) + Data(end.utf8), from: encoding, "file")
      #expect(String(decoding: read, as: UTF8.self) == text + end)
    }
  }
}
