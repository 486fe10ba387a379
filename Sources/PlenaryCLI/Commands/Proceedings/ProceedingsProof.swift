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
  struct Proof: ChangingCommand {
    static let configuration = CommandConfiguration(
      commandName: "proof",
      abstract:
        "Print a draft to be read before it is issued; a bar marks what changed since the last proof.",
      discussion: """
        Prints the present draft and records in the log that it is being read. Publish what you have read with \
        “plenary proceedings issue --proofed POSITION”; this is refused if entries changed meanwhile.
        """)
    @OptionGroup var templates: TemplateOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try print.validate(besideJSON: global.json) }

    func run() async throws {
      _ = try change.context()
      let conference = try await global.conferenceContext()
      let context = try await checkedContext(in: conference.toChange)
      let printer = templates.printer(conference)
      let proof = try await printer.proof(print.settings(conference), .head)
      let name = print.name(conference, "proof", "at-\(proof.position)", suffix: "pdf")
      try print.checkFolder(default: name)
      let data = try await printer.pdf(proof.publication.record())
      // First the file: a proof that nobody could read must not be recorded.
      if !change.dryRun { try print.write(data, default: name, besideJSON: global.json, isPrivate: false) }
      let outcome = try await conference.toChange
        .change(Issues.self, context) { _ in .proof(at: proof.position) }
      if global.json || change.dryRun { try outcome.report(context, json: global.json) }
      Console.error(
        "This is position \(proof.position). Publish it with “plenary proceedings issue --proofed "
          + "\(proof.position)”.")
    }
  }

  struct IssueList: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "issues", abstract: "List the published issues of the proceedings.")
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let view = try await conference.view(ProceedingsModel.self, read)
      let issues = view.model.issues.rows
        .sorted { $0.details.issue < $1.details.issue }
      if global.json {
        return try Console.json(.proceedingsIssues, items: issues, at: view.checkpoint.position)
      }
      let clock = try conference.clock()
      var table = TextTable("ISSUE", "DATE", "POSITION", "STATUS", "NOTE")
      for issue in issues {
        table.add(
          String(issue.details.issue), "\(issue.details.date ?? clock.time(at: issue.issuedAt).date)",
          String(issue.at),
          issue.details.provisional ? "provisional" : "final", conference.text(issue.details.note))
      }
      try table.print(
        tableOptions, title: "issues",
        nothing: "No issue has been published yet; see “plenary proceedings issue --help”.")
    }
  }
}
