package import EventLog
import Foundation
import PostgresLog
package import ReadModels
package import Scheduling
package import Vocabulary

/// The workspace and the conference of a command.
package struct ConferenceContext: Sendable {
  package let workspace: Workspace
  package let id: ConferenceID
  package let details: ConferenceDetails
  private let openedAt: Timestamp

  /// - Parameter commandID: The id of the current command. If that command was carried out before, the
  ///   conference is read as it was then. So what the organizer left out, such as the language of a text,
  ///   means the same again.
  /// - Throws: `Failure` for an unknown conference.
  package init(_ workspace: Workspace, _ conference: ConferenceID, for commandID: String? = nil) async throws
  {
    self.workspace = workspace
    id = conference
    let reading = try await PostgresLog(workspace.connection).read(
      conference, matching: .tagged(.conference), command: commandID)
    let end = reading.receipt?.receipt.first ?? Int.max
    var state = Conferences.initial
    for event in reading.events where event.position < end { try Conferences.evolve(&state, event) }
    guard let details = state.details, let openedAt = reading.events.first?.recordedAt else {
      throw Failure(
        .refused, "There is no conference “\(conference)”.", .list(ConferenceEntity.self))
    }
    self.details = details
    self.openedAt = openedAt
  }

  package var languages: [Language] { details.languages }

  /// The text in the first of the conference's languages that it has.
  package func text(_ text: LocalizedText?) -> String? { text?.best(languages).text }

  package func times() throws -> TimeInput {
    try TimeInput(zone: details.zone, days: details.firstDay...details.lastDay)
  }

  /// The clocks of the conference's zone, for the times of events.
  package func clock() throws -> ZoneRules { try TimeInput(zone: details.zone).rules }

  /// The instant up to which events are meant by a time that somebody wrote: the end of the named minute, so that an
  /// event that is shown with this time is included.
  ///
  /// - Throws: `InvalidValue` for text that is not a time; `Failure` for a time that has not come yet, or when the
  ///   conference had not been opened.
  package func past(_ text: String) throws -> Timestamp {
    let input = try TimeInput(zone: details.zone)
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

  /// - Throws: `Failure` for a day on which the conference does not take place.
  package func check(_ day: CalendarDate) throws {
    guard (details.firstDay...details.lastDay).contains(day) else {
      throw Failure(
        .refused,
        "\(day) is not a day of the conference, which lasts from \(details.firstDay) to \(details.lastDay).",
        .conferenceDays)
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

  /// A read model and the program at the same position.
  package func consistentViews<Model: ReadModel>(_: Model.Type, _ bound: LogBound) async throws
    -> (View<Model>, View<ProgramModel>)
  {
    try await workspace.consistentViews(Model.self, of: id, bound)
  }

  // MARK: Changing

  /// Carries out a command of any capability.
  package func change<D: Decider>(_ decider: D.Type, _ command: D.Command, _ context: CommandContext)
    async throws -> Outcome<D.Event>
  {
    try await workspace.change(decider, command, in: id, context)
  }

  /// Carries out a command that can waive conflicts.
  ///
  /// - Throws: In a dry run with conflicts, `ConflictingDryRun`, which has the events as well.
  package func change<D: WaivingDecider>(
    _: D.Type, _ action: D.Action, waivers: [Waiver], _ context: CommandContext
  ) async throws -> Outcome<SchedulingEvent> {
    do {
      return try await change(D.self, D.Command(action, waivers: waivers), context)
    } catch let refused as Refused where context.dryRun {
      let all = Conflict.Kind.allCases.map { Waiver($0, reason: "dry run") }
      var outcome = try await change(D.self, D.Command(action, waivers: all), context)
      outcome.events.removeAll { if case .conflictWaived = $0 { true } else { false } }
      throw ConflictingDryRun(outcome: outcome, refused: refused)
    }
  }

  /// The receipt of an earlier command; nil if that command appended nothing.
  func receipt(of commandID: String) async throws -> Receipt? {
    try await PostgresLog(workspace.connection).read(
      id, matching: .tagged(.conference), command: commandID
    ).receipt?.receipt
  }
}

/// A dry run that found conflicts: the events without them, and the refusal.
package struct ConflictingDryRun: Error {
  package let outcome: Outcome<SchedulingEvent>
  package let refused: Refused
}
