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
      abstract: "Print the proceedings: record, conclusions, speakers and index of persons.")
    @Option(help: "File format.") var format: Form = .pdf
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let printer = print.printer(conference)
      let publication = try await printer.proceedings(print.settings(conference), read.bound(conference))
      let data =
        switch format {
        case .html: Data(publication.html().utf8)
        case .json: try publication.json()
        case .pdf: try await printer.pdf(publication.record())
        }
      try print.write(
        data, default: print.name(conference, "proceedings", read.fileNamePart, suffix: format.rawValue))
    }
  }
}
