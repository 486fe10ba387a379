import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Retract: DecidedChange {
    typealias Domain = Statements

    static let configuration = CommandConfiguration(
      commandName: "retract", abstract: "Take an entry of the record back; its number stays, and says so.")
    @Argument(help: "The entry: opening-s3.") var entry: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in _: ConferenceContext) throws -> Statements.Command {
      .retract(try RecordID(entry))
    }
  }
}
