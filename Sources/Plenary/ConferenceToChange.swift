package import EventLog
package import Record
package import Scheduling
package import Vocabulary

/// The conference of a command that changes something. Only what the decision depends on is read.
package struct ConferenceToChange: Sendable {
  package let workspace: Workspace
  package let id: ConferenceID

  package init(_ workspace: Workspace, _ conference: ConferenceID) {
    self.workspace = workspace
    id = conference
  }

  /// Carries out a command of any capability.
  ///
  /// - Parameter command: makes the command from the conference's facts; called again for each attempt.
  package func change<D: Decider>(
    _ decider: D.Type, _ context: CommandContext, command: (ConferenceFacts) throws -> D.Command
  ) async throws -> Outcome<D.Event> {
    try await context.tellingCommandID {
      try await CommandHandler(store: workspace.log).handle(decider, in: id, context, command: command)
    }
  }

  /// Carries out a command that can waive conflicts.
  ///
  /// - Throws: in a dry run with conflicts, `ConflictingDryRun`, which has the events as well.
  package func change<D: WaivingDecider>(
    _: D.Type, waivers: [Waiver], _ context: CommandContext, action: (ConferenceFacts) throws -> D.Action
  ) async throws -> Outcome<SchedulingEvent> {
    do {
      return try await change(D.self, context) { try D.Command(action($0), waivers: waivers) }
    } catch let refused as Refused where context.dryRun {
      let all = Conflict.Kind.allCases.map { Waiver($0, reason: "dry run") }
      var outcome = try await change(D.self, context) { try D.Command(action($0), waivers: all) }
      outcome.events.removeAll { if case .conflictWaived = $0 { true } else { false } }
      throw ConflictingDryRun(outcome: outcome, refused: refused)
    }
  }

  /// Carries out a command with personal data, which is encrypted with the key of `person`.
  package func change<D: Decider, Personal: Encodable & Sendable>(
    _ decider: D.Type, of person: Tag, _ context: CommandContext,
    sealing personal: (ConferenceFacts) throws -> Personal,
    command: (ConferenceFacts, Confidential<Personal>) throws -> D.Command
  ) async throws -> Outcome<D.Event> {
    try await context.tellingCommandID {
      try await CommandHandler(store: workspace.log).handle(
        decider, of: person, in: id, context, sealing: personal, command: command)
    }
  }

  /// Carries out a command about the record, with the identity behind a withheld attribution.
  ///
  /// - Parameters:
  ///   - identity: the identity to encrypt; nil if none is given.
  ///   - command: makes the command from the encrypted identity.
  package func changeRecord(
    withholding identity: WithheldIdentity?, _ context: CommandContext,
    command: (ConferenceFacts, Confidential<WithheldIdentity>?) throws -> Statements.Command
  ) async throws -> Outcome<RecordEvent> {
    guard let identity else {
      return try await change(Statements.self, context) { try command($0, nil) }
    }
    return try await change(
      Statements.self, of: identity.person.tag, context, sealing: { _ in identity }, command: command)
  }
}

/// A dry run that found conflicts: the events without them, and the refusal.
package struct ConflictingDryRun: Error {
  package let outcome: Outcome<SchedulingEvent>
  package let refused: Refused
}
