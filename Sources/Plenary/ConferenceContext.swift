package import EventLog
import PostgresLog
package import ReadModels
package import Scheduling
package import Vocabulary

/// The workspace and the conference of a command.
package struct ConferenceContext: Sendable {
  package let workspace: Workspace
  package let id: ConferenceID
  package let details: ConferenceDetails

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
    guard let details = state.details else {
      throw Failure(
        .refused, "There is no conference “\(conference)”.", .list(ConferenceEntity.self))
    }
    self.details = details
  }

  package var languages: [Language] { details.languages }

  /// The text in the first of the conference's languages that it has.
  package func text(_ text: LocalizedText?) -> String? { text?.best(languages).text }

  package func times() throws -> TimeInput {
    try TimeInput(zone: details.zone, days: details.firstDay...details.lastDay)
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
  ///
  /// - Throws: for a dry run that conflicts stand against, `ConflictingDryRun` with its events all the same.
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
