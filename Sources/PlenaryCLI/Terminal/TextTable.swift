import CLinux
import EventLog
import Foundation
import Glibc
import Plenary

/// Rows under headings, in aligned columns.
struct TextTable {
  let headings: [String]
  var rows: [[String]] = []

  init(_ headings: String...) { self.init(headings: headings) }

  init(headings: [String], rows: [[String]] = []) {
    self.headings = headings
    self.rows = rows
  }

  mutating func add(_ cells: String?...) { rows.append(cells.map { $0 ?? "" }) }

  /// - Parameter nothing: The note for standard error if the table has no rows.
  func print(nothing: String) {
    guard !rows.isEmpty else { return Console.error(nothing) }
    var widths = headings.indices.map { column in
      ([headings] + rows).map { $0[column].columns }.max() ?? 0
    }
    if let limit = Console.width {
      // Narrow the widest columns until the table fits. Short names stay whole: people copy them.
      let narrowest = headings.indices.map { column in
        max(12, rows.flatMap { $0[column].shortNames }.map(\.columns).max() ?? 0)
      }
      while widths.reduce(0, +) + 2 * (widths.count - 1) > limit,
        let index = widths.indices.filter({ widths[$0] > narrowest[$0] }).max(by: { widths[$0] < widths[$1] })
      {
        widths[index] -= 1
      }
    }
    let lines = rows.flatMap { line($0, widths) }
    Console.print(([Console.bold(line(headings, widths)[0])] + lines).joined(separator: "\n"))
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

extension String {
  /// The words that can be short names.
  fileprivate var shortNames: [String] {
    split(whereSeparator: \.isWhitespace).map(String.init).filter { word in
      word.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
    }
  }
}
