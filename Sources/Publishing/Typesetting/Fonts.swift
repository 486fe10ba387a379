import Foundation

/// Which characters the fonts on this machine have: their families and character maps (OpenType 1.9, “cmap” and “name”).
///
/// Only what a question needs is read. A damaged font counts as absent.
final class Fonts {
  /// The fallback families of every text, in order.
  let usual: [String]
  private let paths: [String]
  private lazy var families: [String: CharacterMap] = read()
  /// The families outside the list, in alphabetical order, those for reading first.
  private lazy var others: [String] = families.keys.filter { !usual.contains($0) }
    .sorted { ($0.contains("Serif") ? 0 : 1, $0) < ($1.contains("Serif") ? 0 : 1, $1) }

  /// The family for characters that are drawn as pictures.
  static let emoji = "Noto Color Emoji"

  /// - Parameters:
  ///   - paths: directories, searched with their subdirectories.
  ///   - usual: see ``Typesetter/usualFonts(_:)``.
  init(_ paths: [String], usual: [String]) {
    self.paths = paths
    self.usual = usual
  }

  /// Whether nothing can be said, because there is no font at all.
  var isEmpty: Bool { families.isEmpty }

  func has(_ family: String, _ scalars: some Sequence<Unicode.Scalar>) -> Bool {
    guard let map = families[family] else { return false }
    return scalars.allSatisfy(map.contains)
  }

  func firstUsual(with scalars: [Unicode.Scalar]) -> String? { usual.first { has($0, scalars) } }
  /// The same for a sign in a line of letters: Chinese fonts have many, but as wide as a Chinese character.
  func firstSign(with scalars: [Unicode.Scalar]) -> String? {
    usual.first { !$0.contains("CJK") && has($0, scalars) } ?? firstUsual(with: scalars)
  }
  func firstOther(with scalars: [Unicode.Scalar]) -> String? { others.first { has($0, scalars) } }

  /// The map of one font of each family: the regular one, if its file is named so.
  private func read() -> [String: CharacterMap] {
    var files: [String] = []
    for path in paths {
      for case let name as String in FileManager.default.enumerator(atPath: path) ?? .init() {
        let end = name.suffix(4).lowercased()
        if end == ".ttf" || end == ".otf" || end == ".ttc" { files.append(path + "/" + name) }
      }
    }
    var families: [String: CharacterMap] = [:]
    for file in files.sorted(by: {
      ($0.contains("Regular") ? 0 : 1, $0) < ($1.contains("Regular") ? 0 : 1, $1)
    }) {
      guard let data = try? Data(contentsOf: URL(fileURLWithPath: file), options: .alwaysMapped) else {
        continue
      }
      for font in FontFile(data).fonts {
        guard let family = font.family, families[family] == nil, let map = font.characters else { continue }
        families[family] = map
      }
    }
    return families
  }
}

/// Big-endian numbers at offsets of a file. Outside the file, there are none.
private struct FontBytes {
  let data: Data

  func u16(_ offset: Int) -> Int? {
    guard offset >= 0, offset + 2 <= data.count else { return nil }
    return Int(data[data.startIndex + offset]) << 8 | Int(data[data.startIndex + offset + 1])
  }

  func u32(_ offset: Int) -> Int? {
    guard let high = u16(offset), let low = u16(offset + 2) else { return nil }
    return high << 16 | low
  }
}

/// A font file, or a collection of several fonts.
private struct FontFile {
  private let bytes: FontBytes

  init(_ data: Data) { bytes = FontBytes(data: data) }

  var fonts: [Font] {
    guard bytes.u32(0) == 0x7474_6366 /* ttcf */ else { return [Font(bytes: bytes, start: 0)] }
    let count = min(bytes.u32(8) ?? 0, 64)
    return (0..<count).compactMap { bytes.u32(12 + 4 * $0) }.map { Font(bytes: bytes, start: $0) }
  }

  struct Font {
    let bytes: FontBytes
    let start: Int

    private func table(_ tag: Int) -> Int? {
      let count = bytes.u16(start + 4) ?? 0
      for index in 0..<count where bytes.u32(start + 12 + 16 * index) == tag {
        return bytes.u32(start + 12 + 16 * index + 8)
      }
      return nil
    }

    /// The typographic family (16), else the family (1), from a Windows record in UTF-16.
    var family: String? {
      guard let name = table(0x6E61_6D65), let count = bytes.u16(name + 2), let texts = bytes.u16(name + 4)
      else { return nil }
      var found: [Int: String] = [:]
      for index in 0..<count {
        let record = name + 6 + 12 * index
        guard bytes.u16(record) == 3, let kind = bytes.u16(record + 6), kind == 1 || kind == 16,
          // English (United States); a family may have names in other languages too.
          bytes.u16(record + 4) == 0x0409,
          let length = bytes.u16(record + 8), let offset = bytes.u16(record + 10)
        else { continue }
        let units = stride(from: 0, to: length, by: 2).compactMap { bytes.u16(name + texts + offset + $0) }
        found[kind] = String(decoding: units.map { UInt16($0) }, as: UTF16.self)
      }
      return found[16] ?? found[1]
    }

    /// The character map for all of Unicode (format 12), else the one for its first plane (format 4).
    var characters: CharacterMap? {
      guard let map = table(0x636D_6170), let count = bytes.u16(map + 2) else { return nil }
      var best: CharacterMap?
      for index in 0..<count {
        guard let platform = bytes.u16(map + 4 + 8 * index), platform == 0 || platform == 3,
          let offset = bytes.u32(map + 4 + 8 * index + 4)
        else { continue }
        switch bytes.u16(map + offset) {
        case 12: return CharacterMap(bytes: bytes, start: map + offset, isFull: true)
        case 4: best = CharacterMap(bytes: bytes, start: map + offset, isFull: false)
        default: break
        }
      }
      return best
    }
  }
}

/// The characters of a font, searched in its file.
private struct CharacterMap {
  let bytes: FontBytes
  let start: Int
  /// Format 12; otherwise format 4.
  let isFull: Bool

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let value = Int(scalar.value)
    return isFull ? group(with: value) : value <= 0xFFFF && segment(with: value)
  }

  private func group(with value: Int) -> Bool {
    var (low, high) = (0, bytes.u32(start + 12) ?? 0)
    while low < high {
      let middle = (low + high) / 2
      let group = start + 16 + 12 * middle
      guard let first = bytes.u32(group), let last = bytes.u32(group + 4), let glyph = bytes.u32(group + 8)
      else { return false }
      if value < first {
        high = middle
      } else if value > last {
        low = middle + 1
      } else {
        return glyph + value - first != 0
      }
    }
    return false
  }

  private func segment(with value: Int) -> Bool {
    guard let double = bytes.u16(start + 6) else { return false }
    var (low, high) = (0, double / 2)
    while low < high {
      let middle = (low + high) / 2
      guard let last = bytes.u16(start + 14 + 2 * middle) else { return false }
      if value > last { low = middle + 1 } else { high = middle }
    }
    let (starts, deltas) = (start + 16 + double, start + 16 + 2 * double)
    let offsets = start + 16 + 3 * double
    guard low < double / 2, let first = bytes.u16(starts + 2 * low), value >= first,
      let delta = bytes.u16(deltas + 2 * low), let offset = bytes.u16(offsets + 2 * low)
    else { return false }
    if offset == 0 { return (value + delta) & 0xFFFF != 0 }
    guard let glyph = bytes.u16(offsets + 2 * low + offset + 2 * (value - first)) else { return false }
    return glyph != 0
  }
}
