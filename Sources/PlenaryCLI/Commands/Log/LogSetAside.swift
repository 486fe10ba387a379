import ArgumentParser
import EventLog
import Foundation
import Plenary

extension LogCommand {
  struct SetAside: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "set-aside", abstract: "Go on without an event that cannot be read or applied.",
      discussion: """
        Such an event stops the read models of its conference, and every decision that depends on it. After this command, \
        read models, decisions and exports leave it out. It stays in the log, and “plenary log verify” still proves it. \
        An event that can be applied is not set aside; undo its command instead. \
        Example: plenary log set-aside 7 --reason "Written by a test program".
        """)
    @OptionGroup var event: SetAsideOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try event.check(change) }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<SettingAsideEvent>
    {
      try await conference.change(.setAside, event.position, context)
    }
  }

  struct Reinstate: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "reinstate", abstract: "Read an event again that was set aside.",
      discussion: """
        For example after an update to a version of Plenary that can read it. The read models are rebuilt when they are \
        used next. Example: plenary log reinstate 7 --reason "Updated to 1.2".
        """)
    @OptionGroup var event: SetAsideOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws { try event.check(change) }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<SettingAsideEvent>
    {
      try await conference.change(.reinstate, event.position, context)
    }
  }

  struct SetAsideOptions: ParsableArguments {
    @Argument(help: "Log position of the event, as “plenary projections status” and error messages show it.")
    var position: Int

    func check(_ change: ChangeOptions) throws {
      if position < 1 { throw ValidationError("The position of an event is a number from 1.") }
      if change.reason == nil {
        throw ValidationError("--reason is missing: say why, for those who read the log.")
      }
    }
  }
}
