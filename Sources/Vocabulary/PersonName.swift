/// A person's name in one or more languages, with its sort key.
package struct PersonName: Hashable, Sendable, Codable {
  /// The forms in printing order. The first is the main form.
  package let forms: [NameForm]
  /// The text that indexes sort by: `Feng Shaolei`, `Karaganov Sergey`.
  package let sortKey: String

  /// - Parameters:
  ///   - sortKey: by default the family name and then the given name of the main form. If its parts are not known,
  ///     it is filed by its last word, unless family names come first, or seem to: `Иванов И.И.`
  ///   - order: which name comes first; nil: what is usual for the main form.
  package init(_ forms: [NameForm], sortKey: String? = nil, order: NameOrder? = nil) throws(InvalidValue) {
    guard let main = forms.first else { throw InvalidValue("A name is needed.") }
    guard Set(forms.map(\.language)).count == forms.count else {
      throw InvalidValue("The name “\(main.printed)” is given twice in one language.")
    }
    self.forms = forms
    if let sortKey {
      self.sortKey = try checkedText(sortKey, "sort key")
    } else if let family = main.family {
      self.sortKey = [family, main.given].compactMap(\.self).joined(separator: " ")
    } else {
      let usual = main.beginsWithFamily ? .familyFirst : NameOrder.usual(of: main.printed, in: main.language)
      self.sortKey = (order ?? usual) == .givenFirst ? main.byLastWord ?? main.printed : main.printed
    }
  }

  /// The main form as an index prints it, by the sort key: `Newman, Nora`. Nil: as the person writes it.
  package var filedBySortKey: String? {
    // An organizer who writes a comma means it.
    if sortKey.contains(",") { return sortKey }
    let main = forms[0]
    guard main.family == nil, sortKey != main.printed else { return nil }
    let (words, key) = (main.words, sortKey.split(separator: " "))
    // Nobody is looked for by initials, as which earlier versions took them.
    guard words.count == key.count, !key[0].isInitials else { return nil }
    for count in 1..<max(1, words.count) where Array(words.suffix(count) + words.dropLast(count)) == key {
      return key.prefix(count).joined(separator: " ") + ", " + key.dropFirst(count).joined(separator: " ")
    }
    return nil
  }

  /// Whether it is filed by the last word because nobody said which part is the family name.
  package var isFiledByLastWord: Bool { forms[0].family == nil && forms[0].byLastWord == sortKey }

  /// The form in the first of these languages that has one, else in a variant of one of them (`zh-Hant` for
  /// `zh`), else the main form.
  package func best(_ preferred: [Language]) -> NameForm {
    for language in preferred {
      if let form = forms.first(where: { $0.language == language }) { return form }
    }
    for language in preferred {
      if let form = forms.first(where: { $0.language.primary == language.primary }) { return form }
    }
    return forms[0]
  }

  /// The main form as printed.
  package var printed: String { forms[0].printed }
}

