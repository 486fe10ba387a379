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
      commandName: "release", abstract: "Publish the program as it stands, as a version.",
      discussion: """
        Feeds and the HTML page show the last release; what organizers see is the present. With --track \
        or --day only those sessions are published, and the others stay as they were.
        """)
    @Argument(help: "1.0, final, …") var version: String
    @Option(help: "What is new, once a language.") var note: [LocalizedArgument] = []
    @Option(help: "Only the sessions of this track.") var track: String?
    @Option(help: "Only the sessions of this day.") var day: String?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if track != nil, day != nil { throw ValidationError("Give --track or --day, not both.") }
    }

    func command(in conference: ConferenceContext) throws -> Releases.Command {
      let version = try checkedText(version, "version")
      let body = try ProgramReleased(
        version: version, note: note.localized("note", .paragraphs, conference.languages),
        track: track.map { try TrackID($0) }, day: day.map { try CalendarDate($0) })
      return .release(body)
    }
  }
}
