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
    /// Of a print in languages of its own, these. Nil: the conference's languages.
    package var languages: [Language]?
    /// The print that people hold. Nil if it is new.
    package var print: Int?
  }

  /// What was printed of one kind: a whole document, or pieces of one or several prints.
  package struct Kind: Encodable {
    package var kind: String
    /// The print. Of pieces, the last print: each item names its own.
    package var print: Int
    package var printedAt: Timestamp
    package var copies: Int?
    package var recipient: String?
    package var isStale: Bool
    /// Of what is handed out piece by piece, the pieces.
    package var items: [Item]

    fileprivate init(_ print: PrintRow, isStale: Bool, items: [Item] = []) {
      kind = print.details.kind
      self.print = print.number
      printedAt = print.origin.recordedAt
      copies = print.details.copies
      recipient = print.details.recipient
      self.isStale = isStale
      self.items = items
    }
  }

  package var position: Int
  package var kinds: [Kind]
}

extension DocumentPrinter {
  /// Compares what was printed with what would be printed now.
  ///
  /// If the same was printed several times, people hold the last print. Each print in other languages, of another part, or on
  /// other paper is held beside the others. Each is compared with itself made now, with its own pictures.
  ///
  /// - Parameter since: only this print; nil: everything that people hold.
  package func errata(since: Int?) async throws -> Errata {
    let view = try await conference.view(ProgramModel.self, .head)
    let ledger = view.model.orderedPrints
    let meant = try since.map { [try Self.entry($0, in: ledger)] } ?? ledger
    if meant.isEmpty { throw Refused(Prints.Refusal.emptyLedger) }
    if let unknown = meant.first(where: { PrintKind(rawValue: $0.details.kind) == nil }) {
      throw Self.unknownKind(unknown.details)
    }
    var kinds: [Errata.Kind] = []
    for kind in PrintKind.allCases {
      let prints = meant.filter { $0.details.kind == kind.rawValue }
      guard let last = prints.last else { continue }
      var present = PresentDocuments(printer: self, kind: kind, position: view.checkpoint.position)
      if try await present.document(last.details.settings.complete) is any PiecewiseDocument {
        var items: [Errata.Item] = []
        let sameLanguages = Dictionary(grouping: prints, by: languages).values
        for prints in sameLanguages.sorted(by: { $0[0].number < $1[0].number }) {
          items += try await staleItems(prints, &present)
        }
        kinds.append(Errata.Kind(last, isStale: !items.isEmpty, items: items))
      } else {
        let held = Dictionary(grouping: prints, by: contents).values.compactMap(\.last)
        for print in held.sorted(by: { $0.number < $1.number }) {
          let body = print.details
          let then = try await prepareWhole(kind, body.settings, .position(body.position)).document
          let now = try await present.document(body.settings)
          kinds.append(Errata.Kind(print, isStale: try then.fingerprint() != now.fingerprint()))
        }
      }
    }
    return Errata(position: view.checkpoint.position, kinds: kinds)
  }

  private func languages(_ print: PrintRow) -> [Language] {
    print.details.settings.languages ?? conference.languages
  }

  /// What a print is about, in which languages and on which paper: a later one of the same replaces it, also in other
  /// colours, with other pictures or from a print shop.
  private func contents(_ print: PrintRow) -> PrintSettings {
    let settings = print.details.settings
    var contents = PrintSettings()
    contents.languages = languages(print)
    contents.paper = settings.paper
    contents.only = settings.only
    contents.columns = settings.columns
    contents.released = settings.released
    contents.by = settings.by
    return contents
  }

