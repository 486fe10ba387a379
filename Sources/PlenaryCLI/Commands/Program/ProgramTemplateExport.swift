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
  struct TemplateExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Copy the templates into a folder, to change them; print with --templates FOLDER.",
      discussion: """
        They are Typst files. Each says at its head what its data.json holds; “plenary program print KIND \
        --format json” shows that document.
        """)
    @Argument(help: "The folder to write into; it is made where there is none.") var folder: String

    func run() async throws {
      try Typesetter.copyTemplates(to: URL(fileURLWithPath: folder))
      Console.print(folder)
    }
  }
}
