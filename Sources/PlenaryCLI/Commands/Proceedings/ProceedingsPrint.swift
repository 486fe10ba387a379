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
  struct Print: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "print",
      abstract: "Print the proceedings: record, conclusions, speakers and indexes.",
      discussion: """
        --format json shows what the template gets: it changes with the page. For the record as data, see “plenary \
        proceedings export”.
        """)
    @Option(
      parsing: .unconditional,
      help: "Print this published issue, e.g. 2 (default: a draft of the next one, with all changes).")
    var issue: Int?
    @Option(help: "File format.") var format: Form = .pdf
    @OptionGroup var templates: TemplateOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      try templates.validate(format: format.rawValue)
      try read.checkAlone(beside: issue)
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let printer = templates.printer(conference)
      let settings = try print.settings(conference)
      let publication = try await printer.proceedings(issue: issue, settings, read.bound(conference))
      let data =
        switch format {
        case .html: Data(publication.html().utf8)
        case .json: try publication.typesetting()
        case .pdf: try await printer.pdf(publication.record())
        }
      try print.write(
        data,
        default: print.name(
          conference, "proceedings", issue.map { "issue-\($0)" } ?? read.fileNamePart, suffix: format.rawValue
        ), json: global.json, kind: "proceedings", isPrivate: false)
    }
  }
}
