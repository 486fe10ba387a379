import ArgumentParser
import CLinux
import EventLog
import Foundation
import Glibc
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension LocalizedText {
  /// The text in every language, a line each, the preferred languages first: `en  Opening`.
  func inAllLanguages(_ preferred: [Language]) -> String {
    let order = preferred.filter(languages.contains) + languages.filter { !preferred.contains($0) }
    return order.count == 1
      ? self[order[0]]! : order.map { "\($0.tag.padded(to: 3)) \(self[$0]!)" }.joined(separator: "\n")
  }
}

extension String {
  /// Written as a loop, because a regular expression would try every space, and a grid is mostly
  /// spaces.
  var withoutSpacesBehind: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }

  /// The width in terminal columns: two for a Chinese character, none for a combining accent. From
  /// the C library's table.
  var columns: Int {
    // Long lists are mostly ASCII.
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return utf8.count }
    return unicodeScalars.reduce(0) { $0 + max(0, Int(wcwidth(wchar_t(bitPattern: $1.value)))) }
  }

  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - columns))
  }

  /// The text in lines of at most `width` columns, broken at spaces and between wide characters.
  func wrapped(to width: Int) -> [String] {
    if columns <= width, !utf8.contains(UInt8(ascii: "\n")) { return [trimmingSpaces] }
    var lines: [String] = []
    for paragraph in split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      for word in paragraph.pieces {
        if (line + word).columns > width, !line.isEmpty {
          lines.append(line.trimmingSpaces)
          line = ""
        }
        line += line.isEmpty ? word.trimmingLeadingSpaces : word
        while line.columns > width {  // a word that is longer than a line
          let head = line.prefix(columns: width)
          lines.append(head)
          line.removeFirst(head.count)
        }
      }
      lines.append(line.trimmingSpaces)
    }
    return lines
  }

  /// The text in one line of at most `width` columns, with “…” for what is left out.
  func shortened(to width: Int) -> String {
    let lines = wrapped(to: width)
    return lines.count == 1 ? lines[0] : prefix(columns: width - 1).trimmingSpaces + "…"
  }

  private func prefix(columns limit: Int) -> String {
    var head = ""
    for character in self {
      if (head + String(character)).columns > limit, !head.isEmpty { break }
      head.append(character)
    }
    return head
  }

  private var trimmingSpaces: String {
    guard first?.isWhitespace ?? false || last?.isWhitespace ?? false else { return self }
    return trimmingCharacters(in: .whitespaces)
  }
  private var trimmingLeadingSpaces: String { String(drop { $0 == " " }) }
}

extension Substring {
  /// The pieces between which a line can break: before a space, and on both sides of a wide
  /// character.
  var pieces: [String] {
    var pieces: [String] = []
    var current = ""
    for character in self {
      if String(character).columns == 2 {
        if !current.isEmpty { pieces.append(current) }
        pieces.append(String(character))
        current = ""
      } else if character == " " {
        if !current.isEmpty { pieces.append(current) }
        current = " "
      } else {
        current.append(character)
      }
    }
    if !current.isEmpty { pieces.append(current) }
    return pieces
  }
}
