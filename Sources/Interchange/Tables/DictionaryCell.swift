/// A cell that has a dictionary as Python or JSON writes it: `{'name': 'Ana Ruiz', 'bio': 'Builds.'}`.
struct DictionaryCell {
  private var texts: [String: String] = [:]

  subscript(name: String) -> String? { texts[name]?.nonEmpty }

  /// Nil for any other text. Only texts are read; numbers and what is nested are left out.
  init?(_ text: String) {
    let signs = Array(text)
    guard signs.first == "{", signs.last == "}", signs.count < 100_000 else { return nil }
    var index = 1
    func isAt(_ sign: Character) -> Bool { index < signs.count && signs[index] == sign }
    func skipSpace() { while index < signs.count, signs[index].isWhitespace { index += 1 } }
    func string() -> String? {
      guard index < signs.count, signs[index] == "'" || signs[index] == "\"" else { return nil }
      let quote = signs[index]
      var text = ""
      index += 1
      while index < signs.count, signs[index] != quote {
        if signs[index] == "\\", index + 1 < signs.count {
          index += 1
          text += ["n": "\n", "r": "\r", "t": "\t"][signs[index]] ?? String(signs[index])
        } else {
          text.append(signs[index])
        }
        index += 1
      }
      guard isAt(quote) else { return nil }
      index += 1
      return text
    }
    while index < signs.count {
      skipSpace()
      if isAt("}") { break }
      guard let name = string() else { return nil }
      skipSpace()
      guard isAt(":") else { return nil }
      index += 1
      skipSpace()
      if let value = string() {
        texts[name] = value
      } else {
        while index < signs.count, !isAt(","), !isAt("}") { index += 1 }
      }
      skipSpace()
      if isAt(",") { index += 1 }
    }
    if texts.isEmpty { return nil }
  }
}
