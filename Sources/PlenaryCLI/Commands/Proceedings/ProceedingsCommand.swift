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

extension ProceedingsCommand {
  enum Form: String, ExpressibleByArgument, CaseIterable { case pdf, html, json }
}

extension Desk {
  func proceedings(_ print: PrintOptions, _ read: ReadOptions) async throws
    -> ProceedingsPublication
  {
    let (view, program) = try await workspace.consistentViews(
      ProceedingsModel.self, of: conference, read.bound(self))
    return ProceedingsPublication(
      view.model, program: program.model, view.checkpoint, conference: conference, try print.settings())
  }
}

struct ProceedingsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proceedings",
    abstract: "The proceedings: look at them, issue them, print them, rebuild them from the log.",
    subcommands: [Show.self, Issue.self, Print.self, Export.self, Rebuild.self])
}
