import ArgumentParser
import EventLog
import Foundation
import Plenary
import Scheduling
import Vocabulary

extension LogCommand {
  struct Undo: SingleChange, ConflictingCommand {
    static let configuration = CommandConfiguration(
      commandName: "undo", abstract: "Take back what a command did, by events of its own.",
      discussion: """
        Nothing leaves the log. What others changed since stays as it is, and where it stands on what \
        is to be undone, the undo is refused with the reason. --dry-run shows what would be appended. \
        Example: plenary log undo 0b4d… --dry-run (“plenary log show” names the command of each event).
        """)
    @Argument(
      help: "The command's id, as “plenary log show” prints it; or the position of one of its events.")
    var command: String
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceContext, _ context: CommandContext) async throws
      -> Outcome<ProgramOrPeopleEvent>
    {
      var id = command
      if let position = Int(command) { id = try await conference.commandID(ofEventAt: position) }
      return try await conference.workspace.undo(id, waivers: waivers(), in: conference.id, context)
    }
  }
}
