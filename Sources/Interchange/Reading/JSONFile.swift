import JSON
import Vocabulary

extension ForeignSource.File {
  /// Larger ones are no conference, and JSON is read as a whole.
  static let largestJSON = 128 << 20

  /// The whole file as JSON: in UTF-8 or UTF-16, also with a comment before it or as an argument of a function (JSONP).
  func json() throws -> JSONNode {
    let bytes = TextEncoding.utf8(try whole(atMost: Self.largestJSON))
    do {
      return try JSONNode(JSONText.unwrapped(bytes))
    } catch {
      throw Unreadable(
        error.isTooDeep
          ? "The file “\(excerpt(name))” nests more than 128 deep here. No conference does."
          : "The file “\(excerpt(name))” is not JSON: something cannot stand here, or is missing before it.",
        at: SourcePosition(line: error.line, column: error.column))
    }
  }
}

extension JSONText {
  /// Puts spaces over what is not JSON around it, so that lines and columns stay: `/* … */`, `name(` and `);`,
  /// `const sessions =`.
  fileprivate static func unwrapped(_ bytes: [UInt8]) -> [UInt8] {
    guard let start = start(of: bytes[...]), start > 0 else { return bytes }
    var bytes = bytes
    for index in 0..<start where bytes[index] != 0x0A && bytes[index] != 0x0D { bytes[index] = 0x20 }
    var end = bytes.count
    while end > start,
      [0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ";"), UInt8(ascii: ")")].contains(bytes[end - 1])
    { end -= 1 }
    for index in end..<bytes.count where bytes[index] != 0x0A && bytes[index] != 0x0D { bytes[index] = 0x20 }
    return bytes
  }

  /// Where JSON begins after a comment, `name(` or `name =`; nil if it does not begin within 4 KiB.
  static func start(of bytes: ArraySlice<UInt8>) -> Int? {
    var rest = bytes.prefix(4096)
    func skipSpace() { rest = rest.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) } }
    skipSpace()
    while rest.starts(with: [UInt8(ascii: "/"), UInt8(ascii: "*")]) {
      guard
        let end = rest.indices.first(where: {
          rest[$0] == UInt8(ascii: "*") && $0 + 1 < rest.endIndex && rest[$0 + 1] == UInt8(ascii: "/")
            && $0 > rest.startIndex + 1
        })
      else { return nil }
      rest = rest[(end + 2)...]
      skipSpace()
    }
    let name = rest.prefix {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || [UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "."), 0x20].contains($0)
    }
    if !name.isEmpty {
      rest = rest.dropFirst(name.count)
      guard let sign = rest.first, sign == UInt8(ascii: "(") || sign == UInt8(ascii: "=") else { return nil }
      rest = rest.dropFirst()
      skipSpace()
    }
    guard let first = rest.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
    return rest.startIndex
  }
}

/// The names of the members in the beginning of a JSON text, with those above them: `schedule.conference`,
/// `sessions[].title`.
struct JSONOutline {
  private(set) var paths: Set<String> = []

  init(_ beginning: [UInt8]) {
    let bytes = TextEncoding.utf8(beginning)
    guard let start = JSONText.start(of: bytes[...]) else { return }
    var open: [(isObject: Bool, path: String)] = []
    var name: String?
    var index = start
    func path() -> String? {
      guard let last = open.last else { return "" }
      return last.isObject ? name.map { last.path.isEmpty ? $0 : last.path + "." + $0 } : last.path + "[]"
    }
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard open.count < 12, let path = path() else { return }
        open.append((bytes[index] == UInt8(ascii: "{"), path))
        name = nil
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        _ = open.popLast()
        name = nil
        if open.isEmpty { return }
      case UInt8(ascii: ","): name = nil
      case UInt8(ascii: "\""):
        let start = index + 1
        index = start
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard index < bytes.count else { return }
        if name == nil, open.last?.isObject == true, index - start < 100 {
          name = String(decoding: bytes[start..<index], as: UTF8.self)
          if let path = path() { paths.insert(path) }
        }
      default: break
      }
      index += 1
    }
  }

  /// Whether all of these are there; `*` at the start means at any depth.
  func has(_ wanted: String...) -> Bool {
    wanted.allSatisfy { wanted in
      guard wanted.hasPrefix("*") else { return paths.contains(wanted) }
      let end = wanted.dropFirst()
      return paths.contains { $0.hasSuffix("." + end) || $0 == end || $0.hasSuffix("]" + end) }
    }
  }
}

