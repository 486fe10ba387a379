import Record
package import Vocabulary

/// An entry of the record as it is printed: attribution and text as one sentence, in each of its languages.
///
/// Typst, HTML and the terminal print its runs one after the other and add nothing, so that all of them print the same
/// words.
package struct StatementText: Encodable, Sendable, Equatable {
  /// The language in which it was said first, then the translations.
  package let versions: [Version]

  package struct Version: Encodable, Sendable, Equatable {
    package let language: Language
    /// What the version is, if there are several or the original is not printed: “Original”, “Translation”.
    @Nullable package var label: Label?
    /// The original has changed since this was translated.
    package let stale: Bool
    package let paragraphs: [[Run]]

    /// Without the label.
    package var plain: String {
      paragraphs.map { $0.map(\.text).joined() }.joined(separator: "\n\n")
    }
  }

  package struct Label: Encodable, Sendable, Equatable {
    package let text: String
    package let lang: Language
  }

  /// Words that are set in the same way. Spaces belong to them.
  package struct Run: Encodable, Sendable, Equatable {
    package enum Kind: String, Encodable, Sendable {
      /// What the record says.
      case words
      /// Who said it.
      case attribution
      /// The name of a person in the attribution; set in bold.
      case name
      /// Colons and quotation marks that the form of the entry needs.
      case joint
    }

    package let kind: Kind
    package var text: String
    /// Nil: the language of the version.
    @Nullable package var lang: Language?

    init(_ kind: Kind, _ text: String, _ lang: Language? = nil) {
      self.kind = kind
      self.text = text
      self.lang = lang
    }
  }

  /// What is known besides the entry.
  struct Knowledge: Sendable {
    /// The publication's, in order.
    let languages: [Language]
    /// The words by which a person is named in a text.
    let names: @Sendable (PersonID) -> [String]
    /// The registered name of an organisation, subject or person.
    var registered: @Sendable (MarkedText.Reference, Language) -> String? = { _, _ in nil }
  }

  /// - Parameters:
  ///   - text: in the languages to print.
  ///   - attribution: nil: it is printed elsewhere, or not at all.
  ///   - goesOn: the speaker is the one of the paragraph before; see ``Floor``.
  ///   - stale: the translations that are older than their original.
  init(
    _ text: LocalizedText, by attribution: Attribution?, form: StatementForm = .summary, goesOn: Bool = false,
    spoken: Language? = nil, stale: Set<Language> = [], _ knowledge: Knowledge
  ) {
    let order = knowledge.languages.filter { text[$0] != nil }
    let all = order + text.languages.filter { !order.contains($0) }
    let original = spoken.flatMap { spoken in
      all.first { $0 == spoken } ?? all.first { $0.primary == spoken.primary }
    }
    let printed = (original.map { [$0] } ?? []) + all.filter { $0 != original }
    let names = (attribution?.persons ?? []).flatMap(knowledge.names)
    let lead = goesOn || attribution?.basis == .carriedOver ? nil : attribution?.asPrinted
    versions = printed.map { language in
      Version(
        language: language,
        label: Self.label(
          language, original: original, spoken: spoken, alone: printed.count == 1,
          stale: stale.contains(language),
          knowledge.languages),
        stale: stale.contains(language),
        paragraphs: Sentence(
          text[language]!, language, lead: lead?.best([language] + knowledge.languages), names: names,
          form: form,
          registered: { knowledge.registered($0, language) }
        ).paragraphs)
    }
  }

  private static func label(
    _ language: Language, original: Language?, spoken: Language?, alone: Bool, stale: Bool,
    _ languages: [Language]
  ) -> Label? {
    // In the version's own language, for its readers.
    let own = language.hasWords ? language : languages.first(where: \.hasWords) ?? .english
    let wording: Wording
    var origin: String?
    if language == original {
      if alone { return nil }
      wording = Labels.originalText
    } else if stale {
      wording = Labels.staleTranslation
    } else if let spoken, original == nil {
      wording = Labels.translationFrom
      origin = Labels.language(spoken).localized([own]).best([own]).text
    } else if spoken != nil {
      wording = Labels.translation
    } else {
      return nil
    }
    let text = origin.map { wording.localized([own], with: $0) } ?? wording.localized([own])
    return Label(text: text.best([own]).text, lang: text.best([own]).language)
  }

  /// The version for readers of these languages, with its label, for a terminal.
  package func plain(_ preferred: [Language]) -> String {
    let best =
      preferred.lazy.compactMap { wanted in versions.first { $0.language == wanted } }.first
      ?? preferred.lazy.compactMap { wanted in versions.first { $0.language.primary == wanted.primary } }
      .first
      ?? versions.first
    guard let best else { return "" }
    return best.plain + (best.label.map { " [\($0.text)]" } ?? "")
  }
}

