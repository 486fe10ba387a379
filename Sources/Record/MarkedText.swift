package import Vocabulary

/// The text of an entry, with its marks.
///
/// | written | means |
/// |---|---|
/// | `[[by:according to the participants]]` | the words that attribute the statement, where the sentence has them |
/// | `[[org:eaeu]]`, `[[org:eaeu\|the Union]]` | an organisation, printed with its registered name or with these words |
/// | `[[subject:trade\|trade in grain]]` | an entry of the index of subjects |
/// | `[[person:feng-shaolei\|Director Feng]]` | a person, mentioned in these words |
///
/// An attribution can contain marks of the other kinds, which contain only words. Two brackets are printed if a backslash
/// precedes them or if they are doubled: `\[[` and `[[[[`, `\]]` and `]]]]`. In a mark, `\|` is a vertical line. Other
/// backslashes and single brackets stand for themselves.
package struct MarkedText: Hashable, Sendable {
  /// Words that are marked in the same way.
  package struct Span: Hashable, Sendable {
    /// Nil for a reference that is printed with its registered name.
    package var words: String?
    package var reference: Reference?
    /// Whether it belongs to the attribution.
    package var isAttribution = false
  }

  package struct Reference: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
      case organisation = "org"
      case subject
      case person
    }

    package var kind: Kind
    package var slug: String

    package init(_ kind: Kind, _ slug: String) {
      self.kind = kind
      self.slug = slug
    }
  }

  /// In the order of the text. Together they are the whole text; blank lines separate paragraphs.
  package let spans: [Span]

  /// - Throws: `InvalidValue` if a mark is not closed, or is none of those above. It says where.
  package init(_ source: String) throws(InvalidValue) {
    guard source.utf8.contains(UInt8(ascii: "[")) || source.utf8.contains(UInt8(ascii: "]")) else {
      spans = [Span(words: source)]
      return
    }
    var parser = Parser(source)
    spans = try parser.spans()
  }

  /// Reads a stored text. One from before there were marks may have brackets that are no mark: it is printed as it is.
  package init(stored source: String) {
    do { try self.init(source) } catch { self.init(plain: source) }
  }

  private init(plain words: String) { spans = [Span(words: words)] }

  /// Whether a text that can be read has been cut inside a mark.
  package static func isBroken(_ whole: String, into parts: [String]) -> Bool {
    (try? MarkedText(whole)) != nil && !parts.allSatisfy { (try? MarkedText($0)) != nil }
  }

  /// Whether the sentence itself says who made the statement, so that nothing is printed in front of it.
  package var hasAttribution: Bool { spans.contains(where: \.isAttribution) }

  /// The identifiers of this kind, in the order of the text, each once.
  package func slugs(_ kind: Reference.Kind) -> [String] {
    var seen: Set<String> = []
    return spans.compactMap { $0.reference?.kind == kind ? $0.reference?.slug : nil }
      .filter { seen.insert($0).inserted }
  }

  /// The text without marks, for a terminal and for searches.
  package var plain: String { plain { _ in nil } }

  /// - Parameter name: the registered name of a reference that has no words of its own; by default its identifier.
  package func plain(_ name: (Reference) -> String?) -> String {
    spans.map { $0.printed(name) }.joined()
  }

  /// Words, written so that they have no marks.
  package static func escaped(_ words: String) -> String {
    words.replacing("[[", with: "\\[[").replacing("]]", with: "\\]]")
  }
}

extension MarkedText.Span {
  package func printed(_ name: (MarkedText.Reference) -> String?) -> String {
    words ?? reference.map { name($0) ?? $0.slug } ?? ""
  }
}

extension LocalizedText {
  /// Checks the marks of every language.
  ///
  /// - Throws: `InvalidValue`.
  package func checkMarks() throws(InvalidValue) {
    for entry in entries {
      do { _ = try MarkedText(entry.text) } catch {
        throw entries.count == 1
          ? error : InvalidValue("In the text in “\(entry.language)”: \(error.description)")
      }
    }
  }

  /// The identifiers of this kind in all languages, in the order of the texts, each once.
  package func slugs(_ kind: MarkedText.Reference.Kind) -> [String] {
    var seen: Set<String> = []
    return entries.flatMap { MarkedText(stored: $0.text).slugs(kind) }.filter { seen.insert($0).inserted }
  }
}

