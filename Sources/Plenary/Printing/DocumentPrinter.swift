package import EventLog
package import Foundation
package import Publishing
package import ReadModels
package import Scheduling
package import Vocabulary

/// Makes documents of the conference as it is or was: the same kind, settings and position give the same
/// bytes, which is what the print ledger rests on.
package struct DocumentPrinter {
  package let conference: ConferenceContext

  package init(conference: ConferenceContext) { self.conference = conference }

  /// - Throws: `Failure` where nothing was released and the released program is asked for.
  package func make(_ kind: PrintKind, _ settings: PrintSettings, _ bound: LogBound) async throws
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

  package static let inPieces = "door-signs, itineraries, chair-sheets, place-cards and badges"

  func makeWhole(_ kind: PrintKind, _ settings: PrintSettings, _ bound: LogBound)
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
  package func program(released: Bool, _ bound: LogBound) async throws -> View<ProgramModel> {
    if !released {
      return try await conference.workspace.view(ProgramModel.self, of: conference.id, bound)
    }
    let view = try await conference.workspace.replayed(PublicProgram.self, of: conference.id, bound)
    guard let model = view.model.released else { throw Self.nothingReleased }
    return View(model: model, checkpoint: view.checkpoint)
  }

  package static let nothingReleased = Failure(
    .refused,
    "Nothing was released yet, so there is nothing to show to the public; use “program release "
      + "VERSION”, or give --draft.")

  // MARK: The ledger

  package func ledger() async throws -> [PrintRow] {
    try await conference.workspace.view(ProgramModel.self, of: conference.id, .head).model.orderedPrints
  }

  /// - Throws: `Failure` for a print that is not in the ledger.
  package func entry(_ number: Int) async throws -> PrintRow {
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
  package func parts(of entry: PrintRow) async throws -> [String: PrintedCopy] {
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
  package func pdf(_ document: any PrintedDocument, templates: String?) async throws -> Data {
    try await Typesetter.pdf(
      document, templates: templates.map { URL(fileURLWithPath: $0) },
      typst: Typesetter.find(environment: ProcessInfo.processInfo.environment),
      fontPaths: Typesetter.fontPaths(environment: ProcessInfo.processInfo.environment))
  }
}

/// A document and the position that it was made from.
package struct PreparedDocument {
  package let document: any PrintedDocument
  package let checkpoint: Checkpoint
}

/// One piece as people hold it after a print.
package struct PrintedCopy {
  package let print: Int
  package let title: LocalizedText
  package let fingerprint: String
}
