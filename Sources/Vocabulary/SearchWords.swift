/// Words that somebody looks for: accents, case and their order do not matter, and a word can be a part of one.
package struct SearchWords: Sendable {
  private let words: [[UInt32]]
  /// How well they must name a thing for somebody to mean it.
  package let needed: Closeness

  /// - Parameter text: words with spaces between them; without any, everything is found.
  package init(_ text: String) {
    words = IndexOrder.folded(text).split(separator: 0x20).map(Array.init)
    needed = Self.closenessNeeded(text)
  }

  /// Whoever types “panel-1” means that and not “panel-10”, and “keynote” may be the short name of something that is not
  /// there: the form of a short name is not completed. “nowak” has it too, so whole words of a name will do.
  private static func closenessNeeded(_ text: String) -> Closeness {
    guard (try? SessionID(text)) != nil else { return .beginnings }
    return text.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } ? .words : .whole
  }

  package var isEmpty: Bool { words.isEmpty }

  /// The words of a text without accents, case and punctuation.
  package static func words(of text: String) -> [String] {
    IndexOrder.folded(text).split { !isPartOfWord($0) }.map { word in
      String(String.UnicodeScalarView(word.compactMap(Unicode.Scalar.init)))
    }
  }

  /// Whether each word is in one of these texts.
  package func areFound(in texts: some Sequence<String>) -> Bool {
    if words.isEmpty { return true }
    let folded = texts.map(IndexOrder.folded)
    return words.allSatisfy { word in folded.contains { Self.has($0[...], word) } }
  }

  /// Whether they may be found in somebody's details, of which only the JSON is known, or in another text. No means no: then
  /// the details need not be decoded, which takes most of the time of a search among many.
  package func mayBeFound(inJSON json: UnsafeBufferPointer<UInt8>, or text: String) -> Bool {
    // Other signs can be written otherwise in JSON, and names in other scripts in several parts.
    guard words.allSatisfy({ $0.allSatisfy(Self.isPlain) }), let folded = IndexOrder.folded(ascii: json)
    else { return true }
    let other = IndexOrder.folded(text)
    return words.allSatisfy { Self.has(folded[...], $0) || Self.has(other[...], $0) }
  }

  private static func isPlain(_ scalar: UInt32) -> Bool {
    (0x61...0x7A).contains(scalar) || (0x30...0x39).contains(scalar)
  }

  /// The same as `contains`, which is made for long texts: for a name it takes many times as long.
  private static func has(_ text: ArraySlice<UInt32>, _ word: [UInt32]) -> Bool {
    guard let first = word.first, text.count >= word.count else { return false }
    return text.indices.dropLast(word.count - 1).contains { start in
      text[start] == first && text[start...].starts(with: word)
    }
  }

  /// How well the words name one thing. A later case is closer.
  package enum Closeness: Comparable, Sendable {
    /// Each of them begins a word of the texts.
    case beginnings
    /// Each of them is a word of the texts.
    case words
    /// Together they are one of the texts.
    case whole
  }

  /// How well they name the thing that is called by these texts; nil: not at all.
  ///
  /// A search shows what it found, and a part of a word is good enough for it. Who names a thing must at least begin its words:
  /// “li” does not name Belinda. Scripts without spaces have no beginnings of words. Digits are whole: 1 does not begin 10.
  package func closeness(to texts: some Sequence<String>) -> Closeness? {
    if words.isEmpty { return nil }
    var found: Closeness?
    var known: [ArraySlice<UInt32>] = []
    for text in texts {
      let folded = IndexOrder.folded(text)
      if folded.split(separator: 0x20).elementsEqual(words, by: { $0.elementsEqual($1) }) { return .whole }
      known += folded.split { !Self.isPartOfWord($0) }
    }
    found = .words
    for word in words {
      if known.contains(where: { $0.elementsEqual(word) }) { continue }
      let isWithoutSpaces = word.allSatisfy(Self.isEastAsian)
      guard !Self.isDigit(word[word.count - 1]),
        known.contains(where: { isWithoutSpaces ? Self.has($0, word) : $0.starts(with: word) })
      else { return nil }
      found = .beginnings
    }
    return found
  }

  private static func isPartOfWord(_ scalar: UInt32) -> Bool {
    guard let properties = Unicode.Scalar(scalar)?.properties else { return false }
    return properties.isAlphabetic || properties.numericType != nil
  }

  private static func isDigit(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar)?.properties.generalCategory == .decimalNumber
  }

  private static func isEastAsian(_ scalar: UInt32) -> Bool {
    (0x2E80...0x9FFF).contains(scalar) || (0xAC00...0xD7AF).contains(scalar)
      || (0xF900...0xFAFF).contains(scalar) || (0x20000...0x3FFFF).contains(scalar)
  }
}
