import ArgumentParser
import EventLog
import Foundation
import Plenary
import Publishing
import ReadModels
import Record
import Scheduling
import Vocabulary

extension ProceedingsCommand {
  struct Issue: DecidedChange {
    typealias Domain = Issues

    static let configuration = CommandConfiguration(
      commandName: "issue", abstract: "Publish the current proceedings as a numbered issue.")
    @Option(parsing: .unconditional, help: "Number to assign, e.g. 2 (default: the next number).")
    var number: Int?
    @Flag(help: "Mark the issue as provisional: corrections are still invited.") var provisional = false
    @Option(help: "Note about this issue. Repeat once per language: en=… zh=….")
    var note: [LocalizedArgument] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Issues.Command {
      let note = try note.localized("note", .paragraphs, conference.languages)
      return .issue(number: number, provisional: provisional, note: note)
    }
  }
}
