package import EventLog
package import Foundation
import PostgresLog
package import Publishing
package import ReadModels
package import Scheduling
package import Vocabulary

extension DocumentPrinter {
  /// Everything that was printed to be handed out, in order.
  package func ledger() async throws -> [PrintRow] {
    try await conference.workspace.view(ProgramModel.self, of: conference.id, .head).model.orderedPrints
  }

  /// - Throws: `Failure` for a print that is not in the ledger.
  package func entry(_ number: Int) async throws -> PrintRow {
    let ledger = try await ledger()
    guard let entry = ledger.first(where: { $0.number == number }) else {
      if ledger.isEmpty { throw Failure(.refused, "The print ledger is empty.", .recordPrints) }
      throw Failure(.refused, "There is no print \(number), only 1 to \(ledger.count).", .listPrints)
    }
    return entry
  }

  /// The pieces that people hold after a print, by their keys.
  ///
  /// What was printed of what had changed since another print stands for all: the rest was up to date.
  package func copies(of entry: PrintRow) async throws -> [String: PrintedCopy] {
    guard let kind = PrintKind(rawValue: entry.details.kind) else { return [:] }
    var settings = entry.details.settings
    settings.since = nil
    let made = try await prepareWhole(kind, settings, .position(entry.details.position))
    guard let document = made.document as? any PiecewiseDocument else { return [:] }
    return try document.pieces.reduce(into: [:]) { held, piece in
      held[piece.key] = PrintedCopy(
        print: entry.number, title: piece.title, fingerprint: try piece.fingerprint())
    }
  }

  /// The number of the last print of a kind.
  ///
  /// - Throws: `Failure` where there is none.
  func lastPrint(of kind: PrintKind) async throws -> Int {
    guard let last = try await ledger().last(where: { $0.details.kind == kind.rawValue }) else {
      throw Failure(
        .refused, "No \(kind.rawValue) are in the print ledger; print all of them first.", .recordPrints)
    }
    return last.number
  }
}

/// One piece as people hold it after a print.
package struct PrintedCopy: Sendable {
  package let print: Int
  package let title: LocalizedText
  package let fingerprint: String
}

// MARK: Printing to hand out

/// What is to be printed.
package struct PrintOrder: Sendable {
  package enum Since: Sendable, Equatable {
    case print(Int)
    /// The last print of the same kind.
    case last
  }

  package var kind: PrintKind
  /// Without `since`.
  package var settings: PrintSettings
  /// Only what is new or changed since then.
  package var since: Since?
  package var bound: LogBound
  package var copies: Int?
  package var recipient: String?

  package init(
    _ kind: PrintKind, _ settings: PrintSettings, since: Since?, _ bound: LogBound, copies: Int? = nil,
    recipient: String? = nil
  ) {
    self.kind = kind
    self.settings = settings
    self.since = since
    self.bound = bound
    self.copies = copies
    self.recipient = recipient
  }
}

/// A document that is going to be handed out, and its entry in the ledger.
package struct LedgerPrint: Sendable {
  package let data: Data
  fileprivate let order: PrintOrder
  fileprivate let entry: DocumentPrinted
  /// The same command entered it before.
  fileprivate let receipt: Receipt?
}

extension DocumentPrinter {
  package func prepare(_ order: PrintOrder) async throws -> PreparedDocument {
    try await prepare(order.kind, settings(of: order), order.bound)
  }

  private func settings(of order: PrintOrder) async throws -> PrintSettings {
    var settings = order.settings
    settings.since =
      switch order.since {
      case nil: nil
      case .print(let number): number
      case .last: try await lastPrint(of: order.kind)
      }
    return settings
  }

