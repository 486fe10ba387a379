package import EventLog
package import Foundation
package import Publishing
package import ReadModels
package import Scheduling
import Vocabulary

/// Makes documents of the conference as it is or was: the same kind, settings and position give the same
/// bytes, which is what the print ledger rests on.
package struct DocumentPrinter: Sendable {
  package let conference: ConferenceContext
  /// An organizer's own, in place of Plenary's.
  private let templates: URL?
  /// The folder with the logo and the sponsors.
  private let pictures: PictureFolder?
  private let environment: [String: String]

  package init(_ conference: ConferenceContext, templates: URL? = nil, pictures: PictureFolder? = nil) {
    self.conference = conference
    self.templates = templates
    self.pictures = pictures
    environment = conference.workspace.configuration.environment
  }

  /// - Throws: `Failure` where nothing was released and the released program is asked for.
  package func prepare(_ kind: PrintKind, _ settings: PrintSettings, _ bound: LogBound) async throws
    -> PreparedDocument
  {
    var earlier: DocumentPrinted?
    if let since = settings.since { earlier = try await entry(since).details }
    return try await prepare(kind, settings, since: earlier, bound)
  }

  /// - Parameter earlier: only what is new or changed since this print; nil: everything.
  func prepare(
    _ kind: PrintKind, _ settings: PrintSettings, since earlier: DocumentPrinted?, _ bound: LogBound
  ) async throws -> PreparedDocument {
    var plain = settings
    plain.since = nil
    let made = try await prepareWhole(kind, plain, bound)
    guard let earlier else { return made }
    guard let document = made.document as? any PiecewiseDocument else {
      throw Failure(
        .wrongUsage, "\(kind.rawValue) are printed as a whole: only \(Self.inPieces) can be printed in part.",
        .namePieces)
    }
    let held = try await copies(of: earlier)
    let keys = try document.pieces.filter { try held[$0.key]?.fingerprint != $0.fingerprint() }.map(\.key)
    return PreparedDocument(
      document: document.only(pieces: Set(keys)), checkpoint: made.checkpoint,
      matchesNothing: made.matchesNothing)
  }

  package static let inPieces = "door-signs, itineraries, chair-sheets, place-cards and badges"

  func prepareWhole(_ kind: PrintKind, _ settings: PrintSettings, _ bound: LogBound)
    async throws -> PreparedDocument
  {
    if kind.isAboutAttendees {
      let (publication, checkpoint) = try await attendance(settings, bound)
      return PreparedDocument(document: try publication.document(kind), checkpoint: checkpoint)
    }
    let view = try await program(released: settings.released ?? false, bound)
    let publication = ProgramPublication(
      view.model, view.checkpoint, conference: conference.id, settings)
    return PreparedDocument(document: try publication.document(kind), checkpoint: view.checkpoint)
  }

  /// The lists of attendees, with what the vault's keys open of them.
  ///
  /// - Throws: `Failure` if somebody's data is unreadable, who would be missing in print.
  package func attendance(_ settings: PrintSettings, _ bound: LogBound) async throws
    -> (publication: AttendancePublication, checkpoint: Checkpoint)
  {
    if conference.workspace.access == .readModels {
      throw Failure(
        .failed,
        "Lists of attendees have personal data, which this login may not open: it has only the role plenary_reader.",
        code: .noRights)
    }
    let (view, program) = try await conference.consistentViews(AttendanceModel.self, bound)
    // For one badge, nobody else's data is decrypted.
    let rows =
      settings.only?["attendee"].map { [view.model.attendees[$0]].compactMap(\.self) }
      ?? Array(view.model.attendees.rows)
    let details = try await conference.workspace.details(of: rows, in: conference.id)
    try details.checkReadable()
    let publication = AttendancePublication(
      view.model, program: program.model, view.checkpoint, conference: conference.id, settings,
      open: { details[$0.attendee] })
    return (publication, view.checkpoint)
  }

  /// The record of the sessions.
  package func proceedings(_ settings: PrintSettings, _ bound: LogBound) async throws
    -> ProceedingsPublication
  {
    let (view, program) = try await conference.consistentViews(ProceedingsModel.self, bound)
    return ProceedingsPublication(
      view.model, program: program.model, view.checkpoint, conference: conference.id, settings,
      after: try await lastPublication(in: view.model, settings))
  }

  /// The program for feeds and screens: as last released, or the draft; and as it is now.
  ///
  /// - Throws: `Failure` where nothing was released and the released program is asked for.
  package func feeds(draft: Bool, _ settings: PrintSettings, _ bound: LogBound) async throws
    -> (publication: ProgramPublication, known: PublicProgram, now: ProgramModel)
  {
    var view = try await conference.publicProgram(bound)
    let now = view.model.present
    let readsModels = conference.workspace.access == .readModels
    if draft, readsModels {
      let present = try await conference.view(ProgramModel.self, bound)
      return (
        ProgramPublication(present.model, present.checkpoint, conference: conference.id, settings),
        view.model, present.model
      )
    }
    if !draft, !readsModels {
      // The position, the root and the time are those of the release, so a feed changes only with a release.
      guard let release = view.model.present.orderedReleases.last else { throw Self.nothingReleased }
      view = try await conference.publicProgram(.position(release.origin.position))
    }
    guard let model = draft ? view.model.present : view.model.released else { throw Self.nothingReleased }
    return (
      ProgramPublication(model, view.checkpoint, conference: conference.id, settings), view.model, now
    )
  }

  /// The program as it is now, or as last released.
  package func program(released: Bool, _ bound: LogBound) async throws -> View<ProgramModel> {
    if !released {
      return try await conference.view(ProgramModel.self, bound)
    }
    let view = try await conference.publicProgram(bound)
    guard let model = view.model.released else { throw Self.nothingReleased }
    return View(model: model, checkpoint: view.checkpoint)
  }

  package static let nothingReleased = Failure(
    .refused,
    "Nothing was released yet, so there is nothing to show to the public.", .release, .showDraft,
    code: .nothingReleased)

  // MARK: Typesetting

  /// - Parameter wanted: the pictures on it, as its settings name them.
  /// - Throws: `Failure` if the file of a picture is not there.
  package func pdf(_ document: any PrintedDocument, pictures wanted: [PrintedPicture]? = nil) async throws
    -> Data
  {
    try await Typesetter.pdf(
      document, templates: templates, typst: Typesetter.find(environment: environment),
      fontPaths: Typesetter.fontPaths(environment: environment),
      pictures: try PictureFolder.files(of: wanted ?? [], in: pictures))
  }

  /// What documents are set with: SHA-256 over the templates and the typesetter's version.
  func typesettingFingerprint() async throws -> String {
    try await Typesetter.fingerprint(
      templates: templates, typst: Typesetter.find(environment: environment))
  }
}

/// A document and the position that it was made from.
package struct PreparedDocument: Sendable {
  package let document: any SelectedDocument
  package let checkpoint: Checkpoint
  /// Nothing or nobody matches what was asked for.
  package let matchesNothing: Bool

  package init(document: any SelectedDocument, checkpoint: Checkpoint, matchesNothing: Bool? = nil) {
    self.document = document
    self.checkpoint = checkpoint
    self.matchesNothing = matchesNothing ?? document.isEmpty
  }

  /// No page is in it: nothing matches what was asked for, or nothing has changed.
  package var isEmpty: Bool { document.isEmpty }

  /// - Throws: `Failure` if nothing or nobody matches what was asked for.
  package func checkMatches() throws {
    if matchesNothing {
      throw Failure(
        .refused, "There is nothing to print: nothing and nobody matches these options.",
        code: .nothingToPrint)
    }
  }
}
