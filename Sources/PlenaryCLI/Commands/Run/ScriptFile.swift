import EventLog
import Foundation
import Plenary
import Vocabulary

/// A file of commands, one a line.
struct ScriptFile {
  struct Line: Sendable {
    /// From 1; of the first of them, if a backslash joins several.
    let number: Int
    let words: [String]
    /// The same for the same words in the same place among equal ones.
    let commandID: String
  }

  let id: String
  let lines: [Line]

  /// - Parameters:
  ///   - text: the file.
  ///   - id: distinguishes the ids of its commands from those of other files; nil: what the text gives.
  /// - Throws: `Failure` for a quotation mark that is not closed, with its line.
  init(_ text: String, id: String?) throws {
    self.id = id ?? Self.uuid(of: "script\n\(text)")
    var lines: [Line] = []
    var seen: [[String]: Int] = [:]
    var rest = Substring(text)
    var number = 1
    while !rest.isEmpty {
      let first = number
      let words = try Self.words(&rest, &number)
      guard !words.isEmpty else { continue }
      let command = words.first == "plenary" ? Array(words.dropFirst()) : words
      let turn = seen[command, default: 0] + 1
      seen[command] = turn
      let all = ([self.id, String(turn)] + command).map { "\($0.utf8.count):\($0)" }.joined()
      lines.append(Line(number: first, words: command, commandID: Self.uuid(of: all)))
    }
    self.lines = lines
  }

  /// The words of the next command, as a shell reads them: quotation marks, backslashes, comments; a dollar sign, a star
  /// and a backquote mean themselves.
  private static func words(_ rest: inout Substring, _ number: inout Int) throws -> [String] {
    var words: [String] = []
    var word: String?
    func taken() -> Character? { rest.popFirst() }
    while let character = rest.popFirst() {
      switch character {
      case "\n", "\r\n":
        number += 1
        if let word { words.append(word) }
        return words
      case " ", "\t":
        if let done = word { words.append(done) }
        word = nil
      case "#" where word == nil:
        while let next = rest.first, !next.isNewline { rest.removeFirst() }
      case "'", "\"":
        word = (word ?? "") + (try quoted(character, &rest, &number))
      case "\\":
        guard let next = rest.popFirst() else { break }
        if next.isNewline { number += 1 } else { word = (word ?? "") + String(next) }
      default: word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words
  }

  private static func quoted(_ mark: Character, _ rest: inout Substring, _ number: inout Int) throws -> String
  {
    let first = number
    var text = ""
    while let character = rest.popFirst() {
      if character == mark { return text }
      if character.isNewline { number += 1 }
      if character == "\\", mark == "\"", let next = rest.first, "\"\\$`".contains(next) || next.isNewline {
        rest.removeFirst()
        if next.isNewline { number += 1 } else { text.append(next) }
        continue
      }
      text.append(character)
    }
    throw Failure(
      .wrongUsage, "Line \(first): the quotation mark \(mark) is not closed.", code: .malformedValue)
  }

  /// A UUID of version 8 (RFC 9562): the beginning of a SHA-256.
  private static func uuid(of text: String) -> String {
    var bytes = Array(sha256(text).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array(hexadecimal(bytes))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
  }
}
