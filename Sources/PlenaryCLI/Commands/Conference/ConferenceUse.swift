import ArgumentParser
import Plenary
import Vocabulary

extension ConferenceCommand {
  struct Use: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "use", abstract: "Choose the conference that later commands are about.",
      discussion: """
        The choice is kept on this computer, for this database; nothing is recorded. --conference and \
        PLENARY_CONFERENCE come before it.

        Example: plenary conference use shanghai-2016
        """)
    @Argument(help: "The conference's short name, e.g. shanghai-2016.", completion: .conferences)
    var name: String?
    @Flag(
      name: .customLong("none"), help: "Choose none: with several conferences, each command must name one.")
    var isNone = false
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if (name == nil) != isNone { throw ValidationError("Name a conference, or give --none.") }
      if global.conference != nil { throw ValidationError("Name the conference without --conference.") }
      if global.json { throw ValidationError("This command prints no result.") }
    }

    func run() async throws {
      let conference = try name.map { try ConferenceID($0) }
      try await global.workspace().use(conference)
      Console.error(
        conference.map { "Commands that name no conference are about “\($0)” now." }
          ?? "Commands that name no conference are about the only one now, if there is one.")
    }
  }
}
