import CLinux
import CXLSXWriter
package import Foundation
import Glibc
package import Vocabulary

/// A workbook could not be made.
package struct WorkbookFailure: Error, CustomStringConvertible {
  let reason: String
  package var description: String { "The workbook could not be made: \(reason)." }
}

extension Spreadsheet {
  /// Excel's limit for the text of a cell. The rest of a longer one is left out, with “…” in its place.
  private static let longestCell = 32_767

  /// An Excel workbook (ISO/IEC 29500) with one sheet: the header stays in sight, and the rows can be filtered.
  ///
  /// libxlsxwriter makes it, in memory. Texts stay texts: none is a formula. Whole numbers are numbers. The same table gives the same
  /// bytes.
  ///
  /// - Parameter title: of the sheet; 31 characters at most are shown.
  package func workbook(title: String, made day: CalendarDate) throws -> Data {
    // The library writes to a path. This one is a file without a name that is only in memory.
    let file = memfd_create("workbook", 1)  // MFD_CLOEXEC
    guard file >= 0 else { throw WorkbookFailure(reason: "no memory is left") }
    defer { close(file) }
    var options = lxw_workbook_options()
    guard let workbook = workbook_new_opt("/proc/self/fd/\(file)", &options) else {
      throw WorkbookFailure(reason: "no memory is left")
    }
    var properties = lxw_doc_properties()
    properties.created = time_t(day.daysSince1970) * 86_400
    workbook_set_properties(workbook, &properties)
    let sheet = workbook_add_worksheet(workbook, Self.sheetName(title))
    let bold = workbook_add_format(workbook)
    format_set_bold(bold)
    for (column, cell) in header.enumerated() {
      worksheet_write_string(sheet, 0, lxw_col_t(column), cell, bold)
      worksheet_set_column(sheet, lxw_col_t(column), lxw_col_t(column), width(of: column), nil)
    }
    for (row, cells) in rows.enumerated() {
      for (column, cell) in cells.enumerated() where !cell.isEmpty {
        write(cell, to: sheet, lxw_row_t(row + 1), lxw_col_t(column))
      }
    }
    worksheet_freeze_panes(sheet, 1, 0)
    if !rows.isEmpty, !header.isEmpty {
      worksheet_autofilter(sheet, 0, 0, lxw_row_t(rows.count), lxw_col_t(header.count - 1))
    }
    let error = workbook_close(workbook)
    guard error == LXW_NO_ERROR else {
      throw WorkbookFailure(
        reason: lxw_strerror(error).map { String(cString: $0) } ?? "error \(error.rawValue)")
    }
    return try FileHandle(fileDescriptor: file, closeOnDealloc: false).contents()
  }

  private func write(
    _ cell: String, to sheet: UnsafeMutablePointer<lxw_worksheet>?, _ row: lxw_row_t, _ column: lxw_col_t
  ) {
    // As it is written: 007 and a number of 20 digits are texts.
    if let number = Int(cell), abs(number) < 1_000_000_000_000_000, String(number) == cell {
      worksheet_write_number(sheet, row, column, Double(number), nil)
    } else {
      let scalars = cell.unicodeScalars
      let text =
        scalars.count <= Self.longestCell
        ? cell : String(String.UnicodeScalarView(scalars.prefix(Self.longestCell - 1))) + "…"
      worksheet_write_string(sheet, row, column, text, nil)
    }
  }

  /// In characters of the usual font; of long texts, the beginning is seen.
  private func width(of column: Int) -> Double {
    let lengths = ([header] + rows.prefix(200)).map { $0.indices.contains(column) ? $0[column].count : 0 }
    return Double(min(60, max(8, (lengths.max() ?? 0) + 2)))
  }

  /// Excel takes no more than 31 characters, and none of `[]:*?/\`.
  private static func sheetName(_ title: String) -> String {
    let name = String(title.filter { !"[]:*?/\\'".contains($0) }.prefix(31))
    return name.isEmpty ? "Table" : name
  }
}

extension FileHandle {
  fileprivate func contents() throws -> Data {
    try seek(toOffset: 0)
    return try readToEnd() ?? Data()
  }
}
