import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

struct SessionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "session", abstract: "The sessions of the program.",
    subcommands: [
      Schedule.self, Move.self, AddSlot.self, RemoveSlot.self, Revise.self, Cancel.self,
      Reinstate.self, List.self, Show.self,
    ])

  struct DetailsOptions: ParsableArguments {
    @Option(help: "As printed, once a language.") var title: [LocalizedArgument] = []
    @Option(help: "An abstract, once a language.") var description: [LocalizedArgument] = []
    @Option(help: "What the session is like.")
    var kind: SessionKind?
    @Option(help: "The track's short name.") var track: String?
    @Option(parsing: .upToNextOption, help: "Languages spoken: en zh ru.")
    var languages: [String] = []
    @Option(parsing: .upToNextOption, help: "Languages that it is interpreted into.")
    var interpretation: [String] = []
    @Option(help: "slides=https://…; also paper, recording, stream, article, related, attachment.")
    var link: [LinkArgument] = []
    @Option(help: "How many people are expected.") var expected: Int?
    @Option(parsing: .upToNextOption, help: "What its room must have: projector interpretation.")
    var needs: [String] = []

    func validate() throws {
      if let expected, !(0...1_000_000).contains(expected) {
        throw ValidationError("--expected takes a number of people.")
      }
    }

    func links() throws -> [Link]? { link.isEmpty ? nil : try link.map { try $0.link() } }
    func features() throws -> [FeatureID]? {
      needs.isEmpty ? nil : try needs.map { try FeatureID($0) }
    }
    func spoken() throws -> [Language] { try languages.map { try Language($0) } }
    func interpreted() throws -> [Language]? {
      interpretation.isEmpty ? nil : try interpretation.map { try Language($0) }
    }
  }

  struct PartsOptions: ParsableArguments {
    @Option(help: "A speaker's short name; may be repeated.") var speaker: [String] = []
    @Option(help: "Who presides; may be repeated.") var chair: [String] = []
    @Option(help: "Who leads the discussion; may be repeated.") var moderator: [String] = []
    @Option(help: "Who presents; may be repeated.") var presenter: [String] = []
    @Option(help: "Who responds; may be repeated.") var discussant: [String] = []
    @Option(help: "Who drafts the record; may be repeated.") var rapporteur: [String] = []

    func parts() throws -> [RoleAssignment] {
      let roles: [(SessionRole, [String])] = [
        (.chair, chair), (.moderator, moderator), (.speaker, speaker),
        (.presenter, presenter), (.discussant, discussant), (.rapporteur, rapporteur),
      ]
      return try roles.flatMap { role, people in
        try people.map { RoleAssignment(role, try PersonID($0)) }
      }
    }
  }
}
