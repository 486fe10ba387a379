import ArgumentParser
import Foundation
import Plenary
import Scheduling
import Vocabulary

/// The options of every command that changes something.
struct ChangeOptions: ParsableArguments {
  @Flag(name: .long, help: "Show what would be recorded, without changing anything.")
  var dryRun = false

  @Option(help: "Reason for the change, stored in the log: “The speaker's train is late”.")
  var reason: String?

  @Option(
    help:
      "Person who makes the change; the log keeps it for good (default: PLENARY_ACTOR, otherwise your login name)."
  )
  var actor: String?

  @Option(
    name: .customLong("command-id"),
    help: ArgumentHelp(
      "UUID, e.g. from “uuidgen”. Repeating it does not repeat the command (default: a new one).",
      valueName: "uuid"))
  var commandID: String?

  /// - Parameter option: what makes the command change something: `--for-print`.
  /// - Throws: `ValidationError` for options that a command without it would ignore.
  func refuse(without option: String) throws {
    if dryRun || reason != nil || actor != nil || commandID != nil {
      throw ValidationError("--dry-run, --reason, --actor and --command-id require \(option).")
    }
  }

  private static let named = ProcessInfo.processInfo.environment["PLENARY_ACTOR"].flatMap {
    $0.isEmpty ? nil : $0
  }

  func context() throws -> CommandContext {
    let script = ScriptedCommand.current
    return try CommandContext(
      actor: actor ?? script?.actor ?? Self.named, reason: reason ?? script?.reason,
      commandID: commandID ?? script?.commandID, dryRun: dryRun)
  }
}

/// The option of every command that can cause conflicts.
struct WaiveOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Accept conflicts of this kind; requires --reason. Repeat for several kinds.",
      valueName: "kind"))
  var waive: [Conflict.Kind] = []

  /// - Throws: `ValidationError` without a reason.
  func waivers(reason: String?) throws -> [Waiver] {
    if !waive.isEmpty, reason == nil {
      throw ValidationError("--waive needs a --reason; others will see why the conflict was accepted.")
    }
    return try waive.map { Waiver($0, reason: try checkedText(reason ?? "", "reason")) }
  }
}

extension Conflict.Kind: ExpressibleByArgument {}
