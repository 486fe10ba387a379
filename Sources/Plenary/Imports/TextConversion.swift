import Foundation
import Glibc
import Vocabulary

/// Texts in the encodings of older programs, converted by the C library (iconv).
enum TextConversion {
  /// - Parameter encoding: `windows-1250`, as `iconv -l` lists it.
  /// - Throws: `Failure` for an unknown encoding, and for bytes that are nothing in it.
  static func utf8(_ data: Data, from encoding: String, _ name: String) throws -> Data {
    // What follows `//` would leave characters out without a word.
    guard !encoding.contains("/"), !encoding.isEmpty,
      let converter = iconv_open("UTF-8", encoding), Int(bitPattern: converter) != -1
    else {
      throw Failure(
        .wrongUsage,
        "“\(excerpt(encoding))” is not a known encoding. Usual ones are windows-1250, windows-1251, windows-1252, iso-8859-2, gb18030, "
          + "big5, shift-jis and euc-kr.", code: .malformedValue)
    }
    defer { iconv_close(converter) }
    guard !data.starts(with: Data("PK\u{3}\u{4}".utf8)) else {
      throw Failure(
        .wrongUsage, "“\(excerpt(name))” is a workbook, which says its encoding: name none.")
    }
    var input = [CChar](data.map { CChar(bitPattern: $0) })
    var output = [CChar](repeating: 0, count: 1 << 16)
    var converted = Data()
    var place = 0
    try input.withUnsafeMutableBufferPointer { bytes in
      var next = bytes.baseAddress
      var rest = bytes.count
      while rest > 0 {
        var isBroken = false
        output.withUnsafeMutableBufferPointer { room in
          var start = room.baseAddress
          var left = room.count
          let done = iconv(converter, &next, &rest, &start, &left)
          isBroken = done == -1 && errno != E2BIG
          converted.append(contentsOf: room[..<(room.count - left)].map { UInt8(bitPattern: $0) })
        }
        place = bytes.count - rest
        if isBroken {
          let line = 1 + data.prefix(place).count { $0 == 0x0A }
          throw Failure(
            .refused,
            "“\(excerpt(name))” is not in \(encoding): line \(line) has bytes that are no character in it.",
            code: .file)
        }
      }
    }
    // A letter can wait for a sign that combines with it: it is written at the end.
    output.withUnsafeMutableBufferPointer { room in
      var start = room.baseAddress
      var left = room.count
      _ = iconv(converter, nil, nil, &start, &left)
      converted.append(contentsOf: room[..<(room.count - left)].map { UInt8(bitPattern: $0) })
    }
    return converted
  }
}
