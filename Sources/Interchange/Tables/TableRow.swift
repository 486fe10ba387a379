import Vocabulary

/// A row of a table, with the line of the file, or the row of the sheet, where it begins.
struct TableRow: Sendable, Hashable {
  var cells: [String]
  var line: Int

  var isEmpty: Bool { cells.allSatisfy { $0.nonEmpty == nil } }

  /// Columns count from 1, as spreadsheets show them.
  func position(ofCell column: Int) -> SourcePosition { SourcePosition(line: line, column: column + 1) }

  subscript(column: Int) -> String? { cells.indices.contains(column) ? cells[column].nonEmpty : nil }
}

/// A table is larger than any conference's.
enum TableLimits {
  static let columns = 1000
  static let rows = 1_000_000
  static let cell = 1 << 20
}

/// Ends the reading of a table when its beginning is enough.
struct EnoughRows: Error {}
