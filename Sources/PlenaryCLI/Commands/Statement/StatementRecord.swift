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
      commandName: "record", abstract: "Record a statement of a session.",
      discussion: """
        The text follows the attribution as printed: --by feng-shaolei --text "noted that …". \
        Example: plenary statement record opening --mode quantified --quantifier most --of speakers \
        --as-printed "Most speakers" --text "called the chances slim."

        What each --mode needs (the same for positions, conclusions and recommendations):
          named         one --by
          joint         several --by, in order
          on-behalf-of  one --by, --of the body, --as-printed
          role-only     --of the office, --as-printed
          group         --of the group, --as-printed; --group-basis
          quantified    --quantifier, --of whom, --as-printed
          collective    --of whom, --as-printed
          unidentified  --as-printed
          withheld      --as-printed; --identity seals who it was
          unattributed  nothing: the record's own voice
        """)
    @Argument(help: "The session.") var session: String
    @Option(help: "Once a language.") var text: [LocalizedArgument]
    @Option(help: "How the words relate to what was said.")
    var form: StatementForm = .summary
    @Option(help: "What was done by saying it.")
    var act: SpeechAct?
    @Option(help: "To whom it was addressed; en=…;zh=… for several languages.")
    var addressee: [LocalizedArgument] = []
    @Option(help: "The language in which it was said.") var spoken: String?
    @Option(help: "A speaker whom the text mentions; may be repeated.") var mention: [String] = []
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
