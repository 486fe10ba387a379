import ArgumentParser
import EventLog
import Foundation
import Plenary
import Publishing
import ReadModels
import Scheduling
import Vocabulary

extension ProgramCommand {
  struct Release: DecidedChange {
    typealias Domain = Releases

    static let configuration = CommandConfiguration(
      commandName: "release", abstract: "Publish the program as it is now, under a version.",
      discussion: """
        Feeds and the HTML page show the program as last released; organizers see it as it is now. With \
        --track or --day, only those sessions are published; the others stay as last released. Open conflicts do not \
        prevent a release; they are shown as warnings.

        Example: plenary program release 1.1 --note "en=The closing session has moved."
        """)
    @Argument(help: "Version, e.g. 1.0 or final: letters, digits, dots, hyphens and _.") var version: String
    @Option(help: "What is new. Repeat once per language: en=… zh=….") var note: [LocalizedArgument] = []
    @Option(help: "Publish only the sessions of this track: economy.", completion: .tracks) var track: String?
    @Option(help: "Publish only the sessions of this day: 2016-03-25.") var day: String?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    var textsInClear: [TextInClear] {
      [TextInClear(.version, version)] + note.map { TextInClear(.note, $0.typed) }
    }

    func validate() throws {
      if track != nil, day != nil { throw ValidationError("Give --track or --day, not both.") }
    }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<SchedulingEvent>
    {
      try await conference.release(context, command: command(in:))
    }

    func command(in conference: ConferenceFacts) throws -> Releases.Command {
      let version = try Releases.checkedVersion(version)
      let body = try ProgramReleased(
        version: version, note: note.localized("note", .paragraphs, conference.languages),
        track: track.map { try TrackID($0) }, day: day.map { try CalendarDate($0) })
      return .release(body)
    }
  }
}
