import ArgumentParser
import EventLog
import Foundation
import Plenary
import Publishing
import Scheduling
import Vocabulary

/// The options of commands whose prints can be recorded in the ledger.
struct LedgerOptions: ParsableArguments {
  @Flag(help: "Record this print in the ledger, for copies that you hand out.") var forPrint = false
  @Option(parsing: .unconditional, help: "Number of copies, e.g. 80 (only with --for-print).") var copies:
    Int?
  @Option(
    name: .customLong("for"),
    help: "Who receives the copies, e.g. “registration desk” (only with --for-print).")
  var recipient: String?
  @Option(
    help: ArgumentHelp(
      "Print only what is new or changed since this print: a number, e.g. 3, or “last” for the last "
        + "print of this kind (default: print everything).", valueName: "print"))
  var sincePrint: String?

  func validate() throws {
    if !forPrint, copies != nil || recipient != nil {
      throw ValidationError("--copies and --for require --for-print.")
    }
    if let copies, !(1...10_000_000).contains(copies) {
      throw ValidationError("--copies takes a number from 1 to 10000000, not \(copies).")
    }
    if let sincePrint, sincePrint != "last", (Int(sincePrint) ?? 0) < 1 {
      throw ValidationError("--since-print takes the number of a recorded print, or “last”.")
    }
  }

  var since: PrintOrder.Since? { sincePrint.map { Int($0).map { .print($0) } ?? .last } }

  /// The part of a file name for a print of what is new.
  var fileNamePart: String? { sincePrint.map { "since-print-\($0)" } }

  func checkedRecipient() throws -> String? { try recipient.map { try checkedText($0, "recipient") } }
}

/// A command that prints a document, and changes something if it records the print.
protocol PrintingCommand: ChangingCommand {
  var ledger: LedgerOptions { get }
  var sheet: SheetOptions { get }
  var templates: TemplateOptions { get }
  var print: PrintOptions { get }
}

extension PrintingCommand {
  /// - Throws: `ValidationError` for options that this format, or a print that is not recorded, cannot have.
  func validatePrint(format: String) throws {
    if format != "pdf", format != "json" {
      if ledger.sincePrint != nil { throw ValidationError("--since-print requires --format pdf or json.") }
      // The JSON is what the template gets.
      if sheet.isGiven {
        throw ValidationError("--paper, --grey and --replace-missing require --format pdf or json.")
      }
    }
    try templates.validate(format: format)
    if format != "pdf", ledger.forPrint { throw ValidationError("--for-print requires --format pdf.") }
    if !ledger.forPrint { try change.refuse(without: "--for-print") }
  }

  /// Says on standard error what a PDF leaves out, and whether it is longer than it may be.
  private func tell(_ order: PrintOrder, _ pdf: Data) {
    LeftOut.tell(from: pdf)
    guard order.kind == .booklet, let sheets = PDFMetadata.pages(pdf) else { return }
    let pages = sheets * (order.settings.imposed == true ? 2 : 1)
    let most = order.settings.pages ?? BookletDocument.usualPages
    if pages > most {
      Console.error(
        "The booklet has \(pages) pages, more than \(most): with all that is in it, it gets no shorter.")
    }
  }

  private func sayNothingChanged() {
    Console.error(
      "There is nothing to print: nothing that matches these options has changed since that print.")
  }

  /// Writes a PDF, and records it with `--for-print`.
  func printPDF(_ order: PrintOrder, with printer: DocumentPrinter, default name: String) async throws {
    guard ledger.forPrint else {
      let prepared = try await printer.prepare(order)
      if prepared.isEmpty { return sayNothingChanged() }
      let data = try await printer.pdf(prepared.document, pictures: order.settings.pictures)
      try print.write(
        data, default: name, json: global.json, kind: order.kind.rawValue,
        isPrivate: order.kind.isAboutAttendees)
      return tell(order, data)
    }
    let conference = ConferenceToChange(printer.conference.workspace, printer.conference.id)
    let context = try await checkedContext(in: conference)
    if let recipient = order.recipient {
      try await check([TextInClear(.recipient, recipient)], in: conference, context)
    }
    if let organisation = order.selection.organisation {
      Console.error(
        "The print ledger keeps “\(organisation)” unencrypted, also after the people of it are erased.")
    }
    try print.checkFolder(default: name)
    guard let made = try await printer.printForLedger(order, context) else {
      return sayNothingChanged()
    }
    if context.dryRun { return try made.outcome.report(context, json: global.json) }
    // The entry comes first: a document that others take for the last print must not be missing in the ledger.
    let number = made.number ?? 0
    do {
      try print.write(
        made.data, default: name, json: global.json, kind: order.kind.rawValue, number: number,
        isPrivate: order.kind.isAboutAttendees)
    } catch let failure as Failure {
      throw failure.adding(
        "The document is in the print ledger as print \(number); make it again with “plenary program reprint \(number)”."
      )
    }
    tell(order, made.data)
    let before = if case .appended(let receipt) = made.outcome.effect { receipt.replayed } else { false }
    Console.error(
      before
        ? "This command already recorded it, as print \(number)."
        : "Recorded in the print ledger as print \(number).")
  }
}

extension LeftOut {
  /// Says on standard error what a PDF leaves out.
  static func tell(from pdf: Data) { for it in read(from: pdf) { Console.error(it.description) } }
}
