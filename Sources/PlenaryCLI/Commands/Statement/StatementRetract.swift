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
      commandName: "retract",
      abstract: "Retract an entry of the record; it keeps its number and is marked as retracted.")
    @Argument(help: "The entry's short name: opening-s3.") var entry: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in _: ConferenceFacts) throws -> Statements.Command {
      .retract(try RecordID(entry))
    }
  }
}
