// Whether a text names a person.

extension NameForm {
  /// As printed, and with its parts in either order.
  package var spellings: [String] {
    guard let family, let given else { return [printed] }
    return [printed, "\(family) \(given)", "\(given) \(family)", "\(family), \(given)"]
  }

  /// The parts of the name, or its words.
  fileprivate var parts: [String] { [family, given].compactMap(\.self) + words.map(String.init) }
}

extension PersonName {
  /// Whether a short name is made of parts of this name: `quillon`, `zork-quillon`.
  package func isRevealed(by slug: String) -> Bool {
    let pieces = Set(slug.split(separator: "-").map(String.init))
    return forms.flatMap(\.parts).contains { part in
      let folded = latinLetters(part)
      return folded.count >= 3 && pieces.contains(folded)
        || folded.count >= 5 && slug.filter { $0 != "-" }.contains(folded)
    }
  }
}

/// The letters a to z of a text in lower case, without their accents: `alvarez`, `orn`, `lukasz`.
private func latinLetters(_ text: String) -> String {
  text.lowercased().unicodeScalars.reduce(into: "") { letters, scalar in
    if scalar.isASCII {
      if ("a"..."z").contains(scalar) { letters.unicodeScalars.append(scalar) }
    } else if let match = scalar.properties.name?.prefixMatch(of: latinLetter) {
      letters += match.letters.lowercased()
    }
  }
}

/// Compiled once. Matching changes nothing in it.
nonisolated(unsafe) private let latinLetter = /LATIN SMALL LETTER (?<letters>[A-Z]{1,2})(?: WITH .*)?$/

extension String {
  /// Whether a name occurs in the text, and not as a part of a longer word.
  package func names(_ name: String) -> Bool {
    func isLatinLike(_ letter: Character?) -> Bool {
      // Han and kana have no spaces between words.
      letter.map { $0.isLetter && !("\u{2E80}"..."\u{9FFF}").contains($0) } ?? false
    }
    return ranges(of: name).contains { range in
      let before = range.lowerBound > startIndex ? self[index(before: range.lowerBound)] : nil
      let after = range.upperBound < endIndex ? self[range.upperBound] : nil
      return !isLatinLike(before) && !isLatinLike(after)
    }
  }
}