extension EntryDetails {
  /// The identifiers of this kind that its texts mark, in their order, each once.
  package func slugs(_ kind: MarkedText.Reference.Kind) -> [String] {
    var seen: Set<String> = []
    return marked.flatMap { $0.slugs(kind) }.filter { seen.insert($0).inserted }
  }
}

// MARK: Reading

private enum MarkEntity: IdentifiedEntity {
  static let noun = "mark"
  static let example = "eaeu"
}

/// Reads a text from left to right, once.
private struct Parser {
  private enum Token {
    /// `[[`
    case open
    /// `]]`
    case close
    /// `|`
    case bar
    case words(Unicode.Scalar)
    /// Two brackets or a vertical line that are printed.
    case literal(String)
  }

  private let source: String
  private let scalars: String.UnicodeScalarView
  private var index: String.Index
  /// Single brackets that are open at each level, so that `[[org:eaeu|the Union [EAEU]]]` closes as one expects.
  private var brackets = [0]

  init(_ source: String) {
    self.source = source
    scalars = source.unicodeScalars
    index = scalars.startIndex
  }

  mutating func spans() throws(InvalidValue) -> [MarkedText.Span] {
    var spans: [MarkedText.Span] = []
    var words = String.UnicodeScalarView()
    while index < scalars.endIndex {
      let start = index
      switch next() {
      case .open:
        spans.append(words: words)
        words = String.UnicodeScalarView()
        spans += try mark(from: start, inAttribution: false)
      // Without a mark to close, these are words.
      case .close: words += "]]".unicodeScalars
      case .bar: words.append("|")
      case .words(let scalar): words.append(scalar)
      case .literal(let text): words += text.unicodeScalars
      }
    }
    spans.append(words: words)
    return spans.isEmpty ? [MarkedText.Span(words: "")] : spans
  }

  /// Reads a mark behind its two brackets, and the brackets that close it.
  private mutating func mark(from start: String.Index, inAttribution: Bool) throws(InvalidValue)
    -> [MarkedText.Span]
  {
    let name = name()
    guard scalars[index...].first == ":" else {
      let wide = scalars[index...].first == "："
      throw problem(
        start, wide ? "has a full-width colon; write a plain one" : "does not say what it marks", .how)
    }
    index = scalars.index(after: index)
    brackets.append(0)
    defer { brackets.removeLast() }
    if name == "by" {
      guard !inAttribution else {
        throw problem(start, "is inside another attribution; close that one first")
      }
      return try attribution(from: start)
    }
    guard let kind = MarkedText.Reference.Kind(rawValue: name) else {
      throw problem(start, "has the unknown kind “\(excerpt(name, 20))”", .how)
    }
    return [try reference(kind, from: start, inAttribution)]
  }

  private mutating func attribution(from start: String.Index) throws(InvalidValue) -> [MarkedText.Span] {
    var spans: [MarkedText.Span] = []
    var words = String.UnicodeScalarView()
    while index < scalars.endIndex {
      let here = index
      switch next() {
      case .close:
        spans.append(words: words)
        guard spans.contains(where: { $0.reference != nil || !trimming($0.words ?? "").isEmpty }) else {
          throw problem(start, "is empty", "[[by:according to the participants]]")
        }
        if spans.contains(where: { $0.words.map(Self.hasBlankLine) ?? false }) { throw blankLine(start) }
        return spans.map { span in
          var span = span
          span.isAttribution = true
          return span
        }
      case .open:
        spans.append(words: words)
        words = String.UnicodeScalarView()
        spans += try mark(from: here, inAttribution: true)
      case .bar: words.append("|")
      case .words(let scalar): words.append(scalar)
      case .literal(let text): words += text.unicodeScalars
      }
    }
    throw notClosed(start)
  }

  private mutating func reference(
    _ kind: MarkedText.Reference.Kind, from start: String.Index, _ inAttribution: Bool
  ) throws(InvalidValue) -> MarkedText.Span {
    let example = kind.example
    var slug = String.UnicodeScalarView()
    var words: String.UnicodeScalarView?
    func add(_ text: some Sequence<Unicode.Scalar>) {
      if words == nil { slug.append(contentsOf: text) } else { words!.append(contentsOf: text) }
    }
    while index < scalars.endIndex {
      switch next(closesAtOnce: inAttribution) {
      case .close:
        let name = trimming(String(slug))
        guard !name.isEmpty else { throw problem(start, "names nothing", example) }
        do { _ = try Identifier<MarkEntity>(name) } catch {
          throw problem(
            start,
            "has the identifier “\(excerpt(name))”; use lower-case letters, digits and single hyphens, at most 64 characters",
            example)
        }
        let text = words.map { String($0) }
        if let text {
          guard !trimming(text).isEmpty else { throw problem(start, "has no words behind “|”", example) }
          if Self.hasBlankLine(text) { throw blankLine(start) }
        } else if kind != .organisation {
          throw problem(start, "has no words", example)
        }
        return MarkedText.Span(words: text, reference: MarkedText.Reference(kind, name))
      case .open:
        throw problem(start, "has another mark inside; only an attribution can have that", example)
      case .bar: if words == nil { words = String.UnicodeScalarView() } else { words!.append("|") }
      case .words(let scalar): add(CollectionOfOne(scalar))
      case .literal(let text): add(text.unicodeScalars)
      }
    }
    throw notClosed(start)
  }

