/// What a person does in one session.
package enum SessionRole: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  case chair, moderator, speaker, presenter, discussant, rapporteur

  /// In the order in which a program names them.
  package static func < (a: Self, b: Self) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}
