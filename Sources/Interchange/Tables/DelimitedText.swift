import Vocabulary

/// CSV and what is called so: fields between commas, semicolons, tabs or bars, quoted or not (RFC 4180), in lines that end
/// with LF, CR LF or CR.
struct DelimitedText {
  let file: ForeignSource.File
  let encoding: TextEncoding
  let delimiter: UInt8

  /// Finds the encoding and the delimiter. Reads the file to its end.
  init(_ file: ForeignSource.File) throws {
    self.file = file
    encoding = try TextPieces.encoding(of: file)
    let beginning = try file.beginning
    let text =
      switch encoding {
      case .utf8, .utf16: TextEncoding.utf8(beginning)
      case .windows1252: TextEncoding.utf8(windows1252: beginning)
      }
    delimiter = Self.delimiter(of: text)
  }

  /// The delimiter that gives the same number of fields in most of the first lines.
  static func delimiter(of text: [UInt8]) -> UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")]
    // The marks of quotations do not count, nor what is between them.
    var counts: [[Int]] = candidates.map { _ in [0] }
    var isQuoted = false
    for byte in text {
      if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if isQuoted {
        continue
      } else if byte == 0x0A || byte == 0x0D {
        if counts[0].count == 20 { break }
        if counts.contains(where: { $0.last! > 0 }) {
          for index in counts.indices { counts[index].append(0) }
        }
      } else if let index = candidates.firstIndex(of: byte) {
        counts[index][counts[index].count - 1] += 1
      }
    }
    func score(_ lines: [Int]) -> Int {
      guard let first = lines.first, first > 0 else { return 0 }
      return lines.count { $0 == first } * 1000 + min(first, 100)
    }
    return zip(candidates, counts).max { score($0.1) < score($1.1) }.map {
      score($0.1) > 0 ? $0.0 : candidates[0]
    } ?? candidates[0]
  }

  /// - Throws: `Unreadable` for a quotation that does not end, and for cells and rows beyond all measure.
  func rows(_ remark: (Remark) -> Void, _ take: (TableRow) throws -> Void) throws {
    var row = TableRow(cells: [], line: 1)
    var cell: [UInt8] = []
    var (line, quoteLine, rows) = (1, 1, 0)
    enum Place { case start, plain, quoted, afterQuote }
    var place = Place.start
    var afterReturn = false
    var (hasStray, hasReplacement) = (false, false)
    var guarded: [SourcePosition] = []
    var firstGuarded = ""

    func endCell() throws {
      guard row.cells.count < TableLimits.columns else {
        throw Unreadable(
          "The row has more than \(TableLimits.columns) cells.", at: SourcePosition(line: row.line))
      }
      let text = String(decoding: cell, as: UTF8.self)
      if !hasReplacement, text.unicodeScalars.contains("\u{FFFD}") {
        hasReplacement = true
        remark(
          Remark(
            "“\(excerpt(text))” has a sign in place of one that an earlier program could not read (U+FFFD).",
            at: SourcePosition(line: row.line)))
      }
      let unguarded = FormulaGuard.removed(from: text)
      if let unguarded {
        if guarded.isEmpty { firstGuarded = unguarded }
        guarded.append(SourcePosition(line: row.line))
      }
      row.cells.append(unguarded ?? text)
      cell.removeAll(keepingCapacity: true)
      place = .start
    }
    func endRow() throws {
      if place == .start, row.cells.isEmpty, cell.isEmpty { return }
      try endCell()
      rows += 1
      guard rows <= TableLimits.rows else {
        throw Unreadable("The table has more than \(TableLimits.rows) rows.")
      }
      if !row.isEmpty { try take(row) }
      row.cells = []
    }

    try TextPieces.read(file, as: encoding) { bytes in
      for byte in bytes {
        let isBreak = byte == 0x0A || byte == 0x0D
        if byte == 0x0A, afterReturn {
          afterReturn = false
          if place == .quoted { cell.append(byte) }
          continue
        }
        afterReturn = byte == 0x0D
        if isBreak { line += 1 }
        switch place {
        case .quoted:
          if byte == UInt8(ascii: "\"") {
            place = .afterQuote
          } else {
            guard cell.count < TableLimits.cell else {
              throw Unreadable(
                "A quotation begins here, and has not ended after \(TableLimits.cell / 1_000_000) MB. Is a quotation mark missing?",
                at: SourcePosition(line: quoteLine))
            }
            cell.append(byte)
          }
        case .start, .plain, .afterQuote:
          if byte == delimiter {
            try endCell()
          } else if isBreak {
            try endRow()
            row.line = line
          } else if byte == UInt8(ascii: "\""), place == .start {
            (place, quoteLine) = (.quoted, line)
          } else if byte == UInt8(ascii: "\""), place == .afterQuote {
            cell.append(byte)
            place = .quoted
          } else {
            if place == .afterQuote, byte != 0x20, !hasStray {
              hasStray = true
              remark(
                Remark(
                  "Text follows a quotation mark that ends a cell. It was added to the cell.",
                  at: SourcePosition(line: line)))
            }
            if place == .start { place = byte == 0x20 ? .start : .plain }
            if place == .afterQuote { place = .plain }
            guard cell.count < TableLimits.cell else {
              throw Unreadable(
                "The line has a cell of more than \(TableLimits.cell / 1_000_000) MB. This is no table.",
                at: SourcePosition(line: row.line))
            }
            cell.append(byte)
          }
        }
      }
    }
    if place == .quoted {
      throw Unreadable(
        "A quotation begins here, and does not end. A quotation mark is missing.",
        at: SourcePosition(line: quoteLine))
    }
    try endRow()
    if let first = guarded.first {
      remark(
        Remark(
          "The apostrophe before “\(excerpt(firstGuarded))” "
            + (guarded.count > 1 ? "and \(counted(guarded.count - 1, "other text")) " : "")
            + "was left out: it keeps spreadsheets from taking a text for a formula.", at: first))
    }
  }
}
