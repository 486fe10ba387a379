import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension RoomCommand {
  struct Add: SingleChange {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a room.")
    @Argument(help: "Permanent short name, e.g. main-hall (default: made from the name).") var room: String?
    @OptionGroup var details: DetailsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<SchedulingEvent>
    {
      try await conference.naming(room, \RoomID.tag, by: { Called(try name($0)) }, context) { id in
        try await conference.change(Rooms.self, context) { conference in
          var wanted = RoomDetails(name: try name(conference))
          try details.changes(conference.languages).apply(to: &wanted)
          return .add(RoomAdded(room: id, details: wanted))
        }
      }
    }

    private func name(_ conference: ConferenceFacts) throws -> LocalizedText {
      try details.name.required("room's name", conference.languages, option: "name")
    }
  }
}
