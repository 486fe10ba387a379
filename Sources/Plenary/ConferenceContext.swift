package import EventLog
import Foundation
package import ReadModels
package import Scheduling
package import Vocabulary

/// The workspace and the conference of a command that reads, in its current state.
package struct ConferenceContext: Sendable {
  package let workspace: Workspace
  package let id: ConferenceID
  package let details: ConferenceDetails
  package let status: ConferenceStatus
  private let openedAt: Timestamp

  /// - Throws: `Failure` for an unknown conference.
  package init(_ workspace: Workspace, _ conference: ConferenceID) async throws {
    self.workspace = workspace
    id = conference
    if workspace.access == .readModels {
      guard let stored = try await workspace.storedConference(conference) else {
        throw Failure.noConference(conference)
      }
      (details, status) = (stored.details, stored.status)
      openedAt = Timestamp(microseconds: 0)
      return
    }
    let reading = try await workspace.log.read(
      conference, matching: .tagged(.conference), command: nil)
    details = try ConferenceFacts(reading).existing(conference).details
    status = ConferenceStatus(after: reading.events)
    openedAt = reading.events.first?.recordedAt ?? Timestamp(microseconds: 0)
  }

  package var languages: [Language] { details.languages }

  /// The text in the first of the conference's languages that it has.
  package func text(_ text: LocalizedText?) -> String? { text?.best(languages).text }

  /// What a heading has room for.
  package var shortTitle: String { (details.shortTitle ?? details.title).best(languages).text }

  /// The clocks of the conference's zone, for the times of events.
  package func clock() throws -> ZoneRules { try logInput().rules }

  /// The clocks of another zone, on the conference's days.
  package func rules(of zone: String) throws -> ZoneRules {
    try TimeInput(zone: zone, days: details.firstDay...details.lastDay).rules
  }

  /// Reads and shows the times of events, which happened until today.
  private func logInput() throws -> TimeInput {
    let today = CalendarDate(daysSince1970: Int(Date().timeIntervalSince1970 / 86_400))
    // When it was opened is in the log, and not known to those who may not read it.
    let opened =
      openedAt.microseconds > 0
      ? CalendarDate(daysSince1970: Int(openedAt.microseconds / 86_400_000_000))
      : details.firstDay.adding(days: -366)
    return try TimeInput(
      zone: details.zone, days: min(details.firstDay, opened)...max(details.lastDay, today))
  }

  /// The instant up to which events are meant by a time that somebody wrote: the end of the named minute, so that an
  /// event that is shown with this time is included.
  ///
  /// - Throws: `InvalidValue` for text that is not a time; `Failure` for a time that has not come yet, or when the
  ///   conference had not been opened.
  package func past(_ text: String) throws -> Timestamp {
    let input = try logInput()
    let times = try input.instants(text)
    let shown = input.rules.readable(times.lowerBound)
    // The database's clock may be a little ahead of this computer's.
    let now = Int64(Date().timeIntervalSince1970 * 1_000_000) + 60_000_000
    guard times.lowerBound.microseconds <= now else {
      throw Failure(
        .refused, "\(shown) has not come yet; give an earlier time, or none for the current state.")
    }
    guard times.upperBound >= openedAt else {
      throw Failure(
        .refused,
        "There is no conference “\(id)” at \(shown): it was opened at \(input.rules.readable(openedAt)).")
    }
    return times.upperBound
  }

  /// - Throws: `Refused` for a day on which the conference does not take place.
  package func check(_ day: CalendarDate) throws {
    guard (details.firstDay...details.lastDay).contains(day) else {
      throw Refused(Conferences.Refusal.notADay(day, details.firstDay, details.lastDay))
    }
  }

  // MARK: Reading

  package func view<Model: ReadModel>(_: Model.Type, _ bound: LogBound) async throws -> View<Model> {
    try await workspace.view(Model.self, of: id, bound)
  }

  /// A model without tables, replayed from the log each time.
  package func replayed<Model: ReadModel>(_: Model.Type, _ bound: LogBound) async throws -> View<Model> {
    try await workspace.replayed(Model.self, of: id, bound)
  }

  /// The program as last released, with the present one where the log can be read.
  package func publicProgram(_ bound: LogBound) async throws -> View<PublicProgram> {
    try await workspace.publicProgram(of: id, bound)
  }

  /// A read model and the program at the same position.
  package func consistentViews<Model: ReadModel>(_: Model.Type, _ bound: LogBound) async throws
    -> (View<Model>, View<ProgramModel>)
  {
    try await workspace.consistentViews(Model.self, of: id, bound)
  }

  /// The receipt of an earlier command; nil if that command appended nothing.
  func receipt(of commandID: String) async throws -> Receipt? {
    try await workspace.log.read(id, matching: .tagged(.conference), command: commandID).receipt?.receipt
  }
}
