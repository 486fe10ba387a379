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
  struct Template: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "template", abstract: "Export the templates of the printed documents.",
      subcommands: [TemplateExport.self], defaultSubcommand: TemplateExport.self)
  }
}
