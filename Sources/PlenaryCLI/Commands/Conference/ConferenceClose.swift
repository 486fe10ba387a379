import ArgumentParser
import EventLog
import Plenary
import Scheduling

extension ConferenceCommand {
  struct Close: StatusChange {
    static let configuration = CommandConfiguration(
      commandName: "close", abstract: "Close a conference that is over: its program stays as it is.",
      discussion: """
        Changes of the program, of attendees and of check-ins are refused from then on. The record can still be edited, \
        proceedings can be issued, documents can be printed, and personal data can be erased. “plenary conference \
        reopen” takes it back.

        Example: plenary conference close --reason "Last day is over"
        """)
    static let command = Conferences.Command.close
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions
  }

  struct Archive: StatusChange {
    static let configuration = CommandConfiguration(
      commandName: "archive", abstract: "Archive a conference: lists leave it out, and it cannot be changed.",
      discussion: """
        “plenary conference list” shows it with --all only, and it is no longer completed in a shell. It can still be \
        shown, printed and exported, and personal data can be erased. “plenary conference reopen” takes it back.

        Example: plenary conference archive --conference shanghai-2016
        """)
    static let command = Conferences.Command.archive
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions
  }

  struct Reopen: StatusChange {
    static let configuration = CommandConfiguration(
      commandName: "reopen", abstract: "Open a conference again that was closed or archived.",
      discussion: """
        Example: plenary conference reopen --conference shanghai-2016 --reason "A late check-in"
        """)
    static let command = Conferences.Command.reopen
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions
  }
}

/// A command that closes a conference, archives it, or opens it again.
protocol StatusChange: SingleChange where Event == SchedulingEvent {
  static var command: Conferences.Command { get }
}

extension StatusChange {
  func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
    -> Outcome<SchedulingEvent>
  {
    try await conference.changeStatus(Self.command, context)
  }
}
