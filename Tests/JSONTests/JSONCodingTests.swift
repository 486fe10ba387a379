import Foundation
import JSON
import Specification
import Testing
import Vocabulary

/// Our own coder against Foundation's: what is written is the same to the byte, what is read is equal.
@Suite struct `JSON of our own` {
  @Test(arguments: 0..<200)
  func `is written and read as Foundation does`(seed: Int) throws {
    var random = Random(state: UInt64(seed))
    let value = AnyJSON.random(&random, depth: 4)
    let text = try JSONText.encode(value)
    #expect(text == (try foundation(value)))
    #expect(try JSONText.decode(AnyJSON.self, from: text) == value)
    let spacious = try String(decoding: JSONText.data(value, pretty: true), as: UTF8.self)
    #expect(try JSONText.decode(AnyJSON.self, from: spacious) == value)
  }

  @Test(arguments: [
    Command.schedule("opening", parts: [.init(role: "chair", weight: -3)]),
    .schedule("", parts: []), .cancel, .move(nil), .move(7),
    .title(LocalizedText([.english: "“Trade”, \"tariffs\"\\\n\u{1}\u{1F}\u{7F}/"])),
  ])
  func `is the same for what the compiler writes`(command: Command) throws {
    let text = try JSONText.encode(command)
    #expect(text == (try foundation(command)))
    #expect(try JSONText.decode(Command.self, from: text) == command)
  }

