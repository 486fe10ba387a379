import EventLog
import Foundation
package import Scheduling
package import Vocabulary

/// The facts that a command needs to read its texts and times: the conference's languages, time zone and days.
///
/// They are part of the boundary. All of them can change, so a command is made from them in each attempt. For a command
/// that asks for none of them, nothing is read.
package struct ConferenceFacts: Sendable, Equatable {
  /// The facts were asked for before they were read.
  struct NotRead: Error {}

  private let known: ConferenceDetails?
  /// Whom and what the command's words name.
  var names = NamesGiven()

  /// Nothing was read yet.
  static let notRead = ConferenceFacts(nil)

  init(_ details: ConferenceDetails?) { known = details }

  package static func == (a: Self, b: Self) -> Bool { a.known == b.known }

  func naming(_ names: NamesGiven) -> ConferenceFacts {
    var facts = self
    facts.names = names
    return facts
  }

  /// The conference as these events leave it, or left it for the command that was carried out before: what the
  /// organizer left out means the same again when the command is sent again.
  init(_ reading: BoundaryRead) throws {
    // A command id that opened the conference was used for something else: then the present facts will do.
    let end = reading.receipt.map(\.receipt.first).flatMap { $0 > 1 ? $0 : nil } ?? Int.max
    var details: ConferenceDetails?
    for event in reading.events where event.position < end {
      switch event.type {
      case ConferenceOpened.type, ConferenceRevised.type:
        if case .conferenceOpened(let body) = try SchedulingEvent(event) { details = body.details }
        if case .conferenceRevised(let body) = try SchedulingEvent(event) { body.changes.apply(to: &details) }
      default: break
      }
    }
    known = details
  }

  /// - Throws: `Failure` for an unknown conference.
  func existing(_ conference: ConferenceID) throws -> ConferenceFacts {
    if known == nil { throw Failure.noConference(conference) }
    return self
  }

  var isRead: Bool { known != nil }

  package var details: ConferenceDetails {
    get throws {
      guard let known else { throw NotRead() }
      return known
    }
  }

  /// The speaker that a short name or other words name; `wholly`: a part of the name is not enough.
  package func person(_ words: String, wholly: Bool = false) throws -> PersonID {
    try names.person(words, wholly: wholly)
  }
  /// The session that a short name or other words name.
  package func session(_ words: String, wholly: Bool = false) throws -> SessionID {
    try names.session(words, wholly: wholly)
  }
  /// The attendee that a short name or other words name.
  package func attendee(_ words: String, wholly: Bool = false) throws -> AttendeeID {
    try names.attendee(words, wholly: wholly)
  }

  package var languages: [Language] { get throws { try details.languages } }

  /// - Parameter zone: nil: the conference's.
  package func times(in zone: String? = nil) throws -> TimeInput {
    try times(in: zone ?? details.zone, until: details.lastDay)
  }

  /// For what has happened, also years after the conference.
  package func timesUntilToday() throws -> TimeInput {
    let details = try details
    let today = CalendarDate(daysSince1970: Int(Date().timeIntervalSince1970 / 86_400))
    return try times(in: details.zone, until: max(details.lastDay, today))
  }

  private func times(in zone: String, until last: CalendarDate) throws -> TimeInput {
    let details = try details
    return try TimeInput(zone: zone, days: details.firstDay...last, dayStart: details.dayStart ?? 0)
  }

  /// When something happened that somebody reports.
  ///
  /// - Throws: `InvalidValue` for text that is not a time; `Failure` for a time that has not come yet.
  package func past(_ text: String) throws -> Timestamp {
    let input = try timesUntilToday()
    let time = try input.instants(text).lowerBound
    // The clocks of two computers differ a little.
    guard time.microseconds <= Int64(Date().timeIntervalSince1970 * 1_000_000) + 60_000_000 else {
      throw Failure(
        .refused,
        "\(input.rules.readable(time)) has not come yet; give the time at which it happened, or none for now."
      )
    }
    return time
  }
}
