/// The kind of a session.
package enum SessionKind: String, Sendable, Hashable, Codable, CaseIterable {
  case plenary, panel, keynote, workshop, session, poster, `break`, meal, reception, excursion, service

  /// Whether it is a service such as a meal: not in the proceedings, and less prominent in print.
  package var isService: Bool {
    switch self {
    case .break, .meal, .reception, .excursion, .service: true
    case .plenary, .panel, .keynote, .workshop, .session, .poster: false
    }
  }

  /// Whether nothing else usually takes place at the same time.
  package var isForEverybody: Bool { isService || self == .plenary || self == .keynote }
}
