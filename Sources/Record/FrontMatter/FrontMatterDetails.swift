package import Vocabulary

/// What the published record says about itself: its titles, its imprint, and how it is to be read.
///
/// The formal title, the short title and the organisers are fields of the conference.
package struct FrontMatterDetails: Codable, Sendable, Hashable {
  /// The title of the record, if it is not the conference's formal title.
  package var headline: LocalizedText?
  /// The name by which the conference is known: “Valdai Club Shanghai Conference”. Without one, the conference's
  /// short title is printed.
  package var brand: LocalizedText?
  package var series: LocalizedText?
  /// The conference's number in the series.
  package var seriesNumber: Int?
  /// “Shanghai, 25 March 2016”
  package var dateline: LocalizedText?
  /// The summary at the front, in words of its own.
  package var summary: LocalizedText?
  /// The entries whose words are the summary. They are printed as they are in the record.
  package var summaryFrom: [RecordID]?
  /// How the record was made and how it is to be read.
  package var note: LocalizedText?
  package var publisher: LocalizedText?
  package var identifiers: [PublicationIdentifier]?
  package var licence: LocalizedText?
  /// How the record is to be cited; nil: composed of title, issue, place and dates.
  package var citation: LocalizedText?
  /// Nil: the speakers.
  package var participants: ParticipantList?
  /// Nil: left out.
  package var unstated: Unstated?

  package init(_ build: (inout Self) -> Void = { _ in }) { build(&self) }

  package struct Changes: DetailChanges {
    package var headline: LocalizedText?
    package var brand: LocalizedText?
    package var series: LocalizedText?
    package var seriesNumber: Int?
    package var dateline: LocalizedText?
    package var summary: LocalizedText?
    package var summaryFrom: [RecordID]?
    package var note: LocalizedText?
    package var publisher: LocalizedText?
    package var identifiers: [PublicationIdentifier]?
    package var licence: LocalizedText?
    package var citation: LocalizedText?
    package var participants: ParticipantList?
    package var unstated: Unstated?
    package var cleared: [Field]?

    package init() {}
  }

  package enum Field: String, DetailField {
    case headline, brand, series, seriesNumber, dateline, summary, summaryFrom, note, publisher,
      identifiers, licence, citation, participants, unstated

    package var access: FieldAccess<FrontMatterDetails, Changes> {
      switch self {
      case .headline: .optional(\.headline, \.headline, combine: mergingLanguages)
      case .brand: .optional(\.brand, \.brand, combine: mergingLanguages)
      case .series: .optional(\.series, \.series, combine: mergingLanguages)
      case .seriesNumber: .optional(\.seriesNumber, \.seriesNumber)
      case .dateline: .optional(\.dateline, \.dateline, combine: mergingLanguages)
      case .summary: .optional(\.summary, \.summary, combine: mergingLanguages)
      case .summaryFrom: .optional(\.summaryFrom, \.summaryFrom)
      case .note: .optional(\.note, \.note, combine: mergingLanguages)
      case .publisher: .optional(\.publisher, \.publisher, combine: mergingLanguages)
      case .identifiers: .optional(\.identifiers, \.identifiers)
      case .licence: .optional(\.licence, \.licence, combine: mergingLanguages)
      case .citation: .optional(\.citation, \.citation, combine: mergingLanguages)
      case .participants: .optional(\.participants, \.participants)
      case .unstated: .optional(\.unstated, \.unstated)
      }
    }
  }
}

/// Whether the record lists those who took part.
///
/// Attendees are never listed in the record: their data is encrypted and can be erased, and an issue is printed
/// with the same bytes for ever. `attendee print participants` lists those who agreed to be listed.
package enum ParticipantList: String, Codable, Sendable, Hashable, CaseIterable {
  /// The speakers and officers of the sessions, with offices, organisations and countries.
  case speakers
  /// Stored as `none`.
  case nobody = "none"
}

/// What is printed in the place of a fact that nobody stated: when and where a session was held, and who presided.
package enum Unstated: String, Codable, Sendable, Hashable, CaseIterable {
  case leftOut = "left-out"
  /// “not stated”
  case printed
}