/// A name in one language (and therefore one script): its parts, if known, and the full name.
package struct NameForm: Hashable, Sendable, Codable {
  package let language: Language
  package let family: String?
  package let given: String?
  /// The full name as printed, in the person's own order.
  package let printed: String

  var words: [Substring] { printed.split(separator: " ") }

  /// `Newman Nora` for `Nora Newman`, `King Jr. Martin Luther` for `Martin Luther King Jr.`, `Lange (Dala) Dana` for
  /// `Dana Lange (Dala)`; nil for a single word.
  fileprivate var byLastWord: String? {
    var isInBrackets = false
    let after = words.reversed().prefix { word in
      if word.hasSuffix(")") { isInBrackets = true }
      defer { if word.hasPrefix("(") { isInBrackets = false } }
      return isInBrackets || ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"].contains(word.lowercased())
    }
    let family = after.count + 1
    guard words.count > family else { return nil }
    return (words.suffix(family) + words.dropLast(family)).joined(separator: " ")
  }

  /// Whether the last word cannot be the family name: initials in `Иванов И.И.`, a father's name in `Иванов Иван Иванович`.
  fileprivate var beginsWithFamily: Bool {
    guard let last = words.last, words.count > 1 else { return false }
    if last.isInitials { return !words[0].isInitials }
    return words.count == 3 && last.isPatronymic && !words[1].isPatronymic
  }

  /// Reads `Family, Given`, or a full name as it should be printed.
  ///
  /// The name's own script says how it is printed, not the language of the conference: `Brown, Emma` is Emma Brown also in a
  /// Chinese program, and `김, 민수` is 김민수 also in an English one.
  package init(_ text: String, in language: Language, order: NameOrder?) throws(InvalidValue) {
    let whole = try checkedText(text, "name")
    self.language = language
    guard let comma = whole.commaBetweenNames else {
      family = nil
      given = nil
      printed = whole
      return
    }
    let parts = [trimming(whole[..<comma]), trimming(whole[whole.index(after: comma)...])]
    guard parts.allSatisfy(isVisible) else {
      throw InvalidValue(
        "“\(excerpt(whole))”: write “Family, Given”, or the full name without a comma.")
    }
    family = parts[0]
    given = parts[1]
    let space = isEastAsian(whole) ? "" : " "
    switch order ?? .usual(of: whole, in: language) {
    case .familyFirst: printed = parts[0] + space + parts[1]
    case .givenFirst: printed = parts[1] + space + parts[0]
    }
  }

  /// Whether its words are written without spaces between them: Chinese, Japanese and Korean.
  package var isSpaceless: Bool { isEastAsian(printed) }
}

extension String {
  /// The first comma outside brackets: not that in `Ana Ruiz (Quito, Ecuador)`.
  fileprivate var commaBetweenNames: Index? {
    var depth = 0
    for index in indices {
      switch self[index] {
      case "(", "（", "[", "【": depth += 1
      case ")", "）", "]", "】": depth = max(0, depth - 1)
      case ",", "，", "،": if depth == 0 { return index }
      default: break
      }
    }
    return nil
  }
}

/// Whether all letters are Han, kana or Hangul, and there is one.
private func isEastAsian(_ text: String) -> Bool {
  let letters = text.unicodeScalars.filter(\.properties.isAlphabetic)
  return !letters.isEmpty
    && letters.allSatisfy {
      switch $0.value {
      case 0x1100...0x11FF, 0x2E80...0x9FFF, 0xA960...0xA97F, 0xAC00...0xD7FF, 0xF900...0xFAFF,
        0xFF66...0xFFDC, 0x1AFF0...0x1B16F, 0x20000...0x3FFFF:
        true
      default: false
      }
    }
}

extension Substring {
  /// `И.И.`, `J.-P.`
  fileprivate var isInitials: Bool {
    last == "." && split { ".-‑".contains($0) }.allSatisfy { $0.count == 1 && $0.first?.isLetter == true }
  }

  /// `Иванович`, `Ивановна`
  fileprivate var isPatronymic: Bool {
    ["ович", "евич", "ьич", "овна", "евна", "ична"].contains { hasSuffix($0) }
  }
}

extension [NameForm] {
  /// In the order of these languages, each followed by its variants. Others follow in the order of their tags.
  package func ordered(by languages: [Language]) -> [NameForm] {
    func rank(_ language: Language) -> (Int, Int, Language) {
      let place = languages.firstIndex(of: language)
      let near = languages.firstIndex { $0.primary == language.primary }
      return (place ?? near ?? languages.count, place == nil ? 1 : 0, language)
    }
    return sorted { rank($0.language) < rank($1.language) }
  }
}

/// Which part of a name is printed first.
package enum NameOrder: String, Hashable, Sendable, Codable, CaseIterable {
  case familyFirst = "family-first"
  case givenFirst = "given-first"

  /// The order that is usual for a name: family names first in East Asian script, and in languages where that is usual in
  /// Latin letters too.
  package static func usual(of name: String, in language: Language) -> NameOrder {
    isEastAsian(name) || ["vi", "hu"].contains(language.primary) ? .familyFirst : .givenFirst
  }
}
