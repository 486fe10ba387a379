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
    try await conference.view(ProgramModel.self, .head).model.orderedPrints
  }

  /// - Throws: `Refused` for a print that is not in the ledger.
  package func entry(_ number: Int) async throws -> PrintRow {
    try Self.entry(number, in: try await ledger())
  }

  static func entry(_ number: Int, in ledger: [PrintRow]) throws -> PrintRow {
    if let entry = ledger.first(where: { $0.number == number }) { return entry }
    throw Refused(ledger.isEmpty ? Prints.Refusal.emptyLedger : .noSuchPrint(number, last: ledger.count))
  }

  /// The pieces that people hold after a print, by their keys.
  ///
  /// What was printed of what had changed since another print stands for all: the rest was up to date.
  package func copies(of entry: DocumentPrinted) async throws -> [String: PrintedCopy] {
    guard let kind = PrintKind(rawValue: entry.kind) else { return [:] }
    var settings = entry.settings
    settings.since = nil
    let made = try await prepareWhole(kind, settings, .position(entry.position))
    guard let document = made.document as? any PiecewiseDocument else { return [:] }
    return try document.pieces.reduce(into: [:]) { held, piece in
      held[piece.key] = PrintedCopy(
        print: entry.number, title: piece.title, fingerprint: try piece.fingerprint())
    }
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
  package typealias Since = Prints.Since

  package let kind: PrintKind
  /// Without `since`, and with the selection.
  package let settings: PrintSettings
  package let selection: PrintSelection
  /// Only what is new or changed since then.
  package let since: Since?
  package let bound: LogBound
  package let copies: Int?
  package let recipient: String?

  package init(
    _ kind: PrintKind, _ settings: PrintSettings, _ selection: PrintSelection, since: Since?,
    _ bound: LogBound, copies: Int? = nil, recipient: String? = nil
  ) {
    self.kind = kind
    var settings = settings
    settings.only = selection.only
    self.settings = settings
    self.selection = selection
    self.since = since
    self.bound = bound
    self.copies = copies
    self.recipient = recipient
  }

  /// The earlier print that is meant; nil: everything is printed.
  ///
  /// - Throws: `Refused` where there is no such print.
  fileprivate func earlier(in prints: [DocumentPrinted]) throws -> DocumentPrinted? {
    do throws(Prints.Refusal) {
      return try Prints.earlier(since, kind: kind.rawValue, in: prints)
    } catch { throw Refused(error) }
  }

  fileprivate var asked: Prints.Order {
    var order = Prints.Order(
      kind: kind.rawValue, settings: settings, since: since, copies: copies, recipient: recipient)
    switch bound {
    case .head: break
    case .position(let position): order.position = position
    case .time(let time): order.time = time
    }
    return order
  }
}

/// A document to be handed out, and its entry in the ledger.
package struct LedgerPrint: Sendable {
  package let data: Data
  /// Nil for a dry run.
  package let number: Int?
  package let outcome: Outcome<SchedulingEvent>
}

extension DocumentPrinter {
  /// - Throws: `Failure` for something that does not exist, and if nothing matches.
  package func prepare(_ order: PrintOrder) async throws -> PreparedDocument {
    try await check(order.selection, order.bound)
    let prints = order.since == nil ? [] : try await ledger().map(\.details)
    return try await prepare(order, since: order.earlier(in: prints))
  }

  private func prepare(_ order: PrintOrder, since earlier: DocumentPrinted?) async throws -> PreparedDocument
  {
    let prepared = try await prepare(order.kind, order.settings, since: earlier, order.bound)
    try prepared.checkMatches()
    return prepared
  }

