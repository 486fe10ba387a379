package import Vocabulary

/// One page per day, in order of time; see `day-sheets.typ`.
package struct DaySheetsDocument: SelectedDocument {
  package static let template = "day-sheets"
  package let header: DocumentHeader
  package let body: ProgramDays
}

extension ProgramPublication {
  /// - Throws: `InvalidValue` for an unknown part of the program.
  package func daySheets() throws(InvalidValue) -> DaySheetsDocument {
    DaySheetsDocument(header: context.header(DaySheetsDocument.template), body: try programDays())
  }
}
