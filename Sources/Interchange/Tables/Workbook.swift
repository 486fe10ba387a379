import Vocabulary

/// One sheet of a workbook, at first its first one (ECMA-376, SpreadsheetML), with dates as `2026-02-03` and times as `09:30`.
struct Workbook {
  private var sheet: ForeignSource.File
  private let zip: Zip
  /// Those that can be seen.
  let sheets: [(name: String, path: String)]
  private var index = 0
  private let strings: [String]
  /// By the number of the cell's format.
  private let styles: [Style]
  private let is1904: Bool

  private enum Style { case plain, date, time, dateAndTime, duration }

  init(_ file: ForeignSource.File) throws {
    let zip = try Zip(file)
    guard let book = try zip.contents("xl/workbook.xml") else {
      throw Unreadable("“\(excerpt(file.name))” is a ZIP archive, but no Excel workbook.")
    }
    var sheets: [(name: String, id: String)] = []
    var is1904 = false
    try XMLPieces.read(ForeignSource.File(name: "workbook.xml", bytes: book), whole: ["sheet", "workbookPr"])
    { piece in
      guard case .whole(let element) = piece else { return }
      if element.name == "workbookPr" {
        is1904 = ["1", "true"].contains(element.attributes["date1904"])
      } else if element.attributes["state"] == nil || element.attributes["state"] == "visible" {
        sheets.append((element.attributes["name"] ?? "", element.attributes["id"] ?? ""))
      }
    }
    guard !sheets.isEmpty else { throw Unreadable("The workbook has no sheet that can be seen.") }
    self.is1904 = is1904
    self.zip = zip
    var paths: [String: String] = [:]
    if let relations = try zip.contents("xl/_rels/workbook.xml.rels") {
      try XMLPieces.read(
        ForeignSource.File(name: "workbook.xml.rels", bytes: relations), whole: ["Relationship"]
      ) { piece in
        guard case .whole(let element) = piece, let id = element.attributes["Id"],
          let target = element.attributes["Target"]
        else { return }
        paths[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
      }
    }
    self.sheets = sheets.enumerated().map { index, sheet in
      (
        Words.line(sheet.name) ?? "sheet\(index + 1)",
        paths[sheet.id] ?? "xl/worksheets/sheet\(index + 1).xml"
      )
    }
    guard let bytes = try zip.contents(self.sheets[0].path) else {
      throw Zip.broken("its first sheet is missing")
    }
    sheet = ForeignSource.File(name: file.name, bytes: bytes)
    strings = try Self.strings(zip)
    styles = try Self.styles(zip)
  }

  /// One of its sheets.
  ///
  /// - Throws: `Unreadable` if it is missing or broken in the archive.
  func sheet(_ index: Int) throws -> Workbook {
    var book = self
    guard index > 0 else { return book }
    guard let bytes = try zip.contents(sheets[index].path) else {
      throw Zip.broken("its sheet “\(excerpt(sheets[index].name))” is missing")
    }
    book.sheet = ForeignSource.File(name: sheet.name, bytes: bytes)
    book.index = index
    return book
  }

  private static func strings(_ zip: Zip) throws -> [String] {
    guard let bytes = try zip.contents("xl/sharedStrings.xml") else { return [] }
    var strings: [String] = []
    try XMLPieces.read(ForeignSource.File(name: "sharedStrings.xml", bytes: bytes), whole: ["si"]) { piece in
      guard case .whole(let element) = piece else { return }
      guard strings.count < 2_000_000 else { throw Unreadable("The workbook has too many texts.") }
      strings.append(text(element))
    }
    return strings
  }

  /// The text of an item: one, or runs of different formats; without the readings of Japanese.
  private static func text(_ element: XMLElement) -> String {
    let runs = element.children.flatMap { $0.name == "r" ? $0.all("t") : $0.name == "t" ? [$0] : [] }
    return runs.map(\.text).joined()
  }

  private static func styles(_ zip: Zip) throws -> [Style] {
    guard let bytes = try zip.contents("xl/styles.xml") else { return [] }
    var own: [Int: Style] = [:]
    var styles: [Style] = []
    try XMLPieces.read(ForeignSource.File(name: "styles.xml", bytes: bytes), whole: ["numFmts", "cellXfs"]) {
      piece in
      guard case .whole(let element) = piece else { return }
      for child in element.children.prefix(100_000) {
        if child.name == "numFmt", let id = child.attributes["numFmtId"].flatMap({ Int($0) }) {
          own[id] = style(code: child.attributes["formatCode"] ?? "")
        } else if child.name == "xf" {
          let id = child.attributes["numFmtId"].flatMap { Int($0) } ?? 0
          styles.append(own[id] ?? style(builtIn: id))
        }
      }
    }
    return styles
  }

  /// ECMA-376 part 1, §18.8.30.
  private static func style(builtIn id: Int) -> Style {
    switch id {
    case 14...17, 27...31, 36, 50...58: .date
    case 18...21, 32...35, 45, 47: .time
    case 46: .duration
    case 22: .dateAndTime
    default: .plain
    }
  }

  /// By the letters of the format, without what is quoted or in brackets. `[h]:mm` is a length, which can exceed a day.
  private static func style(code: String) -> Style {
    if code.lowercased().contains(/^[^;]*\[(h+|m+|s+)\]/) { return .duration }
    var (letters, isQuoted, isBracketed) = ("", false, false)
    for sign in code.lowercased() {
      if sign == "\"" { isQuoted.toggle() }
      if sign == "[" { isBracketed = true }
      if sign == ";" { break }
      if !isQuoted, !isBracketed { letters.append(sign) }
      if sign == "]" { isBracketed = false }
    }
    let hasDate = letters.contains("y") || letters.contains("d")
    let hasTime = letters.contains("h") || letters.contains("s")
    return hasDate && hasTime
      ? .dateAndTime : hasDate ? .date : hasTime ? .time : letters.contains("mmm") ? .date : .plain
  }

  /// The rows, with their numbers as lines.
  func rows(_ remark: (Remark) -> Void, _ take: (TableRow) throws -> Void) throws {
    if sheets.count > 1 {
      let others = sheets.indices.filter { $0 != index }.map { "“\(excerpt(sheets[$0].name))”" }
      let shown = others.count > 6 ? Array(others.prefix(5)) + ["\(others.count - 5) more"] : others
      remark(
        Remark(
          "The sheet “\(excerpt(sheets[index].name))” was read; \(list(shown)) \(others.count == 1 ? "was" : "were") not."
        ))
    }
    var number = 0
    var saidError = false
    try XMLPieces.read(sheet, whole: ["row"]) { piece in
      guard case .whole(let element) = piece else { return }
      number = element.attributes["r"].flatMap { Int($0) } ?? number + 1
      guard number <= 1 << 21 else { throw Zip.broken("a row has the number \(number)") }
      var cells: [String] = []
      for cell in element.children where cell.name == "c" {
        let column = cell.attributes["r"].flatMap(Self.column) ?? cells.count
        guard column < TableLimits.columns else {
          if cell.text("v") == nil, cell.first("is") == nil { continue }
          throw Unreadable(
            "The row has more than \(TableLimits.columns) cells.", at: SourcePosition(line: number))
        }
        while cells.count < column { cells.append("") }
        if cells.count > column { continue }
        let (text, isError) = text(of: cell)
        if isError, !saidError {
          saidError = true
          remark(
            Remark(
              "A cell has the error \(excerpt(cell.text("v") ?? "")). It was read as empty.",
              at: SourcePosition(line: number, column: column + 1)))
        }
        cells.append(text)
      }
      let row = TableRow(cells: cells, line: number)
      if !row.isEmpty { try take(row) }
    }
  }

  /// From 0, of `AB12`.
  private static func column(_ reference: String) -> Int? {
    var column = 0
    for byte in reference.utf8.prefix(4) {
      guard (0x41...0x5A).contains(byte) else { break }
      column = column * 26 + Int(byte) - 0x40
    }
    return column > 0 ? column - 1 : nil
  }

  private func text(of cell: XMLElement) -> (String, isError: Bool) {
    let value = cell.text("v") ?? ""
    switch cell.attributes["t"] {
    case "s": return (Int(value).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? "", false)
    case "inlineStr": return (cell.first("is").map(Self.text) ?? "", false)
    case "str", "d": return (value, false)
    case "b": return (value == "1" ? "yes" : "no", false)
    case "e": return ("", true)
    default: break
    }
    let style =
      cell.attributes["s"].flatMap { Int($0) }.flatMap { styles.indices.contains($0) ? styles[$0] : nil }
      ?? .plain
    guard style != .plain, let number = Double(value), number >= 0, number < 200_000 else {
      return (number(value), false)
    }
    // Halves of a minute are rounding.
    let minutes = Int((number * 1440).rounded())
    let (days, rest) = (minutes / 1440, minutes % 1440)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(two(rest / 60)):\(two(rest % 60))"
    // From 1899-12-30, because spreadsheets believe in 29 February 1900; or from 1904-01-01.
    let date = CalendarDate(daysSince1970: days - (is1904 ? 24_107 : 25_569)).description
    switch style {
    case .duration: return ("\(two(minutes / 60)):\(two(minutes % 60))", false)
    case .time where days == 0: return (clock, false)
    case .time, .dateAndTime: return (date + "T" + clock, false)
    case .date: return (rest == 0 ? date : date + "T" + clock, false)
    case .plain: return (value, false)
    }
  }

  /// `7` of `7.0`.
  private func number(_ value: String) -> String {
    guard value.contains(where: { ".eE".contains($0) }), let number = Double(value),
      let whole = Int(exactly: number)
    else { return value }
    return String(whole)
  }
}