extension JSONNode {
  var position: SourcePosition { SourcePosition(line: line, column: column) }

  /// The first of these members that is there.
  func any(_ names: String...) -> JSONNode? {
    for name in names {
      if let value = self[name] { return value }
    }
    return nil
  }

  /// One line of text; of an object such as `{"en": "Talk", "fr": "Exposé"}` the English or the first.
  var oneLine: String? {
    if isObject { return (self["en"] ?? self["name"] ?? members.first?.value)?.oneLine }
    return Words.line(text)
  }

  /// A text, or one in several languages by their tags.
  func localized(_ clean: (String?) -> String?) -> ForeignText? {
    if isObject {
      return ForeignText(languages: members.map { ($0.name, clean($0.value.text)) })
    }
    return clean(text).map { ForeignText($0) }
  }

  var localizedLine: ForeignText? { localized(Words.line) }
  var localizedFormatted: ForeignText? { localized(Words.formatted) }

  /// A key in this member.
  func key(_ kind: ForeignKey.Kind, _ name: String? = nil) -> ForeignKey? {
    Words.line(self[name ?? kind.rawValue]?.text).map { ForeignKey(kind, $0) }
  }

  func keys(_ kinds: ForeignKey.Kind...) -> [ForeignKey] { kinds.compactMap { key($0) } }

  /// A time in this member, and a remark if it is not one.
  func time(_ names: String...) -> ForeignTime? {
    for name in names {
      if let text = self[name]?.text, let time = Clock.time(text) { return time }
    }
    return nil
  }
}

extension ForeignText {
  /// One entry a language; nil if there is none. A text that is the same in several languages is one text, in that
  /// language whose script it has.
  init?(languages texts: [(language: String, text: String?)]) {
    var entries: [Entry] = []
    for (language, text) in texts {
      guard let text, let tag = (try? Language(language.replacing("_", with: "-")))?.tag else { continue }
      if let same = entries.firstIndex(where: { $0.text == text }) {
        if Self.isEastAsian(tag) == text.contains(where: \.isEastAsian),
          Self.isEastAsian(entries[same].language ?? "") != text.contains(where: \.isEastAsian)
        {
          entries[same].language = tag
        }
      } else if !entries.contains(where: { $0.language == tag }) {
        entries.append(Entry(text, in: tag))
      }
    }
    guard !entries.isEmpty else { return nil }
    self.init(entries)
  }

  private static func isEastAsian(_ tag: String) -> Bool {
    ["zh", "ja", "ko"].contains(String(tag.prefix(2)))
  }
}

extension Character {
  /// Han, kana, hangul.
  var isEastAsian: Bool {
    unicodeScalars.contains {
      switch $0.value {
      case 0x1100...0x11FF, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF,
        0x20000...0x323AF:
        true
      default: false
      }
    }
  }
}

/// What a program's words for the state of a session mean.
enum ForeignState {
  case held, cancelled, leftOut

  init(_ text: String?) {
    switch text?.lowercased() ?? "" {
    case "canceled", "cancelled", "withdrawn", "deleted": self = .cancelled
    case "rejected", "declined", "submitted", "draft", "pending", "nominated", "waitlisted", "accept_queue",
      "decline_queue",
      "deferred", "backup":
      self = .leftOut
    default: self = .held
    }
  }
}
