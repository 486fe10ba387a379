package import Vocabulary

/// Names of people out of what other programs have of them.
package enum Naming {
  /// A name in one script.
  struct Form: Hashable {
    /// As printed.
    var text: String
    var script: Script
    var family: String?
    var given: String?

    /// In the order of printing.
    var words: String { text }
  }

  /// A name with a form for each script that it is written in: `蔡孟村 (Mu-Tsun Tsai)` has two.
  ///
  /// Family and given name are told apart only where the file does so: in columns of their own, by a comma, by capitals
  /// (`Ana RUIZ`), or by a particle (`Anna van der Berg`). Other names stay whole, and are filed by their last word.
  ///
  /// - Parameter latin: the language of a name in Latin letters.
  /// - Throws: `InvalidValue` for what is no name: nothing, or thousands of letters.
  package static func personName(_ name: ForeignName, latin: Language = .english) throws(InvalidValue)
    -> PersonName
  {
    var known: Set<Language> = []
    var forms: [NameForm] = []
    for form in self.forms(of: name.clean ?? name) {
      let language = language(of: form, latin)
      guard known.insert(language).inserted else { continue }
      if let family = form.family, let given = form.given {
        // The family name is the first in the form, where the file has it there and the language is none where that is usual.
        let isFamilyFirst =
          form.script.isEastAsian
          ? nil
          : form.text.hasPrefix(family) && form.text != given + " " + family ? NameOrder.familyFirst : nil
        forms.append(try NameForm("\(family), \(given)", in: language, order: isFamilyFirst))
      } else {
        forms.append(try NameForm(form.text.replacing(",", with: ""), in: language, order: nil))
      }
    }
    return try PersonName(forms)
  }

  private static func language(of form: Form, _ latin: Language) -> Language {
    func known(_ tag: String) -> Language { (try? Language(tag)) ?? .undetermined }
    switch form.script {
    case .latin: return latin
    case .han: return known("zh")
    case .kana: return known("ja")
    case .hangul: return known("ko")
    case .cyrillic: return known(form.text.contains { "іїєґІЇЄҐ".contains($0) } ? "uk" : "ru")
    case .greek: return known("el")
    case .hebrew: return known("he")
    case .arabic: return known("ar")
    case .other: return .undetermined
    }
  }

  // MARK: Forms

  static func forms(of name: ForeignName) -> [Form] {
    if let family = name.family.flatMap(clean), let given = name.given.flatMap(clean) {
      var form = Form(
        text: "", script: script(of: family + given), family: recased(family, beside: given),
        given: recased(given, beside: family))
      form.text = form.script.isEastAsian ? family + given : form.given! + " " + form.family!
      // The whole name may have it in another script too.
      let others = name.whole.map { self.forms(ofWhole: $0) } ?? []
      return [form] + others.filter { $0.script != form.script }
    }
    guard let whole = name.whole ?? name.family ?? name.given else { return [] }
    return forms(ofWhole: whole)
  }

  /// Commas would be read as those between family and given name.
  private static func clean(_ part: String) -> String? { Words.line(part.replacing(",", with: " ")) }

  private static func script(of text: String) -> Script {
    let scripts = text.compactMap { Script($0) }
    // Japanese mixes Han and kana.
    if scripts.contains(.kana) { return .kana }
    return scripts.first { $0.isEastAsian } ?? scripts.first ?? .latin
  }

  private static func forms(ofWhole text: String) -> [Form] {
    guard let text = Words.line(text) else { return [] }
    var parts: [(text: String, script: Script)] = []
    // Words by script; what stands in brackets in the same script is a nickname, and stays.
    for character in text {
      let script = Script(character).map { $0 == .han || $0 == .kana ? Script.han : $0 }
      if let script, script != parts.last?.script,
        parts.last.map({ $0.script.isEastAsian || script.isEastAsian || isBreak($0.text) }) ?? true
      {
        parts.append((String(character), script))
      } else if parts.isEmpty {
        continue
      } else {
        parts[parts.count - 1].text.append(character)
      }
    }
    guard !parts.isEmpty else { return [] }
    var forms: [Form] = []
    for script in parts.map(\.script).uniqued(by: \.self) {
      let own = parts.filter { $0.script == script }.map(\.text).joined()
      let trimmed =
        parts.count == 1
        ? text : String(own.drop { isSign($0) }.reversed().drop { isSign($0) && $0 != "." }.reversed())
      guard let plain = Words.line(trimmed) else { continue }
      // A single Latin letter beside Han is no name.
      if parts.count > 1, script == .latin, plain.count(where: \.isLetter) < 2 { continue }
      forms.append(script == .han ? Form(text: plain, script: Self.script(of: plain)) : parted(plain, script))
    }
    return forms
  }

  private static func isBreak(_ text: String) -> Bool { text.last.map { isSign($0) } ?? true }

  private static func isSign(_ character: Character) -> Bool { " /|()（）[]【】,，;-–·._\"“”".contains(character) }

  private static let particles: Set<String> = [
    "van", "der", "de", "den", "von", "vom", "zu", "zur", "di", "da", "dal", "del", "della", "dos", "das",
    "do", "la", "le", "du",
    "des", "ten", "ter", "bin", "ibn", "al", "el", "af", "av", "st.",
  ]
  private static let groups: Set<String> = [
    "staff", "team", "crew", "group", "orga", "committee", "project", "foundation", "community", "e.v.",
  ]
  private static let addresses: Set<String> = [
    "mr", "mr.", "ms", "ms.", "mrs", "mrs.", "miss", "herr", "frau", "mme", "m.",
  ]
  private static let suffixes: Set<String> = [
    "jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "msc", "md", "esq", "esq.",
  ]

  /// A name of one script in its parts, where something tells them.
  private static func parted(_ text: String, _ script: Script) -> Form {
    var words = text.split(separator: " ").map(String.init)
    if words.count > 2, addresses.contains(words[0].lowercased()) { words.removeFirst() }
    let whole = Form(text: words.joined(separator: " "), script: script)
    guard words.count > 1, words.count <= 7, !words.contains(where: { groups.contains($0.lowercased()) })
    else { return whole }
    let commas = text.split(separator: ",", omittingEmptySubsequences: false).map { trimming($0) }
    if commas.count == 2, !commas[0].isEmpty, !commas[1].isEmpty, !suffixes.contains(commas[1].lowercased()) {
      let (family, given) = (recased(commas[0], beside: commas[1]), recased(commas[1], beside: commas[0]))
      return Form(text: given + " " + family, script: script, family: family, given: given)
    }
    guard commas.count == 1, words.allSatisfy({ $0.allSatisfy { $0.isLetter || "-'’.‑".contains($0) } })
    else { return whole }
    let capitals = words.map(isAllCapitals)
    if capitals.allSatisfy(\.self) {
      return Form(text: words.map(recased).joined(separator: " "), script: script)
    }
    // Ana RUIZ SOLER, RUIZ SOLER Ana
    if let first = capitals.firstIndex(of: true), let last = capitals.lastIndex(of: true),
      capitals[first...last].allSatisfy(\.self),
      first == 0 || last == words.count - 1
    {
      let family = words[first...last].map(recased).joined(separator: " ")
      let given = (words[..<first] + words[(last + 1)...]).joined(separator: " ")
      return Form(
        text: first == 0 ? family + " " + given : given + " " + family, script: script, family: family,
        given: given)
    }
    if script == .latin, let start = words.firstIndex(where: { particles.contains($0) }), start > 0,
      start < words.count - 1
    {
      let (given, family) = (words[..<start].joined(separator: " "), words[start...].joined(separator: " "))
      return Form(text: given + " " + family, script: script, family: family, given: given)
    }
    return whole
  }

  /// Three letters or more: shorter ones are initials.
  private static func isAllCapitals(_ word: String) -> Bool {
    word.count(where: \.isLetter) >= 3 && word == word.uppercased() && word != word.lowercased()
      && !suffixes.contains(word.lowercased())
  }

  /// `Amerini` of `AMERINI`, if what stands beside is no abbreviation too.
  private static func recased(_ text: String, beside other: String) -> String {
    text.split(separator: " ").map { isAllCapitals(String($0)) ? recased(String($0)) : String($0) }.joined(
      separator: " ")
  }

  private static func recased(_ word: String) -> String {
    var result = ""
    var isFirst = true
    for character in word {
      result += isFirst ? character.uppercased() : character.lowercased()
      isFirst = "-'’‑".contains(character)
    }
    return result
  }
}
