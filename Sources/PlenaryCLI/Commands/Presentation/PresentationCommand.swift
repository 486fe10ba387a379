import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

struct PresentationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "presentation", abstract: "Presentations: the talks within a session, in order.",
    subcommands: [Add.self, Revise.self, Order.self, Withdraw.self, List.self])

  struct DetailsOptions: ParsableArguments {
    @Option(help: "Title, as printed (“add” requires it). Repeat once per language: en=… zh=….")
    var title: [LocalizedArgument] = []
    @Option(help: "Abstract. Repeat once per language: en=… zh=….")
    var abstract: [LocalizedArgument] = []
    @Option(
      help: "Presenter's short name, e.g. li-wei. Repeat for several, in printed order.",
      completion: .speakers)
    var presenter: [String] = []
    @Option(
      parsing: .unconditional,
      help: "Length in minutes, e.g. 20 (default: a share of the session's remaining time).")
    var minutes: Int?
    @Option(help: "Language of the talk, e.g. en.") var language: String?
    @Option(help: "Start, e.g. “2016-03-25 09:20” (default: the end of the previous presentation).")
    var start: String?
    @Option(help: "Link: slides=https://…; also paper, recording, article, related, attachment. Repeatable.")
    var link: [LinkArgument] = []

    func validate() throws {
      if let minutes, !(1...1440).contains(minutes) {
        throw ValidationError("--minutes takes a number from 1 to 1440, not \(minutes).")
      }
    }

    /// What was given; texts without a language are in the conference's first.
    func changes(in conference: ConferenceFacts) throws -> Presentation.Changes {
      var changes = Presentation.Changes()
      for field in Presentation.Field.allCases {
        switch field {
        case .title: changes.title = try title.localized("title", conference.languages)
        case .abstract:
          changes.abstract = try abstract.localized("abstract", .paragraphs, conference.languages)
        case .people:
          changes.people = presenter.isEmpty ? nil : try presenter.map { try conference.person($0) }
        case .minutes: changes.minutes = minutes
        case .language: changes.language = try language.map { try Language($0) }
        case .start: changes.start = try start.map { try conference.times().read($0) }
        case .links: changes.links = link.isEmpty ? nil : try link.map { try $0.link() }
        }
      }
      return changes
    }
  }
}

extension Presentation.Field: ExpressibleByArgument {}
