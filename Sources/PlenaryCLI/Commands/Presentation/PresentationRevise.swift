import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension PresentationCommand {
  struct Revise: WaivingChange {
    typealias Domain = Presentations

    static let configuration = CommandConfiguration(
      commandName: "revise", abstract: "Change a presentation's details. Fields not given stay unchanged.",
      discussion: "--presenter replaces all current presenters.")
    @Argument(help: "The presentation's short name, e.g. water-on-mars.") var presentation: String
    @OptionGroup var details: DetailsOptions
    @Option(help: "Remove these fields: abstract, minutes, language, start, links.")
    var clear: [Presentations.Change.Field] = []
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func action(in conference: ConferenceFacts) throws -> Presentations.Action {
      let id = try PresentationID(presentation)
      let people = try details.people()
      let wanted = try Presentations.Change(
        title: details.title.localized("title", conference.languages),
        abstract: details.abstract.localized("abstract", .paragraphs, conference.languages),
        people: people.isEmpty ? nil : people, minutes: details.minutes,
        language: details.language.map { try Language($0) },
        start: details.start.map { try conference.times().read($0) }, links: details.links(),
        cleared: clear)
      return .revise(id, wanted)
    }
  }
}
