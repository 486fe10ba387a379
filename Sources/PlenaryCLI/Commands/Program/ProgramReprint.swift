import ArgumentParser
import EventLog
import Foundation
import Plenary
import Publishing
import ReadModels
import Record
import Scheduling
import Vocabulary

extension ProgramCommand {
  struct Reprint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reprint", abstract: "Print a document of the ledger again, with the same bytes.",
      discussion: """
        The document is made again from the same position of the log, and must have the hash that is stored \
        in the ledger. It cannot have it if the templates or the typesetter have changed since then; \
        --anyway writes the new result. A document that was printed with your own templates needs them again: \
        --templates FOLDER. One with a logo or sponsors needs their folder again: --pictures FOLDER.
        """)
    @Argument(help: "Number of the print in the ledger: 3 (see “plenary program prints”).") var number: Int
    @Flag(help: "Write it even if the result differs.") var anyway = false
    @OptionGroup var templates: TemplateOptions
    @OptionGroup var pictures: PictureOptions
    @OptionGroup var print: PrintOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if !print.languages.isEmpty {
        throw ValidationError("A reprint has the languages of the original print; leave out --languages.")
      }
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let (kind, data, difference) = try await templates.printer(conference, pictures: pictures)
        .reprint(number, anyway: anyway)
      if let difference { Console.error("warning: \(difference)") }
      try print.write(
        data, default: "\(conference.id)-print-\(number).pdf", json: global.json, kind: kind.rawValue,
        number: number, isPrivate: kind.isAboutAttendees)
    }
  }
}
