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

extension ConferenceContext {
  func proceedings(_ print: PrintOptions, _ read: ReadOptions) async throws
    -> ProceedingsPublication
  {
    let (view, program) = try await workspace.consistentViews(
      ProceedingsModel.self, of: id, read.bound(self))
    return ProceedingsPublication(
      view.model, program: program.model, view.checkpoint, conference: id, try print.settings())
  }
}

struct ProceedingsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proceedings",
    abstract: "The proceedings: look at them, issue them, print them, rebuild them from the log.",
    subcommands: [Show.self, Issue.self, Print.self, Export.self, Rebuild.self])
}
