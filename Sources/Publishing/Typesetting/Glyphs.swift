import Foundation
import Vocabulary

/// Refuses characters that no font can show. The error names the character and its place.
enum Glyphs {
  /// U+FFFD shows that a text was read in the wrong encoding. Fonts have it, but nobody meant it.
  static func refuseReplacementCharacter(in data: Data) throws(Typesetter.Failure) {
    guard data.range(of: Data("\u{FFFD}".utf8)) != nil else { return }
    throw refusal(
      "\u{FFFD}", "is the mark of a text that was read in a wrong encoding and is not printed", in: data)
  }

  /// Reads Typst's `PDF/UA-1 error: the text "…" could not be displayed with font …`.
  ///
  /// - Returns: nil if the messages are about something else.
  static func missing(_ messages: String, in data: Data) -> Typesetter.Failure? {
    // Typst quotes the text as Rust does: `\u{e31}`, `\"`.
    guard
      let found = messages.firstMatch(
        of: /the text `?"((?:[^"\\]|\\.)+)"`? could not be displayed/)
    else { return nil }
    return refusal(
      unescaped(String(found.1)), "cannot be shown in any of the fonts (Noto, or PLENARY_FONTS)",
      in: data)
  }

  private static func refusal(_ text: String, _ what: String, in data: Data) -> Typesetter.Failure {
    let points = text.unicodeScalars.map { "U+" + hex($0.value) }.joined(separator: " ")
    // A combining mark would join the quotation mark, and some characters are invisible. They are named only
    // by number.
    let shows = text.unicodeScalars.contains { $0.properties.isEmoji || $0.properties.isAlphabetic }
    let name = shows ? "The character \(text) (\(points))" : "The character \(points)"
    let root = try? JSONDecoder().decode(JSONTree.self, from: data)
    let place = root?.path(to: text).map { " in \(Place($0, root!).description)" } ?? ""
    return Typesetter.Failure(
      description: "\(name)\(place) \(what); remove or replace it.")
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

/// Any JSON value, searched for a text.
private indirect enum JSONTree: Decodable {
  enum Step {
    case key(String)
    case index(Int)
  }

  case object([String: JSONTree])
  case array([JSONTree])
  case text(String)
  case other

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let object = try? container.decode([String: JSONTree].self) {
      self = .object(object)
    } else if let array = try? container.decode([JSONTree].self) {
      self = .array(array)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else {
      self = .other
    }
  }

  subscript(key: String) -> JSONTree? {
    if case .object(let object) = self { object[key] } else { nil }
  }

  subscript(index: Int) -> JSONTree? {
    if case .array(let array) = self { array[index] } else { nil }
  }

  var string: String? { if case .text(let text) = self { text } else { nil } }

  /// The first place with the text.
  func path(to wanted: String) -> [Step]? {
    switch self {
    case .object(let object):
      for (key, value) in object.sorted(by: { $0.key < $1.key }) where key != "labels" {
        if let path = value.path(to: wanted) { return [.key(key)] + path }
      }
      return nil
    case .array(let array):
      for (index, value) in array.enumerated() {
        if let path = value.path(to: wanted) { return [.index(index)] + path }
      }
      return nil
    case .text(let text):
      // Compares code points, so a combining mark is found too.
      return text.unicodeScalars.firstRange(of: wanted.unicodeScalars) == nil ? nil : []
    case .other: return nil
    }
  }
}

/// A place in a document, in an organizer's words: `the title of session “opening”`.
private struct Place: CustomStringConvertible {
  var description: String

  init(_ path: [JSONTree.Step], _ root: JSONTree) {
    var thing = "the document"
    var field = "text"
    var inList = ""
    var here: JSONTree? = root
    for step in path {
      switch step {
      case .key(let key):
        here = here?[key]
        inList = key
        if (try? Language(key)) == nil, key != "text" { field = key }
      case .index(let index):
        here = here?[index]
        let noun = Self.nouns[inList] ?? inList
        // Names the thing by what the organizer can look up. People in a list have no such name here.
        let name =
          (here?["slug"] ?? here?["person"] ?? here?["number"])?.string.map { "“\($0)”" }
          ?? String(index + 1)
        if case .object = here, !["names", "affiliations", "languages", "addressees"].contains(inList) {
          thing = "\(noun) \(name)"
          field = noun
        }
      }
    }
    if path.count > 1, case .key("conference") = path[0] { thing = "the conference" }
    description = "the \(Self.words(field)) of \(thing)"
  }

  private static let nouns = [
    "categories": "category", "conclusions": "conclusion", "days": "day", "index": "index entry",
    "officers": "group", "organisations": "organisation", "paragraphs": "paragraph",
    "participants": "participant", "people": "group", "persons": "speaker", "positions": "position",
    "recommendations": "recommendation", "rooms": "room", "sessions": "session",
    "speakers": "speaker",
  ]

  /// `endDate` → `end date`
  private static func words(_ key: String) -> String {
    switch key {
    case "names": "name"
    case "affiliations": "affiliation"
    default:
      key.reduce(into: "") { $0 += $1.isUppercase ? " " + $1.lowercased() : String($1) }
    }
  }
}
