import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension RoomCommand {
  struct Revise: ConflictingChange {
    typealias Domain = Rooms

    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a room's details; what you leave out stays the same.")
    @Argument(help: "The room's short name: main-hall.", completion: .rooms) var room: String
    @OptionGroup var details: DetailsOptions
    @Option(help: "Remove these fields: --clear note --clear venue.")
    var clear: [RoomDetails.Field] = []
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts, _ waivers: [Waiver]) throws -> Rooms.Command {
      let id = try RoomID(room)
      let changes = try details.changes(conference.languages).clearing(clear)
      return .revise(RoomRevised(room: id, changes: changes), waivers: waivers)
    }
  }
}
