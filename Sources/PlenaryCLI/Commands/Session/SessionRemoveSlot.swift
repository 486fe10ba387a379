import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct RemoveSlot: WaivingChange {
    typealias Domain = Sessions

    static let configuration = CommandConfiguration(
      commandName: "remove-slot", abstract: "Remove one of a session's slots; at least one must remain.")
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @Argument(help: "Number of the slot: 2 (see “plenary session show”).") var number: Int?
    @Option(
      parsing: .unconditional, help: "The same number as an option, as “plenary session move” takes it: 2.")
    var slot: Int?
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if (number == nil) == (slot == nil) {
        throw ValidationError("Give the number of the slot once: --slot 2, or 2 after the session.")
      }
    }

    func action(in conference: ConferenceFacts) throws -> Sessions.Action {
      let id = try conference.session(session)
      return .removeSlot(id, slot ?? number ?? 0)
    }
  }
}
