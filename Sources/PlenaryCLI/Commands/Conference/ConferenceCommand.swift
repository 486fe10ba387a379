import ArgumentParser
import EventLog
import Plenary
import Publishing
import ReadModels
import Scheduling
import Vocabulary

struct ConferenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conference", abstract: "Conferences and their details.",
    subcommands: [
      Open.self, Show.self, List.self, Use.self, Revise.self, Close.self, Archive.self, Reopen.self,
    ])

  struct DetailsOptions: ParsableArguments {
    @Option(help: "Formal title (“open” requires it). Repeat once per language: en=… zh=….")
    var title: [LocalizedArgument] = []
    @Option(help: "Short title. Repeat once per language: en=… zh=….")
    var shortTitle: [LocalizedArgument] = []
    @Option(help: "City, or city and venue. Repeat once per language: en=… zh=….")
    var place: [LocalizedArgument] = []
    @Option(help: "First day, e.g. 2016-03-25 (“open” requires it).") var firstDay: String?
    @Option(help: "Last day, e.g. 2016-03-27 (a new conference's default: the first day).")
    var lastDay: String?
    @Option(
      parsing: .upToNextOption,
      help: "Languages, the main one first: en zh ru (a new conference's default: en).")
    var languages: [String] = []
    @Option(help: "Welcome text of the booklet. Repeat once per language: en=… zh=….")
    var welcome: [LocalizedArgument] = []
    @Option(
      help: "Time at which a day begins, e.g. 04:00; what is earlier is the evening before (default: 00:00).")
    var dayStart: String?
    @Option(parsing: .unconditional, help: "Minutes needed to change rooms (default: 0).")
    var roomChange: Int?
    @Option(help: "Address of the conference's website, e.g. https://example.org/.") var website: String?
    @Option(help: "What it costs to attend, for search engines: free, or the lowest price, e.g. \"120 EUR\".")
    var admission: String?
    @Option(help: "Address where people register or buy tickets, e.g. https://example.org/tickets.")
    var tickets: String?
    @Option(help: "Organiser; several languages as “en=…;zh=…”. Repeat for several organisers.")
    var organiser: [LocalizedArgument] = []
    @Option(help: "Host, like --organiser; repeat for several.") var host: [LocalizedArgument] = []
    @Option(help: "Co-host, like --organiser; repeat for several.") var coHost: [LocalizedArgument] = []
    @Option(help: "Partner, like --organiser; repeat for several.") var partner: [LocalizedArgument] = []
    @Option(help: "Sponsor, like --organiser; repeat for several.") var sponsor: [LocalizedArgument] = []

    func validate() throws {
      if let dayStart { _ = try Self.minute(dayStart) }
      if let roomChange, !(0...600).contains(roomChange) {
        throw ValidationError("--room-change takes 0 to 600 minutes, not \(roomChange).")
      }
    }

    private static func minute(_ text: String) throws -> Int {
      guard let match = text.wholeMatch(of: /(\d{1,2}):(\d{2})/), let hour = Int(match.1),
        let minute = Int(match.2),
        minute < 60, hour * 60 + minute <= 720
      else {
        throw ValidationError("--day-start takes a time from 00:00 to 12:00, such as 04:00, not “\(text)”.")
      }
      return hour * 60 + minute
    }

    var isEmpty: Bool {
      let texts = [title, shortTitle, place, welcome, organiser, host, coHost, partner, sponsor]
      return texts.allSatisfy(\.isEmpty) && languages.isEmpty && firstDay == nil && lastDay == nil
        && roomChange == nil && dayStart == nil && website == nil && admission == nil && tickets == nil
    }

    /// The conference's languages and those given here, in which texts can be written.
    func adding(to known: [Language]) throws -> [Language] {
      try known + languages.map { try Language($0) }.filter { !known.contains($0) }
    }

    /// What was given; texts without a language are in the first of these.
    func changes(_ current: [Language]) throws -> ConferenceDetails.Changes {
      let known = try adding(to: current)
      var changes = ConferenceDetails.Changes()
      for field in ConferenceDetails.Field.allCases {
        switch field {
        case .title: changes.title = try title.localized("title", known)
        case .shortTitle: changes.shortTitle = try shortTitle.localized("short title", known)
        case .place: changes.place = try place.localized("place", known)
        case .firstDay: changes.firstDay = try firstDay.map { try CalendarDate($0) }
        case .lastDay: changes.lastDay = try lastDay.map { try CalendarDate($0) }
        // Correcting it is a change of its own.
        case .zone: break
        case .languages:
          changes.languages = languages.isEmpty ? nil : try languages.map { try Language($0) }
        case .welcome: changes.welcome = try welcome.localized("welcome", .paragraphs, known)
        case .roomChange: changes.roomChange = roomChange
        case .dayStart: changes.dayStart = try dayStart.map(Self.minute)
        case .website: changes.website = try website.map { try WebAddress($0) }
        case .admission: changes.admission = try admission.map { try Admission($0) }
        case .tickets: changes.tickets = try tickets.map { try WebAddress($0) }
        }
      }
      return changes
    }

    /// Says on standard error which of the given languages have no labels.
    func noteLanguagesWithoutLabels() throws {
      OwnLabels.noteMissing(in: try languages.map { try Language($0) })
    }

    func organisations(_ languages: [Language]) throws -> [OrganisationRoleAssigned] {
      let roles: [([LocalizedArgument], OrganisationRole)] = [
        (organiser, .organiser), (host, .host), (coHost, .coHost), (partner, .partner),
        (sponsor, .sponsor),
      ]
      let known = try adding(to: languages)
      return try roles.flatMap { arguments, role in
        try arguments.separately(role.rawValue, known).map {
          OrganisationRoleAssigned(organisation: $0, role: role)
        }
      }
    }
  }
}

extension ConferenceDetails.Field: ExpressibleByArgument {}
