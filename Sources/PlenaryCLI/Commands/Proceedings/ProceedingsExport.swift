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
  struct Export: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Export the proceedings as a page (HTML) or as data (JSON).",
      discussion: """
        The JSON is the record itself, in every language, in a documented format: every entry with its identity, number, \
        attribution and corrections. Its JSON Schema and its versions are described in the documentation, under “The \
        record as data”.
        """)
    enum Form: String, ExpressibleByArgument, CaseIterable { case html, json }

    @Option(help: "File format.") var format: Form = .json
    @Option(
      parsing: .unconditional,
      help: "Export this published issue, e.g. 2 (default: a draft of the next one, with all changes).")
    var issue: Int?
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      try read.checkAlone(beside: issue)
      if format == .json, !print.languages.isEmpty {
        throw ValidationError("The JSON has the record in every language; leave out --languages.")
      }
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let printer = DocumentPrinter(conference)
      let settings = try print.settings(conference)
      let publication = try await printer.proceedings(issue: issue, settings, read.bound(conference))
      let data = format == .html ? Data(publication.html().utf8) : try publication.export()
      try print.write(
        data,
        default: print.name(
          conference, "proceedings", issue.map { "issue-\($0)" } ?? read.fileNamePart, suffix: format.rawValue
        ), json: global.json, kind: format.rawValue, isPrivate: false)
    }
  }
}
