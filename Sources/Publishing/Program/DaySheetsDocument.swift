package import Vocabulary

/// A page a day, in the order of time; see `day-sheets.typ`.
package struct DaySheetsDocument: PrintedDocument {
  package static let template = "day-sheets"
  package let header: DocumentHeader
  package let body: ProgramDays
}

extension ProgramPublication {
  /// - Throws: `InvalidValue` for a part that the program does not have.
  package func daySheets() throws(InvalidValue) -> DaySheetsDocument {
    DaySheetsDocument(header: context.header(DaySheetsDocument.template), body: try programDays())
  }
}
