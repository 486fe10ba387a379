import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

struct SessionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "session", abstract: "Manage the sessions of the program.",
    subcommands: [
      Schedule.self, Move.self, AddSlot.self, RemoveSlot.self, Revise.self, Cancel.self,
      Reinstate.self, Number.self, List.self, Show.self, Convene.self, Suspend.self, Resume.self, Close.self,
      ReviseSitting.self, SittingsList.self, Segment.self, Heading.self,
    ])

  struct DetailsOptions: ParsableArguments {
    @Option(help: "Title as printed (“schedule” requires it). Repeat once per language: en=… zh=….")
    var title: [LocalizedArgument] = []
    @Option(help: "Abstract. Repeat once per language: en=… zh=….") var description: [LocalizedArgument] = []
    @Option(help: "Kind of session (default for a new one: session).")
    var kind: SessionKind?
    @Option(help: "Track that the session belongs to: economy.", completion: .tracks) var track: String?
    @Option(parsing: .upToNextOption, help: "Languages spoken: en zh ru.")
    var languages: [String] = []
    @Option(parsing: .upToNextOption, help: "Languages that it is interpreted into: en zh.")
    var interpretation: [String] = []
    @Option(help: "Link, e.g. slides=https://…; also paper, recording, stream, article, related, attachment.")
    var link: [LinkArgument] = []
    @Option(parsing: .unconditional, help: "Number of people expected: 120.") var expected: Int?
    @Option(parsing: .upToNextOption, help: "Equipment that its room must have: projector interpretation.")
    var needs: [String] = []
    @Option(
      help: ArgumentHelp(
        "Whether the session may be recorded. Documents show “No recording” and “Livestreamed”.",
        valueName: "permission"))
    var recording: Recording.Permission?
    @Option(
      help: "A note on --recording, for chairs and technicians. Repeat once per language: en=… zh=….")
    var recordingNote: [LocalizedArgument] = []

    func validate() throws {
      if recording == nil, !recordingNote.isEmpty {
        throw ValidationError("--recording-note requires --recording.")
      }
      if let expected, !(0...1_000_000).contains(expected) {
        throw ValidationError("--expected takes a number of people from 0 to 1000000, not \(expected).")
      }
    }

    /// The fields given as options. A text without a language is in the first of `inLanguages`.
    func changes(_ inLanguages: [Language]) throws -> SessionDetails.Changes {
      func each<Value>(_ texts: [String], _ read: (String) throws -> Value) rethrows -> [Value]? {
        texts.isEmpty ? nil : try texts.map(read)
      }
      var changes = SessionDetails.Changes()
      for field in SessionDetails.Field.allCases {
        switch field {
        case .title: changes.title = try title.localized("title", inLanguages)
        case .kind: changes.kind = kind
        case .track: changes.track = try track.map { try TrackID($0) }
        case .description:
          changes.description = try description.localized("description", .paragraphs, inLanguages)
        case .languages: changes.languages = try each(languages) { try Language($0) }
        case .interpretation: changes.interpretation = try each(interpretation) { try Language($0) }
        case .links: changes.links = link.isEmpty ? nil : try link.map { try $0.link() }
        case .expected: changes.expected = expected
        case .needs: changes.needs = try each(needs) { try FeatureID($0) }
        case .recording:
          let note = try recordingNote.localized("note on recording", inLanguages)
          changes.recording = recording.map { Recording($0, note: note) }
        }
      }
      return changes
    }
  }

  struct PartsOptions: ParsableArguments {
    @Option(help: "Who speaks: a short name, e.g. feng-shaolei. May be repeated.", completion: .speakers)
    var speaker: [String] = []
    @Option(help: "Who chairs the session: a short name. May be repeated.", completion: .speakers) var chair:
      [String] = []
    @Option(help: "Who leads the discussion: a short name. May be repeated.", completion: .speakers)
    var moderator: [String] = []
    @Option(help: "Who presents: a short name. May be repeated.", completion: .speakers) var presenter:
      [String] = []
    @Option(help: "Who responds to the speakers: a short name. May be repeated.", completion: .speakers)
    var discussant: [String] = []
    @Option(help: "Who drafts the record: a short name. May be repeated.", completion: .speakers)
    var rapporteur: [String] = []

    func parts(_ conference: ConferenceFacts) throws -> [RoleAssignment] {
      let roles: [(SessionRole, [String])] = [
        (.chair, chair), (.moderator, moderator), (.speaker, speaker),
        (.presenter, presenter), (.discussant, discussant), (.rapporteur, rapporteur),
      ]
      return try roles.flatMap { role, people in
        try people.map { RoleAssignment(role, try conference.person($0)) }
      }
    }
  }
}

extension SessionKind: ExpressibleByArgument {}

extension Recording.Permission: ExpressibleByArgument {}

extension SessionDetails.Field: ExpressibleByArgument {}
