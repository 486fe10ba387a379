import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct Revise: WaivingChange {
    typealias Domain = Sessions

    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a session's details; what is not given stays.")
    @Argument(help: "The session's short name: opening.") var session: String
    @OptionGroup var details: DetailsOptions
    @Option(help: "Take away what it has: track, description, interpretation, links, expected, needs.")
    var clear: [SessionRevised.Field] = []
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func action(in conference: ConferenceContext) throws -> Sessions.Action {
      let id = try SessionID(session)
      let languages = try details.spoken()
      let body = try SessionRevised(
        session: id, title: details.title.localized("title", conference.languages),
        kind: details.kind, track: details.track.map { try TrackID($0) },
        description: details.description.localized("description", .paragraphs, conference.languages),
        languages: languages.isEmpty ? nil : languages, interpretation: details.interpreted(),
        links: details.links(), expected: details.expected, needs: details.features(),
        cleared: clear.isEmpty ? nil : clear)
      return .revise(body)
    }
  }
}
