package import EventLog
package import Scheduling
package import Vocabulary

/// The conference of a command that changes something. Only what the decision depends on is read.
package struct ConferenceToChange: Sendable {
  package let workspace: Workspace
  package let id: ConferenceID
  /// Whom and what the command's words name.
  var names = NamesGiven()

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
      try await CommandHandler(store: workspace.log).handle(decider, in: id, context) {
        try command($0.naming(names))
      }
    }
    .warningOfCharacters(workspace)
  }

  /// Carries out a command that can waive conflicts.
  ///
  /// - Parameter command: makes the command from the conference's facts and the waivers.
  /// - Throws: in a dry run with conflicts, `ConflictingDryRun`, which has the events as well.
  package func change<D: Decider>(
    _ decider: D.Type, waivers: [Waiver], _ context: CommandContext,
    command: (ConferenceFacts, [Waiver]) throws -> D.Command
  ) async throws -> Outcome<D.Event> {
    try await context.showingConflicts(waivers) { waivers in
      try await change(decider, context) { try command($0, waivers) }
    }
  }

  /// Carries out a command with personal data, which is encrypted with the key of `person`.
  package func change<D: Decider, Personal: Encodable & Sendable>(
    _ decider: D.Type, of person: Tag, _ context: CommandContext,
    sealing personal: (ConferenceFacts) throws -> Personal,
    command: (ConferenceFacts, Confidential<Personal>) throws -> D.Command
  ) async throws -> Outcome<D.Event> {
    var sealed: Personal?
    return try await context.tellingCommandID {
      try await CommandHandler(store: workspace.log).handle(
        decider, of: person, in: id, context,
        sealing: { facts in
          let asked = try personal(facts.naming(names))
          sealed = asked
          return asked
        }, command: { try command($0.naming(names), $1) })
    }
    .warningOfCharacters(workspace, sealed: sealed)
  }
}

extension CommandContext {
  /// Carries out a command that can waive conflicts. A dry run that is refused for its conflicts also tells what it
  /// would append.
  ///
  /// - Throws: `ConflictingDryRun`, which has these events; what `body` throws.
  func showingConflicts<Event>(
    _ waivers: [Waiver], _ body: ([Waiver]) async throws -> Outcome<Event>
  ) async throws -> Outcome<Event> {
    do {
      return try await body(waivers)
    } catch let refused as Refused where dryRun {
      // If it was refused for something else, it is refused again.
      var outcome = try await body(Conflict.Kind.allCases.map { Waiver($0, reason: "dry run") })
      outcome.events.removeAll { $0.body is ConflictWaived }
      throw ConflictingDryRun(outcome: outcome, refused: refused)
    }
  }
}

/// A dry run that found conflicts: the events without their waivers, and the refusal.
package struct ConflictingDryRun<Event: EventFamily>: RefusedDryRun {
  package let outcome: Outcome<Event>
  package let refused: Refused
}

/// A dry run that shows events although it was refused.
package protocol RefusedDryRun: Error {
  var refused: Refused { get }
}
