import ArgumentParser
import EventLog
import Plenary
import Postgres
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension ConferenceCommand {
  struct Revise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a conference's particulars.")
    @Option(help: "Take away what is said of it: shortTitle, place, welcome, roomChange.")
    var clear: [ConferenceRevised.Field] = []
    @OptionGroup var particulars: ParticularsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let desk = try await global.desk()
      let languages = try particulars.languages.map { try Language($0) }
      let revision = try Conferences.Revision(
        title: particulars.title.localized("title", desk.languages),
        shortTitle: particulars.shortTitle.localized("short title", desk.languages),
        place: particulars.place.localized("place", desk.languages),
        firstDay: particulars.firstDay.map { try CalendarDate($0) },
        lastDay: particulars.lastDay.map { try CalendarDate($0) },
        languages: languages.isEmpty ? nil : languages,
        welcome: particulars.welcome.localized("welcome", .paragraphs, desk.languages),
        roomChange: particulars.roomChange, cleared: clear,
        organisations: particulars.organisations(desk.languages), waivers: change.waivers())
      try await desk.change(Conferences.self, .revise(revision), change, global)
    }
  }
}
