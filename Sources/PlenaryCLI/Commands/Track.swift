import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

struct TrackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track", abstract: "Manage the tracks that sessions belong to.",
    subcommands: [Add.self, Revise.self, List.self])

  private static func checkColor(_ color: String?) throws {
    if let color, color.wholeMatch(of: /#[0-9A-Fa-f]{6}/) == nil {
      throw ValidationError(
        "“\(excerpt(color))” is not a colour; write it as six hexadecimal digits: #1f5c99.")
    }
  }

  struct Add: SingleChange {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a track.")
    @Argument(help: "Permanent short name, e.g. economy (default: made from the name).") var track: String?
    @Option(help: "Name as printed (required). Repeat once per language: en=… zh=….")
    var name: [LocalizedArgument]
    @Option(help: "Colour as #rrggbb: #1f5c99.") var color: String?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      try TrackCommand.checkColor(color)
    }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<SchedulingEvent>
    {
      try await conference.naming(track, \TrackID.tag, by: { Called(try name(in: $0)) }, context) { id in
        try await conference.change(Tracks.self, context) { conference in
          .add(TrackAdded(track: id, name: try name(in: conference)) { $0.color = color?.lowercased() })
        }
      }
    }

    private func name(in conference: ConferenceFacts) throws -> LocalizedText {
      try name.required("track's name", conference.languages, option: "name")
    }
  }

  struct Revise: DecidedChange {
    typealias Domain = Tracks

    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a track's name or colour.")
    @Argument(help: "The track's short name: economy.", completion: .tracks) var track: String
    @Option(help: "Name as printed. Repeat once per language: en=… zh=….") var name: [LocalizedArgument] = []
    @Option(help: "Colour as #rrggbb: #1f5c99.") var color: String?
    @Option(help: "Remove these fields: --clear color.") var clear: [TrackDetails.Field] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      try TrackCommand.checkColor(color)
    }

    func command(in conference: ConferenceFacts) throws -> Tracks.Command {
      let id = try TrackID(track)
      let name = try name.localized("track's name", conference.languages)
      let changes = try TrackDetails.Changes {
        $0.name = name
        $0.color = color?.lowercased()
      }.clearing(clear)
      return .revise(TrackRevised(track: id, changes: changes))
    }
  }

  struct List: ReadingCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the tracks.")
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      let view = try await conference.view(ProgramModel.self, read)
      let tracks = view.model.orderedTracks
      if global.json { return try Console.json(.trackList, items: tracks, at: view.checkpoint.position) }
      var table = TextTable("NAME", "COLOUR", "TRACK")
      for track in tracks {
        table.add(track.id.slug, track.details.color, conference.text(track.details.name))
      }
      try table.print(
        tableOptions, title: "tracks",
        nothing: "There are no tracks yet; add one with “plenary track add NAME --name …”.")
    }
  }
}

extension TrackDetails.Field: ExpressibleByArgument {}
