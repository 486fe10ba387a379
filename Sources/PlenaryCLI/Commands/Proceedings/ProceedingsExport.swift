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
    @Option(help: "File format: html or json.") var format: Form = .json
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if format == .pdf {
        throw ValidationError("Use “plenary proceedings print” for pdf; --format takes html or json here.")
      }
      if format == .json, !print.languages.isEmpty {
        throw ValidationError("The JSON has the record in every language; leave out --languages.")
      }
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let publication = try await DocumentPrinter(conference).proceedings(
        print.settings(conference), read.bound(conference))
      let data = format == .html ? Data(publication.html().utf8) : try publication.export()
      try print.write(
        data, default: print.name(conference, "proceedings", read.fileNamePart, suffix: format.rawValue))
    }
  }
}
