/// Comma-separated values (RFC 4180). Cells cannot run formulas in a spreadsheet.
struct CSV {
  private(set) var text = ""

  init(header: [String]) { add(header) }

  mutating func add(_ cells: [String]) {
    text += cells.map(Self.cell).joined(separator: ",") + "\r\n"
  }

  private static func cell(_ value: String) -> String {
    var value = value
    // These characters begin a formula. Some spreadsheets accept the full-width forms too.
    if let first = value.unicodeScalars.first, "=+-@\t\r＝＋－＠".unicodeScalars.contains(first) {
      value = "'" + value
    }
    let special = value.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
    return special ? "\"" + value.replacing("\"", with: "\"\"") + "\"" : value
  }
}
