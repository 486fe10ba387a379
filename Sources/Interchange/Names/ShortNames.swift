package import Vocabulary

/// Short names, each once: small letters, digits and hyphens, made of names and titles.
package struct ShortNames: Sendable {
  private var taken: Set<String>
  /// The last number that was put behind a name.
  private var numbers: [String: Int] = [:]

  /// - Parameter taken: short names that others have already.
  package init(taken: Set<String> = []) { self.taken = taken }

  /// A short name that nothing has: `ana-ruiz`, `ana-ruiz-2`.
  ///
  /// - Parameters:
  ///   - wanted: as `of` makes them; nil: there is none.
  ///   - other: what it is called without a name: `speaker` gives `speaker-1`.
  package mutating func next(_ wanted: String?, or other: String, limit: Int = 64) -> String {
    if let wanted, taken.insert(wanted).inserted { return wanted }
    var stem = wanted ?? other
    if stem.count > limit - 8 { stem = String(stem.prefix(limit - 8)).trimmingHyphens }
    var number = numbers[stem] ?? (wanted == nil ? 0 : 1)
    var name: String
    repeat {
      number += 1
      name = "\(stem)-\(number)"
    } while !taken.insert(name).inserted
    numbers[stem] = number
    return name
  }

  /// The short name of a title or a room: `opening-of-the-fair`. Nil if no letter can be written in ASCII.
  ///
  /// - Parameter limit: characters; whole words are left out, if there is more than one.
  package static func of(_ text: String, limit: Int = 40) -> String? {
    // A title in two scripts is called by its Latin words, if they are words.
    let latin = text.split { Script($0) != .latin && !$0.isNumber && !"'’-.".contains($0) }
    let isMixed = text.contains { Script($0).map { $0 != .latin } ?? false }
    let letters = latin.joined().count { $0.isLetter }
    return joined(words(isMixed && letters >= 6 ? latin.joined(separator: " ") : text), limit)
  }

  /// The short name of a person: `feng-shaolei`, `pawel-nowak`. Nil if no letter can be written in ASCII.
  package static func of(_ name: ForeignName, limit: Int = 40) -> String? {
    guard let name = name.clean else { return nil }
    return of(Naming.forms(of: name), limit) ?? joined(words(name.display), limit)
  }

  /// The short name of a person whose name is known in its parts: as they write it, family name first or last.
  package static func of(_ name: PersonName, limit: Int = 40) -> String? {
    let forms = name.forms.flatMap { form in
      // Where a Chinese family name ends is known only from its parts.
      form.printed.contains { Script($0)?.isEastAsian ?? false }
        ? Naming.forms(of: ForeignName(whole: form.printed, given: form.given, family: form.family))
        : Naming.forms(of: ForeignName(whole: form.printed))
    }
    return of(forms, limit) ?? joined(words(name.printed), limit)
  }

  private static func of(_ forms: [Naming.Form], _ limit: Int) -> String? {
    // Pinyin is a guess, and wrong for Japanese: another form is surer.
    let surest = forms.first { $0.script == .latin } ?? forms.first { !$0.script.isEastAsian } ?? forms.first
    guard let surest else { return nil }
    if surest.script == .han, let pinyin = pinyin(surest) { return joined(pinyin, limit) }
    return joined(words(surest.words), limit)
  }

  private static func words(_ text: String) -> [String] {
    // By bytes, as everything is in ASCII.
    let ascii = Transliteration.ascii(text).utf8.filter { $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "`") }
    return ascii.split { byte in
      let small = byte | 0x20
      return !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(small)
        && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }.map { String(decoding: $0, as: UTF8.self).lowercased() }
  }

  private static func joined(_ words: [String], _ limit: Int) -> String? {
    var name = ""
    for word in words {
      let longer = name.isEmpty ? String(word.prefix(limit)) : name + "-" + word
      if longer.count > limit { break }
      name = longer
    }
    return name.isEmpty ? nil : name
  }

  /// Family name and given name, each one word: `feng`, `shaolei`.
  private static func pinyin(_ form: Naming.Form) -> [String]? {
    let signs = form.text.filter { Script($0) == .han }
    guard (2...5).contains(signs.count) else { return nil }
    let count =
      form.family?.count ?? (doubleFamilies.contains(String(signs.prefix(2))) && signs.count > 2 ? 2 : 1)
    guard count < signs.count else { return nil }
    let family = signs.prefix(count).map { families[$0] ?? words(String($0)).joined() }.joined()
    let given = signs.dropFirst(count).map { words(String($0)).joined() }.joined()
    return family.isEmpty || given.isEmpty ? nil : [family, given]
  }

  private static let doubleFamilies: Set<String> = [
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "夏侯", "皇甫", "尉迟", "尉遲", "公孙", "公孫", "慕容", "令狐", "宇文", "长孙",
    "司徒", "端木", "东方", "東方",
    "南宫", "呼延", "轩辕",
  ]
  /// Those that are read otherwise as family names.
  private static let families: [Character: String] = [
    "单": "shan", "單": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "查": "zha", "任": "ren", "区": "ou",
    "區": "ou", "盖": "ge", "翟": "zhai",
    "乐": "yue", "樂": "yue", "覃": "qin", "朴": "piao", "缪": "miao", "华": "hua", "沈": "shen", "尉": "yu",
    "万": "wan", "隗": "wei",
  ]
}

extension String {
  fileprivate var trimmingHyphens: String {
    var text = self
    while text.hasSuffix("-") { text.removeLast() }
    return text.isEmpty ? "x" : text
  }
}