  /// The pieces to print again, to print for the first time, and to remove.
  ///
  /// A copy is compared with what its own print would give now, with its selection. A piece that the selection no
  /// longer has, but the whole document has, is still of use.
  ///
  /// - Parameter prints: in the same languages.
  private func staleItems(_ prints: [PrintRow], _ present: inout PresentDocuments) async throws
    -> [Errata.Item]
  {
    // Of a piece that was printed several times, people hold the last print.
    var held: [String: (copy: PrintedCopy, settings: PrintSettings)] = [:]
    for print in prints {
      let settings = print.details.settings.complete
      for (key, copy) in try await copies(of: print.details) { held[key] = (copy, settings) }
    }
    let languages = languages(prints[0])
    func item(_ what: Errata.Item.What, _ key: String, _ title: LocalizedText, _ print: Int?) -> Errata.Item {
      Errata.Item(
        what: what, key: key, title: title.best(languages).text,
        languages: languages == conference.languages ? nil : languages, print: print)
    }
    var (stale, gone): ([Errata.Item], [Errata.Item]) = ([], [])
    for (key, (copy, settings)) in held {
      if let now = try await present.piece(key, settings) {
        if try now.fingerprint() == copy.fingerprint { continue }
        stale.append(item(.changed, key, now.title, copy.print))
      } else {
        gone.append(item(.gone, key, copy.title, copy.print))
      }
    }
    // Only a print of everything shows which pieces are new.
    let whole = prints.last { $0.details.settings.only?.isEmpty ?? true }
    if let whole {
      for new in try await present.pieces(whole.details.settings.whole) where held[new.key] == nil {
        stale.append(item(.new, new.key, new.title, nil))
      }
    }
    let order = try await present.pieces((whole ?? prints[prints.count - 1]).details.settings.whole)
    let rank = Dictionary(zip(order.map(\.key), 0...), uniquingKeysWith: { first, _ in first })
    stale.sort { (rank[$0.key] ?? .max, $0.key) < (rank[$1.key] ?? .max, $1.key) }
    return stale + gone.sorted { $0.key < $1.key }
  }

  /// What changed in the program since a print of it, as a slip to be laid into the booklet.
  ///
  /// - Parameters:
  ///   - number: the print; nil: the last booklet, else the last print of the whole program.
  ///   - languages: nil: those of the print.
  ///   - paper: nil: A5 for a booklet, else that of the print.
  package func errataSlip(
    since number: Int?, languages: [Language]?, paper: String?, grey: Bool, replaceMissing: Bool
  ) async throws
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
    settings.replaceMissing = replaceMissing ? true : nil
    settings.only = nil
    let name =
      PrintKind(rawValue: body.kind)?.title(in: settings.languages ?? conference.languages)
      ?? LocalizedText([.english: body.kind])
    let slip = ProgramPublication(now.model, now.checkpoint, conference: conference.id, settings)
      .changeSheet(
        from: before.model, .print(name, before.checkpoint.lastEventAt))
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
  /// The same with what has not changed since another print.
  fileprivate var complete: PrintSettings {
    var settings = self
    settings.since = nil
    return settings
  }

  /// The same for the whole document.
  fileprivate var whole: PrintSettings {
    var settings = complete
    settings.only = nil
    return settings
  }
}

/// The documents of one kind as they would be printed at one position, each prepared once.
private struct PresentDocuments {
  let printer: DocumentPrinter
  let kind: PrintKind
  let position: Int
  private var made: [PrintSettings: any PrintedDocument] = [:]

  init(printer: DocumentPrinter, kind: PrintKind, position: Int) {
    (self.printer, self.kind, self.position) = (printer, kind, position)
  }

  mutating func document(_ settings: PrintSettings) async throws -> any PrintedDocument {
    if let known = made[settings] { return known }
    let document = try await printer.prepareWhole(kind, settings, .position(position)).document
    made[settings] = document
    return document
  }

  mutating func pieces(_ settings: PrintSettings) async throws -> [PrintedPiece] {
    (try await document(settings) as? any PiecewiseDocument)?.pieces ?? []
  }

  /// The piece as the same selection would give it; if it is not in there any more, as the whole document would.
  mutating func piece(_ key: String, _ settings: PrintSettings) async throws -> PrintedPiece? {
    if let own = try await pieces(settings).first(where: { $0.key == key }) { return own }
    return try await pieces(settings.whole).first { $0.key == key }
  }
}
