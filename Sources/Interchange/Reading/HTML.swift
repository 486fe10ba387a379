import Vocabulary

/// HTML of other programs as the part of CommonMark that Plenary prints (`FormattedText`): paragraphs, lists, emphasis and
/// links. Of everything else the text stays; scripts and styles go with theirs.
enum HTML {
  /// Whether a text has an HTML element or a reference to a character; what has not is plain text or Markdown.
  static func isLikely(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<") {
        var end = index + 1
        if end < bytes.count, bytes[end] == UInt8(ascii: "/") { end += 1 }
        let start = end
        while end < bytes.count, end - start < 12, isLetterOrDigit(bytes[end]) { end += 1 }
        if end < bytes.count, [0x20, 0x0A, UInt8(ascii: ">"), UInt8(ascii: "/")].contains(bytes[end]),
          names.contains(String(decoding: bytes[start..<end], as: UTF8.self).lowercased())
        {
          return true
        }
        if bytes[index...].starts(with: "<!--".utf8) { return true }
      } else if bytes[index] == UInt8(ascii: "&") {
        let end = bytes[index...].prefix(12).firstIndex(of: UInt8(ascii: ";"))
        if let end, reference(String(decoding: bytes[(index + 1)..<end], as: UTF8.self)) != nil {
          return true
        }
      }
      index += 1
    }
    return false
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
  }

  private static let names: Set<String> = [
    "a", "abbr", "address", "article", "b", "blockquote", "body", "br", "center", "cite", "code", "dd", "div",
    "dl", "dt",
    "em", "embed", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header",
    "hr", "html", "i",
    "iframe", "img", "input", "ins", "kbd", "label", "li", "link", "main", "meta", "object", "ol", "p", "pre",
    "q", "s",
    "script", "section", "small", "span", "strike", "strong", "style", "sub", "sup", "svg", "table", "tbody",
    "td", "th",
    "thead", "tr", "tt", "u", "ul", "video",
  ]

  static func markdown(_ text: String) -> String {
    // Without blocks it is plain text or Markdown with some HTML in it: its lines and signs stay.
    let tokens = Array(Tokens(text))
    let hasBlocks = tokens.contains {
      if case .start(let name, _) = $0 { blocks.contains(name) } else { false }
    }
    var writer = Writer(isPlain: !hasBlocks)
    for token in tokens {
      switch token {
      case .text(let text): writer.add(text)
      case .start(let name, let attributes): writer.begin(name, attributes)
      case .end(let name): writer.end(name)
      }
    }
    return writer.finish()
  }

  private static let blocks: Set<String> = [
    "p", "br", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "pre",
    "dl",
    "section", "article",
  ]

  // MARK: References to characters

  /// The character of `amp`, `#39`, `#x27`; nil for what is none.
  static func reference(_ name: String) -> String? {
    if name.hasPrefix("#") {
      let isHexadecimal = name.dropFirst().first?.lowercased() == "x"
      guard let code = UInt32(name.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10) else {
        return nil
      }
      // HTML reads the numbers 128 to 159 as Windows-1252.
      if (0x80..<0xA0).contains(code) {
        return String(decoding: TextEncoding.utf8(windows1252: [UInt8(code)]), as: UTF8.self)
      }
      return Unicode.Scalar(code).map { String($0) } ?? "\u{FFFD}"
    }
    return references[name]
  }

  private static let references: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "shy": "\u{AD}",
    "ndash": "–", "mdash": "—", "hellip": "…", "lsquo": "‘", "rsquo": "’", "sbquo": "‚", "ldquo": "“",
    "rdquo": "”",
    "bdquo": "„", "laquo": "«", "raquo": "»", "lsaquo": "‹", "rsaquo": "›", "bull": "•", "middot": "·",
    "deg": "°",
    "copy": "©", "reg": "®", "trade": "™", "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "sect": "§",
    "para": "¶",
    "times": "×", "divide": "÷", "plusmn": "±", "frac12": "½", "frac14": "¼", "frac34": "¾", "sup2": "²",
    "sup3": "³",
    "micro": "µ", "rarr": "→", "larr": "←", "uarr": "↑", "darr": "↓", "harr": "↔", "rArr": "⇒", "le": "≤",
    "ge": "≥",
    "ne": "≠", "infin": "∞", "ensp": "\u{2002}", "emsp": "\u{2003}", "thinsp": "\u{2009}", "zwnj": "\u{200C}",
    "zwj": "\u{200D}", "iexcl": "¡", "iquest": "¿", "ordf": "ª", "ordm": "º", "acute": "´", "uml": "¨",
    "cedil": "¸",
    "Agrave": "À", "Aacute": "Á", "Acirc": "Â", "Atilde": "Ã", "Auml": "Ä", "Aring": "Å", "AElig": "Æ",
    "Ccedil": "Ç",
    "Egrave": "È", "Eacute": "É", "Ecirc": "Ê", "Euml": "Ë", "Igrave": "Ì", "Iacute": "Í", "Icirc": "Î",
    "Iuml": "Ï",
    "ETH": "Ð", "Ntilde": "Ñ", "Ograve": "Ò", "Oacute": "Ó", "Ocirc": "Ô", "Otilde": "Õ", "Ouml": "Ö",
    "Oslash": "Ø",
    "Ugrave": "Ù", "Uacute": "Ú", "Ucirc": "Û", "Uuml": "Ü", "Yacute": "Ý", "THORN": "Þ", "szlig": "ß",
    "agrave": "à",
    "aacute": "á", "acirc": "â", "atilde": "ã", "auml": "ä", "aring": "å", "aelig": "æ", "ccedil": "ç",
    "egrave": "è",
    "eacute": "é", "ecirc": "ê", "euml": "ë", "igrave": "ì", "iacute": "í", "icirc": "î", "iuml": "ï",
    "eth": "ð",
    "ntilde": "ñ", "ograve": "ò", "oacute": "ó", "ocirc": "ô", "otilde": "õ", "ouml": "ö", "oslash": "ø",
    "ugrave": "ù",
    "uacute": "ú", "ucirc": "û", "uuml": "ü", "yacute": "ý", "thorn": "þ", "yuml": "ÿ", "Scaron": "Š",
    "scaron": "š",
    "OElig": "Œ", "oelig": "œ", "Yuml": "Ÿ",
  ]

  static func unescaped(_ text: some StringProtocol) -> String {
    guard text.contains("&") else { return String(text) }
    var plain = ""
    var rest = text[...]
    while let sign = rest.firstIndex(of: "&") {
      plain += rest[..<sign]
      rest = rest[rest.index(after: sign)...]
      if let end = rest.prefix(12).firstIndex(of: ";"), let character = reference(String(rest[..<end])) {
        plain += character
        rest = rest[rest.index(after: end)...]
      } else {
        plain += "&"
      }
    }
    return plain + rest
  }

  // MARK: Tokens

  private enum Token {
    case text(String)
    case start(String, [String: String])
    case end(String)
  }

  /// Forgiving, as browsers are: a `<` that begins nothing is text.
  private struct Tokens: Sequence, IteratorProtocol {
    private var rest: Substring.UnicodeScalarView

    init(_ text: String) { rest = text[...].unicodeScalars }

    mutating func next() -> Token? {
      guard let first = rest.first else { return nil }
      if first == "<", let token = tag() { return token }
      let end = rest.dropFirst().firstIndex(of: "<") ?? rest.endIndex
      let text = Substring(rest[..<end])
      rest = rest[end...]
      return .text(HTML.unescaped(text))
    }

    private mutating func skip(past end: String) {
      if !seek(end) { return }
      rest = rest.dropFirst(end.unicodeScalars.count)
    }

    /// Moves to the next place of an ASCII text, whatever its case; to the end if there is none.
    private mutating func seek(_ wanted: String) -> Bool {
      let wanted = Array(wanted.unicodeScalars)
      while let place = rest.firstIndex(of: wanted[0]) {
        rest = rest[place...]
        if zip(rest, wanted).allSatisfy({ $0 == $1 || $0.properties.lowercaseMapping == String($1) }),
          rest.prefix(wanted.count).count == wanted.count
        {
          return true
        }
        rest = rest.dropFirst()
      }
      rest = rest[rest.endIndex...]
      return false
    }

    private mutating func tag() -> Token? {
      let text = Substring(rest)
      if text.hasPrefix("<!--") {
        skip(past: "-->")
        return .text("")
      }
      var scan = rest.dropFirst()
      if scan.first == "!" || scan.first == "?" {
        skip(past: ">")
        return .text("")
      }
      let isEnd = scan.first == "/"
      if isEnd { scan = scan.dropFirst() }
      let name = scan.prefix {
        $0.isASCII && HTML.isLetterOrDigit(UInt8($0.value))
      }
      guard let first = name.first, !(0x30...0x39).contains(first.value), name.count <= 20 else { return nil }
      scan = scan.dropFirst(name.count)
      var attributes: [String: String] = [:]
      while true {
        scan = scan.drop { $0.isSpace || $0 == "/" }
        guard let sign = scan.first else { break }
        if sign == ">" {
          scan = scan.dropFirst()
          break
        }
        let key = scan.prefix { !$0.isSpace && $0 != "=" && $0 != ">" && $0 != "/" }
        guard !key.isEmpty else {
          scan = scan.dropFirst()
          continue
        }
        scan = scan.dropFirst(key.count).drop { $0.isSpace }
        var value = ""
        if scan.first == "=" {
          scan = scan.dropFirst().drop { $0.isSpace }
          if let quote = scan.first, quote == "\"" || quote == "'" {
            scan = scan.dropFirst()
            let inside = scan.prefix { $0 != quote }
            value = String(Substring(inside))
            scan = scan.dropFirst(inside.count + 1)
          } else {
            let inside = scan.prefix { !$0.isSpace && $0 != ">" }
            value = String(Substring(inside))
            scan = scan.dropFirst(inside.count)
          }
        }
        if attributes.count < 50 { attributes[String(Substring(key)).lowercased()] = HTML.unescaped(value) }
      }
      rest = scan
      let lower = String(Substring(name)).lowercased()
      if !isEnd,
        ["script", "style", "iframe", "object", "svg", "template", "noscript", "head", "title"].contains(
          lower)
      {
        // To its end, with whatever is in it.
        if seek("</" + lower) { skip(past: ">") }
        return .text("")
      }
      return isEnd ? .end(lower) : .start(lower, attributes)
    }
  }

  // MARK: Writing

  private struct Writer {
    private struct List {
      /// The next number; nil for bullets.
      var number: Int?
      var indent: Int
    }

    let isPlain: Bool
    /// Finished lines.
    private var lines: [String] = []
    private var line: [Unicode.Scalar] = []
    private var lists: [List] = []
    /// What the next line begins with: the sign of an item.
    private var sign: String?
    private var needsBlank = false
    private var isPreformatted = 0
    /// The signs of the styles that are open, and where each began in the line.
    private var styles: [(name: String, sign: String, start: Int)] = []
    private var link: (address: String, start: Int)?

    init(isPlain: Bool) { self.isPlain = isPlain }

    mutating func add(_ text: String) {
      var pending = line.isEmpty || line.last == " "
      for scalar in text.unicodeScalars {
        if scalar.isSpace, scalar != "\u{A0}" {
          if isPlain || isPreformatted > 0, scalar == "\n" {
            let isBlank = line.allSatisfy(\.isSpace)
            breakLine()
            if isBlank { needsBlank = !lines.isEmpty }
            pending = true
          } else if !pending {
            line.append(" ")
            pending = true
          }
        } else {
          if !isPlain {
            switch scalar {
            case "\\", "*", "_", "[", "]", "`", "<": line.append("\\")
            default: break
            }
          }
          line.append(scalar == "\u{A0}" ? " " : scalar)
          pending = false
        }
      }
    }

    mutating func begin(_ name: String, _ attributes: [String: String]) {
      switch name {
      case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "table", "dl",
        "figure", "header",
        "footer", "main", "address", "center", "form", "hr":
        if sign == nil { paragraph() }
      case "br": breakLine()
      case "tr", "dt", "dd": breakLine()
      case "td", "th": if !line.isEmpty { add(" ") }
      case "pre":
        if sign == nil { paragraph() }
        isPreformatted += 1
      case "ul", "ol":
        if lists.isEmpty { paragraph() } else { breakLine() }
        guard lists.count < 6 else { return lists.append(List(number: nil, indent: lists.last!.indent)) }
        let start = attributes["start"].flatMap { Int($0) }.map { min(max($0, 0), 999_999) } ?? 1
        let indent = lists.last.map { $0.indent + ($0.number == nil ? 2 : "\($0.number! - 1). ".count) } ?? 0
        lists.append(List(number: name == "ol" ? start : nil, indent: indent))
      case "li":
        breakLine()
        if lists.isEmpty { lists.append(List(number: nil, indent: 0)) }
        let list = lists[lists.count - 1]
        sign = list.number.map { "\($0). " } ?? "- "
        if let number = list.number { lists[lists.count - 1].number = number + 1 }
        needsBlank = false
      case "em", "i", "cite": open(name, "*")
      case "strong", "b": open(name, "**")
      case "a":
        if let address = attributes["href"], let link = HTML.link(address) { self.link = (link, line.count) }
      case "img": if let text = attributes["alt"] { add(text) }
      default: break
      }
    }

    mutating func end(_ name: String) {
      switch name {
      case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "table", "dl",
        "figure", "header",
        "footer", "main", "address", "center", "form":
        paragraph()
      case "pre":
        isPreformatted = max(0, isPreformatted - 1)
        paragraph()
      case "li": breakLine()
      case "ul", "ol":
        breakLine()
        _ = lists.popLast()
        if lists.isEmpty { paragraph() }
      case "em", "i", "cite", "strong", "b": close(name)
      case "a": closeLink()
      default: break
      }
    }

    mutating func finish() -> String {
      breakLine()
      return lines.joined(separator: "\n")
    }

    private mutating func open(_ name: String, _ sign: String) {
      // Nested in itself it means nothing.
      guard !styles.contains(where: { $0.sign == sign }), styles.count < 4 else { return }
      styles.append((name, sign, line.count))
    }

    private mutating func close(_ name: String) {
      guard let index = styles.lastIndex(where: { $0.name == name }) else { return }
      while styles.count > index { closeStyle() }
    }

    /// Puts the signs around the words of the style; spaces stay outside, because CommonMark wants it so.
    private mutating func closeStyle() {
      let style = styles.removeLast()
      surround(from: style.start) { style.sign + $0 + style.sign }
    }

    private mutating func closeLink() {
      guard let link else { return }
      self.link = nil
      let address = link.address.contains(where: { "()".contains($0) }) ? "<\(link.address)>" : link.address
      surround(from: link.start) { $0 == link.address ? "<\($0)>" : "[\($0)](\(address))" }
    }

    private mutating func surround(from start: Int, _ write: (String) -> String) {
      guard start < line.count, let first = line[start...].firstIndex(where: { !$0.isSpace }),
        let last = line.lastIndex(where: { !$0.isSpace })
      else { return }
      line.replaceSubrange(first...last, with: write(Self.text(line[first...last])).unicodeScalars)
    }

    private mutating func breakLine() {
      // Styles and links end with their line, and go on in the next one.
      let (open, link) = (styles, link)
      closeLink()
      while !styles.isEmpty { closeStyle() }
      let text = Self.text(line[...]).trimmed
      if !text.isEmpty {
        let indent = String(repeating: " ", count: lists.last?.indent ?? 0)
        if needsBlank, !lines.isEmpty { lines.append("") }
        needsBlank = false
        if let sign {
          lines.append(indent + sign + text)
        } else {
          let inner =
            lists.last.map { list in
              String(repeating: " ", count: list.number.map { "\($0 - 1). ".count } ?? 2)
            } ?? ""
          lines.append(indent + inner + (isPlain ? text : Writer.escapedStart(text)))
        }
        sign = nil
      }
      line = []
      styles = open.map { ($0.name, $0.sign, 0) }
      self.link = link.map { ($0.address, 0) }
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
      String(scalars)
    }

    /// What would be a list’s sign in CommonMark is text here.
    private static func escapedStart(_ text: String) -> String {
      if let first = text.first, "-+".contains(first), text.dropFirst().first.map({ $0 == " " }) ?? true {
        return "\\" + text
      }
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      if (1...9).contains(digits.count), let sign = text.dropFirst(digits.count).first,
        sign == "." || sign == ")",
        text.dropFirst(digits.count + 1).first.map({ $0 == " " }) ?? true
      {
        return digits + "\\" + text.dropFirst(digits.count)
      }
      return text
    }

    private mutating func paragraph() {
      breakLine()
      needsBlank = !lines.isEmpty
    }
  }

  /// Only addresses that do nothing but lead somewhere.
  private static func link(_ text: String) -> String? {
    if let address = Words.address(text) { return address }
    let mail = text.trimmed
    guard mail.lowercased().hasPrefix("mailto:"),
      let email = Words.email(String(mail.dropFirst(7).prefix { $0 != "?" }))
    else { return nil }
    return "mailto:" + email
  }
}

extension String {
  fileprivate var trimmed: String { nonEmpty ?? "" }
}
