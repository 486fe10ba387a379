extension Labels {
  /// What the documents of the program say beside what all of them say.
  static let forProgram: [String: Wording] = [:]
}
