import ArgumentParser
import EventLog
import Plenary
import Scheduling

/// A command that changes something. The compiler checks that each has the options that all of them
/// share.
protocol ChangingCommand: AsyncParsableCommand {
  var change: ChangeOptions { get }
  var global: GlobalOptions { get }
  /// Whether `--reason` is among the words of its events, which an expunction can destroy. Beside the events it could not
  /// be destroyed, so it is not stored there.
  static var storesReasonAsWords: Bool { get }
  /// What it stores besides the reason for good and in clear, such as a new short name. It must not name an attendee.
  var textsInClear: [TextInClear] { get }
}

extension ChangingCommand {
  static var storesReasonAsWords: Bool { false }
  var textsInClear: [TextInClear] { [] }
}

/// A command that can cause conflicts, and therefore takes `--waive`.
protocol ConflictingCommand: ChangingCommand {
  var waive: WaiveOptions { get }
}

extension ConflictingCommand {
  func waivers() throws -> [Waiver] { try waive.waivers(reason: change.reason) }
}

/// A changing command that reports one outcome.
protocol SingleChange: ChangingCommand {
  associatedtype Event: EventFamily

  func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws -> Outcome<Event>
}

extension SingleChange {
  func run() async throws {
    // A malformed option is told before the database is asked.
    _ = try change.context()
    let conference = try await global.conferenceToChange()
    let context = try await checkedContext(in: conference)
    try await report(context) {
      try await conference.understandingNames(context) { try await carryOut(in: $0, context) }
    }
  }
}

extension ChangingCommand {
  /// Who gives the command and why.
  ///
  /// - Throws: `Refused` for a reason, or another of the texts in clear, that names an attendee.
  func checkedContext(in conference: ConferenceToChange) async throws -> CommandContext {
    var context = try change.context()
    if Self.storesReasonAsWords { context.reason = nil }
    let reason = context.reason.map { TextInClear(.reason, $0) }
    try await check([reason].compactMap(\.self) + textsInClear, in: conference, context)
    return context
  }

  /// - Throws: `Refused` for a text that stays in clear and names an attendee.
  func check(_ texts: [TextInClear], in conference: ConferenceToChange, _ context: CommandContext)
    async throws
  {
    do {
      try await conference.checkNamesNobody(texts)
    } catch let refused as Refused {
      // The same command sent again records nothing, whoever has that name by now.
      guard try await conference.isAnswered(context) else { throw refused }
    }
  }

  /// Reports the outcome; of a dry run that is refused for its conflicts, also the events.
  func report<Event>(_ context: CommandContext, _ carryOut: () async throws -> Outcome<Event>) async throws {
    do {
      try await carryOut().report(context, json: global.json)
    } catch let trial as ConflictingDryRun<Event> {
      try trial.outcome.report(context, json: global.json)
      throw trial.refused
    } catch let error as AppendError {
      // It is one transaction; commands that record one thing after the other do not say so.
      throw Failure(error).adding("Nothing was changed.")
    }
  }
}

/// A changing command that makes one decision.
protocol DecidedChange: SingleChange where Event == Domain.Event {
  associatedtype Domain: Decider

  /// Called again for each attempt.
  func command(in conference: ConferenceFacts) throws -> Domain.Command
}

extension DecidedChange {
  func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
    -> Outcome<Domain.Event>
  {
    try await conference.change(Domain.self, context, command: command(in:))
  }
}

/// A changing command that makes one decision and can cause conflicts.
protocol ConflictingChange: SingleChange, ConflictingCommand where Event == Domain.Event {
  associatedtype Domain: Decider

  /// Called again for each attempt.
  func command(in conference: ConferenceFacts, _ waivers: [Waiver]) throws -> Domain.Command
}

extension ConflictingChange {
  func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
    -> Outcome<Domain.Event>
  {
    try await conference.change(Domain.self, waivers: waivers(), context, command: command(in:_:))
  }
}

/// A changing command whose whole action can be waived.
protocol WaivingChange: ConflictingChange where Domain: WaivingDecider {
  /// Called again for each attempt.
  func action(in conference: ConferenceFacts) throws -> Domain.Action
}

extension WaivingChange {
  func command(in conference: ConferenceFacts, _ waivers: [Waiver]) throws -> Domain.Command {
    try Domain.Command(action(in: conference), waivers: waivers)
  }
}

/// A command that shows a current or earlier state.
protocol ReadingCommand: AsyncParsableCommand {
  var read: ReadOptions { get }
  var global: GlobalOptions { get }
}
