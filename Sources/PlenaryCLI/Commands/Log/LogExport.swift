import ArgumentParser
import EventLog
import Foundation
import JSON
import Plenary
import Scheduling
import Vocabulary

extension LogCommand {
  struct Export: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Export all events as JSON lines with hashes. Personal data stays encrypted.")
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let bound = try await conference.reached(read.bound(conference))
      let aside = try await conference.setAside()
      try await conference.forEachEvent(upTo: bound) { event in
        Console.print(try JSONText.encode(EventLine(event, nil, aside)))
      }
    }
  }
}