/// The speaker who has the floor, so that consecutive statements of one speaker do not repeat the name.
///
/// The name is left out only where nothing else could be meant: the entry before it, in the same session, has the same
/// speakers in the same mode, printed in the same words, and its text is rendered in the same way. A summary keeps it if it begins with a small letter (“noted
/// that …”), because it would lose its subject. Groups, shares and unknown people are always printed: two of them in a
/// row need not be the same.
struct Floor {
  private var last: (attribution: Attribution, form: StatementForm)?

  /// - Returns: whether the statement goes on with the speaker of the one before.
  mutating func goesOn(_ attribution: Attribution, _ text: LocalizedText, _ form: StatementForm) -> Bool {
    // Carried over: the speaker of the entry before goes on, and is not printed.
    if attribution.basis == .carriedOver { return false }
    defer {
      let texts = text.entries.map { MarkedText(stored: $0.text) }
      // The sentence has an attribution of its own, perhaps of other people.
      last = texts.contains(where: \.hasAttribution) ? nil : (attribution, form)
    }
    guard let (last, before) = last, Self.canGoOn.contains(attribution.mode), last.mode == attribution.mode,
      last.persons == attribution.persons, last.of == attribution.of,
      last.asPrinted == attribution.asPrinted, form.isPrinted(as: before)
    else { return false }
    switch form {
    case .verbatim, .substantiallyVerbatim, .quotation: return true
    case .summary, .minute: return Self.standsAlone(text)
    }
  }

  /// Something stands between: a paragraph without a text, or the heading of a segment.
  mutating func pause() { last = nil }

  private static let canGoOn: Set<Attribution.Mode> = [.named, .joint, .onBehalfOf, .roleOnly]

  /// Whether the text is a sentence without an attribution: it begins with a capital letter. In scripts without
  /// capital letters one cannot tell.
  private static func standsAlone(_ text: LocalizedText) -> Bool {
    let first = text.entries.compactMap { entry in
      MarkedText(stored: entry.text).plain.first { $0.isLetter || $0.isNumber }
    }
    return first.contains(where: \.isUppercase) && !first.contains(where: \.isLowercase)
  }
}

extension StatementForm {
  /// Whether both are printed in the same manner: after a colon, in quotation marks, or as a sentence about the speaker.
  fileprivate func isPrinted(as other: Self) -> Bool {
    func isSpeech(_ form: Self) -> Bool { form == .verbatim || form == .substantiallyVerbatim }
    return self == other || (isSpeech(self) && isSpeech(other))
  }
}

/// Makes the runs of one language.
private struct Sentence {
  typealias Run = StatementText.Run

  private(set) var paragraphs: [[Run]]
  private let manner: SentenceManner

  init(
    _ source: String, _ language: Language, lead: (language: Language, text: String)?, names: [String],
    form: StatementForm,
    registered: (MarkedText.Reference) -> String?
  ) {
    let marked = MarkedText(stored: source)
    manner = SentenceManner(language)
    paragraphs = [[]]
    for span in marked.spans {
      let printed = span.printed(registered)
      if span.isAttribution {
        let runs =
          span.reference?.kind == .person
          ? [Run(.name, printed)] : Self.attribution(printed, names, nil)
        for run in runs { add(run) }
      } else {
        for (index, part) in Self.parts(printed).enumerated() {
          if index > 0 { paragraphs.append([]) }
          add(Run(.words, part))
        }
      }
    }
    paragraphs = paragraphs.map(Self.trimmed).filter { !$0.isEmpty }
    if form == .quotation, !SentenceManner.isQuoted(marked.plain(registered)) { quote() }
    if let lead, !marked.hasAttribution {
      let foreign = lead.language.primary == language.primary ? nil : lead.language
      let runs = Self.trimmed(Self.attribution(Self.tidied(lead.text), names, foreign))
      put(runs, form)
    }
  }

  // MARK: White space

