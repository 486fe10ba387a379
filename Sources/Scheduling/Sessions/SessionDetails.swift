package import Vocabulary

/// The details of a session, without its slots, people and presentations.
package struct SessionDetails: Codable, Sendable, Hashable {
  package var title: LocalizedText
  package var kind: SessionKind
  package var track: TrackID?
  package var description: LocalizedText?
  /// Languages spoken in the session; empty: the conference's languages.
  package var languages: [Language] = []
  /// Languages that it is interpreted into.
  package var interpretation: [Language]?
  package var links: [Link]?
  /// The number of people expected.
  package var expected: Int?
  /// Features that its rooms must have.
  package var needs: [FeatureID]?
  package var recording: Recording?

  package init(
    title: LocalizedText, kind: SessionKind, _ build: (inout Self) -> Void = { _ in }
  ) {
    self.title = title
    self.kind = kind
    build(&self)
  }

  /// - Returns: nil without a title or a kind.
  package init?(_ all: Changes) {
    guard let title = all.title, let kind = all.kind else { return nil }
    self.title = title
    self.kind = kind
    all.apply(to: &self)
  }

  package struct Changes: DetailChanges {
    package var title: LocalizedText?
    package var kind: SessionKind?
    package var track: TrackID?
    package var description: LocalizedText?
    package var languages: [Language]?
    package var interpretation: [Language]?
    package var links: [Link]?
    package var expected: Int?
    package var needs: [FeatureID]?
    package var recording: Recording?
    package var cleared: [Field]?

    package init() {}
  }

  package enum Field: String, DetailField {
    case title, kind, track, description, languages, interpretation, links, expected, needs, recording

    package var access: FieldAccess<SessionDetails, Changes> {
      switch self {
      case .title: .required(\.title, \.title, combine: mergingLanguages)
      case .kind: .required(\.kind, \.kind)
      case .track: .optional(\.track, \.track)
      case .description: .optional(\.description, \.description, combine: mergingLanguages)
      case .languages: .required(\.languages, \.languages)
      case .interpretation: .optional(\.interpretation, \.interpretation)
      case .links: .optional(\.links, \.links)
      case .expected: .optional(\.expected, \.expected)
      case .needs: .optional(\.needs, \.needs)
      case .recording: .optional(\.recording, \.recording, combine: Recording.combined)
      }
    }

    /// What a decision about this field must read, to find the conflicts that a change of it can cause.
    ///
    /// The session's rooms are always read: their seats and features are compared with the session.
    var boundary: FieldBoundary {
      switch self {
      case .track: .track
      case .kind: .concurrentSessions
      case .title, .description, .languages, .interpretation, .links, .expected, .needs, .recording: .session
      }
    }
  }

  /// What a decision about a field reads in addition to the session and its rooms.
  enum FieldBoundary { case session, track, concurrentSessions }
}
