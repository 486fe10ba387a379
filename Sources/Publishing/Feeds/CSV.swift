/// Comma-separated values as RFC 4180 has them, that a spreadsheet can open without running anything.
struct CSV {
  private(set) var text = ""

  init(header: [String]) { add(header) }

  mutating func add(_ cells: [String]) {
    text += cells.map(Self.cell).joined(separator: ",") + "\r\n"
  }

  private static func cell(_ value: String) -> String {
    var value = value
    // What begins a formula in a spreadsheet, also in the full-width forms that some of them read alike.
    if let first = value.unicodeScalars.first, "=+-@\t\r＝＋－＠".unicodeScalars.contains(first) {
      value = "'" + value
    }
    let special = value.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
    return special ? "\"" + value.replacing("\"", with: "\"\"") + "\"" : value
  }
}
