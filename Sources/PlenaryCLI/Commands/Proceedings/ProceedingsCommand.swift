import ArgumentParser
import EventLog
import Foundation
import Plenary
import Publishing
import ReadModels
import Record
import Scheduling
import Vocabulary

extension ProceedingsCommand {
  enum Form: String, ExpressibleByArgument, CaseIterable { case pdf, html, json }
}

struct ProceedingsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proceedings",
    abstract: "The proceedings: the published record of what was said.",
    subcommands: [
      Show.self, Describe.self, Check.self, Proof.self, Issue.self, IssueList.self, Print.self,
      Corrigendum.self, Diff.self,
      Verify.self, Export.self, Rebuild.self,
    ])
}

extension ReadOptions {
  /// - Throws: `ValidationError` for a position beside an issue.
  func checkAlone(beside issue: Int?) throws {
    if issue != nil, at != nil || asOf != nil {
      throw ValidationError("An issue is always as it was published; leave out --at and --as-of.")
    }
  }
}
