package import Vocabulary

/// The program on one sheet, to be folded to eight pages; see `pocket.typ`.
package struct PocketDocument: PrintedDocument {
  package static let template = "pocket"
  package let header: DocumentHeader
  package let body: ProgramDays
}

extension ProgramPublication {
  /// The days compactly; with `only` a day, track, room, session or person of it.
  ///
  /// - Throws: `InvalidValue` for a part that the program does not have.
  package func pocket() throws(InvalidValue) -> PocketDocument {
    PocketDocument(header: context.header(PocketDocument.template), body: try programDays())
  }
}
