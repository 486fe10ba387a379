package import EventLog
package import Vocabulary

// A sitting of a session, as it was held. Each event has the number of its step: 1, 2, 3 … within the session, never
// reused.

/// A session was called to order.
package struct SessionConvened: EventBody {
  package static let type = "SessionConvened"
  package var session: SessionID
  package var step: Int
  package var details: SittingDetails
  package var tags: [Tag] { stepTags(session, details.presiding) }

  package init(session: SessionID, step: Int, details: SittingDetails = SittingDetails()) {
    self.session = session
    self.step = step
    self.details = details
  }

  package init(from decoder: any Decoder) throws {
    try self.init(
      session: decoder.value("session"), step: decoder.value("step"), details: SittingDetails(from: decoder))
  }

  package func encode(to encoder: any Encoder) throws { try encode(session, step, details, to: encoder) }
}

/// A session was suspended: it continues later.
package struct SessionSuspended: EventBody {
  package static let type = "SessionSuspended"
  package var session: SessionID
  package var step: Int
  package var details: SittingDetails
  package var tags: [Tag] { stepTags(session, details.presiding) }

  package init(session: SessionID, step: Int, details: SittingDetails = SittingDetails()) {
    self.session = session
    self.step = step
    self.details = details
  }

  package init(from decoder: any Decoder) throws {
    try self.init(
      session: decoder.value("session"), step: decoder.value("step"), details: SittingDetails(from: decoder))
  }

  package func encode(to encoder: any Encoder) throws { try encode(session, step, details, to: encoder) }
}

/// A suspended session continued.
package struct SessionResumed: EventBody {
  package static let type = "SessionResumed"
  package var session: SessionID
  package var step: Int
  package var details: SittingDetails
  package var tags: [Tag] { stepTags(session, details.presiding) }

  package init(session: SessionID, step: Int, details: SittingDetails = SittingDetails()) {
    self.session = session
    self.step = step
    self.details = details
  }

  package init(from decoder: any Decoder) throws {
    try self.init(
      session: decoder.value("session"), step: decoder.value("step"), details: SittingDetails(from: decoder))
  }

  package func encode(to encoder: any Encoder) throws { try encode(session, step, details, to: encoder) }
}

/// A session rose: its sitting was over.
package struct SessionClosed: EventBody {
  package static let type = "SessionClosed"
  package var session: SessionID
  package var step: Int
  package var details: SittingDetails
  package var tags: [Tag] { stepTags(session, details.presiding) }

  package init(session: SessionID, step: Int, details: SittingDetails = SittingDetails()) {
    self.session = session
    self.step = step
    self.details = details
  }

  package init(from decoder: any Decoder) throws {
    try self.init(
      session: decoder.value("session"), step: decoder.value("step"), details: SittingDetails(from: decoder))
  }

  package func encode(to encoder: any Encoder) throws { try encode(session, step, details, to: encoder) }
}

/// What is known of a step was corrected. `changes` holds only the fields that changed.
package struct SittingRevised: EventBody {
  package static let type = "SittingRevised"
  package var session: SessionID
  package var step: Int
  package var changes: SittingDetails.Changes
  package var tags: [Tag] { stepTags(session, changes.presiding) }

  package init(session: SessionID, step: Int, changes: SittingDetails.Changes) {
    self.session = session
    self.step = step
    self.changes = changes
  }

  package init(
    session: SessionID, step: Int, _ build: (inout SittingDetails.Changes) -> Void = { _ in }
  ) {
    self.init(session: session, step: step, changes: SittingDetails.Changes(build))
  }

  package init(from decoder: any Decoder) throws {
    session = try decoder.value("session")
    step = try decoder.value("step")
    changes = try SittingDetails.Changes(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(session, "session")
    try encoder.put(step, "step")
    try changes.encode(to: encoder)
  }
}

/// The last step of a session was taken back: it was entered by mistake.
package struct SittingStepRetracted: EventBody {
  package static let type = "SittingStepRetracted"
  package var session: SessionID
  package var step: Int
  package var tags: [Tag] { [session.tag] }

  package init(session: SessionID, step: Int) {
    self.session = session
    self.step = step
  }
}

private func stepTags(_ session: SessionID, _ presiding: Presiding?) -> [Tag] {
  [session.tag] + (presiding?.persons ?? []).map(\.tag)
}

extension EventBody {
  fileprivate func encode(
    _ session: SessionID, _ step: Int, _ details: SittingDetails, to encoder: any Encoder
  ) throws {
    try encoder.put(session, "session")
    try encoder.put(step, "step")
    try details.encode(to: encoder)
  }
}

/// What happened to the sittings, segments and headings of sessions. `RecordEvent` has them as one case.
package enum SittingEvent: Sendable, Hashable {
  case sessionConvened(SessionConvened)
  case sessionSuspended(SessionSuspended)
  case sessionResumed(SessionResumed)
  case sessionClosed(SessionClosed)
  case sittingRevised(SittingRevised)
  case sittingStepRetracted(SittingStepRetracted)
  case segmentOpened(SegmentOpened)
  case segmentRevised(SegmentRevised)
  case segmentRemoved(SegmentRemoved)
  case sessionHeadingSet(SessionHeadingSet)

  package var body: any EventBody {
    switch self {
    case .sessionConvened(let body): body
    case .sessionSuspended(let body): body
    case .sessionResumed(let body): body
    case .sessionClosed(let body): body
    case .sittingRevised(let body): body
    case .sittingStepRetracted(let body): body
    case .segmentOpened(let body): body
    case .segmentRevised(let body): body
    case .segmentRemoved(let body): body
    case .sessionHeadingSet(let body): body
    }
  }
}
