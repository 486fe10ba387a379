import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

struct RoomCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "room", abstract: "Manage the rooms, their opening hours and closures.",
    subcommands: [
      Add.self, List.self, Revise.self, Hours.self, Closure.self, Close.self, Reopen.self,
    ])

  struct DetailsOptions: ParsableArguments {
    @Option(help: "Name as printed (“add” requires it). Repeat once per language: en=… zh=….")
    var name: [LocalizedArgument] = []
    @Option(parsing: .unconditional, help: "Number of seats: 300.") var capacity: Int?
    @Option(help: "Note, e.g. how to get there. Repeat once per language: en=… zh=….")
    var note: [LocalizedArgument] = []
    @Option(help: "Venue that the room is in: west-campus.") var venue: String?
    @Option(
      parsing: .upToNextOption, help: "Equipment and access that it has: projector interpretation step-free.")
    var features: [String] = []

    func validate() throws {
      if let capacity, !(1...1_000_000).contains(capacity) {
        throw ValidationError("--capacity takes a number of seats from 1 to 1000000, not \(capacity).")
      }
    }

    /// The fields given as options. A text without a language is in the first of `languages`.
    func changes(_ languages: [Language]) throws -> RoomDetails.Changes {
      var changes = RoomDetails.Changes()
      for field in RoomDetails.Field.allCases {
        switch field {
        case .name: changes.name = try name.localized("room's name", languages)
        case .capacity: changes.capacity = capacity
        case .note: changes.note = try note.localized("note", languages)
        case .venue: changes.venue = try venue.map { try VenueID($0) }
        case .features: changes.features = features.isEmpty ? nil : try features.map { try FeatureID($0) }
        }
      }
      return changes
    }
  }
}

extension RoomDetails.Field: ExpressibleByArgument {}
