import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension PresentationCommand {
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add a presentation to a session, behind those that it has.",
      discussion: """
        Example: plenary presentation add water-on-mars panel-1 --title "en=Water on Mars" \
        --presenter li-wei --minutes 20
        """)
    @Argument(help: "A short name, for ever: water-on-mars.") var presentation: String
    @Argument(help: "The session's short name.") var session: String
    @OptionGroup var particulars: ParticularsOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let (id, session) = try (PresentationID(presentation), SessionID(session))
      let desk = try await global.desk()
      guard let title = try particulars.title.localized("title", desk.languages) else {
        throw ValidationError("Missing expected argument '--title <title>'")
      }
      let body = try Presentation(
        id, title: title,
        abstract: particulars.abstract.localized("abstract", .paragraphs, desk.languages),
        people: particulars.people(), minutes: particulars.minutes,
        language: particulars.language.map { try Language($0) },
        start: particulars.start.map { try desk.times().read($0) }, links: particulars.links())
      try await desk.change(.present(session, body), change, global)
    }
  }
}
