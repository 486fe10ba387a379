import Vocabulary

extension ProgramPublication {
  /// A document of the program.
  ///
  /// - Throws: `InvalidValue` if the kind cannot be printed with these settings.
  package func document(_ kind: PrintKind) throws -> any SelectedDocument {
    switch kind {
    case .booklet: return try booklet()
    case .pocket: return try pocket()
    case .wallGrid: return try wallGrid()
    case .daySheets: return try daySheets()
    case .doorSigns: return try doorSigns()
    case .itineraries: return itineraries()
    case .chairSheets: return chairSheets()
    case .placeCards: return placeCards()
    case .participants, .signIn, .checkIn, .badges:
      preconditionFailure("\(kind) is made from who registered.")
    }
  }
}

extension AttendancePublication {
  /// A document about attendees.
  ///
  /// - Throws: `InvalidValue` if the kind cannot be printed with these settings.
  package func document(_ kind: PrintKind) throws -> any SelectedDocument {
    switch kind {
    case .participants: return try participants()
    case .signIn: return try signIn()
    case .checkIn: return try checkIn()
    case .badges: return try badges()
    case .booklet, .pocket, .wallGrid, .daySheets, .doorSigns, .itineraries, .chairSheets, .placeCards:
      preconditionFailure("\(kind) is made from the program alone.")
    }
  }
}
