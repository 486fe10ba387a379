import Vocabulary

/// What a file says about the picture in it: PNG or SVG, told by the content, not by the name.
///
/// An SVG must show the same everywhere: it needs no fonts and no other files.
package struct PictureFacts: Sendable, Equatable {
  package enum Format: String, Sendable, CaseIterable { case png, svg }

  package let format: Format
  /// Only the ratio of width and height counts for an SVG: hundredths of its own unit.
  package let width: Int
  package let height: Int

  /// A picture on a badge is about 3 cm wide; with fewer points it looks coarse in print.
  static let fewestPoints = 300
  static let mostPoints = 10_000

  /// - Throws: `Unreadable` for other formats, and for a picture that could look different elsewhere.
  package init(_ bytes: [UInt8], name: String) throws {
    if bytes.starts(with: Self.png) {
      (format, (width, height)) = (.png, try Self.sizeOfPNG(bytes))
      return
    }
    let other: [(start: String, name: String)] = [
      ("\u{FF}\u{D8}\u{FF}", "a JPEG"), ("GIF8", "a GIF"), ("RIFF", "a WebP"), ("%PDF", "a PDF"),
      ("BM", "a BMP"),
    ]
    if let other = other.first(where: { bytes.starts(with: $0.start.unicodeScalars.map { UInt8($0.value) }) })
    {
      throw Unreadable("It is \(other.name). Pictures are PNG or SVG: save it as one of these.")
    }
    guard bytes.first(where: { !Self.blank.contains($0) }) == UInt8(ascii: "<") else {
      throw Unreadable("It is neither a PNG nor an SVG.")
    }
    (format, (width, height)) = (.svg, try SVG.size(of: bytes, name: name))
  }

  // MARK: PNG

  /// The signature of ISO/IEC 15948, §5.2.
  private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  /// White space and the byte order mark.
  private static let blank: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]

  /// Goes from chunk to chunk, so that half a file is not taken for a picture (§5.3).
  private static func sizeOfPNG(_ bytes: [UInt8]) throws -> (Int, Int) {
    func number(_ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    var (at, size) = (png.count, (0, 0))
    while at + 12 <= bytes.count {
      let length = number(at)
      let type = String(decoding: bytes[at + 4..<at + 8], as: UTF8.self)
      guard at + 12 + length <= bytes.count else { break }
      if type == "IHDR", length >= 8 { size = (number(at + 8), number(at + 12)) }
      if type == "IEND" {
        guard size.0 > 0, size.1 > 0 else { break }
        guard max(size.0, size.1) >= fewestPoints else {
          throw Unreadable(
            "It has only \(size.0) × \(size.1) points. In print it would look coarse: at least \(fewestPoints) points on the longer side are needed."
          )
        }
        guard max(size.0, size.1) <= mostPoints else {
          throw Unreadable(
            "It has \(size.0) × \(size.1) points; at most \(mostPoints) on each side are printed.")
        }
        return size
      }
      at += 12 + length
    }
    throw Unreadable("The PNG is damaged: its end is missing.")
  }
}

/// What is asked of an SVG, and its measures.
private enum SVG {
  static func size(of bytes: [UInt8], name: String) throws -> (Int, Int) {
    var size: (Double, Double)?
    var isFirst = true
    var styles = ""
    try XMLPieces.read(ForeignSource.File(name: name, bytes: bytes), whole: [], texts: true) { piece in
      switch piece {
      case .begin(let element):
        if isFirst {
          guard element.name == "svg" else {
            throw Unreadable("It is neither a PNG nor an SVG.", at: element.at)
          }
          size = measures(element)
          isFirst = false
        }
        try check(element)
      case .text(let text): styles += text
      case .end, .whole: break
      }
    }
    if let foreign = foreignAddress(in: styles) { throw needsFile(foreign) }
    guard let size, size.0 > 0, size.1 > 0 else {
      throw Unreadable("The SVG does not say how large it is: it has no viewBox, and no width and height.")
    }
    return (max(1, Int((size.0 * 100).rounded())), max(1, Int((size.1 * 100).rounded())))
  }

  /// The view box, otherwise width and height; their units do not matter, because only the ratio counts.
  private static func measures(_ element: XMLElement) -> (Double, Double)? {
    func numbers(_ text: String?) -> [Double] {
      (text ?? "").split { $0 == " " || $0 == "," || $0.isNewline }.compactMap { Double($0) }
    }
    let box = numbers(element.attribute("viewBox"))
    if box.count == 4, box.allSatisfy({ abs($0) < 1_000_000 }) { return (box[2], box[3]) }
    func length(_ name: String) -> Double? {
      guard let text = element.attribute(name), !text.hasSuffix("%") else { return nil }
      return Double(text.prefix { $0.isNumber || $0 == "." }).flatMap { $0 < 1_000_000 ? $0 : nil }
    }
    guard let width = length("width"), let height = length("height") else { return nil }
    return (width, height)
  }

  private static func check(_ element: XMLElement) throws {
    switch element.name {
    case "text", "tspan", "textPath", "tref":
      throw Unreadable(
        "The SVG has letters as text, which needs a font that may be missing here. Save it with its text as paths.",
        at: element.at)
    case "script", "foreignObject", "animate", "animateTransform", "animateMotion", "set", "video", "audio":
      throw Unreadable(
        "The SVG has “\(element.name)”, which cannot be printed. Save it as a plain SVG.", at: element.at)
    default: break
    }
    for (name, value) in element.attributes {
      if name == "href", element.name != "a" {
        let target = trimming(value)
        if !target.hasPrefix("#"), !target.lowercased().hasPrefix("data:image/") {
          throw needsFile(target, at: element.at)
        }
      } else if let foreign = foreignAddress(in: value) {
        throw needsFile(foreign, at: element.at)
      }
    }
  }

  private static func needsFile(_ target: String, at position: SourcePosition? = nil) -> Unreadable {
    let text = "The SVG needs another file, “\(excerpt(target))”. Save it with everything embedded."
    return position.map { Unreadable(text, at: $0) } ?? Unreadable(text)
  }

  /// The first address in a style that is not in the file itself: `url(…)`, `@import`.
  private static func foreignAddress(in style: String) -> String? {
    if style.contains("@import") { return "@import" }
    for part in style.components(after: "url(") {
      let target = part.prefix { $0 != ")" }.drop { $0 == "\"" || $0 == "'" || $0 == " " }
      if !target.hasPrefix("#"), !target.lowercased().hasPrefix("data:image/") { return String(target) }
    }
    return nil
  }
}

extension String {
  /// What stands behind each place where a text occurs.
  fileprivate func components(after text: String) -> [Substring] {
    var (rest, found) = (self[...], [Substring]())
    while let range = rest.firstRange(of: text) {
      rest = rest[range.upperBound...]
      found.append(rest)
    }
    return found
  }
}
