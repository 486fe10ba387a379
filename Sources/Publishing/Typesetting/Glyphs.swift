import Foundation
import JSON
import Vocabulary

/// Chooses fonts for unusual characters, and finds the characters that no font has.
///
/// A character here is what a reader takes for one: a grapheme cluster (UAX #29), for example a letter with its accents
/// or a keycap. One font must have all of it. Parts from two fonts would stand beside each other.
struct Glyphs {
  let fonts: Fonts

  init(_ fonts: Fonts) { self.fonts = fonts }

  /// Printed in place of a character that no font has.
  static let substitute: Character = "\u{25A1}"

  /// A character that cannot be printed, and where it is.
  struct Missing {
    let character: Character
    let path: [Step]

    var isUnread: Bool { character.unicodeScalars.contains("\u{FFFD}") }
  }

  /// A step from a JSON value to one in it.
  enum Step {
    case key(String)
    case index(Int)
  }

  struct Findings {
    /// What no font has, in the order of the document.
    var missing: [Missing] = []
    /// U+FFFD, which stands for a character that an earlier program could not read. Fonts have it.
    var unread: [Missing] = []
    /// The family of each piece of text that the usual fonts would not show correctly.
    var fonts: [String: String] = [:]
  }

  /// Searches all texts of a document, except its fixed labels.
  func findings(in document: JSONValue) -> Findings {
    var findings = Findings()
    var known: [Character: Face] = [:]
    Self.visit(document, []) { text, path in
      guard !Self.isCommon(text) else { return }
      var piece: (text: String, family: String)?
      for character in text {
        let face = known[character] ?? face(of: character)
        known[character] = face
        let place = Missing(character: character, path: path)
        if case .missing = face {
          findings.missing.append(place)
        } else if place.isUnread {
          findings.unread.append(place)
        }
        if case .special(let family) = face {
          // Letters that join stay together. A template may also cut between characters.
          findings.fonts[String(character)] = family
          piece = ((piece?.family == family ? piece!.text : "") + String(character), family)
          findings.fonts[piece!.text] = family
        } else {
          piece = nil
        }
      }
    }
    // If there is no font at all, Typst will say so.
    if fonts.isEmpty { (findings.missing, findings.unread) = ([], findings.missing.filter(\.isUnread)) }
    return findings
  }

  private static func visit(_ value: JSONValue, _ path: [Step], _ body: (String, [Step]) -> Void) {
    switch value {
    case .string(let text): body(text, path)
    case .array(let elements):
      for (index, element) in elements.enumerated() { visit(element, path + [.index(index)], body) }
    case .object(let members):
      for (key, value) in members.sorted(by: { $0.key < $1.key }) where !(path.isEmpty && key == "labels") {
        visit(value, path + [.key(key)], body)
      }
    default: break
    }
  }

  // MARK: One character

  private enum Face {
    /// Typst finds it in the usual fonts.
    case usual
    case special(String)
    case missing
  }

