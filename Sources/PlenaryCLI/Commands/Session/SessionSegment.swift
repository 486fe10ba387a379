import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

extension SessionCommand {
  struct Segment: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "segment", abstract: "Begin a part of a session with a heading of its own in the record.",
      discussion: """
        What is recorded from now on is in the new segment. With --before, the segment begins with an entry that is \
        in the record already. With --number, a segment is corrected or removed. \
        Example: plenary session segment session-1 --title "Opening"
        """)
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @Option(help: "Heading as printed (required without --number). Repeat once per language: en=… zh=….")
    var title: [LocalizedArgument] = []
    @Option(
      help:
        "The entry that the segment begins with: e-7k3m9q2x, or a published number such as 1.12 (default: the next one)."
    )
    var before: String?
    @Option(parsing: .unconditional, help: "Number of a segment to correct (see “plenary session sittings”).")
    var number: Int?
    @Flag(help: "Remove the segment of --number. Its entries stay.") var remove = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if remove {
        if number == nil { throw ValidationError("--remove requires --number.") }
        if !title.isEmpty || before != nil {
          throw ValidationError("--title and --before cannot be used with --remove.")
        }
      } else if number != nil, title.isEmpty, before == nil {
        throw ValidationError("Give what to correct: --title, --before or --remove.")
      } else if number == nil, title.isEmpty {
        throw ValidationError("Missing expected argument '--title <title>'")
      }
    }

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<RecordEvent>
    {
      let entry: RecordID? = if let before { try await conference.entry(before) } else { nil }
      return try await conference.change(Segments.self, context) { try command($0, before: entry) }
    }

    private func command(_ conference: ConferenceFacts, before entry: RecordID?) throws -> Segments.Command {
      let id = try conference.session(session)
      if let number {
        if remove { return .remove(id, number) }
        return .revise(
          id, number, title.isEmpty ? nil : try title.localized("title", conference.languages), before: entry)
      }
      return try .open(
        id, title.required("title", conference.languages, option: "title"), before: entry)
    }
  }

  struct Heading: DecidedChange {
    typealias Domain = Segments

    static let configuration = CommandConfiguration(
      commandName: "heading",
      abstract: "Print a session in the record under another title than in the program.",
      discussion: """
        For a title that the published text writes in another way. The program keeps its own title. \
        Example: plenary session heading session-1 --title "Current status and problems"
        """)
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @Option(help: "Title in the record. Repeat once per language: en=… zh=….")
    var title: [LocalizedArgument] = []
    @Flag(help: "Print the program's title again.") var clear = false
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if clear == !title.isEmpty { throw ValidationError("Give --title, or --clear.") }
    }

    func command(in conference: ConferenceFacts) throws -> Segments.Command {
      let heading = clear ? nil : try title.localized("title", conference.languages)
      return .setHeading(try conference.session(session), heading)
    }
  }
}
