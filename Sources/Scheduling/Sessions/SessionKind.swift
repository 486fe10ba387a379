/// The kind of a session.
package enum SessionKind: String, Sendable, Hashable, Codable, CaseIterable {
  case plenary, panel, keynote, workshop, session, poster, `break`, meal, reception, excursion, service

  /// Not part of the proceedings; printed lightly.
  package var isService: Bool {
    switch self {
    case .break, .meal, .reception, .excursion, .service: true
    case .plenary, .panel, .keynote, .workshop, .session, .poster: false
    }
  }
}