  /// Sets a document that is going to be handed out.
  ///
  /// The same command gives what it gave before: the print that it entered, set again.
  ///
  /// - Returns: nil where there is no page to print.
  /// - Throws: `AppendError.commandIDReused` where the command did something else.
  package func printForLedger(_ order: PrintOrder, _ context: CommandContext) async throws -> LedgerPrint? {
    if let known = try await recorded(order, context) { return known }
    let settings = try await settings(of: order)
    let prepared = try await prepare(order.kind, settings, order.bound)
    if prepared.isEmpty { return nil }
    let data = try await pdf(prepared.document)
    let entry = DocumentPrinted(
      number: 0, kind: order.kind.rawValue, position: prepared.checkpoint.position, settings: settings,
      hash: hexadecimal(sha256(Array(data))), templates: try await typesettingFingerprint(),
      copies: order.copies, recipient: order.recipient)
    return LedgerPrint(data: data, order: order, entry: entry, receipt: nil)
  }

  /// Enters a print in the ledger.
  ///
  /// - Returns: also its number; nil for a dry run.
  package func record(_ print: LedgerPrint, _ context: CommandContext) async throws
    -> (number: Int?, outcome: Outcome<SchedulingEvent>)
  {
    if let receipt = print.receipt {
      return (print.entry.number, Outcome(effect: .appended(receipt), events: []))
    }
    do {
      let outcome = try await conference.change(Prints.self, .record(print.entry), context)
      guard case .documentPrinted(let entered)? = outcome.events.first, !context.dryRun else {
        return (nil, outcome)
      }
      return (entered.number, outcome)
    } catch AppendError.commandIDReused {
      // The same command, sent twice at once.
      guard let known = try await recorded(print.order, context), let receipt = known.receipt else {
        throw AppendError.commandIDReused
      }
      return (known.entry.number, Outcome(effect: .appended(receipt), events: []))
    }
  }

  /// What the command entered in the ledger before; nil: nothing.
  private func recorded(_ order: PrintOrder, _ context: CommandContext) async throws -> LedgerPrint? {
    guard let receipt = try await conference.receipt(of: context.commandID) else { return nil }
    let events = try await conference.events(after: receipt.first - 1, upTo: .position(receipt.last))
    guard case .documentPrinted(let entry)? = try events.first.flatMap({ try SchedulingEvent($0) }),
      order.asks(for: entry)
    else { throw AppendError.commandIDReused }
    let (data, _) = try await reprint(entry.number, anyway: false)
    return LedgerPrint(data: data, order: order, entry: entry, receipt: receipt)
  }
}

extension PrintOrder {
  /// Whether an entry of the ledger is what this order may have led to.
  fileprivate func asks(for entry: DocumentPrinted) -> Bool {
    var asked = entry.settings
    asked.since = nil
    let isSince =
      switch since {
      case nil: entry.settings.since == nil
      case .last: entry.settings.since != nil
      case .print(let number): entry.settings.since == number
      }
    let isPosition = if case .position(let position) = bound { position == entry.position } else { true }
    return kind.rawValue == entry.kind && settings == asked && isSince && isPosition
      && copies == entry.copies && recipient == entry.recipient
  }
}

// MARK: Reprinting

extension DocumentPrinter {
  /// Makes a print of the ledger anew, from the position that it was made from.
  ///
  /// - Parameter anyway: also where the bytes are others than those that were printed.
  /// - Returns: also why they are others; nil: they are the same.
  /// - Throws: `Failure` for bytes that are others, and for a print that is not in the ledger.
  package func reprint(_ number: Int, anyway: Bool) async throws -> (data: Data, difference: String?) {
    let entry = try await entry(number).details
    guard let kind = PrintKind(rawValue: entry.kind) else {
      throw Failure(.failed, "This Plenary does not know “\(entry.kind)”; use the newer one.")
    }
    let data = try await pdf(
      try await prepare(kind, entry.settings, .position(entry.position)).document)
    if hexadecimal(sha256(Array(data))) == entry.hash { return (data, nil) }
    let cause =
      try await typesettingFingerprint() == entry.templates
      ? "other fonts on this machine, or data that was erased since"
      : "other templates, or another version of the typesetter"
    let difference = "Print \(number) no longer reproduces the same bytes; cause: \(cause)."
    guard anyway else {
      throw Failure(.failed, difference + " Nothing was written.", .reprintAnyway)
    }
    return (data, difference)
  }
}
