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
    var style: String?
    try XMLPieces.read(ForeignSource.File(name: name, bytes: bytes), whole: [], texts: true) { piece in
      switch piece {
      case .begin(let element):
        if isFirst {
          guard element.name == "svg" else {
            throw Unreadable("It is neither a PNG nor an SVG.", at: element.at)
          }
          size = try measures(element)
          isFirst = false
        }
        try check(element)
        style = element.name == "style" ? "" : nil
      case .text(let text): style? += text
      case .end:
        if let foreign = style.flatMap(foreignAddress) { throw refusal(of: foreign) }
        style = nil
      case .whole: break
      }
    }
    guard let size else {
      throw Unreadable("The SVG does not say how large it is: it has no viewBox, and no width and height.")
    }
    return (max(1, Int((size.0 * 100).rounded())), max(1, Int((size.1 * 100).rounded())))
  }

  // MARK: Measures

  /// Width and height as Typst takes them: as stated, otherwise those of the view box.
  private static func measures(_ element: XMLElement) throws -> (Double, Double)? {
    let stated = ["width", "height"].map { element.attribute($0).flatMap(points) }
    if let width = stated[0], let height = stated[1] { return (width, height) }
    let box = (element.attribute("viewBox") ?? "").matches(of: number).compactMap { Double($0.output) }
    guard box.count == 4, box[2...].allSatisfy(isPossible) else { return nil }
    // Typst would take the other side from the view box, whatever its scale is.
    if let side = zip(["width", "height"], stated).first(where: { $0.1 != nil })?.0 {
      throw Unreadable(
        "The SVG states only its \(side) as a length. State width and height, e.g. 60mm and 20mm, or neither of them.",
        at: element.at)
    }
    return (box[2], box[3])
  }

  /// A number of SVG 2, §4.2: `-.5`, `1e3`.
  private static var number: Regex<Substring> { /[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/ }

  /// The size of each unit in pixels (CSS Values 4, §6.2). Typst takes 12 pixels for the size of a font.
  private static let units = [
    "": 1, "px": 1, "pt": 96.0 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "em": 12, "ex": 6,
  ]

  /// A length in pixels; nil for a part of the page, such as 100%.
  private static func points(_ text: String) -> Double? {
    guard let found = text.prefixMatch(of: number), let value = Double(found.output),
      let unit = units[String(text[found.range.upperBound...])]
    else { return nil }
    return isPossible(value * unit) ? value * unit : nil
  }

  private static func isPossible(_ length: Double) -> Bool { length > 0 && length < 1_000_000 }

  // MARK: What could look different elsewhere

  private static func check(_ element: XMLElement) throws {
    switch element.name {
    case "text", "tspan", "textPath", "tref":
      throw Unreadable(
        "The SVG has letters as text, which needs a font that may be missing here. Save it with its text as paths.",
        at: element.at)
    case "script", "foreignObject", "animate", "animateColor", "animateTransform", "animateMotion", "set",
      "video",
      "audio":
      throw Unreadable(
        "The SVG has “\(element.name)”, which cannot be printed. Save it as a plain SVG.", at: element.at)
    default: break
    }
    for (name, value) in element.attributes.sorted(by: { $0.key < $1.key }) {
      // Also “xlink:href” beside “href”.
      let isReference = name == "href" || name.hasSuffix(":href")
      let foreign: String? =
        isReference
        ? (element.name == "a" || isInside(value) ? nil : trimming(value))
        : properties.contains(name) ? foreignAddress(in: value) : nil
      if let foreign { throw refusal(of: foreign, at: element.at) }
    }
  }

  /// The attributes whose values can have `url(…)`.
  private static let properties: Set = [
    "style", "fill", "stroke", "filter", "clip-path", "mask", "marker", "marker-start", "marker-mid",
    "marker-end",
    "cursor", "color-profile", "shape-inside", "shape-subtract",
  ]

  /// Whether an address leads to a part of the file, or has a picture in it.
  private static func isInside(_ address: some StringProtocol) -> Bool {
    let address = trimming(String(address)).lowercased()
    return address.hasPrefix("#")
      || ["png", "jpeg", "jpg", "gif", "webp"].contains { kind in
        [";", ","].contains { address.hasPrefix("data:image/\(kind)\($0)") }
      }
  }

  private static func refusal(of address: String, at position: SourcePosition? = nil) -> Unreadable {
    let text =
      address.lowercased().hasPrefix("data:")
      ? "The SVG has another file inside, “\(excerpt(address))”, and only PNG, JPEG, GIF and WebP are read there. Save it as one drawing."
      : "The SVG needs another file, “\(excerpt(address))”. Save it with everything embedded."
    return position.map { Unreadable(text, at: $0) } ?? Unreadable(text)
  }

  /// The first address in a style that is not in the file itself: `url(…)`, `@import`. Capitals do not matter (CSS
  /// Syntax 3, §4.3.4).
  private static func foreignAddress(in style: String) -> String? {
    if style.firstMatch(of: /@import/.ignoresCase()) != nil { return "@import" }
    for found in style.matches(of: /url\(\s*["']?([^)"']*)/.ignoresCase()) where !isInside(found.1) {
      return String(found.1)
    }
    return nil
  }
}
