import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension ConferenceCommand {
  struct Revise: DecidedChange, ConflictingCommand {
    typealias Domain = Conferences

    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a conference's details. Fields not given stay unchanged.")
    @Option(help: "Remove these fields: shortTitle, place, welcome, roomChange.")
    var clear: [ConferenceRevised.Field] = []
    @OptionGroup var details: DetailsOptions
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Conferences.Command {
      let languages = try details.languages.map { try Language($0) }
      let revision = try Conferences.Revision(
        title: details.title.localized("title", conference.languages),
        shortTitle: details.shortTitle.localized("short title", conference.languages),
        place: details.place.localized("place", conference.languages),
        firstDay: details.firstDay.map { try CalendarDate($0) },
        lastDay: details.lastDay.map { try CalendarDate($0) },
        languages: languages.isEmpty ? nil : languages,
        welcome: details.welcome.localized("welcome", .paragraphs, conference.languages),
        roomChange: details.roomChange, cleared: clear,
        organisations: details.organisations(conference.languages), waivers: waivers())
      return .revise(revision)
    }
  }
}
