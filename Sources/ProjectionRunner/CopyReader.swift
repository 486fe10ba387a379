import Postgres
import ReadModels

/// Reads the columns of a row from COPY's text format, from left to right.
struct CopyReader: ColumnReader {
  private var fields: CopyFields
  private let table: String

  init(_ line: UnsafeRawBufferPointer, of table: String) {
    fields = CopyFields(line)
    self.table = table
  }

  mutating func nextText() throws -> String? { try fields.next(table) }
}
