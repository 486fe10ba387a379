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
    @Option(help: "Remove these fields: --clear abstract --clear links.")
    var clear: [Presentation.Field] = []
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func action(in conference: ConferenceFacts) throws -> Presentations.Action {
      let id = try PresentationID(presentation)
      let changes = try details.changes(in: conference).clearing(clear)
      return .revise(id, changes)
    }
  }
}
