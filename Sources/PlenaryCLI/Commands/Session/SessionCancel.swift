import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct Cancel: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "cancel",
      abstract: "Cancel a session; it stays in the program as cancelled, and its room is free again.")
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<SchedulingEvent>
    {
      try await conference.cancel(conference.session(session, wholly: true), context)
    }
  }
}
