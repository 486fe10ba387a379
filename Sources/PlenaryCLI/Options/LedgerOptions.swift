import ArgumentParser
import EventLog
import Foundation
import Plenary
import PostgresLog
import Publishing
import ReadModels
import Record
import Scheduling
import Vocabulary

/// Enters what is printed in the ledger.
struct LedgerOptions: ParsableArguments {
  @Flag(help: "It is going to be handed out: enter it in the print ledger.") var forPrint = false
  @Option(help: "How many.") var copies: Int?
  @Option(name: .customLong("for"), help: "For whom: “registration desk”.") var recipient: String?
  @Option(
    help: "Only what is new or changed since this print of the ledger, or since the “last” of the kind.")
  var sincePrint: String?
  @Option(help: "Who orders it (default: your login name).") var actor: String?
  @Option(help: "Why; kept with the entry.") var reason: String?

  func validate() throws {
    if !forPrint, copies != nil || recipient != nil {
      throw ValidationError("--copies and --for are for the ledger: give --for-print too.")
    }
    if let copies, !(1...10_000_000).contains(copies) {
      throw ValidationError("--copies takes a number, from 1.")
    }
    if let sincePrint, sincePrint != "last", (Int(sincePrint) ?? 0) < 1 {
      throw ValidationError("--since-print takes a number of the ledger, or “last”.")
    }
  }

  func since(_ kind: PrintKind, _ printer: DocumentPrinter) async throws -> Int? {
    guard let sincePrint else { return nil }
    if let number = Int(sincePrint) { return number }
    let last = try await printer.ledger().last { $0.details.kind == kind.rawValue }
    guard let last else {
      throw Failure(
        .refused, "No \(kind.rawValue) are in the print ledger; print all of them first, with --for-print.")
    }
    return last.number
  }

  func enter(
    _ made: PreparedDocument, _ kind: PrintKind, _ settings: PrintSettings, _ data: Data,
    _ print: PrintOptions,
    _ conference: ConferenceContext
  ) async throws {
    guard forPrint else { return }
    let templates = try await Typesetter.fingerprint(
      templates: print.templates.map { URL(fileURLWithPath: $0) },
      typst: Typesetter.find(environment: ProcessInfo.processInfo.environment))
    let body = DocumentPrinted(
      number: 0, kind: kind.rawValue, position: made.checkpoint.position, settings: settings,
      hash: hexadecimal(sha256(Array(data))), templates: templates, copies: copies,
      recipient: try recipient.map { try checkedText($0, "recipient") })
    let context = try CommandContext(actor: actor, reason: reason, commandID: nil, dryRun: false)
    let outcome = try await conference.workspace.change(
      Prints.self, .record(body), in: conference.id, context)
    if case .documentPrinted(let entered)? = outcome.events.first {
      Console.error("Entered in the print ledger as print \(entered.number).")
    }
  }
}
