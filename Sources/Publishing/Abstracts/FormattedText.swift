package import Vocabulary

/// An abstract with the structure that its author wrote: paragraphs with their lines, lists, emphasis and links, in the
/// syntax of CommonMark 0.31.2.
///
/// Everything else of CommonMark stays text as it was typed: headings, quotations, code, images, HTML. Line breaks are
/// kept, although CommonMark joins lines: abstracts are pasted from letters and forms, and their lines mean something.
package struct FormattedText: Sendable, Equatable {
  package let blocks: [Block]

  package indirect enum Block: Sendable, Equatable {
    case paragraph([Line])
    /// - Parameter start: the first number; nil for a list with bullets.
    case list(start: Int?, items: [[Block]])
  }

  package typealias Line = [Run]

  /// A piece of a line in one style.
  package struct Run: Sendable, Equatable, Encodable {
    package var text: String
    package var emphasis = false
    package var strong = false
    /// An address that begins with `http:`, `https:` or `mailto:`.
    @Nullable package var link: String?
  }

  package init(_ text: String) {
    var text = text
    // To look for bytes takes less time than to replace nothing.
    if text.utf8.contains(UInt8(ascii: "\r")) { text = text.replacing("\r\n", with: "\n") }
    if text.utf8.contains(UInt8(ascii: "\t")) { text = text.replacing("\t", with: "    ") }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { SourceLine(String($0)) }
    blocks = BlockReader(depth: 0).blocks(lines[...])
  }
}

extension FormattedText: Encodable {
  package func encode(to encoder: any Encoder) throws { try blocks.encode(to: encoder) }
}

extension FormattedText.Block: Encodable {
  private enum CodingKeys: CodingKey { case kind, lines, start, points }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .paragraph(let lines):
      try container.encode("paragraph", forKey: .kind)
      try container.encode(lines, forKey: .lines)
    case .list(let start, let items):
      try container.encode("list", forKey: .kind)
      try container.encode(start, forKey: .start)
      try container.encode(items, forKey: .points)
    }
  }
}

// MARK: Plain text

extension FormattedText {
  /// For calendars, letters and feeds: lines and lists by line breaks and signs, links with their addresses.
  package var plain: String { Self.plain(blocks).joined(separator: "\n") }

  private static func plain(_ blocks: [Block]) -> [String] {
    var lines: [String] = []
    for (index, block) in blocks.enumerated() {
      // A list stands close to the line that announces it.
      if index > 0, !isAnnounced(block, by: blocks[index - 1]) { lines.append("") }
      switch block {
      case .paragraph(let paragraph): lines += plain(paragraph)
      case .list(let start, let items):
        for (number, item) in items.enumerated() {
          let sign = start.map { "\($0 + number). " } ?? "• "
          let indent = String(repeating: " ", count: sign.count)
          for (index, line) in plain(item).enumerated() {
            lines.append(line.isEmpty ? "" : (index == 0 ? sign : indent) + line)
          }
        }
      }
    }
    return lines
  }

  private static func isAnnounced(_ block: Block, by before: Block) -> Bool {
    if case .list = block, case .paragraph = before { true } else { false }
  }

  private static func plain(_ paragraph: [Line]) -> [String] {
    var (link, text): (String?, String) = (nil, "")
    var plain: [String] = []
    /// The address follows a link's text, which may have several styles and lines.
    func end() -> String { link.map { $0 == text || $0 == "mailto:" + text ? "" : " (\($0))" } ?? "" }
    for line in paragraph {
      var shown = ""
      for run in line {
        if run.link != link {
          if shown.isEmpty, !plain.isEmpty { plain[plain.count - 1] += end() } else { shown += end() }
          (link, text) = (run.link, "")
        }
        shown += run.text
        text += run.text
      }
      plain.append(shown)
    }
    if !plain.isEmpty { plain[plain.count - 1] += end() }
    return plain
  }
}

extension LocalizedText {
  /// The same texts with their structure.
  package var formatted: FormattedTexts {
    FormattedTexts(
      texts: Dictionary(uniqueKeysWithValues: entries.map { ($0.language, FormattedText($0.text)) }))
  }

  /// The same texts without signs of structure.
  var plain: LocalizedText {
    LocalizedText(
      Dictionary(uniqueKeysWithValues: entries.map { ($0.language, FormattedText($0.text).plain) }))
  }
}

/// A text with structure in several languages: `{"en": [BLOCK]}`.
package struct FormattedTexts: Encodable, Sendable, Equatable {
  package let texts: [Language: FormattedText]

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Dictionary(uniqueKeysWithValues: texts.map { ($0.key.tag, $0.value) }))
  }
}

// MARK: Blocks

private struct SourceLine {
  /// Without the spaces at both ends.
  let text: Substring
  let indent: Int

  init(_ line: String) {
    let rest = line.drop { $0 == " " }
    indent = line.utf8.count - rest.utf8.count
    var end = rest
    while end.last?.isWhitespace == true { end.removeLast() }
    text = end
  }

