import CLinux
import EventLog
import Foundation
import Glibc
import Plenary

/// Rows under headings, in aligned columns.
struct TextTable {
  let headings: [String]
  var rows: [[String]] = []

  init(_ headings: String...) { self.headings = headings }

  mutating func add(_ cells: String?...) { rows.append(cells.map { $0 ?? "" }) }

  /// - Parameter nothing: The note for standard error if the table has no rows.
  func print(nothing: String) {
    guard !rows.isEmpty else { return Console.error(nothing) }
    var widths = headings.indices.map { column in
      ([headings] + rows).map { $0[column].columns }.max() ?? 0
    }
    if let limit = Console.width {
      // Narrow the widest columns until the table fits.
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
