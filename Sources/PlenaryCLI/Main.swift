import ArgumentParser
import Foundation
import Glibc
import Plenary

@main
struct PlenaryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plenary",
    abstract: "Plan a conference, register its attendees, record what was said, and print it all.",
    discussion: """
      Every change is recorded in a permanent event log. Every recorded print can be reproduced. \
      Texts can be given in several languages: --title en=Opening --title zh=开幕式. A text without a \
      language code is in the conference's first language.

      Exit codes: 0 done; 1 refused by a rule; 2 wrong usage; 3 conflict: someone else changed the same thing \
      first; 4 failure.
      """,
    version: Version.description,
    subcommands: [
      ConferenceCommand.self, VenueCommand.self, RoomCommand.self, TrackCommand.self,
      SessionCommand.self, PresentationCommand.self, SpeakerCommand.self, AttendeeCommand.self,
      StatementCommand.self, ProgramCommand.self,
      ProceedingsCommand.self, ProjectionsCommand.self, LogCommand.self, DatabaseCommand.self,
    ])

  static func main() async {
    setlocale(LC_CTYPE, "C.UTF-8")
    // If the reader of a pipe stops (`| head`), end without an error.
    signal(SIGPIPE, SIG_DFL)
    do {
      try refuseInvalidArguments()
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      end(error)
    }
  }

  /// Swift silently replaces bytes that are not UTF-8, and the log would keep the replacements for
  /// ever.
  private static func refuseInvalidArguments() throws {
    for index in 0..<Int(CommandLine.argc) {
      if let argument = CommandLine.unsafeArgv[index], String(validatingCString: argument) == nil {
        throw Failure(
          .refused,
          "Argument \(index) is not valid UTF-8; check the text encoding of your terminal or script.")
      }
    }
  }

  private static func end(_ error: any Error) -> Never {
    if error is CleanExit || exitCode(for: error) == .success { exit(withError: error) }
    if let code = error as? ExitCode { exit(withError: code) }
    if exitCode(for: error) == .validationFailure {
      Console.error(fullMessage(for: error))
      Glibc.exit(Failure.Kind.wrongUsage.rawValue)
    }
    let failure = Failure(error)
    Console.error("plenary: \(failure.advised)")
    Glibc.exit(failure.kind.rawValue)
  }
}