  private init(_ text: Substring, indent: Int) { (self.text, self.indent) = (text, indent) }

  var isBlank: Bool { text.isEmpty }

  func without(_ columns: Int) -> SourceLine { SourceLine(text, indent: max(0, indent - columns)) }

  /// A sign at the start of a list's item, and what follows it.
  var item: (sign: Character, number: Int?, rest: SourceLine, width: Int)? {
    guard indent < 4, let first = text.first else { return nil }
    var sign = first
    var number: Int?
    var rest = text.dropFirst()
    if first.isASCII, first.isNumber {
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      guard digits.count <= 9, let end = text.dropFirst(digits.count).first, end == "." || end == ")"
      else { return nil }
      (sign, number) = (end, Int(digits))
      rest = text.dropFirst(digits.count + 1)
    } else if !"-*+".contains(first) || isRule {
      return nil
    }
    let spaces = rest.prefix { $0 == " " }.count
    guard spaces > 0 || rest.isEmpty else { return nil }
    // Four spaces more would be code, which stays text.
    let gap = (1...4).contains(spaces) ? spaces : 1
    let width = indent + (text.count - rest.count) + gap
    let body = SourceLine(rest.drop { $0 == " " }, indent: max(0, spaces - gap))
    return (sign, number, body, width)
  }

  /// `* * *` is a rule, not three lists in each other.
  private var isRule: Bool {
    let signs = text.filter { $0 != " " }
    return signs.count >= 3 && signs.allSatisfy { $0 == signs.first }
  }

  /// The fence of a code block: its sign and length.
  var fence: (sign: Character, count: Int)? {
    guard indent < 4, let sign = text.first, sign == "`" || sign == "~" else { return nil }
    let count = text.prefix { $0 == sign }.count
    return count >= 3 ? (sign, count) : nil
  }
}

private struct BlockReader {
  /// Lists in lists; deeper ones are text.
  let depth: Int
  private static let deepest = 6

  func blocks(_ lines: ArraySlice<SourceLine>) -> [FormattedText.Block] {
    var blocks: [FormattedText.Block] = []
    var rest = lines
    while let line = rest.first {
      if line.isBlank {
        rest.removeFirst()
      } else if depth < Self.deepest, line.item != nil {
        blocks.append(list(&rest))
      } else {
        blocks.append(paragraph(&rest))
      }
    }
    return blocks
  }

  private func paragraph(_ rest: inout ArraySlice<SourceLine>) -> FormattedText.Block {
    var texts: [String] = []
    var lines: [FormattedText.Line] = []
    func flush() {
      if !texts.isEmpty { lines += InlineReader.lines(texts) }
      texts = []
    }
    while let line = rest.first, !line.isBlank {
      if !(lines.isEmpty && texts.isEmpty), interrupts(line) { break }
      if let fence = line.fence {
        // Code stays as it is, to its end.
        flush()
        lines.append([.init(text: String(line.text), link: nil)])
        rest.removeFirst()
        while let line = rest.popFirst() {
          lines.append([.init(text: String(line.text), link: nil)])
          if let end = line.fence, end.sign == fence.sign, end.count >= fence.count,
            line.text.allSatisfy({ $0 == fence.sign })
          {
            break
          }
        }
        continue
      }
      texts.append(String(line.text))
      rest.removeFirst()
    }
    flush()
    return .paragraph(lines)
  }

  /// Whether a list begins here, in the middle of a paragraph (CommonMark, “Lists”): an empty item does not, nor does a
  /// number other than 1, which may be a year at the start of a line.
  private func interrupts(_ line: SourceLine) -> Bool {
    guard depth < Self.deepest, let item = line.item else { return false }
    return !item.rest.isBlank && (item.number ?? 1) == 1
  }

  private func list(_ rest: inout ArraySlice<SourceLine>) -> FormattedText.Block {
    let first = rest.first!.item!
    var items: [[FormattedText.Block]] = []
    while let item = rest.first?.item, item.sign == first.sign {
      rest.removeFirst()
      var own = [item.rest]
      var inParagraph = !item.rest.isBlank && item.rest.item == nil
      while let line = rest.first {
        if line.isBlank {
          // Blank lines belong to it if more of it follows.
          let blank = rest.prefix(while: \.isBlank)
          guard let next = rest[blank.endIndex...].first, next.indent >= item.width else { break }
          own += blank
          rest = rest[blank.endIndex...]
          inParagraph = false
          continue
        } else if line.indent >= item.width {
          own.append(line.without(item.width))
          inParagraph = own.last!.item == nil
        } else if inParagraph, line.item == nil {
          // The paragraph goes on without being indented.
          own.append(line.without(line.indent))
        } else {
          break
        }
        rest.removeFirst()
      }
      items.append(BlockReader(depth: depth + 1).blocks(own[...]))
      // Blank lines between items.
      let after = rest.drop(while: \.isBlank)
      if after.first?.item?.sign == first.sign { rest = after }
    }
    return .list(start: first.number, items: items)
  }
}
