package import Vocabulary

/// The program on one sheet, folded to eight pages; see `pocket.typ`.
package struct PocketDocument: SelectedDocument {
  package static let template = "pocket"
  package let header: DocumentHeader
  package let body: ProgramDays
}

extension ProgramPublication {
  /// The days in compact form. `only` can name a day, track, room, session or person.
  ///
  /// - Throws: `InvalidValue` for an unknown part of the program.
  package func pocket() throws(InvalidValue) -> PocketDocument {
    PocketDocument(header: context.header(PocketDocument.template), body: try programDays())
  }
}