  /// The letters in front of the colon.
  private mutating func name() -> String {
    let start = index
    while index < scalars.endIndex, scalars[index].properties.isAlphabetic || scalars[index] == "-" {
      index = scalars.index(after: index)
    }
    return String(scalars[start..<index])
  }

  /// - Parameter closesAtOnce: `]]]]` closes two marks, instead of standing for `]]`.
  private mutating func next(closesAtOnce: Bool = false) -> Token {
    let scalar = scalars[index]
    let inMark = brackets.count > 1
    let level = brackets.count - 1
    switch scalar {
    case "\\":
      for printed in inMark ? ["[[", "]]", "|"] : ["[[", "]]"] where isAt("\\" + printed) {
        skip(1 + printed.count)
        return .literal(printed)
      }
      // A backslash in front of a mark.
      if isAt("\\\\[[") || (inMark && isAt("\\\\]]")) {
        skip(2)
        return .literal("\\")
      }
    case "[":
      switch run(of: "[") {
      case 4...:
        skip(4)
        return .literal("[[")
      case 2:
        skip(2)
        return .open
      // The first of three is a word: `[[[org:eaeu]], its members]`.
      default: brackets[level] += 1
      }
    case "]":
      if brackets[level] > 0 {
        brackets[level] -= 1
      } else if !closesAtOnce, isAt("]]]]") {
        skip(4)
        return .literal("]]")
      } else if isAt("]]") {
        skip(2)
        return .close
      }
    case "|" where inMark:
      skip(1)
      return .bar
    default: break
    }
    skip(1)
    return .words(scalar)
  }

  private func isAt(_ text: String) -> Bool { scalars[index...].starts(with: text.unicodeScalars) }

  private func run(of scalar: Unicode.Scalar) -> Int {
    scalars[index...].prefix(4).prefix { $0 == scalar }.count
  }

  private mutating func skip(_ count: Int) { index = scalars.index(index, offsetBy: count) }

  /// Whether there is a paragraph break.
  private static func hasBlankLine(_ text: String) -> Bool {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().dropLast()
      .contains { $0.allSatisfy(\.isWhitespace) }
  }

  // MARK: Errors

  private func problem(_ start: String.Index, _ what: String, _ example: String? = nil) -> InvalidValue {
    let place = source[..<start].count + 1
    let advice = example.map { "; write, for example, \($0)" } ?? ""
    return InvalidValue(
      "The mark “\(excerpt(String(scalars[start...]), 30))” at character \(place) \(what)\(advice).")
  }

  private func notClosed(_ start: String.Index) -> InvalidValue {
    problem(
      start, "is not closed with ]]",
      "[[by:according to the participants]]. If the two brackets are to be printed, write \\[[")
  }

  private func blankLine(_ start: String.Index) -> InvalidValue {
    problem(start, "goes on in the next paragraph; close it with ]] before the blank line")
  }
}

extension String {
  /// How marks are written.
  fileprivate static let how = """
    [[by:according to the participants]], [[org:eaeu]], [[org:eaeu|the Union]], [[subject:trade|trade in grain]] \
    or [[person:feng-shaolei|Director Feng]]. If the two brackets are to be printed, write \\[[
    """
}

extension MarkedText.Reference.Kind {
  fileprivate var example: String {
    switch self {
    case .organisation: "[[org:eaeu]] or [[org:eaeu|the Union]]"
    case .subject: "[[subject:trade|trade in grain]]"
    case .person: "[[person:feng-shaolei|Director Feng]]"
    }
  }
}

extension [MarkedText.Span] {
  fileprivate mutating func append(words: String.UnicodeScalarView) {
    if !words.isEmpty { append(MarkedText.Span(words: String(words))) }
  }
}
