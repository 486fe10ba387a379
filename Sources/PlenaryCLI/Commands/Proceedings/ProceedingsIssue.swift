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
      commandName: "issue", abstract: "Publish the proceedings as they stand, as the next issue.")
    @Option(help: "The number that it must get (default: the next).") var number: Int?
    @Flag(help: "A provisional issue: corrections are still invited.") var provisional = false
    @Option(help: "Once a language.") var note: [LocalizedArgument] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceContext) throws -> Issues.Command {
      let note = try note.localized("note", .paragraphs, conference.languages)
      return .issue(number: number, provisional: provisional, note: note)
    }
  }
}
