import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Retract: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retract", abstract: "Take an entry of the record back; its number stays, and says so.")
    @Argument(help: "The entry: opening-s3.") var entry: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try RecordID(entry)
      let conference = try await global.conferenceContext()
      let entry = try await conference.entry(id, .head)
      try await conference.change(Statements.self, .retract(id, entry.session), change, global)
    }
  }
}
