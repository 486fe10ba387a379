import ArgumentParser
import EventLog
import Plenary
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Authorise: SingleChange {
    static let configuration = CommandConfiguration(
      commandName: "authorise",
      abstract: "Record that a withheld speaker allows their name to be disclosed.",
      discussion: """
        Nobody sees the name yet: the evidence is encrypted with the speaker's own key. Do not write the name into \
        --reason. “plenary statement disclose” then names the speaker.
        """)
    @Argument(help: EntryHelp.entry) var entry: String
    @Option(help: "How the speaker allowed it: “Letter of 3 May 2016”. Stored encrypted.") var evidence:
      String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<RecordEvent>
    {
      try await conference.authoriseDisclosure(
        of: conference.entry(entry), evidence: DisclosureEvidence(evidence), context)
    }
  }

  struct Disclose: SingleChange {
    static let storesReasonAsWords = true
    static let configuration = CommandConfiguration(
      commandName: "disclose",
      abstract: "Name a withheld speaker who has allowed it; see “plenary statement authorise”.",
      discussion: """
        A draft then has the name as if it had never been withheld. A published entry is corrected, and the corrigendum \
        prints the correction with its --reason.
        """)
    @Argument(help: EntryHelp.entry) var entry: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<RecordEvent>
    {
      let entry = try await conference.entry(entry)
      return try await conference.disclose(entry, context) { try change.printed($0.languages) }
    }
  }

  struct Identify: SingleChange {
    static let storesReasonAsWords = true
    static let configuration = CommandConfiguration(
      commandName: "identify",
      abstract: "Name an unknown speaker: all entries of that voice get the name.",
      discussion: """
        Drafts change without a trace in print. Published entries are corrected, each by a correction of its own, which \
        needs --verified-against; --reason is printed in the corrigendum.
        """)
    @Argument(help: "The name under which the voice was recorded: red-tie.") var voice: String
    @Option(name: .customLong("as"), help: "The speaker: li-wei.", completion: .speakers) var person: String
    @Option(help: "What the corrections of published entries were verified against.")
    var verifiedAgainst: Verification?
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
      -> Outcome<RecordEvent>
    {
      let (voice, person) = (try VoiceID(voice), try conference.person(person))
      return try await conference.change(Voices.self, context) {
        Voices.Command(
          voice, as: person, correction: .new(context), against: verifiedAgainst,
          reason: try change.printed($0.languages))
      }
    }
  }
}
