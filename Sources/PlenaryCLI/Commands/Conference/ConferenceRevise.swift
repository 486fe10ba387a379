import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension ConferenceCommand {
  struct Revise: ConflictingCommand {
    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a conference's details. Fields not given stay unchanged.",
      discussion: """
        --zone corrects a wrong time zone: sessions, closures and unavailable times keep what clocks show, and each \
        session is moved in the log, so that calendars show the right time. Conflicts are looked for.

        Example: plenary conference revise --zone Europe/London --reason "Berlin was a mistake"
        """)
    @Option(help: "The right time zone (IANA name), e.g. Europe/London. Not together with other details.")
    var zone: String?
    @Option(help: "Remove these fields: --clear short-title --clear welcome.")
    var clear: [ConferenceDetails.Field] = []
    @OptionGroup var details: DetailsOptions
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if zone != nil, !details.isEmpty || !clear.isEmpty {
        throw ValidationError("--zone is a change of its own; give the other details in another command.")
      }
    }

    func run() async throws {
      _ = try change.context()
      let conference = try await global.conferenceToChange()
      let context = try await checkedContext(in: conference)
      if let zone {
        try await report(context) { try await conference.correct(zone: zone, waivers: waivers(), context) }
      } else {
        try await report(context) {
          try await conference.revise(waivers: waivers(), context, command: command(in:_:))
        }
        try details.noteLanguagesWithoutLabels()
      }
    }

    private func command(in conference: ConferenceFacts, _ waivers: [Waiver]) throws -> Conferences.Command {
      let changes = try details.changes(conference.languages).clearing(clear)
      let revision = try Conferences.Revision(
        changes: changes, organisations: details.organisations(conference.languages), waivers: waivers)
      return .revise(revision)
    }
  }
}
