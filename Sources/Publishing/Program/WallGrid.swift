package import Vocabulary

/// Rooms and times, one grid per day, to be put up on a wall; see `wall-grid.typ`.
package struct WallGridDocument: SelectedDocument {
  package static let template = "wall-grid"
  package let header: DocumentHeader
  package let body: ProgramDays
}

extension ProgramPublication {
  /// - Throws: `InvalidValue` for an unknown part of the program.
  package func wallGrid() throws(InvalidValue) -> WallGridDocument {
    WallGridDocument(header: context.header(WallGridDocument.template), body: try programDays())
  }
}
