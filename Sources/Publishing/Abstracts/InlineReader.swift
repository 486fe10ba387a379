/// Emphasis and links within a paragraph (CommonMark 0.31.2, “Inlines” and “A parsing strategy”).
struct InlineReader {
  private enum Node {
    case text(String)
    /// A run of `*` or `_` that may open or close emphasis.
    case delimiter(Delimiter)
    case lineBreak
    /// Marks that styles and links begin and end here.
    case begin(Style)
    case end(Style)
    /// `[`, or `![`, as long as it is not part of a link.
    case bracket(String)
  }

  private enum Style: Equatable {
    case emphasis, strong
    case link(String)
  }

  private struct Delimiter {
    let sign: Character
    var count: Int
    /// The length of the whole run, for the rule of three.
    let original: Int
    let opens: Bool
    let closes: Bool
  }

  private let source: [Character]
  private var place = 0
  private var nodes: [Node] = []
  /// The open brackets: their nodes, and whether they can still become a link.
  private var brackets: [(node: Int, active: Bool)] = []
  /// Lengths of runs of backticks that are known not to be closed after this place.
  private var unclosed: [Int: Int] = [:]

  private init(_ text: String) { source = Array(text) }

  /// Each source line becomes a line.
  static func lines(_ texts: [String]) -> [FormattedText.Line] {
    // Most paragraphs have no signs.
    if texts.allSatisfy({ !$0.utf8.contains(where: isSign) }) {
      return texts.map { $0.isEmpty ? [] : [FormattedText.Run(text: $0)] }
    }
    var reader = InlineReader(texts.joined(separator: "\n"))
    reader.read()
    reader.pairDelimiters(from: 0)
    return reader.lines
  }

  private var lines: [FormattedText.Line] {
    var lines: [FormattedText.Line] = [[]]
    var (emphasis, strong) = (0, 0)
    var links: [String] = []
    func add(_ text: String) {
      if text.isEmpty { return }
      let run = FormattedText.Run(
        text: text, emphasis: emphasis > 0, strong: strong > 0, link: links.last)
      if var last = lines[lines.count - 1].last, last.emphasis == run.emphasis, last.strong == run.strong,
        last.link == run.link
      {
        last.text += text
        lines[lines.count - 1][lines[lines.count - 1].count - 1] = last
      } else {
        lines[lines.count - 1].append(run)
      }
    }
    for node in nodes {
      switch node {
      case .text(let text), .bracket(let text): add(text)
      case .delimiter(let delimiter): add(String(repeating: delimiter.sign, count: delimiter.count))
      case .lineBreak: lines.append([])
      case .begin(.emphasis): emphasis += 1
      case .begin(.strong): strong += 1
      case .begin(.link(let address)): links.append(address)
      case .end(.emphasis): emphasis -= 1
      case .end(.strong): strong -= 1
      case .end(.link): links.removeLast()
      }
    }
    return lines
  }

  // MARK: Reading

