import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

struct ConferenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conference", abstract: "The conferences and their details.",
    subcommands: [Open.self, Show.self, List.self, Revise.self])

  struct DetailsOptions: ParsableArguments {
    @Option(help: "The formal title, once a language.") var title: [LocalizedArgument] = []
    @Option(help: "The short title, once a language.") var shortTitle: [LocalizedArgument] = []
    @Option(help: "City, or city and venue, once a language.") var place: [LocalizedArgument] = []
    @Option(help: "2016-03-25") var firstDay: String?
    @Option(help: "Default: the first day.") var lastDay: String?
    @Option(parsing: .upToNextOption, help: "In order of preference: en zh ru.")
    var languages: [String] = []
    @Option(help: "What the booklet greets its readers with, once a language.")
    var welcome: [LocalizedArgument] = []
    @Option(help: "Minutes that a person needs between two rooms.") var roomChange: Int?
    @Option(help: "An organiser; en=…;zh=… for several languages.")
    var organiser: [LocalizedArgument] = []
    @Option(help: "A host.") var host: [LocalizedArgument] = []
    @Option(help: "A co-host.") var coHost: [LocalizedArgument] = []
    @Option(help: "A partner.") var partner: [LocalizedArgument] = []
    @Option(help: "A sponsor.") var sponsor: [LocalizedArgument] = []

    func validate() throws {
      if let roomChange, !(0...600).contains(roomChange) {
        throw ValidationError("--room-change takes minutes, 0 to 600.")
      }
    }

    func organisations(_ languages: [Language]) throws -> [OrganisationRoleAssigned] {
      let roles: [([LocalizedArgument], OrganisationRole)] = [
        (organiser, .organiser), (host, .host), (coHost, .coHost), (partner, .partner),
        (sponsor, .sponsor),
      ]
      return try roles.flatMap { arguments, role in
        try arguments.separately(role.rawValue, languages).map {
          OrganisationRoleAssigned(organisation: $0, role: role)
        }
      }
    }
  }
}
