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
  /// libxlsxwriter makes it. What it keeps in files meanwhile is in a folder that is only in memory, because the table may have
  /// opened personal data. Texts stay texts: none is a formula. Whole numbers are numbers. The same table gives the same bytes.
  ///
  /// - Parameter title: of the sheet; 31 characters at most are shown.
  /// - Throws: `WorkbookFailure`, also for a table that is too large for a sheet: nothing of it is left out.
  package func workbook(title: String, made day: CalendarDate) throws -> Data {
    // The library writes to a path. This one is a file without a name that is only in memory.
    let file = memfd_create("workbook", 1)  // MFD_CLOEXEC
    guard file >= 0 else { throw WorkbookFailure(reason: "no memory is left") }
    defer { close(file) }
    let error = try Self.folderInMemory(for: size).withCString { folder in
      var options = lxw_workbook_options()
      options.tmpdir = UnsafeMutablePointer(mutating: folder)
      guard let workbook = workbook_new_opt("/proc/self/fd/\(file)", &options) else {
        throw WorkbookFailure(reason: "no memory is left")
      }
      do { try fill(workbook, title, day) } catch {
        lxw_workbook_free(workbook)
        throw error
      }
      return workbook_close(workbook)
    }
    try Self.check(error)
    return try FileHandle(fileDescriptor: file, closeOnDealloc: false).contents()
  }

  private func fill(
    _ workbook: UnsafeMutablePointer<lxw_workbook>, _ title: String, _ day: CalendarDate
  ) throws {
    var properties = lxw_doc_properties()
    properties.created = time_t(day.daysSince1970) * 86_400
    try Self.check(workbook_set_properties(workbook, &properties))
    guard let sheet = workbook_add_worksheet(workbook, Self.sheetName(title)) else {
      throw WorkbookFailure(reason: "no sheet can have the name “\(Self.sheetName(title))”")
    }
    let bold = workbook_add_format(workbook)
    format_set_bold(bold)
    for (column, cell) in header.enumerated() {
      try write(cell, to: sheet, 0, column, bold, asText: true)
      try Self.check(
        worksheet_set_column(sheet, lxw_col_t(column), lxw_col_t(column), width(of: column), nil))
    }
    for (row, cells) in rows.enumerated() {
      for (column, cell) in cells.enumerated() where !cell.isEmpty {
        try write(cell, to: sheet, row + 1, column)
      }
    }
    worksheet_freeze_panes(sheet, 1, 0)
    if !rows.isEmpty, !header.isEmpty {
      try Self.check(worksheet_autofilter(sheet, 0, 0, lxw_row_t(rows.count), lxw_col_t(header.count - 1)))
    }
  }

  private func write(
    _ cell: String, to sheet: UnsafeMutablePointer<lxw_worksheet>, _ row: Int, _ column: Int,
    _ format: UnsafeMutablePointer<lxw_format>? = nil, asText: Bool = false
  ) throws {
    guard let place = lxw_row_t(exactly: row), let column = lxw_col_t(exactly: column) else {
      throw WorkbookFailure(reason: "the table is too large for a sheet")
    }
    // As it is written: 007 and a number of 20 digits are texts.
    if !asText, let number = Int(cell), number.magnitude < 1_000_000_000_000_000, String(number) == cell {
      try Self.check(worksheet_write_number(sheet, place, column, Double(number), format))
    } else {
      let text = Self.shortened(cell, Self.longestCell, "…")
      try Self.check(worksheet_write_string(sheet, place, column, text, format))
    }
  }

  private static func check(_ error: lxw_error) throws {
    if error == LXW_NO_ERROR { return }
    throw WorkbookFailure(
      reason: error == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE
        ? "the table is too large for a sheet"
        : lxw_strerror(error).map { trimming(String(cString: $0)).droppingPoint }
          ?? "error \(error.rawValue)")
  }

  /// Excel counts UTF-16.
  private static func shortened(_ text: String, _ limit: Int, _ mark: String) -> String {
    if text.utf16.count <= limit { return text }
    var (kept, count) = (String.UnicodeScalarView(), mark.utf16.count)
    for scalar in text.unicodeScalars {
      count += scalar.utf16.count
      if count > limit { break }
      kept.append(scalar)
    }
    return String(kept) + mark
  }

  /// More bytes than the library keeps in files.
  private var size: Int {
    ([header] + rows).reduce(1 << 20) { $0 + $1.reduce(64) { $0 + 128 + 6 * $1.utf8.count } }
  }

  /// - Throws: `WorkbookFailure`. Then nothing was written anywhere.
  private static func folderInMemory(for size: Int) throws -> String {
    let folders = [ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"], "/dev/shm", "/run"]
      .compactMap(\.self)
    let folder = folders.first { folder in
      free_in_memory(folder) > size && access(folder, W_OK | X_OK) == 0
    }
    guard let folder else {
      throw WorkbookFailure(
        reason:
          "there is no folder in memory (tmpfs) with \(size >> 20) MB, such as /dev/shm; a table in CSV "
          + "needs none")
    }
    return folder
  }

  /// In characters of the usual font; of long texts, the beginning is seen.
  private func width(of column: Int) -> Double {
    let lengths = ([header] + rows.prefix(200)).map { $0.indices.contains(column) ? $0[column].count : 0 }
    return Double(min(60, max(8, (lengths.max() ?? 0) + 2)))
  }

  /// Excel takes no more than 31 characters, and none of `[]:*?/\`.
  private static func sheetName(_ title: String) -> String {
    let name = shortened(title.filter { !"[]:*?/\\'".contains($0) }, 31, "")
    return name.isEmpty ? "Table" : name
  }
}

extension String {
  fileprivate var droppingPoint: String { hasSuffix(".") ? String(dropLast()) : self }
}

extension FileHandle {
  fileprivate func contents() throws -> Data {
    try seek(toOffset: 0)
    return try readToEnd() ?? Data()
  }
}
