import Foundation
import Vocabulary

/// A text as names are looked for in it: without case, accents, punctuation, spaces and invisible signs.
package struct FoldedText: Sendable {
  /// All letters and digits, one after the other.
  fileprivate private(set) var letters: [UInt32] = []
  /// Whether a word begins with this letter. It has one element more than `letters`, which is true.
  fileprivate private(set) var begins: [Bool] = []

  package init(_ text: String) {
    var isNew = true
    func add(_ letter: UInt32) {
      letters.append(letter)
      begins.append(isNew)
      isNew = false
    }
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      letters.reserveCapacity(text.utf8.count)
      begins.reserveCapacity(text.utf8.count + 1)
      for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): add(UInt32(byte))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): add(UInt32(byte) + 0x20)
        default: isNew = true
        }
      }
    } else {
      for scalar in text.precomposedStringWithCompatibilityMapping.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: break
        // A soft hyphen, joiners, marks of direction. The zero-width space separates words.
        case .format where scalar != "\u{200B}": break
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
          .spacingMark,
          .decimalNumber, .letterNumber, .otherNumber:
          IndexOrder.folded(String(scalar)).forEach(add)
        default: isNew = true
        }
      }
    }
    begins.append(true)
  }

  fileprivate var words: [ArraySlice<UInt32>] { words(in: letters.indices) }

  fileprivate func words(in range: Range<Int>) -> [ArraySlice<UInt32>] {
    var words: [ArraySlice<UInt32>] = []
    var start = range.lowerBound
    for index in range where index == range.upperBound - 1 || begins[index + 1] {
      words.append(letters[start...index])
      start = index + 1
    }
    return words
  }
}

/// A name, an address or another text that tells who somebody is, and how it is recognised in other texts.
package struct Mention: Hashable, Sendable {
  private let letters: [UInt32]
  /// Of a name, in alphabetical order: family and given name may be exchanged. Of other texts, nil.
  private let words: [ArraySlice<UInt32>]?
  /// Chinese, Japanese and Korean names stand between other words without spaces.
  private let needsNoSpaces: Bool
  /// A text without a letter, such as “+++”, is compared as it is.
  private let signs: String?

  /// How sure it is that a text means it.
  package enum Certainty { case certain, possible }

  /// A name of so few signs is in other words too: 高明 in 提高明显.
  private static let fewSigns = 2

  /// A shorter name could be a word by chance if its spaces are left out: “Li, Na” and “Lina”.
  private static let minimum = 6

  private init(_ text: String, isName: Bool) {
    let folded = FoldedText(text)
    letters = folded.letters
    words = isName ? folded.words.sorted { $0.lexicographicallyPrecedes($1) } : nil
    needsNoSpaces =
      isName
      && folded.letters.contains {
        (0x2E80...0x9FFF).contains($0) || (0xAC00...0xD7AF).contains($0) || (0x20000...0x3FFFF).contains($0)
      }
    signs = folded.letters.isEmpty ? text : nil
  }

  package static func name(_ text: String) -> Mention { Mention(text, isName: true) }

  /// An address, a note: its words stand in their order.
  package static func text(_ text: String) -> Mention { Mention(text, isName: false) }

  package static func == (a: Mention, b: Mention) -> Bool {
    a.words == b.words && a.signs == b.signs && (a.words != nil || a.letters == b.letters)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(words)
    if words == nil { hasher.combine(letters) }
  }

  /// - Parameter withinWords: also as a part of longer words.
  package func isFound(in text: FoldedText, withinWords: Bool = false) -> Bool {
    certainty(in: text, withinWords: withinWords) != nil
  }

  /// - Returns: nil if it is not in the text.
  package func certainty(in text: FoldedText, withinWords: Bool = false) -> Certainty? {
    let count = letters.count
    guard count > 0, text.letters.count >= count else { return nil }
    var isPossible = false
    let firsts = words.map { $0.compactMap(\.first) } ?? [letters[0]]
    for start in 0...(text.letters.count - count) where firsts.contains(text.letters[start]) {
      let range = start..<(start + count)
      let isBounded = text.begins[start] && text.begins[range.upperBound]
      if needsNoSpaces, text.letters[range] == letters[...] {
        if isBounded || count > Self.fewSigns { return .certain }
        isPossible = true
      }
      guard isBounded || withinWords && count >= Self.minimum else { continue }
      if count >= Self.minimum {
        if isSpelled(by: text.letters[range]) { return .certain }
      } else if let words {
        if text.words(in: range).sorted(by: { $0.lexicographicallyPrecedes($1) }) == words { return .certain }
      } else if text.letters[range] == letters[...] {
        return .certain
      }
    }
    return isPossible ? .possible : nil
  }

  /// - Parameter text: as it is, and folded.
  package func isFound(in text: (plain: String, folded: FoldedText), withinWords: Bool = false) -> Bool {
    certainty(in: text, withinWords: withinWords) != nil
  }

  /// - Parameter text: as it is, and folded.
  package func certainty(in text: (plain: String, folded: FoldedText), withinWords: Bool = false)
    -> Certainty?
  {
    if let signs { return text.plain.contains(signs) ? .certain : nil }
    return certainty(in: text.folded, withinWords: withinWords)
  }

  /// Whether these letters are the words of the name, in any order.
  private func isSpelled(by run: ArraySlice<UInt32>) -> Bool {
    guard let words else { return run == letters[...] }
    return Self.isMade(run, of: words)
  }

  private static func isMade(_ run: ArraySlice<UInt32>, of words: [ArraySlice<UInt32>]) -> Bool {
    if words.isEmpty { return run.isEmpty }
    return words.indices.contains { index in
      // The words are in order: of equal ones the first stands for all.
      guard index == words.startIndex || words[index] != words[index - 1], run.starts(with: words[index])
      else { return false }
      var rest = words
      let word = rest.remove(at: index)
      return isMade(run.dropFirst(word.count), of: rest)
    }
  }
}
