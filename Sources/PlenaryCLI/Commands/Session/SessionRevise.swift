import ArgumentParser
import EventLog
import Plenary
import PostgresLog
import ReadModels
import Scheduling
import Vocabulary

extension SessionCommand {
  struct Revise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a session's particulars; what is not given stays.")
    @Argument var session: String
    @OptionGroup var particulars: ParticularsOptions
    @Option(help: "Take away what it has: track, description, interpretation, links, expected, needs.")
    var clear: [SessionRevised.Field] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let desk = try await global.desk()
      let languages = try particulars.spoken()
      let body = try SessionRevised(
        session: id, title: particulars.title.localized("title", desk.languages),
        kind: particulars.kind, track: particulars.track.map { try TrackID($0) },
        description: particulars.description.localized("description", .paragraphs, desk.languages),
        languages: languages.isEmpty ? nil : languages, interpretation: particulars.interpreted(),
        links: particulars.links(), expected: particulars.expected, needs: particulars.features(),
        cleared: clear.isEmpty ? nil : clear)
      try await desk.change(.revise(body), change, global)
    }
  }
}
