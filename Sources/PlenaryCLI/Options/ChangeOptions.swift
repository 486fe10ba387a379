import ArgumentParser
import Foundation
import Plenary
import Scheduling
import Vocabulary

/// What every command takes that changes something.
struct ChangeOptions: ParsableArguments {
  @Flag(name: .long, help: "Show the events that would be appended, and append nothing.")
  var dryRun = false

  @Option(help: "Why, kept with the events: “The speaker's train is late”.")
  var reason: String?

  @Option(help: "Who gives the command (default: PLENARY_ACTOR, else your login name).")
  var actor: String?

  @Option(
    name: .customLong("command-id"),
    help: ArgumentHelp(
      "UUID, for example from “uuidgen”; repeating it does not repeat the command (default: a new one).",
      valueName: "uuid"))
  var commandID: String?

  func context() throws -> CommandContext {
    let named = ProcessInfo.processInfo.environment["PLENARY_ACTOR"].flatMap { $0.isEmpty ? nil : $0 }
    return try CommandContext(
      actor: actor ?? named, reason: reason, commandID: commandID, dryRun: dryRun)
  }
}

/// What a command takes that can bring about conflicts.
struct WaiveOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Accept conflicts of this kind, with --reason; may be repeated: "
        + "\(Conflict.Kind.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "kind"))
  var waive: [Conflict.Kind] = []

  /// - Throws: `ValidationError` without a reason.
  func waivers(reason: String?) throws -> [Waiver] {
    if !waive.isEmpty, reason == nil {
      throw ValidationError("--waive needs a --reason: it is what others will read of it.")
    }
    return try waive.map { Waiver($0, reason: try checkedText(reason ?? "", "reason")) }
  }
}
