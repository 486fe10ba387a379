import EventLog
package import Vocabulary

/// A person's position in an organisation, and how it is printed.
///
/// The parts serve search and sorting. Readers see `asPrinted`, which is composed once and then stored.
package struct Affiliation: Hashable, Sendable, Codable {
  /// `Dean`; nil for a member without an office.
  package var position: LocalizedText?
  /// Whether the office is honorary; not a courtesy title.
  package var honorary: Bool
  /// Whether the office is no longer held: “former ambassador”.
  package var former: Bool
  /// From the smallest unit up: the centre, then its institute.
  package var units: [LocalizedText]
  package var organisation: LocalizedText
  package var asPrinted: LocalizedText
  /// The country from which the person came, for lists of participants; not part of the printed affiliation.
  package var country: LocalizedText?

  /// - Parameter asPrinted: the printed text. Languages that it lacks are composed of the parts: `Former Dean, School
  ///   of …, University of …`; in Chinese, Japanese and Korean from the organisation down, without
  ///   commas.
  package init(
    position: LocalizedText? = nil, honorary: Bool = false, former: Bool = false,
    units: [LocalizedText] = [], organisation: LocalizedText, asPrinted: LocalizedText? = nil,
    country: LocalizedText? = nil
  ) {
    self.position = position
    self.honorary = honorary
    self.former = former
    self.units = units
    self.organisation = organisation
    self.country = country
    let composed = Self.composed(position, OfficeKind.kinds(honorary, former), units, organisation)
    self.asPrinted = asPrinted.map(composed.merging) ?? composed
  }

  private static func composed(
    _ position: LocalizedText?, _ kinds: [OfficeKind], _ units: [LocalizedText], _ organisation: LocalizedText
  ) -> LocalizedText {
    var printed: [Language: String] = [:]
    for language in organisation.languages {
      let upward = units.map { $0.best([language]).text } + [organisation.best([language]).text]
      let position = position.map { position in
        let (own, text) = position.best([language])
        return kinds.reduce(text) { $1.office($0, own) }
      }
      let downward = upward.reversed() + [position].compactMap(\.self)
      printed[language] =
        switch language.primary {
        case "zh", "ja": downward.reduce(into: "", joinInHan)
        case "ko": downward.joined(separator: " ")
        default: ([position].compactMap(\.self) + upward).joined(separator: ", ")
        }
    }
    return LocalizedText(printed)
  }
}

/// What is said of an office that is not simply held.
private enum OfficeKind {
  case honorary, former

  static func kinds(_ honorary: Bool, _ former: Bool) -> [OfficeKind] {
    (honorary ? [.honorary] : []) + (former ? [.former] : [])
  }

  /// `Former Dean`; the office as it is where it says so itself, and in languages without a word here.
  func office(_ office: String, _ language: Language) -> String {
    guard let (word, others) = words(language) else { return office }
    let known = [word] + others
    if language.primary == "zh" { return known.contains(where: office.hasPrefix) ? office : word + office }
    let beginnings = office.lowercased().split { !$0.isLetter && $0 != "-" }
    if known.contains(where: { word in beginnings.contains { $0.hasPrefix(word.lowercased()) } }) {
      return office
    }
    guard language.primary == "ru" else { return word + " " + office }
    // The second word is small, but in abbreviations.
    let rest =
      office.dropFirst().first?.isLowercase == true
      ? office.prefix(1).lowercased() + office.dropFirst() : office
    let isFeminine = beginnings.first?.hasSuffix("ая") == true
    return (isFeminine ? word.dropLast(2) + "ая" : word) + " " + rest
  }

  /// The word, and beginnings of others that say the same.
  private func words(_ language: Language) -> (String, [String])? {
    let isTraditional = language.isTraditionalChinese
    switch (self, language.primary) {
    case (.honorary, "en"): return ("Honorary", ["emerit"])
    case (.honorary, "zh"): return (isTraditional ? "名譽" : "名誉", ["荣誉", "荣休", "名譽", "榮譽", "榮休"])
    case (.honorary, "ru"): return ("Почётный", ["почет", "почёт", "эмерит"])
    case (.former, "en"): return ("Former", ["sometime", "ex-", "past", "retired"])
    case (.former, "zh"): return (isTraditional ? "前" : "原", ["前任", "前", "原任", "退休"])
    case (.former, "ru"): return ("Бывший", ["бывш", "экс-"])
    default: return nil
    }
  }
}

/// Chinese and Japanese need no space between them, but a Latin word beside them does.
private func joinInHan(_ text: inout String, _ next: String) {
  if let last = text.last, let first = next.first, isWord(last) || isWord(first) { text += " " }
  text += next
}

private func isWord(_ character: Character) -> Bool {
  (character.isLetter || character.isNumber) && character.unicodeScalars.allSatisfy { $0.value < 0x1100 }
}
