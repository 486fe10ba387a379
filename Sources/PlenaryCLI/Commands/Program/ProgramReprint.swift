import ArgumentParser
import EventLog
import Foundation
import Plenary
import PostgresLog
import Publishing
import ReadModels
import Record
import Scheduling
import Vocabulary

extension ProgramCommand {
  struct Reprint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reprint", abstract: "Print again what is in the ledger: the same bytes.",
      discussion: """
        The document is made anew from the position that it was made from, and must have the hash that is \
        in the ledger. Where the templates or the typesetter are others now it cannot; --anyway writes it \
        as they set it. What was made with templates of your own needs them: --templates FOLDER.
        """)
    @Argument(help: "Its number in the ledger (see program prints).") var number: Int
    @Flag(help: "Write it even if the bytes are others.") var anyway = false
    @OptionGroup var print: PrintOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if !print.languages.isEmpty { throw ValidationError("A reprint is in the languages that it was in.") }
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let printer = DocumentPrinter(conference: conference)
      let entry = try await printer.entry(number).details
      guard let kind = PrintKind(rawValue: entry.kind) else {
        throw Failure(.failed, "This Plenary does not know “\(entry.kind)”; use the newer one.")
      }
      let made = try await printer.make(kind, entry.settings, .position(entry.position))
      let data = try await print.pdf(made.document)
      if hexadecimal(sha256(Array(data))) != entry.hash {
        let templates = try await Typesetter.fingerprint(
          templates: print.templates.map { URL(fileURLWithPath: $0) },
          typst: Typesetter.find(environment: ProcessInfo.processInfo.environment))
        let why =
          templates == entry.templates
          ? "the fonts of this machine, or data that were erased since"
          : "the templates or the typesetter, which are others than those that it was set with"
        let message = "Print \(number) comes out otherwise than it was printed; what differs is \(why)."
        guard anyway else {
          throw Failure(.failed, message + " Nothing was written; --anyway writes it as it is set now.")
        }
        Console.error("warning: \(message)")
      }
      try print.write(data, default: "\(conference.id)-print-\(number).pdf")
    }
  }
}
