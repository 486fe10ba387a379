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
  struct Issue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "issue", abstract: "Publish the proceedings as they stand, as the next issue.")
    @Option(help: "The number that it must get (default: the next).") var number: Int?
    @Flag(help: "A provisional issue: corrections are still invited.") var provisional = false
    @Option(help: "Once a language.") var note: [LocalizedArgument] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let note = try note.localized("note", .paragraphs, conference.languages)
      try await conference.change(
        Issues.self, .issue(number: number, provisional: provisional, note: note), change, global)
    }
  }
}
