import ArgumentParser
import EventLog
import Plenary
import Record
import Scheduling
import Vocabulary

extension SessionCommand {
  struct Number: DecidedChange {
    typealias Domain = Issues
    static let configuration = CommandConfiguration(
      commandName: "number",
      abstract: "Say which number a session has in the proceedings, before an issue fixes it.",
      discussion:
        "Without this, the sessions with a record are numbered 1, 2, 3 … in the order of the program.")
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @Option(help: "Its number: 1 for “Session 1”.") var ordinal: Int?
    @Flag(help: "Take the number away: the session is counted again.") var clear = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if clear == (ordinal != nil) { throw ValidationError("Give --ordinal, or --clear.") }
      if let ordinal, !(1...9_999).contains(ordinal) {
        throw ValidationError("--ordinal takes a number from 1 to 9999, not \(ordinal).")
      }
    }

    func command(in conference: ConferenceFacts) throws -> Issues.Command {
      .number(try conference.session(session), ordinal)
    }
  }
}
