package import EventLog
package import ReadModels
import Record
package import Vocabulary

/// A state of the record that an organizer names: an issue, a position of the log, or what it is now.
package enum RecordStateName: Hashable, Sendable, CustomStringConvertible {
  case issue(Int)
  case position(Int)
  case present

  /// Reads `2` (an issue), `@120` (a position of the log) or nothing (the present state).
  package init(_ text: some StringProtocol) throws(InvalidValue) {
    if text.isEmpty || text == "draft" {
      self = .present
    } else if text.hasPrefix("@"), let position = Int(text.dropFirst()), position > 0 {
      self = .position(position)
    } else if let issue = Int(text), issue > 0 {
      self = .issue(issue)
    } else {
      throw InvalidValue(
        "“\(excerpt(String(text)))” is not a state of the record: give the number of an issue (2), or a position of "
          + "the log (@120).")
    }
  }

  package var description: String {
    switch self {
    case .issue(let number): "issue \(number)"
    case .position(let position): "position \(position)"
    case .present: "the present draft"
    }
  }
}

extension ConferenceContext {
  /// The record at a state, with the order of its sessions.
  ///
  /// - Throws: `Failure` for an issue that was not published.
  package func record(_ state: RecordStateName) async throws
    -> (model: ProceedingsModel, order: [SessionID], position: Int)
  {
    let bound: LogBound
    var fixed: Numbering?
    switch state {
    case .present: bound = .head
    case .position(let position): bound = .position(position)
    case .issue(let number):
      let present = try await view(ProceedingsModel.self, .head).model
      bound = .position(try present.published(number).at)
      fixed = present.fixedNumbers(of: number)
    }
    let (view, program) = try await consistentViews(ProceedingsModel.self, bound)
    return (
      fixed.map(view.model.numbered) ?? view.model, view.model.sessions(in: program.model).map(\.id),
      view.checkpoint.position
    )
  }
}

extension ConferenceContext {
  /// What needs an editor's attention.
  package func recordFindings(_ bound: LogBound) async throws -> [RecordCheck.Finding] {
    let (view, program) = try await consistentViews(ProceedingsModel.self, bound)
    return RecordCheck(view.model, program.model, languages).findings
  }
}

extension ProceedingsModel {
  /// - Throws: `Failure` for an issue that was not published.
  func published(_ number: Int) throws -> IssueRow {
    if let issue = issue(number) { return issue }
    let known = lastIssue.map { "the last one is issue \($0.details.issue)" } ?? "none was published"
    throw Failure(.refused, "There is no issue \(number) of the proceedings; \(known).", .listIssues)
  }
}
