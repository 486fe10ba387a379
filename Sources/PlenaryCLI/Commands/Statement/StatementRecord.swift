import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Record: RecordingCommand {
    static let configuration = CommandConfiguration(
      commandName: "record", abstract: "Record a statement made in a session.",
      discussion: """
        The text continues the printed attribution: --by feng-shaolei --text "noted that …". \
        Example: plenary statement record opening --mode quantified --quantifier most --of speakers \
        --as-printed "Most speakers" --text "called the chances slim."

        What each --mode needs (also for positions, conclusions and recommendations):
          named         one --by
          joint         several --by, in order
          on-behalf-of  one --by, --of the body, --as-printed
          role-only     --of the office, --as-printed
          group         --of the group, --as-printed; --group-basis
          quantified    --quantifier, --of the group, --as-printed
          collective    --of the group, --as-printed
          unidentified  --as-printed
          withheld      --as-printed; --identity stores the person, encrypted
          unattributed  nothing; the record itself speaks
        """)
    @Argument(help: "The session's short name: opening.") var session: String
    @Option(help: "Text of the statement. Repeat once per language: en=… zh=….") var text: [LocalizedArgument]
    @Option(help: "How close the text is to the words that were said.")
    var form: StatementForm = .summary
    @Option(help: "What the speaker did: noted, asked, proposed …")
    var act: SpeechAct?
    @Option(help: "Who it was addressed to. Repeat once per addressee: “en=…;zh=…”.")
    var addressee: [LocalizedArgument] = []
    @Option(help: "Language in which it was said: zh.") var spoken: String?
    @Option(help: "Speaker mentioned in the text: li-wei. May be repeated.") var mention: [String] = []
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var number: NumberOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func content(_ languages: [Language]) throws -> Statements.Draft.Content {
      .statement(
        try text.required("text", .paragraphs, languages, option: "text"), form: form, act: act,
        addressees: try addressee.separately("addressee", languages),
        spoken: try spoken.map { try Language($0) }, mentions: try mention.map { try PersonID($0) })
    }
  }
}
