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
      let languages = try details.languages.isEmpty ? [.english] : details.languages.map { try Language($0) }
      var given = try details.changes(languages)
      given.title = try details.title.required("title", languages, option: "title")
      guard let firstDay = given.firstDay else {
        throw ValidationError("Missing expected argument '--first-day <first-day>'")
      }
      given.languages = languages
      let lastDay = given.lastDay ?? firstDay
      given.lastDay = lastDay
      _ = try TimeInput(zone: zone, days: firstDay...max(firstDay, lastDay))
      given.zone = zone
      guard let opened = ConferenceDetails(given) else {
        preconditionFailure("the title, both days and the zone are set above")
      }
      let workspace = try await global.workspace()
      let context = try change.context()
      let outcome = try await workspace.change(
        Conferences.self,
        .open(
          ConferenceOpened(details: opened, identity: context.newIdentity(of: conference)),
          try details.organisations(languages)), in: conference,
        context)
      try details.noteLanguagesWithoutLabels()
      try outcome.report(context, json: global.json)
    }
  }
}
