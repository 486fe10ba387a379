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
  struct ListPrints: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "prints",
      abstract: "List the print ledger: the documents that were printed to be handed out.")
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let view = try await conference.view(ProgramModel.self, read)
      let prints = view.model.orderedPrints
      if global.json { return try Console.json(.programPrints, items: prints, at: view.checkpoint.position) }
      let clock = try conference.clock()
      var table = TextTable(
        "PRINT", "KIND", "POSITION", "COPIES", "FOR", "WHEN (\(clock.zone))", "BY", "HASH")
      for print in prints {
        let body = print.details
        table.add(
          "\(print.number)", body.kind + (body.settings.since.map { " (since \($0))" } ?? ""),
          "\(body.position)", body.copies.map(String.init), body.recipient,
          clock.clock(print.origin.recordedAt), print.origin.actor, String(body.hash.prefix(12)))
      }
      try table.print(
        tableOptions, title: "prints",
        nothing: "The print ledger is empty; record a print with “plenary program print KIND --for-print”.")
    }
  }
}
