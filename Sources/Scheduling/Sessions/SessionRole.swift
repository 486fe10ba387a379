/// A person's role in one session.
package enum SessionRole: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  case chair, moderator, speaker, presenter, discussant, rapporteur

  /// The order in which a program lists the roles.
  package static func < (a: Self, b: Self) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}