  @Test func `is written for people with what matters first, and without levels that say nothing`() throws {
    struct Details: Encodable { var title = ["en": "A “talk”, {or} [two]\\"] }
    struct Row: Encodable {
      var number = 7
      var details = Details()
      var session = "opening"
      var empty: [Int] = []
      var shape = JSONValue.object(["session": .null, "details": .object([:])])
    }
    struct Told: Encodable { var details = "a sentence" }
    let layout = JSONWriter.Layout(leading: ["session"], inlined: ["details"])
    func written(_ value: some Encodable) throws -> String {
      String(decoding: try JSONText.data(value, layout, pretty: true), as: UTF8.self)
    }
    #expect(
      try written(Row()) == #"""
        {
          "session": "opening",
          "empty": [],
          "number": 7,
          "shape": {
            "details": {},
            "session": null
          },
          "title": {
            "en": "A “talk”, {or} [two]\\"
          }
        }
        """#)
    #expect(
      try written([Told()]) == """
        [
          {
            "details": "a sentence"
          }
        ]
        """)
    #expect(try written([Int]()) == "[]" && written("x") == "\"x\"")
    #expect(try JSONText.encode(Row()).hasPrefix("{\"details\":{\"title\""))
  }

  @Test func `keeps a text in its languages`() throws {
    let text = LocalizedText([
      Language("zh-Hant"): "冯绍雷", Language("ru"): "Фэн", .english: "Feng", Language("zh"): "😀",
    ])
    #expect(try JSONText.encode(text) == #"{"en":"Feng","ru":"Фэн","zh":"😀","zh-Hant":"冯绍雷"}"#)
    #expect(try JSONText.encode(text) == (try foundation(text)))
    #expect(try JSONText.decode(LocalizedText.self, from: foundation(text)) == text)
    #expect(throws: InvalidValue.self) { try JSONText.decode(LocalizedText.self, from: "{}") }
    #expect(throws: InvalidValue.self) {
      try JSONText.decode(LocalizedText.self, from: #"{"en":"a","en":"b"}"#)
    }
  }

  @Test func `reads every escape`() throws {
    let text = #" [ "\"\\\/\b\f\n\r\t", "\u00e9\uD83D\ude00", "\u0041" ] "#
    #expect(
      try JSONText.decode([String].self, from: text)
        == ["\"\\/\u{8}\u{C}\n\r\t", "é😀", "A"])
  }

  @Test func `reads and writes every integer`() throws {
    let numbers = Numbers(
      a: .min, b: .max, c: .min, d: .max, e: .min, f: .max, g: .min, h: .max, i: .min, j: .max)
    #expect(try JSONText.encode(numbers) == (try foundation(numbers)))
    #expect(try JSONText.decode(Numbers.self, from: JSONText.encode(numbers)) == numbers)
    #expect(try JSONText.decode([Int].self, from: "[1.0,2e3,-0]") == [1, 2000, 0])
    for text in ["[1.5]", "[9223372036854775808]", "[1e99]", "[true]", "[\"1\"]", "[null]"] {
      #expect(throws: DecodingError.self) { try JSONText.decode([Int].self, from: text) }
    }
    #expect(throws: DecodingError.self) { try JSONText.decode([UInt8].self, from: "[256]") }
    #expect(throws: EncodingError.self) { try JSONText.encode([Double.infinity]) }
  }

  @Test(arguments: [
    "", " ", "{", "[", "[1", "[1,]", "[,]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "[1 2]",
    "[01]", "[-]", "[1.]", "[.5]", "[1e]", "[+1]", "[tru]", "[nul]", "[True]", "['a']", "[\"a]",
    "[\"\n\"]", "[\"\\x\"]", "[\"\\u12g4\"]", "[\"\\u12\"]", "[\"\\", "[]]", "[] []", "\u{FEFF}[]",
    String(repeating: "[", count: 100_000), "[\"\u{0}\"]", "[NaN]", "/**/[]",
  ])
  func `refuses what is not JSON`(text: String) {
    #expect(throws: DecodingError.self) { try JSONText.decode(AnyJSON.self, from: text) }
  }

  @Test(arguments: [#"["\ud800"]"#, #"["\ud800a"]"#, #"["\udc00"]"#, #"["\ud800\u0041"]"#])
  func `refuses half a surrogate pair`(text: String) {
    #expect(throws: DecodingError.self) { try JSONText.decode([String].self, from: text) }
  }

  @Test func `says where something is wrong`() {
    func explanation(_ text: String) -> String {
      do {
        _ = try JSONText.decode([String: [Part]].self, from: text)
        return "nothing"
      } catch {
        return JSONText.explain(error)
      }
    }
    #expect(explanation(#"{"a":[]}"#) == "nothing")
    #expect(
      explanation(#"{"b":[],"a":[{"role":"x","weight":1},{"weight":2}]}"#)
        == "“role” is missing in “a.1”")
    #expect(
      explanation(#"{"a":[{"role":1,"weight":1}]}"#) == "“a.0.role” has an unexpected type or value")
    #expect(
      explanation(#"{"a":[{"role":null,"weight":1}]}"#)
        == "“a.0.role” has an unexpected type or value")
    #expect(explanation("[]") == "the top-level value has an unexpected type or value")
    #expect(explanation("nonsense") == "the top-level value has an unexpected type or value")
  }
}

private func foundation(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return try String(decoding: encoder.encode(value), as: UTF8.self)
}

enum Command: Codable, Hashable, Sendable {
  case schedule(String, parts: [Part])
  case move(Int?)
  case title(LocalizedText)
  case cancel
}

struct Part: Codable, Hashable, Sendable {
  var role: String
  var weight: Int
  var note: String?
}

private struct Numbers: Codable, Equatable {
  var a: Int8, b: Int8, c: Int16, d: UInt16, e: Int32, f: UInt32, g: Int64, h: UInt64, i: Int,
    j: UInt
}

/// Any value of JSON.
private enum AnyJSON: Codable, Hashable, Sendable {
  case null
  case truth(Bool)
  case number(Int)
  case fraction(Double)
  case text(String)
  case array([AnyJSON])
  case object([String: AnyJSON])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let truth = try? container.decode(Bool.self) {
      self = .truth(truth)
    } else if let number = try? container.decode(Int.self) {
      self = .number(number)
    } else if let fraction = try? container.decode(Double.self) {
      self = .fraction(fraction)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let array = try? container.decode([AnyJSON].self) {
      self = .array(array)
    } else {
      self = .object(try container.decode([String: AnyJSON].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .truth(let truth): try container.encode(truth)
    case .number(let number): try container.encode(number)
    case .fraction(let fraction): try container.encode(fraction)
    case .text(let text): try container.encode(text)
    case .array(let array): try container.encode(array)
    case .object(let object): try container.encode(object)
    }
  }

  static func random(_ random: inout Random, depth: Int) -> AnyJSON {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
    case 0: .null
    case 1: .truth(.random(using: &random))
    case 2: .number(.random(in: .min ... .max, using: &random))
    // Halves of odd numbers, so that none of them is an integer.
    case 3: .fraction(Double(Int.random(in: -1_000_000...1_000_000, using: &random)) + 0.5)
    case 4: .text(text(&random))
    case 5: .array((0..<count(&random)).map { _ in .random(&random, depth: depth - 1) })
    default:
      .object(
        Dictionary(
          (0..<count(&random)).map { _ in (text(&random), .random(&random, depth: depth - 1)) }
        ) { first, _ in first })
    }
  }

  private static func count(_ random: inout Random) -> Int { .random(in: 0...5, using: &random) }

  private static func text(_ random: inout Random) -> String {
    let pieces = [
      "a", "B", "zh", "-Hant", "\"", "\\", "/", "\n", "\r", "\t", "\u{8}", "\u{C}", "\u{0}",
      "\u{1F}",
      "\u{7F}", "é", "冯", "😀", "\u{2028}", "long enough to be no small string",
    ]
    return (0..<count(&random)).map { _ in pieces.randomElement(using: &random)! }.joined()
  }
}

/// The same numbers in every run.
private struct Random: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    // Knuth's multiplier and increment for 64 bits, as in MMIX.
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 33)
  }
}
