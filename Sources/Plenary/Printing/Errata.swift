import EventLog
import Foundation
package import Publishing
import ReadModels
import Scheduling
package import Vocabulary

/// What must be printed again, kind by kind.
package struct Errata: Encodable {
  package struct Item: Encodable {
    package enum What: String, Encodable {
      case changed
      /// Nobody holds it yet.
      case new
      /// What people hold is of no use any more.
      case gone
    }
    package var what: What
    package var key: String
    package var title: String
  }

  package struct Kind: Encodable {
    package var kind: String
    /// The last print of it.
    package var print: Int
    package var printedAt: Timestamp
    package var copies: Int?
    package var recipient: String?
    package var isStale: Bool
    /// Of what is handed out piece by piece, the pieces.
    package var items: [Item]
  }

  package var position: Int
  package var kinds: [Kind]
}

extension DocumentPrinter {
  /// Compares what was printed with what would be printed now.
  ///
  /// - Parameter since: only this print; nil: all prints of each kind.
  package func errata(since: Int?) async throws -> Errata {
    let ledger = try await ledger()
    var meant = ledger
    if let since { meant = [try await entry(since)] }
    if meant.isEmpty { throw Refused(Prints.Refusal.emptyLedger) }
    if let unknown = meant.first(where: { PrintKind(rawValue: $0.details.kind) == nil }) {
      throw Self.unknownKind(unknown.details)
    }
    var kinds: [Errata.Kind] = []
    var position = 0
    for kind in PrintKind.allCases {
      let prints = meant.filter { $0.details.kind == kind.rawValue }
      guard let last = prints.last else { continue }
      var entry = Errata.Kind(
        kind: kind.rawValue, print: last.number, printedAt: last.origin.recordedAt,
        copies: last.details.copies, recipient: last.details.recipient, isStale: false, items: [])
      let now = try await prepareWhole(kind, last.details.settings.whole, .head)
      position = now.checkpoint.position
      if now.document is any PiecewiseDocument {
        entry.items = try await staleItems(kind, prints)
        entry.isStale = !entry.items.isEmpty
      } else {
        let then = try await prepareWhole(kind, last.details.settings, .position(last.details.position))
        let same = try await prepareWhole(kind, last.details.settings, .head)
        entry.isStale = try then.document.fingerprint() != same.document.fingerprint()
      }
      kinds.append(entry)
    }
    return Errata(position: position, kinds: kinds)
  }

  /// The pieces to print again, to print for the first time, and to remove.
  ///
  /// A copy is compared with what its own print would give now: in its languages, and with its selection. A piece
  /// that the selection no longer has, but the whole document has, is still of use.
  private func staleItems(_ kind: PrintKind, _ prints: [PrintRow]) async throws -> [Errata.Item] {
    var made: [PrintSettings: [PrintedPiece]] = [:]
    func pieces(_ settings: PrintSettings) async throws -> [PrintedPiece] {
      if let known = made[settings] { return known }
      let document = try await prepareWhole(kind, settings, .head).document
      let pieces = (document as? any PiecewiseDocument)?.pieces ?? []
      made[settings] = pieces
      return pieces
    }
    func piece(_ key: String, _ settings: PrintSettings) async throws -> PrintedPiece? {
      if let own = try await pieces(settings).first(where: { $0.key == key }) { return own }
      return try await pieces(settings.whole).first { $0.key == key }
    }
    // Of a piece that was printed several times, people hold the last print.
    var held: [String: (copy: PrintedCopy, settings: PrintSettings)] = [:]
    for print in prints {
      var settings = print.details.settings
      settings.since = nil
      for (key, copy) in try await copies(of: print.details) { held[key] = (copy, settings) }
    }
    var (stale, gone): ([Errata.Item], [Errata.Item]) = ([], [])
    for (key, (copy, settings)) in held {
      if let now = try await piece(key, settings) {
        if try now.fingerprint() == copy.fingerprint { continue }
        stale.append(Errata.Item(what: .changed, key: key, title: text(now.title)))
      } else {
        gone.append(Errata.Item(what: .gone, key: key, title: text(copy.title)))
      }
    }
    // Only a print of everything shows which pieces are new.
    let whole = prints.last { $0.details.settings.only?.isEmpty ?? true }
    if let whole {
      for new in try await pieces(whole.details.settings.whole) where held[new.key] == nil {
        stale.append(Errata.Item(what: .new, key: new.key, title: text(new.title)))
      }
    }
    let order = try await pieces((whole ?? prints[prints.count - 1]).details.settings.whole).map(\.key)
    let rank = Dictionary(zip(order, 0...), uniquingKeysWith: { first, _ in first })
    stale.sort { (rank[$0.key] ?? .max, $0.key) < (rank[$1.key] ?? .max, $1.key) }
    return stale + gone.sorted { $0.key < $1.key }
  }

  private func text(_ text: LocalizedText) -> String { text.best(conference.languages).text }

  /// What changed in the program since a print of it, as a slip to be laid into the booklet.
  ///
  /// - Parameters:
  ///   - number: the print; nil: the last booklet, else the last print of the whole program.
  ///   - languages: nil: those of the print.
  ///   - paper: nil: A5 for a booklet, else that of the print.
  package func errataSlip(since number: Int?, languages: [Language]?, paper: String?, grey: Bool) async throws
    -> ErrataSlip
  {
    let ledger = try await ledger()
    let programs: [PrintKind] = [.booklet, .pocket, .wallGrid, .daySheets]
    var named: PrintRow?
    if let number { named = try await entry(number) }
    let base =
      named ?? ledger.last { $0.details.kind == PrintKind.booklet.rawValue }
      ?? ledger.last { print in programs.contains { $0.rawValue == print.details.kind } }
    guard let base else { return .noProgramPrinted }
    let body = base.details
    let before = try await program(released: body.settings.released ?? false, .position(body.position))
    let now = try await program(released: body.settings.released ?? false, .head)
    var settings = body.settings
    settings.languages = languages ?? settings.languages
    settings.paper = paper ?? (body.kind == PrintKind.booklet.rawValue ? "a5" : nil)
    settings.grey = grey ? true : nil
    settings.only = nil
    let name =
      PrintKind(rawValue: body.kind)?.title(in: settings.languages ?? conference.languages)
      ?? LocalizedText([.english: body.kind])
    let slip = ProgramPublication(now.model, now.checkpoint, conference: conference.id, settings)
      .changeSheet(
        from: before.model, .print(name, position: body.position, before.checkpoint.lastEventAt))
    return slip.isEmpty ? .unchanged(print: base.number) : .slip(slip)
  }
}

package enum ErrataSlip {
  case slip(any PrintedDocument)
  /// The program is as it was in that print.
  case unchanged(print: Int)
  /// The ledger has no program, only what was printed from it.
  case noProgramPrinted
}

extension PrintSettings {
  /// The same for the whole document.
  fileprivate var whole: PrintSettings {
    var settings = self
    settings.only = nil
    settings.since = nil
    return settings
  }
}
