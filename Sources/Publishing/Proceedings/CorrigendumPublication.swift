package import Foundation
import JSON
package import ReadModels
import Record
package import Scheduling
package import Vocabulary

/// What changed of a published issue: by accepted corrections, by order, and in what it says of its sessions and itself.
package struct CorrigendumPublication: Sendable {
  private let context: PublicationContext
  private let asHeld: RecordAsHeld
  private let corrections: [PrintedCorrection]
  private let issue: IssueRow

  /// - Parameters:
  ///   - issue: the one that is corrected, by what was decided after it and before the next.
  ///   - published: that issue.
  ///   - next: the issue after it; nil if there is none yet.
  package init(
    _ model: ProceedingsModel, of issue: IssueRow, program: ProgramModel, _ checkpoint: Checkpoint,
    conference: ConferenceID, _ settings: PrintSettings = PrintSettings(),
    published: ProceedingsPublication, next: ProceedingsPublication?
  ) {
    self.issue = issue
    context = PublicationContext(conference, program, checkpoint, settings)
    asHeld = RecordAsHeld(model, context)
    let record = PrintedRecord(model, program)
    let later =
      next?.facts(in: context.languages) ?? PrintedFacts(asHeld, record, RecordNames(model, context))
    corrections =
      published.facts(in: context.languages).changes(to: later, since: issue, model, context)
      + PrintedCorrections(
        model, context, asHeld, record.entries, of: issue,
        before: model.issue(issue.details.issue + 1)?.position
      ).items
  }

  package var isEmpty: Bool { corrections.isEmpty }

  package func document() -> CorrigendumDocument {
    let date = issue.details.date ?? context.days(of: [issue.issuedAt])(issue.issuedAt)
    return CorrigendumDocument(
      header: asHeld.header(context.header(CorrigendumDocument.template)),
      body: CorrigendumDocument.Body(
        heading: Labels.corrigendumTo.localized(context.languages, with: String(issue.details.issue)),
        date: context.languages.localized { Dates.day(date, in: $0) },
        items: corrections))
  }

  package func json() throws -> Data { try JSONText.data(document(), pretty: true) }

  package func html() -> String { CorrigendumPage(document()).html }
}
