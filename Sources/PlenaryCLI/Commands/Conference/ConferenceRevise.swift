import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension ConferenceCommand {
  struct Revise: ConflictingChange {
    typealias Domain = Conferences

    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a conference's details. Fields not given stay unchanged.")
    @Option(help: "Remove these fields: --clear short-title --clear welcome.")
    var clear: [ConferenceDetails.Field] = []
    @OptionGroup var details: DetailsOptions
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<SchedulingEvent>
    {
      let outcome = try await conference.revise(waivers: waivers(), context, command: command(in:_:))
      try details.noteLanguagesWithoutLabels()
      return outcome
    }

    func command(in conference: ConferenceFacts, _ waivers: [Waiver]) throws -> Conferences.Command {
      let changes = try details.changes(conference.languages).clearing(clear)
      let revision = try Conferences.Revision(
        changes: changes, organisations: details.organisations(conference.languages), waivers: waivers)
      return .revise(revision)
    }
  }
}
