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
  /// - Parameter since: only this print; nil: the last of each kind, with all that was printed of its
  ///   parts before.
  package func errata(since: Int?) async throws -> Errata {
    let ledger = try await ledger()
    var meant = ledger
    if let since { meant = [try await entry(since)] }
    if meant.isEmpty { throw Refused(Prints.Refusal.emptyLedger) }
    if let unknown = meant.first(where: { PrintKind(rawValue: $0.details.kind) == nil }) {
      throw Failure(
        .failed,
        "Print \(unknown.details.number) is a document of the kind “\(unknown.details.kind)”, which this version of "
          + "Plenary does not know; use the version that printed it, or a newer one.")
    }
    var kinds: [Errata.Kind] = []
    var position = 0
    for kind in PrintKind.allCases {
      let prints = meant.filter { $0.details.kind == kind.rawValue }
      guard let last = prints.last else { continue }
      var settings = last.details.settings
      settings.since = nil
      // Whether a room or a person was left out on purpose is told by the prints that left nothing out.
      let wasWhole = prints.contains { $0.details.settings.only?.isEmpty ?? true }
      if wasWhole { settings.only = nil }
      let now = try await prepare(kind, settings, .head)
      position = now.checkpoint.position
      var entry = Errata.Kind(
        kind: kind.rawValue, print: last.number, printedAt: last.origin.recordedAt,
        copies: last.details.copies, recipient: last.details.recipient, isStale: false, items: [])
      if let document = now.document as? any PiecewiseDocument {
        var held: [String: PrintedCopy] = [:]
        for print in prints { held.merge(try await copies(of: print.details)) { $1 } }
        var left = held
        for piece in document.pieces {
          let known = left.removeValue(forKey: piece.key)
          if let known, try known.fingerprint == piece.fingerprint() { continue }
          if known == nil, !wasWhole { continue }
          entry.items.append(
            Errata.Item(what: known == nil ? .new : .changed, key: piece.key, title: text(piece.title)))
        }
        entry.items += left.sorted { $0.key < $1.key }.map {
          Errata.Item(what: .gone, key: $0.key, title: text($0.value.title))
        }
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