  /// The paragraphs of a text, split at blank lines.
  private static func parts(_ text: String) -> [String] {
    guard text.contains("\n") else { return [text] }
    var parts: [[Substring]] = [[]]
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      // The first and the last piece are not whole lines: a mark can stand beside them.
      let isWhole = index > 0 && index < lines.count - 1
      if isWhole, line.allSatisfy(\.isWhitespace) {
        parts.append([])
      } else {
        parts[parts.count - 1].append(line)
      }
    }
    return parts.map { $0.joined(separator: "\n") }
  }

  /// One space for each run of spaces and line breaks. Spaces that do not break stay.
  private static func tidied(_ text: String) -> String {
    var tidy = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isSpace = scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r"
      if !isSpace { tidy.append(scalar) } else if tidy.last != " " { tidy.append(" ") }
    }
    return String(tidy)
  }

  private mutating func add(_ run: Run) {
    var run = run
    run.text = Self.tidied(run.text)
    let last = paragraphs.count - 1
    if run.text.hasPrefix(" "), paragraphs[last].last?.text.hasSuffix(" ") ?? true { run.text.removeFirst() }
    if run.text.isEmpty { return }
    if let before = paragraphs[last].last, before.kind == run.kind, before.lang == run.lang {
      paragraphs[last][paragraphs[last].count - 1].text += run.text
    } else {
      paragraphs[last].append(run)
    }
  }

  private static func trimmed(_ runs: [Run]) -> [Run] {
    var runs = runs
    while let first = runs.first {
      runs[0].text = String(first.text.drop { $0 == " " })
      if !runs[0].text.isEmpty { break }
      runs.removeFirst()
    }
    while var last = runs.popLast() {
      while last.text.hasSuffix(" ") { last.text.removeLast() }
      if last.text.isEmpty { continue }
      runs.append(last)
      break
    }
    return runs
  }

  // MARK: The attribution

  /// Puts the attribution in front.
  private mutating func put(_ runs: [Run], _ form: StatementForm) {
    guard let end = runs.last?.text.last else { return }
    let begin = paragraphs.first?.first?.text.first
    let joint: String
    switch form {
    case .verbatim, .substantiallyVerbatim, .quotation:
      // “According to the participants,” needs no colon.
      joint = ",:;，：；、—–".contains(end) ? ("，：；、".contains(end) ? "" : manner.space) : manner.colon
    case .summary, .minute:
      // The text goes on with a comma: “, President of the Foundation, believes …”.
      let closes = begin.map { ",.;:!?)’'，。；：！？、）".contains($0) } ?? true
      joint = closes || "，：；、。".contains(end) ? "" : manner.space
    }
    if paragraphs.isEmpty { paragraphs = [[]] }
    paragraphs[0] = runs + (joint.isEmpty ? [] : [Run(.joint, joint)]) + paragraphs[0]
  }

  /// The words of an attribution, with the names apart.
  static func attribution(_ text: String, _ names: [String], _ lang: Language?) -> [Run] {
    var runs: [Run] = []
    var rest = text[...]
    var plain = text.startIndex
    let names = names.filter { !$0.isEmpty }.sorted { ($0.count, $1) > ($1.count, $0) }
    while !rest.isEmpty {
      let before = rest.startIndex > text.startIndex ? text[text.index(before: rest.startIndex)] : nil
      if let name = names.first(where: {
        rest.hasPrefix($0) && isWhole($0, before, rest.dropFirst($0.count).first)
      }) {
        if plain < rest.startIndex {
          runs.append(Run(.attribution, String(text[plain..<rest.startIndex]), lang))
        }
        runs.append(Run(.name, name, lang))
        rest = rest.dropFirst(name.count)
        plain = rest.startIndex
      } else {
        rest = rest.dropFirst()
      }
    }
    if plain < text.endIndex { runs.append(Run(.attribution, String(text[plain...]), lang)) }
    return runs
  }

  /// Whether a name is not a part of a longer word. Han has no spaces between words.
  private static func isWhole(_ name: String, _ before: Character?, _ after: Character?) -> Bool {
    func joins(_ a: Character?, _ b: Character?) -> Bool {
      guard let a, let b, a.isLetter, b.isLetter else { return false }
      return !isHan(a) && !isHan(b)
    }
    return !joins(before, name.first) && !joins(name.last, after)
  }

  private static func isHan(_ letter: Character) -> Bool {
    letter.unicodeScalars.first.map { $0.properties.isIdeographic || (0x3040...0x30FF).contains($0.value) }
      ?? false
  }

  // MARK: Quotations

  /// Adds the quotation marks. An attribution inside the sentence interrupts the quotation.
  private mutating func quote() {
    let (open, close) = manner.quotes
    var isOpen = false
    for number in paragraphs.indices {
      let isLast = number == paragraphs.count - 1
      var quoted: [Run] = []
      if manner.reopens { isOpen = false }
      let runs = paragraphs[number]
      for (index, run) in runs.enumerated() {
        guard run.kind == .words else {
          quoted.append(run)
          continue
        }
        var (before, text, after) = ("", run.text, "")
        if index > 0 {
          // What follows the attribution belongs to the sentence around the quotation: “, ” and “ – ”.
          let length = text.prefix { " ,;:–—，；：、.。".contains($0) }.count
          before = String(text.prefix(length))
          text.removeFirst(length)
        }
        let goesOn = index < runs.count - 1
        if goesOn || (isLast && manner.stopFollows) {
          let outside = goesOn ? (manner.commaIsQuoted ? " –—" : " ,;:–—，；：、") : "."
          while let last = text.last, outside.contains(last), !text.hasSuffix("..") {
            after = String(last) + after
            text.removeLast()
          }
        }
        if !before.isEmpty { quoted.append(Run(.words, before)) }
        if !text.isEmpty {
          if !isOpen { quoted.append(Run(.joint, open)) }
          quoted.append(Run(.words, text))
          isOpen = true
          if goesOn || isLast {
            quoted.append(Run(.joint, close))
            isOpen = false
          }
        }
        if !after.isEmpty { quoted.append(Run(.words, after)) }
      }
      paragraphs[number] = quoted
    }
  }
}
