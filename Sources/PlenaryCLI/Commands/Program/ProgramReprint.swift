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
      commandName: "reprint", abstract: "Print again what is in the ledger: the same bytes.",
      discussion: """
        The document is made anew from the position that it was made from, and must have the hash that is \
        in the ledger. Where the templates or the typesetter are others now it cannot; --anyway writes it \
        as they set it. What was made with templates of your own needs them: --templates FOLDER.
        """)
    @Argument(help: "Its number in the ledger (see “plenary program prints”).") var number: Int
    @Flag(help: "Write it even if the bytes are others.") var anyway = false
    @OptionGroup var print: PrintOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if !print.languages.isEmpty { throw ValidationError("A reprint is in the languages that it was in.") }
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let (data, difference) = try await print.printer(conference).reprint(number, anyway: anyway)
      if let difference { Console.error("warning: \(difference)") }
      try print.write(data, default: "\(conference.id)-print-\(number).pdf")
    }
  }
}
