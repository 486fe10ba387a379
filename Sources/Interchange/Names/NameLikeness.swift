package import Vocabulary

/// How likely it is that two names are one person's: in other scripts, with and without accents, in another order.
package struct NameLikeness: Sendable {
  /// Why two names are alike. A later case is surer.
  package enum Kind: Int, Comparable, Sendable, CaseIterable {
    /// A word is the same, and another one is an initial: `S. Karaganov`.
    case initials
    /// All words of the one are in the other: `Maria García`, `Maria García López`.
    case part
    /// One letter differs.
    case oneLetter
    /// The same sounds: `Sergei`, `Sergey`; `Mueller`, `Müller`.
    case sound
    /// The same letters without accents, in any order of the words, in Latin letters.
    case same

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// In hundredths.
    package var score: Int {
      switch self {
      case .same: 80
      case .sound: 70
      case .oneLetter: 60
      case .part: 55
      case .initials: 45
      }
    }
  }

  /// A form of the name in Latin letters, word by word.
  private struct Form {
    let printed: String
    let words: [String]
    /// As it sounds.
    let sounds: [String]
    /// The words in every order, without spaces: Chinese names are written in two words or three.
    let orders: Set<String>
    let soundOrders: Set<String>
  }

  private let forms: [Form]

  package init(_ name: PersonName) {
    forms = name.forms.compactMap { form in
      let short = ShortNames.of(
        ForeignName(whole: form.printed, given: form.given, family: form.family), limit: 200)
      guard let words = short?.split(separator: "-").map(String.init), !words.isEmpty else { return nil }
      let sounds = words.map(Self.sound)
      return Form(
        printed: form.printed, words: words, sounds: sounds, orders: Self.orders(words),
        soundOrders: Self.orders(sounds))
    }
  }

  /// Two names that are alike share at least one of these.
  package var keys: Set<String> {
    Set(forms.flatMap { form in form.sounds.filter { $0.count > 2 } + [form.soundOrders.min() ?? ""] })
  }

  /// Whether no word of the one sounds as one of the other. Of names that cannot be written in Latin letters nobody knows.
  package func hasNothingInCommon(with other: NameLikeness) -> Bool {
    let (own, others) = (keys, other.keys)
    return !own.isEmpty && !others.isEmpty && own.isDisjoint(with: others) && likeness(to: other) == nil
  }

  /// The surest likeness of two forms, and the forms.
  package func likeness(to other: NameLikeness) -> (kind: Kind, one: String, other: String)? {
    var best: (kind: Kind, one: String, other: String)?
    for one in forms {
      for other in other.forms {
        guard let kind = Self.kind(one, other), best.map({ $0.kind < kind }) ?? true else { continue }
        best = (kind, one.printed, other.printed)
      }
    }
    return best
  }

  private static func kind(_ one: Form, _ other: Form) -> Kind? {
    if !one.orders.isDisjoint(with: other.orders) { return .same }
    // A single word is not enough of a name for anything but the same one.
    guard one.words.count > 1, other.words.count > 1 else { return nil }
    if !one.soundOrders.isDisjoint(with: other.soundOrders) { return .sound }
    let (short, long) =
      one.words.count <= other.words.count ? (one.words, other.words) : (other.words, one.words)
    var rest = long
    var missing: [String] = []
    for word in short {
      if let index = rest.firstIndex(of: word) { rest.remove(at: index) } else { missing.append(word) }
    }
    if missing.isEmpty { return .part }
    guard missing.count < short.count else { return nil }
    func match(_ isMatch: (String, String) -> Bool) -> Bool {
      var left = rest
      return missing.allSatisfy { word in
        guard let index = left.firstIndex(where: { isMatch(word, $0) }) else { return false }
        left.remove(at: index)
        return true
      }
    }
    if short.count == long.count, missing.count == 1, match({ isOneLetterOff($0, $1) }) { return .oneLetter }
    if match({ ($0.count == 1 || $1.count == 1) && $0.first == $1.first }) { return .initials }
    return nil
  }

  private static func isOneLetterOff(_ a: String, _ b: String) -> Bool {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    guard min(a.count, b.count) > 3, abs(a.count - b.count) < 2 else { return false }
    let start = zip(a, b).prefix { $0 == $1 }.count
    let end = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count
    return max(a.count, b.count) - start - end <= 1
  }

  private static func orders(_ words: [String]) -> Set<String> {
    if words.count > 4 { return [words.sorted().joined()] }
    var orders = [""]
    func add(_ rest: [String], _ start: String) {
      if rest.isEmpty { orders.append(start) }
      for index in rest.indices {
        var others = rest
        let word = others.remove(at: index)
        add(others, start + word)
      }
    }
    orders = []
    add(words, "")
    return Set(orders)
  }

  /// Spellings of one sound are many: `Sergei`, `Sergej`, `Sergey`; `Müller`, `Mueller`; `Kowalski`, `Kovalsky`.
  private static func sound(_ word: String) -> String {
    var sound = word
    for (spelling, letter) in spellings { sound = sound.replacing(spelling, with: letter) }
    var last: Character?
    return sound.filter { letter in
      defer { last = letter }
      return letter != last
    }
  }

  private static let spellings: [(String, String)] = [
    ("shch", "sh"), ("tsch", "ch"), ("sch", "sh"), ("kh", "h"), ("ph", "f"), ("ck", "k"), ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"), ("iy", "i"), ("yo", "e"), ("ya", "ia"), ("yu", "iu"), ("j", "i"), ("y", "i"), ("w", "v"),
    ("ts", "c"),
  ]
}