  /// Whether a byte can be more than text.
  private static func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "<"), UInt8(ascii: "*"),
      UInt8(ascii: "_"), UInt8(ascii: "["), UInt8(ascii: "]"):
      true
    default: false
    }
  }

  private func at(_ index: Int) -> Character? { source.indices.contains(index) ? source[index] : nil }

  private mutating func text(_ text: String) {
    if case .text(let before)? = nodes.last {
      nodes[nodes.count - 1] = .text(before + text)
    } else {
      nodes.append(.text(text))
    }
  }

  private mutating func read() {
    while let sign = at(place) {
      switch sign {
      case "\n":
        nodes.append(.lineBreak)
        place += 1
      case "\\": readEscape()
      case "`": readCode()
      case "<": readAddress()
      case "*", "_": readDelimiter(sign)
      case "!" where at(place + 1) == "[":
        // An image stays text, but a link can be in its description.
        brackets.append((nodes.count, false))
        nodes.append(.bracket("!["))
        place += 2
      case "[":
        brackets.append((nodes.count, true))
        nodes.append(.bracket("["))
        place += 1
      case "]": readBracket()
      default:
        // An exclamation mark may belong to a bracket after it.
        let end = source[(place + 1)...].firstIndex { $0 == "!" || $0.utf8.contains(where: Self.isSign) }
        text(String(source[place..<(end ?? source.count)]))
        place = end ?? source.count
      }
    }
  }

  private mutating func readEscape() {
    let next = at(place + 1)
    if let next, next.isASCII, next.isPunctuation || next.isSymbol {
      text(String(next))
      place += 2
    } else {
      // At the end of a line it is a line break, which the line is anyway.
      if next != "\n" { text("\\") }
      place += 1
    }
  }

  /// Code stays text, and signs in it mean nothing.
  private mutating func readCode() {
    let count = source[place...].prefix { $0 == "`" }.count
    let start = place + count
    var index = start
    if unclosed[count] == nil {
      while index < source.count {
        guard source[index] == "`" else {
          index += 1
          continue
        }
        let length = source[index...].prefix { $0 == "`" }.count
        if length == count {
          literal(place..<(index + length))
          place = index + length
          return
        }
        index += length
      }
      unclosed[count] = place
    }
    text(String(repeating: "`", count: count))
    place = start
  }

  private mutating func literal(_ range: Range<Int>) {
    for line in source[range].split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.offset > 0 { nodes.append(.lineBreak) }
      text(String(line.element))
    }
  }

  /// `<https://example.org>`; anything else between these signs is text.
  private mutating func readAddress() {
    let inside = source[(place + 1)...].prefix(2048).prefix { $0 != ">" && $0 != "<" && !$0.isWhitespace }
    let address = String(inside)
    if at(place + 1 + inside.count) == ">", let link = Self.link(address) ?? Self.mail(address) {
      nodes += [.begin(.link(link)), .text(address), .end(.link(link))]
      place += inside.count + 2
    } else {
      text("<")
      place += 1
    }
  }

  private static func isAllowed(_ start: some Sequence<Character>) -> Bool {
    let start = String(start).lowercased()
    return ["http://", "https://", "mailto:"].contains { start.hasPrefix($0) && start.count > $0.count }
  }

  private static func link(_ address: String) -> String? {
    isAllowed(address.prefix(9))
      && !address.contains(where: { $0.isWhitespace || $0 == "\"" || $0 == "<" || $0 == ">" })
      ? address : nil
  }

  private static func mail(_ address: String) -> String? {
    address.wholeMatch(of: /[A-Za-z0-9.!#$%&'*+\/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+/) == nil
      ? nil : "mailto:" + address
  }

  private mutating func readDelimiter(_ sign: Character) {
    let count = source[place...].prefix { $0 == sign }.count
    func isSpace(_ character: Character?) -> Bool { character?.isWhitespace ?? true }
    func isPunctuation(_ character: Character?) -> Bool {
      character.map { $0.isPunctuation || $0.isSymbol } ?? false
    }
    let (before, after) = (at(place - 1), at(place + count))
    // In CommonMark, “5*3*2” is a 5, an emphasized 3 and a 2. Whoever writes it multiplies.
    if sign == "*", before?.isNumber == true, after?.isNumber == true {
      text(String(repeating: sign, count: count))
      place += count
      return
    }
    let left = !isSpace(after) && (!isPunctuation(after) || isSpace(before) || isPunctuation(before))
    let right = !isSpace(before) && (!isPunctuation(before) || isSpace(after) || isPunctuation(after))
    nodes.append(
      .delimiter(
        Delimiter(
          sign: sign, count: count, original: count,
          opens: sign == "*" ? left : left && (!right || isPunctuation(before)),
          closes: sign == "*" ? right : right && (!left || isPunctuation(after)))))
    place += count
  }

  // MARK: Links

  private mutating func readBracket() {
    guard let opener = brackets.popLast() else {
      text("]")
      place += 1
      return
    }
    guard opener.active, let (address, end) = destination(after: place + 1) else {
      nodes.append(.text("]"))
      place += 1
      return
    }
    nodes[opener.node] = .begin(.link(address))
    if nodes.count == opener.node + 1 { nodes.append(.text(address)) }
    nodes.append(.end(.link(address)))
    pairDelimiters(from: opener.node + 1)
    // A link contains no other link.
    for index in brackets.indices { brackets[index].active = false }
    place = end
  }

  /// `(https://example.org)`. With a title it stays text, so that nothing is lost.
  private func destination(after start: Int) -> (String, Int)? {
    guard at(start) == "(" else { return nil }
    var index = start + 1
    while at(index) == " " { index += 1 }
    guard index < source.count, Self.isAllowed(source[index...].prefix(10).drop { $0 == "<" }) else {
      return nil
    }
    var address = ""
    if at(index) == "<" {
      index += 1
      while let sign = at(index), sign != ">", sign != "\n", sign != "<" {
        address.append(sign)
        index += 1
      }
      guard at(index) == ">" else { return nil }
      index += 1
    } else {
      var depth = 0
      while let sign = at(index), !sign.isWhitespace, index - start < 2048 {
        if sign == "(" { depth += 1 }
        if sign == ")" {
          if depth == 0 { break }
          depth -= 1
        }
        address.append(sign)
        index += 1
      }
    }
    while at(index) == " " { index += 1 }
    guard at(index) == ")", let link = Self.link(address) else { return nil }
    return (link, index + 1)
  }

  // MARK: Emphasis

  /// The place in `open` of the last opener that a closer can be paired with.
  private func opener(of closer: Delimiter, in open: [Int], above least: Int) -> Int? {
    for place in open.indices.reversed() {
      if open[place] <= least { return nil }
      guard case .delimiter(let opener) = nodes[open[place]], opener.sign == closer.sign, opener.count > 0
      else { continue }
      // The rule of three: “*foo**bar*”.
      let isOdd =
        (opener.closes || closer.opens) && (opener.original + closer.original) % 3 == 0
        && !(opener.original % 3 == 0 && closer.original % 3 == 0)
      if !isOdd { return place }
    }
    return nil
  }

  /// Turns pairs of delimiters into styles; “process emphasis” of the specification.
  private mutating func pairDelimiters(from bottom: Int) {
    // By sign, whether the closer can open too, and its length modulo 3: no opener is below.
    var openersBottom: [String: Int] = [:]
    var open: [Int] = []
    /// What replaces each delimiter: styles that end there, then what is left of it, then styles that begin there.
    var ends: [Int: [Style]] = [:]
    var begins: [Int: [Style]] = [:]
    for index in nodes.indices where index >= bottom {
      guard case .delimiter(var closer) = nodes[index] else { continue }
      while closer.closes, closer.count > 0 {
        let key = "\(closer.sign)\(closer.opens)\(closer.original % 3)"
        let least = openersBottom[key] ?? -1
        let found = opener(of: closer, in: open, above: least)
        guard let found, case .delimiter(var opener) = nodes[open[found]] else {
          openersBottom[key] = open.last ?? index - 1
          break
        }
        let length = opener.count >= 2 && closer.count >= 2 ? 2 : 1
        let style: Style = length == 2 ? .strong : .emphasis
        let place = open[found]
        begins[place, default: []].insert(style, at: 0)
        ends[index, default: []].append(style)
        opener.count -= length
        closer.count -= length
        nodes[place] = .delimiter(opener)
        nodes[index] = .delimiter(closer)
        // Nothing pairs with the delimiters between the two any more.
        open.removeSubrange((found + 1)...)
        if opener.count == 0 { open.removeLast() }
      }
      if closer.opens, closer.count > 0 { open.append(index) }
    }
    var result = Array(nodes[..<bottom])
    for index in nodes.indices where index >= bottom {
      guard case .delimiter(let delimiter) = nodes[index] else {
        result.append(nodes[index])
        continue
      }
      result += (ends[index] ?? []).map { .end($0) }
      if delimiter.count > 0 {
        result.append(.text(String(repeating: delimiter.sign, count: delimiter.count)))
      }
      result += (begins[index] ?? []).map { .begin($0) }
    }
    nodes = result
  }
}
