import ArgumentParser
import EventLog
import Foundation
import Plenary
import Publishing
import Record
import Scheduling
import Vocabulary

extension ProceedingsCommand {
  struct Corrigendum: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "corrigendum",
      abstract: "Print what changed in an issue: old words, new words, date, reason and paragraph.",
      discussion:
        "Lists what was decided after the issue and before the next one: corrections, and words that were removed by "
        + "order. Also lists changed session details and front matter.")
    @Option(parsing: .unconditional, help: "The issue that is corrected (default: the last one).") var issue:
      Int?
    @Option(help: "File format: pdf, html or json.") var format: Form = .pdf
    @OptionGroup var templates: TemplateOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try templates.validate(format: format.rawValue) }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let printer = templates.printer(conference)
      let corrigendum = try await printer.corrigendum(
        to: issue, print.settings(conference), read.bound(conference))
      if corrigendum.publication.isEmpty {
        throw Failure(
          .refused,
          "There is nothing to print: nothing in issue \(corrigendum.issue) was corrected, removed or changed.",
          code: .nothingToPrint)
      }
      let data =
        switch format {
        case .html: Data(corrigendum.publication.html().utf8)
        case .json: try corrigendum.publication.json()
        case .pdf: try await printer.pdf(corrigendum.publication.document())
        }
      try print.write(
        data,
        default: print.name(
          conference, "corrigendum", "issue-\(corrigendum.issue)", read.fileNamePart, suffix: format.rawValue),
        json: global.json, kind: "corrigendum", isPrivate: false)
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract:
        "Read what a printed PDF of the proceedings says that it is, build it again, and compare the bytes.",
      discussion: "Exit code 1 if the bytes differ; the output then says why.")
    @Argument(help: "The PDF file: proceedings.pdf.") var file: String
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let data: Data
      do { data = try Data(contentsOf: URL(fileURLWithPath: file)) } catch {
        throw Failure(reading: file, error)
      }
      let claim = try ProceedingsClaim(pdf: data)
      let conference = try await global.conferenceContext()
      let result = try await DocumentPrinter(conference).verify(data, claim)
      if global.json {
        try Console.json(.proceedingsVerify, result)
      } else {
        Console.print("\(file) says that it is \(claim).")
        Console.print(result.sentence)
      }
      if !result.isEqual { throw ExitCode(1) }
    }
  }
}
