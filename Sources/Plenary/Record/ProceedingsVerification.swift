package import EventLog
package import Foundation
import JSON
package import Publishing
import ReadModels
import Record
package import Scheduling
package import Vocabulary

/// What a printed PDF of the proceedings says that it is: its keywords.
package struct ProceedingsClaim: Sendable, Encodable, CustomStringConvertible {
  package let conference: ConferenceID
  /// The position of the log that it was built at.
  package let position: Int
  /// The log's Merkle root there.
  package let root: String
  package let edition: Edition
  package let languages: [Language]

  package enum Edition: Sendable, Encodable, Equatable {
    case issue(Int)
    case draft
    case proof
  }

  private static let noProceedings =
    "The file is not a PDF of proceedings that Plenary printed. A corrigendum cannot be verified: print it again, of the same position."

  /// - Throws: `Failure` for a file that is no PDF of the proceedings made by Plenary.
  package init(pdf: Data) throws {
    let words = PDFMetadata.keywords(pdf)
    func value(_ name: String) -> String? {
      words.first { $0.hasPrefix(name + " ") }.map { String($0.dropFirst(name.count + 1)) }
    }
    guard words.contains("proceedings"), let first = words.first, let conference = try? ConferenceID(first),
      let position = value("position").flatMap(Int.init), words.count > 2
    else {
      throw Failure(.refused, Self.noProceedings)
    }
    self.conference = conference
    self.position = position
    root = words[2]
    edition =
      value("issue").flatMap(Int.init).map { .issue($0) } ?? (words.contains("proof") ? .proof : .draft)
    languages = try (value("languages") ?? "").split(separator: " ").map { try Language(String($0)) }
  }

  package var description: String {
    let what =
      switch edition {
      case .issue(let number): "issue \(number) of the proceedings"
      case .draft: "a draft of the proceedings"
      case .proof: "a proof of the proceedings"
      }
    return "\(what) of \(conference), built at position \(position)"
  }
}

/// Whether a printed PDF can be built again from the log.
package struct ProceedingsComparison: Sendable, Encodable {
  package let isEqual: Bool
  package let sentence: String
}

extension DocumentPrinter {
  /// Builds what a PDF claims to be, and compares the bytes.
  package func verify(_ pdf: Data, _ claim: ProceedingsClaim) async throws -> ProceedingsComparison {
    guard claim.conference == conference.id else {
      throw Failure(
        .refused, "The file is of the conference “\(claim.conference)”, not of “\(conference.id)”.",
        .nameConference)
    }
    var settings = PrintSettings()
    if claim.languages != conference.languages { settings.languages = claim.languages }
    let publication =
      switch claim.edition {
      case .issue(let number): try await proceedings(issue: number, settings)
      case .draft: try await proceedings(settings, .position(claim.position))
      case .proof: try await proof(settings, .position(claim.position)).publication
      }
    let document = publication.record()
    guard document.header.stamp.position == claim.position else {
      return different("That issue is built at position \(document.header.stamp.position).")
    }
    guard document.header.stamp.root == claim.root else {
      return different("The log has another root at that position, so the file is of another log.")
    }
    if try await self.pdf(document) == pdf {
      return ProceedingsComparison(
        isEqual: true, sentence: "Built again from the log, it has the same \(pdf.count) bytes.")
    }
    return different(try await cause(claim, document))
  }

  private func different(_ cause: String) -> ProceedingsComparison {
    ProceedingsComparison(isEqual: false, sentence: "Built again from the log, it differs. " + cause)
  }

  private func cause(_ claim: ProceedingsClaim, _ document: ProceedingsDocument) async throws -> String {
    let unknown = "The file was changed, or other templates or fonts were used."
    let record = try await conference.record(.present).model
    guard case .issue(let number) = claim.edition, claim.languages == conference.languages else {
      let isExpunged = record.entries.rows.contains { row in
        row.recordedPosition <= claim.position && row.orders.contains { $0.position > claim.position }
      }
      return isExpunged ? "Words that it has were removed by order since it was printed." : unknown
    }
    guard let issue = record.issue(number) else { return unknown }
    guard let build = issue.details.build else {
      return record.hasExpunctions(in: issue)
        ? "Words of this issue were expunged, and its hash with them." : unknown
    }
    if hexadecimal(sha256(try JSONText.encode(document))) != build.document {
      return "What the log has for this issue is no longer what was published: words were expunged, or this "
        + "version of Plenary prints something else."
    }
    return try await typesettingFingerprint() == build.typesetting
      ? "The file was changed, or this machine has other fonts."
      : "The issue was made with other templates, or with another version of the typesetter."
  }

  /// What changed in an issue after it was published.
  ///
  /// - Parameter number: nil: the last issue.
  /// - Throws: `Failure` if nothing was published.
  package func corrigendum(to number: Int?, _ settings: PrintSettings, _ bound: LogBound) async throws
    -> (publication: CorrigendumPublication, issue: Int)
  {
    let (view, program) = try await conference.consistentViews(ProceedingsModel.self, bound)
    guard let number = number ?? view.model.lastIssue?.details.issue else {
      throw Failure(.refused, "No issue has been published yet, so there is nothing to correct.")
    }
    let issue = try view.model.published(number)
    var next: ProceedingsPublication?
    if let row = view.model.issue(number + 1) {
      next = try await publication(of: row, settings, in: view.model)
    }
    return (
      CorrigendumPublication(
        view.model, of: issue, program: program.model, view.checkpoint, conference: conference.id, settings,
        published: try await publication(of: issue, settings, in: view.model), next: next),
      number
    )
  }
}
