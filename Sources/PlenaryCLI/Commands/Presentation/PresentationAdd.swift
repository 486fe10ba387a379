import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension PresentationCommand {
  struct Add: SingleChange, ConflictingCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add a presentation at the end of a session.",
      usage: "plenary presentation add [<presentation>] <session> --title <title> ... [<options>]",
      discussion: """
        Example: plenary presentation add water-on-mars panel-1 --title "en=Water on Mars" \
        --presenter li-wei --minutes 20

        Without a short name, one is made from the title and printed: plenary presentation add panel-1 --title "Water on Mars"
        """)
    @Argument(help: "Permanent short name, e.g. water-on-mars (default: made from the title).")
    var presentation: String?
    @Argument(help: "The session's short name, e.g. panel-1.", completion: .sessions) var session: String?
    @OptionGroup var details: DetailsOptions
    @OptionGroup var waive: WaiveOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    mutating func validate() throws {
      // One word is the session.
      if session == nil { (presentation, session) = (nil, presentation) }
      if session == nil { throw ValidationError("Missing expected argument '<session>'") }
    }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<SchedulingEvent>
    {
      try await conference.naming(
        presentation, \PresentationID.tag, by: { Called(try title($0)) }, context
      ) { id in
        try await conference.change(Presentations.self, waivers: waivers(), context) { conference, waivers in
          var presentation = Presentation(id, title: try title(conference))
          try details.changes(in: conference).apply(to: &presentation)
          return Presentations.Command(
            .add(try conference.session(session ?? ""), presentation), waivers: waivers)
        }
      }
    }

    private func title(_ conference: ConferenceFacts) throws -> LocalizedText {
      try details.title.required("title", conference.languages, option: "title")
    }
  }
}
