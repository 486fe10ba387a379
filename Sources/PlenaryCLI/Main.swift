import ArgumentParser
import CLinux
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
      language code is in the conference's first language. A word before an equals sign is always read as a \
      language code: for a title that begins with “E=”, write en=E=….

      Everybody on this computer can see the arguments of a command. The text of an option can come from elsewhere instead: \
      @FILE is the text of a file, @- the next line of standard input, as in --name @- --email @- or \
      --title zh=@title.txt. A text that begins with an at sign is written with two of them. For long texts: \
      --text-file FILE, --description-file FILE and so on for every such option; - is the whole standard input.

      A speaker, an attendee or a session is named by the short name, or by a unique part of the name or title; people \
      also by their e-mail address. Whoever is registered or erased is named by the short name alone. Withdrawing, \
      cancelling and merging need the short name, the address, or the whole name or title.

      Times are shown and read on the clock of the conference's time zone.

      Exit codes: 0 done; 1 refused by a rule; 2 wrong usage, or a malformed value; 3 conflict: someone else changed \
      the same thing first; 4 failure. With --json, an error is a line of JSON on standard error.

      A value that begins with a hyphen is written with an equals sign: --note=-5. An argument is written after --.
      """,
    version: Version.description,
    subcommands: [
      ConferenceCommand.self, VenueCommand.self, RoomCommand.self, TrackCommand.self,
      SessionCommand.self, PresentationCommand.self, SpeakerCommand.self, PeopleCommand.self,
      AttendeeCommand.self,
      StatementCommand.self, CorrectionCommand.self, ProgramCommand.self, ImportCommand.self,
      RunCommand.self,
      OrganisationCommand.self, SubjectCommand.self, ProceedingsCommand.self,
      ProjectionsCommand.self, LogCommand.self, DatabaseCommand.self,
    ])

  static func main() async {
    _ = leave_no_core()
    setlocale(LC_CTYPE, "C.UTF-8")
    // If the reader of a pipe stops (`| head`), end without an error.
    signal(SIGPIPE, SIG_DFL)
    var named: (any ParsableCommand.Type)?
    do {
      try refuseInvalidArguments()
      let arguments = try ArgumentFiles.expand(
        LeadingOptions.moved(Array(CommandLine.arguments.dropFirst())))
      let words = CommandWords(arguments[...])
      named = words.command
      try words.check()
      try words.checkOptions(arguments)
      try TableOptions.check(arguments)
      try OwnLabels.useNamedFile()
      var command = try await asyncParseAsRoot(arguments)
      named = type(of: command)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      end(error, of: named)
    }
  }

  /// Swift silently replaces bytes that are not UTF-8, and the log would keep the replacements for
  /// ever.
  private static func refuseInvalidArguments() throws {
    for index in 0..<Int(CommandLine.argc) {
      if let argument = CommandLine.unsafeArgv[index], String(validatingCString: argument) == nil {
        throw Failure(
          .wrongUsage,
          "Argument \(index) is not valid UTF-8; check the text encoding of your terminal or script.",
          code: .malformedValue)
      }
    }
  }

  /// - Parameter command: the command in use, as far as it is known.
  private static func end(_ error: any Error, of command: (any ParsableCommand.Type)?) -> Never {
    if error is CleanExit || exitCode(for: error) == .success { exit(withError: error) }
    if let code = error as? ExitCode { exit(withError: code) }
    let failure: Failure
    if exitCode(for: error) == .validationFailure {
      let advice = HyphenValue.advice(message(for: error), Array(CommandLine.arguments.dropFirst()))
      // The parser's own errors bring the usage of their command. Others would bring the usage of the root.
      let usage =
        if let error = error as? ValidationError, let command {
          "Error: \(error.message)\n" + CommandWords.usage(of: command)
        } else {
          fullMessage(for: error)
        }
      let lines = usage.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).map(
        String.init)
      if !wantsJSON {
        Console.error(([lines[0], advice].compactMap(\.self) + lines.dropFirst()).joined(separator: "\n"))
        Glibc.exit(Failure.Kind.wrongUsage.rawValue)
      }
      failure = Failure(.wrongUsage, [message(for: error), advice].compactMap(\.self).joined(separator: " "))
    } else {
      failure = Failure(error)
    }
    if wantsJSON {
      Console.error(ErrorReport(failure).line)
    } else {
      Console.error("plenary: \(failure.advised)")
    }
    Glibc.exit(failure.kind.rawValue)
  }

  /// Also for errors that are found before the arguments are parsed.
  private static var wantsJSON: Bool { CommandLine.arguments.prefix { $0 != "--" }.contains("--json") }
}
