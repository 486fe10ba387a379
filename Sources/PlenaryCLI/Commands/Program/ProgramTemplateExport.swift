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
      abstract: "Copy the templates into a folder, to change them and print with --templates FOLDER.",
      discussion: """
        The templates are Typst files. The comment at the top of each describes its data.json; “plenary \
        program print KIND --format json” writes that file.

        all-labels.json has the fixed texts of documents in all languages. To word some of them otherwise, write \
        labels.json into the folder: {"de": {"Plenary session": "Vollversammlung"}}. For pages, feeds and letters, \
        name such a file in PLENARY_LABELS.
        """)
    @Argument(help: "Folder to write into, e.g. templates; it is created if it does not exist.")
    var folder: String

    func run() async throws {
      try Typesetter.copyTemplates(to: URL(fileURLWithPath: folder))
      Console.print(folder)
    }
  }
}
