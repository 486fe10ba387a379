import EventLog
import Foundation
import Plenary
import PostgresLog
import Publishing
import ReadModels
import Scheduling
import Vocabulary

/// Makes documents of the conference as it is or was: the same kind, settings and position give the same
/// bytes, which is what the print ledger rests on.
struct DocumentPrinter {
  let conference: ConferenceContext

  /// - Throws: `Failure` where nothing was released and the released program is asked for.
  func make(_ kind: PrintKind, _ settings: PrintSettings, _ bound: EventStream.Bound) async throws
    -> PreparedDocument
  {
    var plain = settings
    plain.since = nil
    let made = try await makeWhole(kind, plain, bound)
    guard let since = settings.since else { return made }
    guard let document = made.document as? any PiecewiseDocument else {
      throw Failure(
        .wrongUsage, "\(kind.rawValue) are printed as a whole; --since-print is for \(Self.inPieces).")
    }
    let entry = try await entry(since)
    guard entry.details.kind == kind.rawValue else {
      throw Failure(.wrongUsage, "Print \(since) is of \(entry.details.kind), not of \(kind.rawValue).")
    }
    let held = try await parts(of: entry)
    let keys = try document.pieces.filter { try held[$0.key]?.fingerprint != $0.fingerprint() }.map(\.key)
    return PreparedDocument(document: document.only(pieces: Set(keys)), checkpoint: made.checkpoint)
  }

  static let inPieces = "door-signs, itineraries, chair-sheets, place-cards and badges"

  private func makeWhole(_ kind: PrintKind, _ settings: PrintSettings, _ bound: EventStream.Bound)
    async throws -> PreparedDocument
  {
    if kind.isAboutAttendees {
      let (view, program) = try await conference.workspace.consistentViews(
        AttendanceModel.self, of: conference.id, bound)
      let publication = AttendancePublication(
        view.model, program: program.model, view.checkpoint, conference: conference.id, settings,
        open: try await conference.workspace.detailsDecryptor(for: conference.id))
      return PreparedDocument(document: try publication.document(kind), checkpoint: view.checkpoint)
    }
    let view = try await program(released: settings.released ?? false, bound)
    let publication = ProgramPublication(
      view.model, view.checkpoint, conference: conference.id, settings)
    return PreparedDocument(document: try publication.document(kind), checkpoint: view.checkpoint)
  }

  /// The program as it stands, or as the public knows it.
  func program(released: Bool, _ bound: EventStream.Bound) async throws -> View<ProgramModel> {
    if !released {
      return try await conference.workspace.view(ProgramModel.self, of: conference.id, bound)
    }
    let view = try await conference.workspace.replayed(PublicProgram.self, of: conference.id, bound)
    guard let model = view.model.released else { throw Self.nothingReleased }
    return View(model: model, checkpoint: view.checkpoint)
  }

  static let nothingReleased = Failure(
    .refused,
    "Nothing was released yet, so there is nothing to show to the public; use “program release "
      + "VERSION”, or give --draft.")

  // MARK: The ledger

  func ledger() async throws -> [PrintRow] {
    try await conference.workspace.view(ProgramModel.self, of: conference.id, .head).model.orderedPrints
  }

  /// - Throws: `Failure` for a print that is not in the ledger.
  func entry(_ number: Int) async throws -> PrintRow {
    let ledger = try await ledger()
    guard let entry = ledger.first(where: { $0.number == number }) else {
      throw Failure(
        .refused,
        ledger.isEmpty
          ? "Nothing is in the print ledger; “program print … --for-print” enters what is printed."
          : "There is no print \(number), only 1 to \(ledger.count); see “program prints”.")
    }
    return entry
  }

  /// The parts that people hold after a print, by their keys.
  ///
  /// What was printed of what had changed since another print stands for all: the rest was up to date.
  func parts(of entry: PrintRow) async throws -> [String: PrintedCopy] {
    guard let kind = PrintKind(rawValue: entry.details.kind) else { return [:] }
    var settings = entry.details.settings
    settings.since = nil
    let made = try await makeWhole(kind, settings, .position(entry.details.position))
    guard let document = made.document as? any PiecewiseDocument else { return [:] }
    return try document.pieces.reduce(into: [:]) { held, part in
      held[part.key] = PrintedCopy(
        print: entry.number, title: part.title, fingerprint: try part.fingerprint())
    }
  }

  /// Sets the type.
  ///
  /// - Parameter templates: an organizer's own.
  func pdf(_ document: any PrintedDocument, templates: String?) async throws -> Data {
    try await Typesetter.pdf(
      document, templates: templates.map { URL(fileURLWithPath: $0) },
      typst: Typesetter.find(environment: ProcessInfo.processInfo.environment),
      fontPaths: Typesetter.fontPaths(environment: ProcessInfo.processInfo.environment))
  }
}

/// A document and the position that it was made from.
struct PreparedDocument {
  let document: any PrintedDocument
  let checkpoint: Checkpoint
}

/// One piece as people hold it after a print.
struct PrintedCopy {
  let print: Int
  let title: LocalizedText
  let fingerprint: String
}

/// What must be printed again, kind by kind.
struct Errata: Encodable {
  struct Item: Encodable {
    enum What: String, Encodable {
      case changed
      /// Nobody holds it yet.
      case new
      /// What people hold is of no use any more.
      case gone
    }
    var what: What
    var key: String
    var title: String
  }

  struct Kind: Encodable {
    var kind: String
    /// The last print of it.
    var print: Int
    var printedAt: Timestamp
    var copies: Int?
    var recipient: String?
    var isStale: Bool
    /// Of what is handed out piece by piece, the pieces.
    var items: [Item]
  }

  var position: Int
  var kinds: [Kind]
}

extension DocumentPrinter {
  /// Compares what was printed with what would be printed now.
  ///
  /// - Parameter since: only this print; nil: the last of each kind, with all that was printed of its
  ///   parts before.
  func errata(since: Int?) async throws -> Errata {
    let ledger = try await ledger()
    var meant = ledger
    if let since { meant = [try await entry(since)] }
    if meant.isEmpty { _ = try await entry(1) }
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
      let now = try await make(kind, settings, .head)
      position = now.checkpoint.position
      var entry = Errata.Kind(
        kind: kind.rawValue, print: last.number, printedAt: last.origin.recordedAt,
        copies: last.details.copies, recipient: last.details.recipient, isStale: false, items: [])
      if let document = now.document as? any PiecewiseDocument {
        var held: [String: PrintedCopy] = [:]
        for print in prints { held.merge(try await parts(of: print)) { $1 } }
        var left = held
        for part in document.pieces {
          let known = left.removeValue(forKey: part.key)
          if let known, try known.fingerprint == part.fingerprint() { continue }
          if known == nil, !wasWhole { continue }
          entry.items.append(
            Errata.Item(what: known == nil ? .new : .changed, key: part.key, title: text(part.title)))
        }
        entry.items += left.sorted { $0.key < $1.key }.map {
          Errata.Item(what: .gone, key: $0.key, title: text($0.value.title))
        }
        entry.isStale = !entry.items.isEmpty
      } else {
        let then = try await makeWhole(kind, last.details.settings, .position(last.details.position))
        let same = try await makeWhole(kind, last.details.settings, .head)
        entry.isStale = try then.document.fingerprint() != same.document.fingerprint()
      }
      kinds.append(entry)
    }
    return Errata(position: position, kinds: kinds)
  }

  private func text(_ text: LocalizedText) -> String { text.best(conference.languages).text }
}
