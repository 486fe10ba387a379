import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

struct VenueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "venue", abstract: "Manage the venues that the rooms are in, and travel times between them.",
    subcommands: [Add.self, Revise.self, Travel.self, List.self])

  struct DetailsOptions: ParsableArguments {
    @Option(help: "Name as printed (“add” requires it). Repeat once per language: en=… zh=….")
    var name: [LocalizedArgument] = []
    @Option(help: "Address. Repeat once per language: en=… zh=….") var address: [LocalizedArgument] = []

    func changes(_ languages: [Language]) throws -> VenueDetails.Changes {
      var changes = VenueDetails.Changes()
      for field in VenueDetails.Field.allCases {
        switch field {
        case .name: changes.name = try name.localized("venue's name", languages)
        case .address: changes.address = try address.localized("address", languages)
        }
      }
      return changes
    }
  }

  struct Add: DecidedChange {
    typealias Domain = Venues

    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a venue.")
    @Argument(help: "Permanent short name, e.g. west-campus.") var venue: String
    @OptionGroup var details: DetailsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Venues.Command {
      let id = try VenueID(venue)
      var wanted = VenueDetails(
        name: try details.name.required("venue's name", conference.languages, option: "name"))
      try details.changes(conference.languages).apply(to: &wanted)
      return .add(VenueAdded(venue: id, details: wanted))
    }
  }

  struct Revise: DecidedChange {
    typealias Domain = Venues

    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a venue's details; what you leave out stays the same.")
    @Argument(help: "The venue's short name: west-campus.") var venue: String
    @OptionGroup var details: DetailsOptions
    @Option(help: "Remove these fields: --clear address.") var clear: [VenueDetails.Field] = []
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func command(in conference: ConferenceFacts) throws -> Venues.Command {
      let id = try VenueID(venue)
      let changes = try details.changes(conference.languages).clearing(clear)
      return .revise(VenueRevised(venue: id, changes: changes))
    }
  }

  struct Travel: ConflictingChange {
    typealias Domain = Venues

    static let configuration = CommandConfiguration(
      commandName: "travel", abstract: "Set the travel time between two venues or two rooms.",
      discussion: """
        Examples: plenary venue travel west-campus east-campus 25
                  plenary venue travel room:hall room:annex 5
        For all other rooms, “plenary conference revise --room-change MINUTES” applies.
        """)
    @Argument(help: "First place: a venue's short name, or room:NAME.") var from: String
    @Argument(help: "Second place: a venue's short name, or room:NAME.") var to: String
    @Argument(help: "Number of minutes: 25, or “unknown” to remove the travel time.") var minutes: String
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if minutes != "unknown", !(Int(minutes).map { (0...1440).contains($0) } ?? false) {
        throw ValidationError("“\(minutes)” is not a number of minutes; give 0 to 1440, or “unknown”.")
      }
    }

    func command(in conference: ConferenceFacts, _ waivers: [Waiver]) throws -> Venues.Command {
      func place(_ text: String) throws -> Place {
        text.contains(":") ? try Place(text) : .venue(try VenueID(text))
      }
      return try .setTravelTime(
        place(from), place(to), minutes: Int(minutes), waivers: waivers)
    }
  }

  struct List: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the venues and the travel times between them.")
    @OptionGroup var tableOptions: TableOptions
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    private struct Report: Encodable {
      var items: [VenueRow]
      var travelTimes: [TravelTimeRow]
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let view = try await conference.view(ProgramModel.self, read)
      let model = view.model
      let times = model.travelTimes.rows.sorted { $0.key < $1.key }
      if global.json {
        return try Console.json(
          .venueList, Report(items: model.orderedVenues, travelTimes: times), at: view.checkpoint.position)
      }
      var table = TextTable("NAME", "VENUE", "ADDRESS")
      for venue in model.orderedVenues {
        table.add(
          venue.id.slug, conference.text(venue.details.name), conference.text(venue.details.address))
      }
      try table.print(
        tableOptions, title: "venues",
        nothing: "There are no venues yet; add one with “plenary venue add NAME --name …”.")
      if tableOptions.isForSpreadsheets { return }
      for time in times {
        let unit = time.minutes == 1 ? "minute" : "minutes"
        Console.print("\(time.places[0]) – \(time.places[1]): \(time.minutes) \(unit)")
      }
    }
  }
}

extension VenueDetails.Field: ExpressibleByArgument {}
