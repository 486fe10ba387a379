/// Words that somebody looks for: accents, case and their order do not matter, and a word can be a part of one.
package struct SearchWords: Sendable {
  private let words: [[UInt32]]

  /// - Parameter text: words with spaces between them; without any, everything is found.
  package init(_ text: String) {
    words = IndexOrder.folded(text).split(separator: 0x20).map(Array.init)
  }

  package var isEmpty: Bool { words.isEmpty }

  /// Whether each word is in one of these texts.
  package func areFound(in texts: some Sequence<String>) -> Bool {
    if words.isEmpty { return true }
    let folded = texts.map(IndexOrder.folded)
    return words.allSatisfy { word in folded.contains { $0.contains(word) } }
  }
}
