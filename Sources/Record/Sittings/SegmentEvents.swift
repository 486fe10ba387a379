package import EventLog
package import Vocabulary

/// A part of a session with a heading of its own in the record: “Opening”, “First session”.
package struct SegmentDetails: Codable, Sendable, Hashable {
  package var title: LocalizedText
  /// Where it begins among the entries; nil: at the position of the event that opened it.
  package var order: OrderKey?

  package init(title: LocalizedText, order: OrderKey? = nil) {
    self.title = title
    self.order = order
  }

  package struct Changes: DetailChanges {
    package var title: LocalizedText?
    package var order: OrderKey?
    package var cleared: [Field]?

    package init() {}
  }

  package enum Field: String, DetailField {
    case title, order

    package var access: FieldAccess<SegmentDetails, Changes> {
      switch self {
      case .title: .required(\.title, \.title, combine: mergingLanguages)
      case .order: .optional(\.order, \.order)
      }
    }
  }
}

/// A segment of a session begins.
package struct SegmentOpened: EventBody {
  package static let type = "SegmentOpened"
  package var session: SessionID
  /// 1, 2, 3 … within the session; never reused.
  package var segment: Int
  package var details: SegmentDetails
  /// A heading between two entries takes a place there.
  package var tags: [Tag] { [session.tag] + (details.order == nil ? [] : [.places(in: session)]) }

  package init(session: SessionID, segment: Int, details: SegmentDetails) {
    self.session = session
    self.segment = segment
    self.details = details
  }

  package init(from decoder: any Decoder) throws {
    session = try decoder.value("session")
    segment = try decoder.value("segment")
    details = try SegmentDetails(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(session, "session")
    try encoder.put(segment, "segment")
    try details.encode(to: encoder)
  }
}

/// A segment's title or beginning was corrected.
package struct SegmentRevised: EventBody {
  package static let type = "SegmentRevised"
  package var session: SessionID
  package var segment: Int
  package var changes: SegmentDetails.Changes
  package var tags: [Tag] { [session.tag] + (changes.order == nil ? [] : [.places(in: session)]) }

  package init(session: SessionID, segment: Int, changes: SegmentDetails.Changes) {
    self.session = session
    self.segment = segment
    self.changes = changes
  }

  package init(from decoder: any Decoder) throws {
    session = try decoder.value("session")
    segment = try decoder.value("segment")
    changes = try SegmentDetails.Changes(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(session, "session")
    try encoder.put(segment, "segment")
    try changes.encode(to: encoder)
  }
}

/// A segment was removed; its entries stay.
package struct SegmentRemoved: EventBody {
  package static let type = "SegmentRemoved"
  package var session: SessionID
  package var segment: Int
  package var tags: [Tag] { [session.tag] }

  package init(session: SessionID, segment: Int) {
    self.session = session
    self.segment = segment
  }
}

/// The record prints a session under a title of its own, because the published text writes it in another way than
/// the program.
package struct SessionHeadingSet: EventBody {
  package static let type = "SessionHeadingSet"
  package var session: SessionID
  /// Nil: the program's title again.
  package var heading: LocalizedText?
  package var tags: [Tag] { [session.tag] }

  package init(session: SessionID, heading: LocalizedText?) {
    self.session = session
    self.heading = heading
  }
}
