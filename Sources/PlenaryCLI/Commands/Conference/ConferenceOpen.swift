import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension ConferenceCommand {
  struct Open: ChangingCommand {
    static let configuration = CommandConfiguration(
      commandName: "open", abstract: "Create a conference and its event log.",
      discussion: """
        Example: plenary conference open shanghai-2016 --title "en=Cooperation between China and \
        Russia" --first-day 2016-03-25 --zone Asia/Shanghai --languages en zh ru
        """)
    @Argument(help: "Permanent short name, e.g. shanghai-2016.") var name: String
    @Option(help: "Time zone (IANA name), e.g. Asia/Shanghai.") var zone: String
    @OptionGroup var details: DetailsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try ConferenceID(name)
      var languages = try details.languages.map { try Language($0) }
      if languages.isEmpty { languages = [.english] }
      let title = try details.title.required("title", languages, option: "title")
      guard let firstDay = details.firstDay else {
        throw ValidationError("Missing expected argument '--first-day <first-day>'")
      }
      _ = try TimeInput(zone: zone)
      let first = try CalendarDate(firstDay)
      let opened = try ConferenceOpened(
        title: title, shortTitle: details.shortTitle.localized("short title", languages),
        place: details.place.localized("place", languages), firstDay: first,
        lastDay: details.lastDay.map { try CalendarDate($0) } ?? first, zone: zone,
        languages: languages, welcome: details.welcome.localized("welcome", .paragraphs, languages),
        roomChange: details.roomChange)
      let workspace = try await global.workspace()
      let context = try change.context()
      let outcome = try await workspace.change(
        Conferences.self, .open(opened, try details.organisations(languages)), in: conference,
        context)
      try outcome.report(context, json: global.json)
    }
  }
}
