import ArgumentParser
import EventLog
import Foundation
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

/// What every command takes that changes something.
struct ChangeOptions: ParsableArguments {
  @Flag(name: .long, help: "Show the events that would be appended, and append nothing.")
  var dryRun = false

  @Option(help: "Why; kept with the events.")
  var reason: String?

  @Option(
    help: ArgumentHelp(
      "Accept conflicts of this kind (with --reason): \(Conflict.Kind.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "kind"))
  var waive: [Conflict.Kind] = []

  @Option(help: "Who orders it (default: your login name).")
  var actor: String?

  @Option(name: .customLong("command-id"), help: "A UUID; sent again, the command has one effect.")
  var commandID: String?

  func validate() throws {
    if !waive.isEmpty, reason == nil {
      throw ValidationError("--waive needs a --reason: it is what others will read of it.")
    }
  }

  func waivers() throws -> [Waiver] {
    try waive.map { Waiver($0, reason: try checkedText(reason ?? "", "reason")) }
  }

  func context() throws -> CommandContext {
    try CommandContext(actor: actor, reason: reason, commandID: commandID, dryRun: dryRun)
  }
}