  /// Letters and signs that every one of the usual fonts has: nearly all texts consist of them.
  static func isCommon(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0...0x7E, 0xA0...0x17F, 0x410...0x44F, 0x2013, 0x2014, 0x2018...0x201E, 0x2026, 0x3001, 0x3002,
        0x4E00...0x9FA5:
        true
      default: false
      }
    }
  }

  private func face(of character: Character) -> Face {
    // Selectors, joiners and controls are not drawn.
    func drawn(_ text: String) -> [Unicode.Scalar] {
      text.unicodeScalars.filter {
        !$0.properties.isDefaultIgnorableCodePoint && !$0.properties.isWhitespace
          && $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
      }
    }
    let text = String(character)
    let composed = drawn(text.precomposedStringWithCanonicalMapping)
    guard let base = composed.first else { return .usual }
    if Self.isPicture(character), fonts.has(Fonts.emoji, composed) { return .special(Fonts.emoji) }
    let parts = drawn(text.decomposedStringWithCanonicalMapping)
    // Fonts know where to put an accent on a letter, but not the stroke of “≠” on “=”: that needs a glyph of its own.
    if parts.count > 1, !base.properties.isAlphabetic, let family = fonts.firstSign(with: composed) {
      return .special(family)
    }
    if fonts.firstUsual(with: composed) ?? fonts.firstUsual(with: parts) != nil { return .usual }
    if let family = fonts.firstOther(with: composed) ?? fonts.firstOther(with: parts) {
      return .special(family)
    }
    return .missing
  }

  /// Whether a character is drawn as a picture (UTS #51): an emoji by default, by its variation selector, or a keycap.
  private static func isPicture(_ character: Character) -> Bool {
    let scalars = character.unicodeScalars
    if scalars.contains("\u{FE0E}") { return false }
    return scalars.first!.properties.isEmojiPresentation || scalars.contains("\u{FE0F}")
      || scalars.contains("\u{20E3}") || scalars.dropFirst().contains { $0.properties.isEmojiModifier }
  }

  // MARK: Typst's own error

  /// Reads Typst's `PDF/UA-1 error: the text "…" could not be displayed with font …`: an organizer's template may use
  /// other fonts than Plenary's.
  ///
  /// - Returns: nil if the messages are about something else.
  static func missing(_ messages: String, in data: Data) -> String? {
    // Typst quotes the text as Rust does: `\u{e31}`, `\"`.
    guard
      let found = messages.firstMatch(
        of: /the text `?"((?:[^"\\]|\\.)+)"`? could not be displayed/),
      let root = try? JSONText.value(from: String(decoding: data, as: UTF8.self))
    else { return nil }
    let text = unescaped(String(found.1))
    var path: [Step]?
    visit(root, []) { candidate, place in
      // Compares code points, so a combining mark is found too.
      if path == nil, candidate.unicodeScalars.firstRange(of: text.unicodeScalars) != nil { path = place }
    }
    let place = path.map { " in \(PlaceInDocument($0, root).description)" } ?? ""
    return "\(shown(text))\(place) cannot be shown in any of the template's fonts; remove or replace it."
  }

  /// `🎉 (U+1F389)`. A combining mark would join the quotation mark, and some characters are invisible; these are
  /// named only by number.
  fileprivate static func shown(_ text: String) -> String {
    let points = text.unicodeScalars.map { "U+" + hex($0.value) }.joined(separator: " ")
    let shows = text.unicodeScalars.contains { $0.properties.isEmoji || $0.properties.isAlphabetic }
    return shows ? "\(text) (\(points))" : points
  }

  private static func unescaped(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      guard character == "\\", let next = rest.popFirst() else {
        result.append(character)
        continue
      }
      switch next {
      case "u":
        let digits = rest.dropFirst().prefix { $0.isHexDigit }
        rest = rest.dropFirst(digits.count + 2)
        if let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) {
          result.unicodeScalars.append(scalar)
        }
      case "n": result.append("\n")
      case "t": result.append("\t")
      default: result.append(next)
      }
    }
    return result
  }
}

extension Glyphs.Findings {
  /// Each character and its place, once: `🎉 (U+1F389) in the name of attendee “a-7k3m9q”`.
  private func places(_ characters: [Glyphs.Missing], in document: JSONValue) -> [String] {
    var seen: Set<String> = []
    return characters.map { missing in
      let what =
        missing.isUnread
        ? "U+FFFD, the mark of a text that was read in a wrong encoding,"
        : Glyphs.shown(String(missing.character))
      return "\(what) in \(PlaceInDocument(missing.path, document).description)"
    }
    .filter { seen.insert($0).inserted }
  }

  /// A sentence for each character and place.
  func problems(in document: JSONValue) -> [String] {
    places(missing, in: document).map { "No font here has \($0)." }
      + places(unread, in: document).map { "\($0): programs are printed with it, records are not." }
  }

  /// Nil if nothing stands against printing.
  ///
  /// - Parameter isLasting: the document may not have characters that nobody could read: a record.
  func refusal(in document: JSONValue, isLasting: Bool) -> String? {
    func list(_ sentence: String, _ characters: [Glyphs.Missing]) -> [String] {
      characters.isEmpty ? [] : [sentence] + places(characters, in: document).map { "  \($0)" }
    }
    let lines =
      list(
        "These characters cannot be printed, because no font here has them (Noto, or PLENARY_FONTS):", missing
      )
      + list("This is not printed in a record:", isLasting ? unread : [])
    return lines.isEmpty ? nil : lines.joined(separator: "\n") + "\nRemove or replace them."
  }

