import Vocabulary

extension ProgramPublication {
  /// A document of the program.
  ///
  /// - Throws: `InvalidValue` for settings that the kind cannot be printed with.
  package func document(_ kind: PrintKind) throws -> any PrintedDocument {
    switch kind {
    case .booklet: return booklet()
    case .pocket, .wallGrid, .daySheets, .doorSigns, .itineraries, .chairSheets, .placeCards:
      throw InvalidValue("not yet")
    case .participants, .signIn, .checkIn, .badges:
      preconditionFailure("\(kind) is made from who registered.")
    }
  }
}

extension AttendancePublication {
  /// A document about who registered.
  ///
  /// - Throws: `InvalidValue` for settings that the kind cannot be printed with.
  package func document(_ kind: PrintKind) throws -> any PrintedDocument {
    switch kind {
    case .participants: return participants()
    case .signIn: return signIn()
    case .checkIn, .badges: throw InvalidValue("not yet")
    case .booklet, .pocket, .wallGrid, .daySheets, .doorSigns, .itineraries, .chairSheets, .placeCards:
      preconditionFailure("\(kind) is made from the program alone.")
    }
  }
}
