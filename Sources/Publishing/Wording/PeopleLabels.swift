extension Labels {
  /// What the documents about people say beside what all of them say.
  static let forPeople: [String: Wording] = [:]
}