  /// The document with a visible substitute for each of them.
  func replacingMissing(in document: JSONValue) -> JSONValue {
    let wanted = Set((missing + unread).map(\.character))
    func replaced(_ value: JSONValue) -> JSONValue {
      switch value {
      case .string(let text):
        !Glyphs.isCommon(text) && text.contains(where: wanted.contains)
          ? .string(String(text.map { wanted.contains($0) ? Glyphs.substitute : $0 })) : value
      case .array(let elements): .array(elements.map(replaced))
      case .object(let members): .object(members.mapValues(replaced))
      default: value
      }
    }
    return replaced(document)
  }
}

/// A place in a document, in an organizer's words: `the title of session “opening”`.
struct PlaceInDocument: CustomStringConvertible {
  var description: String

  /// Nouns of things, and the fields that name them.
  init(_ path: [Glyphs.Step], _ root: JSONValue) {
    var thing = root["stamp"] == nil ? Self.subject(of: root) : "the document"
    var field = "text"
    var inList = ""
    var here: JSONValue? = root
    for step in path {
      switch step {
      case .key(let key):
        here = here?[key]
        inList = key
        if (try? Language(key)) == nil, !Self.inner.contains(key) { field = key }
      case .index(let index):
        here = here?.elements?[index]
        let noun = Self.nouns[inList] ?? inList
        let name = here.flatMap(Self.name).map { "“\($0)”" } ?? String(index + 1)
        // The blocks of an abstract are in lists by language.
        let isPart = Self.parts.contains(inList) || (try? Language(inList)) != nil
        if case .object = here, !isPart || here?["person"] != nil {
          thing = "\(noun) \(name)"
          field = noun
        }
      }
    }
    if path.count > 1, case .key("conference") = path[0] { thing = "the conference" }
    description = "the \(Self.words(field))" + (thing.map { " of \($0)" } ?? "")
  }

  /// Names a thing by what an organizer can look up: its short name, else its title.
  private static func name(_ thing: JSONValue) -> String? {
    for key in [
      "slug", "attendee", "person", "presentation", "session", "room", "track", "number", "title", "name",
    ] {
      switch thing[key] {
      case .string(let text): return text
      case .object(let texts):
        if let text = texts.sorted(by: { $0.key < $1.key }).first?.value, case .string(let text) = text {
          return text
        }
      default: break
      }
    }
    return nil
  }

  /// What an event is about.
  private static func subject(of event: JSONValue) -> String? {
    for key in ["attendee", "person", "presentation", "session", "room", "track", "venue", "organisation"] {
      if case .string(let name) = event[key] { return "\(key == "person" ? "speaker" : key) “\(name)”" }
    }
    return nil
  }

  /// Parts of a field: of a text, of an abstract, of a name.
  private static let inner: Set = [
    "text", "lines", "points", "forms", "family", "given", "printed", "sortKey",
  ]

  /// Lists of what belongs to the thing that has them.
  private static let parts: Set = [
    "names", "affiliations", "languages", "addressees", "people", "lines", "points", "forms",
  ]

  private static let nouns = [
    "badges": "attendee", "cards": "person", "categories": "category", "conclusions": "conclusion",
    "days": "day", "index": "index entry",
    "officers": "group", "organisations": "organisation", "paragraphs": "paragraph",
    "items": "presentation", "participants": "attendee", "people": "speaker", "persons": "speaker",
    "positions": "position", "presentations": "presentation", "releases": "release", "sheets": "sheet",
    "slots": "session", "talks": "presentation", "tracks": "track", "venues": "venue",
    "recommendations": "recommendation", "rooms": "room", "sessions": "session",
    "speakers": "speaker",
  ]

  /// `endDate` → `end date`
  private static func words(_ key: String) -> String {
    switch key {
    case "names": "name"
    case "affiliations": "affiliation"
    case "people": "names of the people"
    default:
      key.reduce(into: "") { $0 += $1.isUppercase ? " " + $1.lowercased() : String($1) }
    }
  }
}
