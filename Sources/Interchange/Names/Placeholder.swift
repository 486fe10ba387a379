/// Words that stand in place of a name that is not known yet.
package enum Placeholder {
  /// Without spaces and signs.
  private static let words: Set<String> = [
    "tba", "tbd", "tbc", "nn", "tobeannounced", "tobeconfirmed", "tobedetermined", "roomtobeannounced",
    "待定",
  ]

  /// Whether nobody and no room is called so: “N. N.”, both of “TBA / TBD”, “?”.
  package static func isUsed(as name: String) -> Bool {
    name.split(separator: "/").allSatisfy { part in
      let word = part.lowercased().filter { $0.isLetter || $0.isNumber }
      return word.isEmpty
        ? part.allSatisfy { $0.isPunctuation || $0.isWhitespace } : words.contains(word)
    }
  }
}
