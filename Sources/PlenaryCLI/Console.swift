import CTerminal
import EventLog
import Foundation
import Glibc
import Plenary

/// Data goes to standard output, everything else to standard error.
enum Console {
  static let outputIsTerminal = isatty(STDOUT_FILENO) == 1

  /// Colour only on a terminal, and never against NO_COLOR.
  static let hasColor =
    outputIsTerminal && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
    && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  /// In columns; nil where the output is no terminal.
  static var width: Int? {
    guard outputIsTerminal else { return nil }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  static func print(_ text: String) { write(Data((text + "\n").utf8)) }

  /// Ends the command where the output takes no more: a full disk is a failure, not a crash.
  static func write(_ data: Data) {
    do {
      try FileHandle.standardOutput.write(contentsOf: data)
    } catch {
      self.error("plenary: The output could not be written; is its disk full?")
      exit(Failure.Kind.failed.rawValue)
    }
  }

  static func error(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }

  static func json(_ value: some Encodable) throws {
    write(try JSONText.data(value, pretty: true) + Data("\n".utf8))
  }

  /// A line on standard error that the next one overwrites; nothing where that is no terminal.
  static func progress(_ text: String) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text)".utf8))
  }

  static func endProgress() { progress("") }

  static func bold(_ text: String) -> String { hasColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  static func dim(_ text: String) -> String { hasColor ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}

extension String {
  /// By hand: a pattern tries every space of the line, and a grid is mostly spaces.
  var withoutSpacesBehind: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }

  /// How many columns of a terminal the text takes: two for a Chinese character, none for an accent.
  /// The table is the C library's.
  var columns: Int {
    unicodeScalars.reduce(0) { $0 + max(0, Int(wcwidth(wchar_t(bitPattern: $1.value)))) }
  }

  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - columns))
  }

  /// The text in lines of at most so many columns, broken at spaces and between wide characters.
  func wrapped(to width: Int) -> [String] {
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

  private func prefix(columns limit: Int) -> String {
    var head = ""
    for character in self {
      if (head + String(character)).columns > limit, !head.isEmpty { break }
      head.append(character)
    }
    return head
  }

  private var trimmingSpaces: String { trimmingCharacters(in: .whitespaces) }
  private var trimmingLeadingSpaces: String { String(drop { $0 == " " }) }
}

extension Substring {
  /// Where a line may break: before a space, and on either side of a wide character.
  fileprivate var pieces: [String] {
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

/// Rows under headings, aligned by the columns that a terminal gives them.
struct TextTable {
  let headings: [String]
  var rows: [[String]] = []

  init(_ headings: String...) { self.headings = headings }

  mutating func add(_ cells: String?...) { rows.append(cells.map { $0 ?? "" }) }

  /// - Parameter nothing: what is said on standard error where there are no rows.
  func print(nothing: String) {
    guard !rows.isEmpty else { return Console.error(nothing) }
    var widths = headings.indices.map { column in
      ([headings] + rows).map { $0[column].columns }.max() ?? 0
    }
    if let limit = Console.width {
      // The widest columns give way until the table fits.
      while widths.reduce(0, +) + 2 * (widths.count - 1) > limit, let widest = widths.max(),
        widest > 12, let index = widths.firstIndex(of: widest)
      {
        widths[index] -= 1
      }
    }
    Console.print(Console.bold(line(headings, widths)[0]))
    for row in rows { line(row, widths).forEach(Console.print) }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> [String] {
    let wrapped = zip(cells, widths).map { $0.wrapped(to: max(1, $1)) }
    return (0..<(wrapped.map(\.count).max() ?? 1)).map { index in
      var text = ""
      for (column, lines) in wrapped.enumerated() {
        let cell = index < lines.count ? lines[index] : ""
        text += column == wrapped.count - 1 ? cell : cell.padded(to: widths[column]) + "  "
      }
      return text.withoutSpacesBehind
    }
  }
}

/// “label: value” lines with the values below each other.
struct Particulars {
  private var lines: [(String, String)] = []

  mutating func add(_ label: String, _ value: String?) {
    if let value, !value.isEmpty { lines.append((label, value)) }
  }

  func print() {
    let width = (lines.map(\.0.columns).max() ?? 0) + 2
    let limit = Console.width.map { max(20, $0 - width) }
    for (label, value) in lines {
      let texts = limit.map { value.wrapped(to: $0) } ?? value.components(separatedBy: "\n")
      for (index, text) in texts.enumerated() {
        let head = index == 0 ? Console.dim(label.padded(to: width)) : "".padded(to: width)
        Console.print(head + text)
      }
    }
  }
}
