import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension PresentationCommand {
  struct Add: WaivingChange {
    typealias Domain = Presentations

    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add a presentation at the end of a session.",
      discussion: """
        Example: plenary presentation add water-on-mars panel-1 --title "en=Water on Mars" \
        --presenter li-wei --minutes 20
        """)
    @Argument(help: "Permanent short name, e.g. water-on-mars.") var presentation: String
    @Argument(help: "The session's short name, e.g. panel-1.", completion: .sessions) var session: String
    @OptionGroup var details: DetailsOptions
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func action(in conference: ConferenceFacts) throws -> Presentations.Action {
      let (id, session) = try (PresentationID(presentation), conference.session(session))
      let title = try details.title.required("title", conference.languages, option: "title")
      var presentation = Presentation(id, title: title)
      try details.changes(in: conference).apply(to: &presentation)
      return .add(session, presentation)
    }
  }
}
