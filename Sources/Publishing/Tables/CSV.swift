import Vocabulary

/// How a table is written as CSV.
package struct CSVStyle: Sendable, Hashable {
  /// Semicolons between the cells. Excel wants them where numbers have a decimal comma.
  package var semicolons = false
  /// Begins with a byte order mark. Excel needs it to recognise UTF-8.
  package var byteOrderMark = false

  package init(semicolons: Bool = false, byteOrderMark: Bool = false) {
    (self.semicolons, self.byteOrderMark) = (semicolons, byteOrderMark)
  }
}

/// Rows of texts under a header, for spreadsheets.
package struct Spreadsheet: Sendable, Equatable {
  package let header: [String]
  package private(set) var rows: [[String]] = []

  package init(header: [String]) { self.header = header }

  package mutating func add(_ cells: [String]) { rows.append(cells) }

  /// Comma-separated values (RFC 4180) in UTF-8. Cells cannot run formulas in a spreadsheet.
  package func csv(_ style: CSVStyle = CSVStyle()) -> String {
    let separator = style.semicolons ? ";" : ","
    var text = style.byteOrderMark ? "\u{FEFF}" : ""
    for row in [header] + rows {
      text += row.map { Self.cell($0, separator) }.joined(separator: separator) + "\r\n"
    }
    return text
  }

  private static func cell(_ value: String, _ separator: String) -> String {
    let value = FormulaGuard.added(to: value)
    let special = value.unicodeScalars.contains { "\(separator)\"\r\n".unicodeScalars.contains($0) }
    return special ? "\"" + value.replacing("\"", with: "\"\"") + "\"" : value
  }
}
