import ArgumentParser
import EventLog
import Plenary
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Record: SessionRecordingCommand {
    static let kind = EntryKind.statement
    static let configuration = CommandConfiguration(
      commandName: "record", abstract: "Record a statement made in a session.",
      discussion: """
        The text continues the printed attribution: --by feng-shaolei --text "noted that …". \
        Example: plenary statement record opening --mode quantified --quantifier most --of speakers \
        --as-printed "Most speakers" --text "called the chances slim."

        An attribution inside or at the end of the sentence is marked where it stands; nothing is then printed in \
        front: --text "The success of cooperation, [[by:according to the participants]], should be …".

        What each --mode needs (also for positions, conclusions and recommendations):
          named         one --by
          joint         several --by, in order
          on-behalf-of  one --by, --of the body, --as-printed
          role-only     --of the office, --as-printed
          group         --of the group, --as-printed; --group-basis
          quantified    --quantifier, --of the group, --as-printed
          collective    --of the group, --as-printed
          unidentified  --as-printed; --voice names the unknown speaker
          withheld      --as-printed; --identity stores the person, encrypted
          unattributed  nothing; the record itself speaks
        """)
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @Option(help: "Text of the statement. Repeat once per language: en=… zh=….") var text: [LocalizedArgument]
    @OptionGroup var statement: StatementOptions
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var identity: EntryIdentityOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func changes(_ conference: ConferenceFacts) throws -> EntryDetails.Changes {
      try statement.new(text, conference)
    }
  }

  struct Insert: RecordingCommand {
    static let kind = EntryKind.statement
    static let configuration = CommandConfiguration(
      commandName: "insert", abstract: "Record a statement between others.",
      discussion: """
        See “plenary statement record --help” for attributions. What is inserted between published paragraphs 12 and \
        13 is printed as 12a.
        """)
    @OptionGroup var placing: PlaceOptions
    @Option(help: "Text of the statement. Repeat once per language: en=… zh=….") var text: [LocalizedArgument]
    @OptionGroup var statement: StatementOptions
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var identity: EntryIdentityOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func place(_ conference: ConferenceToChange) async throws -> Statements.Place {
      try await placing.place(conference)
    }

    func changes(_ conference: ConferenceFacts) throws -> EntryDetails.Changes {
      try statement.new(text, conference)
    }
  }
}

extension StatementOptions {
  fileprivate func new(_ text: [LocalizedArgument], _ conference: ConferenceFacts) throws
    -> EntryDetails.Changes
  {
    var changes = EntryDetails.Changes()
    try apply(to: &changes, conference)
    changes.form = form ?? .summary
    changes.text = try text.required("text", .paragraphs, conference.languages, option: "text")
    return changes
  }
}