  /// Typesets a document for handing out, and records it in the ledger.
  ///
  /// Typesetting is slow, so nothing is locked meanwhile. The decision resolves the earlier print from the
  /// ledger in the log. If somebody recorded a print of the same kind meanwhile, the document is typeset again.
  /// The same command sent again gives the print that it recorded.
  ///
  /// - Returns: nil if there is no page to print.
  /// - Throws: `AppendError.commandIDReused` if another command has this id.
  package func printForLedger(_ order: PrintOrder, _ context: CommandContext) async throws -> LedgerPrint? {
    var set: (made: Prints.Made, data: Data)?
    // Also what was recorded is read inside: if the connection is lost for good, the print may be in the ledger.
    return try await context.tellingCommandID {
      let outcome: Outcome<SchedulingEvent>?
      do {
        outcome = try await CommandHandler(store: conference.workspace.log).handle(
          Prints.self, Prints.Command(order.asked), in: conference.id, context
        ) { ledger in
          let earlier = try order.earlier(in: ledger.prints)
          if set == nil || set?.made.since != earlier?.number {
            set = try await typeset(order, since: earlier)
          }
          return set.map { Prints.Command(order.asked, $0.made) }
        }
      } catch AppendError.commandIDReused {
        // Receipts of earlier versions remember more than what was asked.
        guard let known = try await recorded(order, context) else { throw AppendError.commandIDReused }
        return known
      }
      guard let outcome else { return nil }
      if case .appended(let receipt) = outcome.effect, receipt.replayed {
        guard let known = try await recorded(order, context, set) else { throw AppendError.commandIDReused }
        return known
      }
      guard let set, case .documentPrinted(let entry)? = outcome.events.first else { return nil }
      return LedgerPrint(data: set.data, number: context.dryRun ? nil : entry.number, outcome: outcome)
    }
  }

  /// - Returns: nil where there is no page to print.
  private func typeset(_ order: PrintOrder, since earlier: DocumentPrinted?) async throws
    -> (made: Prints.Made, data: Data)?
  {
    try await check(order.selection, order.bound)
    let prepared = try await prepare(order, since: earlier)
    if prepared.isEmpty { return nil }
    let data = try await pdf(prepared.document, pictures: order.settings.pictures)
    let made = Prints.Made(
      position: prepared.checkpoint.position, since: earlier?.number, hash: hexadecimal(sha256(Array(data))),
      templates: try await typesettingFingerprint())
    return (made, data)
  }

  /// What the command entered in the ledger before; nil: nothing.
  ///
  /// - Parameter set: what this run made, which is it if the reply to this run was lost.
  private func recorded(
    _ order: PrintOrder, _ context: CommandContext, _ set: (made: Prints.Made, data: Data)? = nil
  ) async throws -> LedgerPrint? {
    guard let receipt = try await conference.receipt(of: context.commandID) else { return nil }
    let events = try await conference.events(after: receipt.first - 1, upTo: .position(receipt.last))
    guard case .documentPrinted(let entry)? = try events.first.flatMap({ try SchedulingEvent($0) }),
      order.asks(for: entry)
    else { throw AppendError.commandIDReused }
    let data =
      if let set, set.made.hash == entry.hash {
        set.data
      } else {
        try await reprint(entry.number, anyway: false).data
      }
    return LedgerPrint(
      data: data, number: entry.number, outcome: Outcome(effect: .appended(receipt), events: []))
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
  /// - Returns: also what it is, and why the bytes are others; nil: they are the same.
  /// - Throws: `Failure` for bytes that are others, and for a print that is not in the ledger.
  package func reprint(_ number: Int, anyway: Bool) async throws
    -> (kind: PrintKind, data: Data, difference: String?)
  {
    let entry = try await entry(number).details
    guard let kind = PrintKind(rawValue: entry.kind) else { throw Self.unknownKind(entry) }
    let data = try await pdf(
      try await prepare(kind, entry.settings, .position(entry.position)).document,
      pictures: entry.settings.pictures)
    if hexadecimal(sha256(Array(data))) == entry.hash { return (kind, data, nil) }
    let cause =
      try await typesettingFingerprint() == entry.templates
      ? "other fonts on this machine, or data that was erased since"
      : "other templates, or another version of the typesetter"
    let difference = "Print \(number) no longer reproduces the same bytes; cause: \(cause)."
    guard anyway else {
      throw Failure(.failed, difference + " Nothing was written.", .reprintAnyway)
    }
    return (kind, data, difference)
  }

  static func unknownKind(_ print: DocumentPrinted) -> Failure {
    Failure(
      .failed,
      "Print \(print.number) is a document of the kind “\(print.kind)”, which this version of Plenary does not "
        + "know; use the version that printed it, or a newer one.")
  }
}
