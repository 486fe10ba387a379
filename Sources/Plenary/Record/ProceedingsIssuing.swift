package import EventLog
import Foundation
import JSON
package import Publishing
import ReadModels
package import Record
package import Scheduling
package import Vocabulary

extension DocumentPrinter {
  /// Publishes the proceedings as they were proofed, and fixes the numbers of everything in them.
  ///
  /// The document is built before the decision; nothing is locked meanwhile. If somebody changes the record in
  /// the meantime, the decision is made again.
  ///
  /// - Parameter date: the day on the title page; nil: today, in the conference's zone.
  package func issue(_ request: Issues.Request, date: CalendarDate?, _ context: CommandContext) async throws
    -> Outcome<RecordEvent>
  {
    var isProofed = true
    let outcome = try await context.tellingCommandID {
      try await CommandHandler(store: conference.workspace.log).handle(
        Issues.self, .issue(request, nil), in: conference.id, context
      ) { state in
        do throws(Issues.Refusal) {
          guard try Issues.isNeeded(request, date: date, at: request.at, in: state) else { return nil }
        } catch { throw Refused(error) }
        isProofed = request.at.map(state.proofs.contains) ?? true
        return .issue(request, try await publication(request, date: date, after: state.last?.issue ?? 0))
      }
    }
    guard var outcome else { return Outcome(effect: .nothingToDo, events: []) }
    if !isProofed, let position = request.at {
      outcome.warnings.append(
        HintedText("No proof of position \(position) was printed, so perhaps nobody has read it.", [.proof])
      )
    }
    return outcome
  }

  private func publication(_ request: Issues.Request, date: CalendarDate?, after last: Int) async throws
    -> Issues.Publication
  {
    let bound = request.at.map { LogBound.position($0) } ?? .head
    let (view, program) = try await conference.workspace.consistentViews(
      ProceedingsModel.self, of: conference.id, bound)
    let day = try date ?? conference.clock().time(at: Timestamp(microseconds: Self.now)).date
    let issue = ProceedingsIssued(issue: last + 1, provisional: request.provisional, note: request.note) {
      $0.at = view.checkpoint.position
      $0.date = day
    }
    let numbering = view.model.numbering(view.model.sessions(in: program.model).map(\.id))
    // As it will be printed: with its numbers fixed.
    let document = ProceedingsPublication(
      view.model.numbered(numbering), program: program.model, view.checkpoint, conference: conference.id,
      PrintSettings(),
      as: .issue(issue, date: day), after: try await lastPublication(in: view.model, PrintSettings())
    ).record()
    return Issues.Publication(
      at: view.checkpoint.position, date: day,
      build: ProceedingsIssued.Build(
        document: hexadecimal(sha256(try JSONText.encode(document))),
        typesetting: try await typesettingFingerprint()),
      sessions: numbering.newlyFixed(since: view.model, issue: last + 1))
  }

  /// The present draft, to be read before it is issued. Whatever changed since the last one is marked.
  ///
  /// If nothing changed since the last proof, the same is marked as in that: it is another copy, perhaps in another
  /// language.
  package func proof(_ settings: PrintSettings, _ bound: LogBound) async throws -> Proof {
    let (view, program) = try await conference.consistentViews(ProceedingsModel.self, bound)
    let draft = ProceedingsPublication(
      view.model, program: program.model, view.checkpoint, conference: conference.id, settings, after: nil)
    let proofed = try await lastProofThatDiffers(from: draft, settings)
    return Proof(
      publication: ProceedingsPublication(
        view.model, program: program.model, view.checkpoint, conference: conference.id, settings,
        as: .proof(since: proofed?.position),
        after: try await lastPublication(in: view.model, settings), since: proofed?.publication),
      position: view.checkpoint.position, since: proofed?.position)
  }

  /// The last state that was proofed or issued and is not what the draft is; nil if there is none.
  private func lastProofThatDiffers(from draft: ProceedingsPublication, _ settings: PrintSettings)
    async throws
    -> (publication: ProceedingsPublication, position: Int)?
  {
    let model = draft.model
    let lastChange = model.entries.rows.map(\.position).max() ?? 0
    let read = Set(model.proofs.rows.map(\.at) + model.issues.rows.map(\.at))
    for position in read.sorted(by: >) {
      let (view, program) = try await conference.workspace.consistentViews(
        ProceedingsModel.self, of: conference.id, .position(position))
      let former = ProceedingsPublication(
        view.model, program: program.model, view.checkpoint, conference: conference.id, settings, after: nil)
      if position < lastChange || !former.saysTheSame(as: draft) { return (former, position) }
    }
    return nil
  }

  private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000_000) }

  /// An issue, or the draft at a bound if no issue is given.
  package func proceedings(issue number: Int?, _ settings: PrintSettings, _ bound: LogBound) async throws
    -> ProceedingsPublication
  {
    if let number { return try await proceedings(issue: number, settings) }
    return try await proceedings(settings, bound)
  }

  /// An issue, the same whenever it is printed.
  ///
  /// - Throws: `Failure` if there is no such issue.
  package func proceedings(issue number: Int, _ settings: PrintSettings) async throws
    -> ProceedingsPublication
  {
    let record = try await conference.workspace.view(ProceedingsModel.self, of: conference.id, .head).model
    let issue = try record.published(number)
    var previous: ProceedingsPublication?
    if let row = record.issue(number - 1) { previous = try await publication(of: row, settings, in: record) }
    return try await publication(of: issue, settings, in: record, after: previous)
  }

  /// The last issue that a state of the record knows; nil: nothing was published.
  func lastPublication(in record: ProceedingsModel, _ settings: PrintSettings) async throws
    -> ProceedingsPublication?
  {
    // A reader has no earlier states, so a draft does not list what else is printed since then.
    guard conference.workspace.access != .readModels, let last = record.lastIssue else { return nil }
    return try await publication(of: last, settings, in: record)
  }

  /// - Parameters:
  ///   - record: a later state, which knows the issue.
  ///   - previous: the issue before; nil: what changed since is not printed.
  func publication(
    of issue: IssueRow, _ settings: PrintSettings, in record: ProceedingsModel,
    after previous: ProceedingsPublication? = nil
  ) async throws -> ProceedingsPublication {
    // Its own event and those that fix its numbers come after the position that it is built at.
    let (view, program) = try await conference.workspace.consistentViews(
      ProceedingsModel.self, of: conference.id, .position(issue.at))
    let day = try issue.details.date ?? conference.clock().time(at: issue.issuedAt).date
    return ProceedingsPublication(
      view.model.issued(issue, in: record), program: program.model, view.checkpoint,
      conference: conference.id,
      settings, as: .issue(issue.details, date: day), after: previous)
  }
}

/// A draft of the proceedings that is to be read.
package struct Proof: Sendable {
  package let publication: ProceedingsPublication
  package let position: Int
  /// Changes after this position are marked; nil: nothing was proofed or issued before.
  package let since: Int?
}
