import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

struct RoomCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "room", abstract: "The rooms in which sessions take place.",
    subcommands: [
      Add.self, List.self, Revise.self, Hours.self, Closure.self, Close.self, Reopen.self,
    ])

  struct EquipmentOptions: ParsableArguments {
    @Option(help: "The venue that it is in.") var venue: String?
    @Option(parsing: .upToNextOption, help: "What it has: projector interpretation step-free.")
    var features: [String] = []

    func place() throws -> VenueID? { try venue.map { try VenueID($0) } }
    func equipment() throws -> [FeatureID]? {
      features.isEmpty ? nil : try features.map { try FeatureID($0) }
    }
  }
}

func validateCapacity(_ capacity: Int?) throws {
  if let capacity, !(1...1_000_000).contains(capacity) {
    throw ValidationError("--capacity takes a number of seats, from 1.")
  }
}
