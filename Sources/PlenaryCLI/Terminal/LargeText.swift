import CFreeType
import Foundation
import Synchronization

/// Names in large letters, made of blocks: to be read at arm's length, in any terminal and any script that needs no joining of
/// letters.
///
/// FreeType draws them with the fonts that documents are printed with.
enum LargeText {
  /// - Parameters:
  ///   - width: in columns.
  ///   - rows: as many as there is room for.
  /// - Returns: nil for text that does not fit or cannot be drawn. Then it is written in ordinary letters.
  static func lines(_ text: String, width: Int, rows: Int) -> [String]? {
    let text = text.precomposedStringWithCanonicalMapping
    guard !text.isEmpty, text.unicodeScalars.allSatisfy(isSimple), let typeface = Typeface.shared
    else { return nil }
    // On one line as large as possible, else in two.
    for parts in [[text]] + halves(of: text) {
      for height in stride(from: min(largest, rows * 2 / parts.count), through: smallest, by: -2) {
        let pictures = parts.compactMap { typeface.draw($0, height: height) }
        if pictures.count == parts.count,
          pictures.allSatisfy({ $0.count > 0 && $0[0].count <= width })
        {
          let lines = pictures.flatMap(blocks)
          return Array(lines.drop { $0.isEmpty })
        }
      }
    }
    return nil
  }

  private static let largest = 20
  /// Smaller letters are no letters any more.
  private static let smallest = 10

  /// The ways to break the text at a space, the most even one first.
  private static func halves(of text: String) -> [[String]] {
    let words = text.split(separator: " ")
    guard words.count > 1 else { return [] }
    return (1..<words.count)
      .map {
        [words.prefix($0).joined(separator: " "), words.dropFirst($0).joined(separator: " ")]
      }
      .sorted { $0.map(\.count).max()! < $1.map(\.count).max()! }
  }

  /// Two rows of pixels in each line: a pixel is as wide as a character of the terminal, and half as high.
  private static func blocks(_ picture: [[Bool]]) -> [String] {
    stride(from: 0, to: picture.count, by: 2).map { row in
      var line = ""
      for column in picture[row].indices {
        let lower = row + 1 < picture.count && picture[row + 1][column]
        line += picture[row][column] ? (lower ? "█" : "▀") : (lower ? "▄" : " ")
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Letters that are drawn one after the other, from left to right.
  private static func isSimple(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x24F, 0x370...0x52F, 0x1E00...0x1FFF, 0x2010...0x2027,
      0x2E80...0x9FFF,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF01...0xFF60, 0x20000...0x323AF:
      true
    default: false
    }
  }
}

/// The fonts for Latin, Greek and Cyrillic letters, and for Chinese, Japanese and Korean ones.
private final class Typeface: @unchecked Sendable {
  static let shared = Typeface()

  private let faces: [FT_Face]
  /// A face is for one thread at a time (FreeType's documentation of FT_Face).
  private let drawing = Mutex(())

  /// Nil without the fonts.
  private init?() {
    var library: FT_Library?
    guard FT_Init_FreeType(&library) == 0 else { return nil }
    let paths = Self.files(["NotoSans-Bold.ttf", "NotoSansCJK-Bold.ttc"])
    faces = paths.compactMap { path in
      var face: FT_Face?
      return FT_New_Face(library, path, 0, &face) == 0 ? face : nil
    }
    if faces.isEmpty { return nil }
  }

  /// The first file of each of these names in the folders where systems keep fonts.
  private static func files(_ names: [String]) -> [String] {
    let home =
      ProcessInfo.processInfo.environment["HOME"].map { [$0 + "/.local/share/fonts"] } ?? []
    var found: [String: String] = [:]
    for folder in ["/usr/share/fonts", "/usr/local/share/fonts"] + home
    where found.count < names.count {
      for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        if names.contains(name), found[name] == nil { found[name] = "\(folder)/\(path)" }
        if found.count == names.count { break }
      }
    }
    return names.compactMap { found[$0] }
  }

  /// - Returns: rows of pixels from top to bottom; nil if a character is in none of the fonts.
  func draw(_ text: String, height: Int) -> [[Bool]]? {
    drawing.withLock { _ in drawn(text, height: height) }
  }

  private func drawn(_ text: String, height: Int) -> [[Bool]]? {
    // Of the height, a fifth is below the line.
    let baseline = height - height / 5
    var rows = [[Bool]](repeating: [], count: height)
    for scalar in text.unicodeScalars {
      guard let face = faces.first(where: { FT_Get_Char_Index($0, FT_ULong(scalar.value)) != 0 }),
        FT_Set_Pixel_Sizes(face, 0, FT_UInt(height * 17 / 20)) == 0,
        FT_Load_Char(face, FT_ULong(scalar.value), PLENARY_FT_LOAD_MONO) == 0
      else { return nil }
      let glyph = face.pointee.glyph.pointee
      let start = rows[0].count
      let advance = max(Int(glyph.advance.x >> 6), Int(glyph.bitmap_left) + Int(glyph.bitmap.width))
      for row in rows.indices { rows[row] += [Bool](repeating: false, count: advance) }
      for y in 0..<Int(glyph.bitmap.rows) {
        let row = baseline - Int(glyph.bitmap_top) + y
        guard rows.indices.contains(row) else { continue }
        for x in 0..<Int(glyph.bitmap.width) {
          let byte = glyph.bitmap.buffer[y * Int(glyph.bitmap.pitch) + x / 8]
          let column = start + Int(glyph.bitmap_left) + x
          if byte & (0x80 >> UInt8(x % 8)) != 0, rows[row].indices.contains(column) {
            rows[row][column] = true
          }
        }
      }
    }
    return rows
  }
}
