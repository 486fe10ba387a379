import ArgumentParser
import EventLog
import Foundation
import Plenary
import Scheduling
import Vocabulary

extension LogCommand {
  struct Undo: SingleChange, ConflictingCommand {
    static let configuration = CommandConfiguration(
      commandName: "undo", abstract: "Undo a command by recording the opposite changes.",
      discussion: """
        The undone events stay in the log. Later changes are kept; if they depend on what you undo, the undo is refused \
        and the reason is shown. What the proceedings have published is corrected, not undone. \
        --dry-run shows what would be recorded. \
        Example: plenary log undo 0b4d… --dry-run (“plenary log show” prints the command ID of each event).
        """)
    @Argument(
      help: "Command ID, as “plenary log show” prints it, or the position of one of its events.")
    var command: String
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<UndoingEvent>
    {
      var id = command
      if let position = Int(command) {
        id = try await ConferenceContext(conference.workspace, conference.id)
          .commandID(ofEventAt: position)
      }
      return try await conference.workspace.undo(id, waivers: waivers(), in: conference.id, context)
    }
  }
}
