import ArgumentParser
import EventLog
import Plenary
import Record
import Scheduling
import Vocabulary

extension StatementCommand {
  struct Position: RestingCommand {
    static let kind = EntryKind.position
    static let configuration = CommandConfiguration(
      commandName: "position", abstract: "Record a person's or group's position on a topic.")
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @Option(help: "Topic. Repeat once per language: en=… zh=….") var topic: [LocalizedArgument]
    @Option(help: "Position on the topic. Repeat once per language: en=… zh=….")
    var text: [LocalizedArgument]
    @OptionGroup var basis: BasisOption
    @OptionGroup var mentions: MentionOption
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var identity: EntryIdentityOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func changes(_ conference: ConferenceFacts) throws -> EntryDetails.Changes {
      let languages = try conference.languages
      var changes = try mentions.changes(conference)
      changes.topic = try topic.required("topic", languages, option: "topic")
      changes.text = try text.required("text", .paragraphs, languages, option: "text")
      return changes
    }
  }

  struct Conclusion: RestingCommand {
    static let kind = EntryKind.conclusion
    static let configuration = CommandConfiguration(
      commandName: "conclusion", abstract: "Record a conclusion of a session.")
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @Option(help: "Text of the conclusion. Repeat once per language: en=… zh=….")
    var text: [LocalizedArgument]
    @Option(help: "Reason that was given. Repeat once per language: en=… zh=….")
    var rationale: [LocalizedArgument] = []
    @OptionGroup var basis: BasisOption
    @OptionGroup var mentions: MentionOption
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var identity: EntryIdentityOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func changes(_ conference: ConferenceFacts) throws -> EntryDetails.Changes {
      let languages = try conference.languages
      var changes = try mentions.changes(conference)
      changes.text = try text.required("text", .paragraphs, languages, option: "text")
      changes.rationale = try rationale.localized("rationale", .paragraphs, languages)
      return changes
    }
  }

  struct Recommendation: RestingCommand {
    static let kind = EntryKind.recommendation
    static let configuration = CommandConfiguration(
      commandName: "recommendation", abstract: "Record a recommendation or an appeal.")
    @Argument(help: "The session's short name: opening.", completion: .sessions) var session: String
    @Option(help: "What is recommended. Repeat once per language: en=… zh=….") var text: [LocalizedArgument]
    @Option(help: "Who it is addressed to. Repeat once per addressee: “en=…;zh=…”.")
    var addressee: [LocalizedArgument] = []
    @OptionGroup var basis: BasisOption
    @OptionGroup var mentions: MentionOption
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var identity: EntryIdentityOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func changes(_ conference: ConferenceFacts) throws -> EntryDetails.Changes {
      let languages = try conference.languages
      var changes = try mentions.changes(conference)
      changes.text = try text.required("text", .paragraphs, languages, option: "text")
      if !addressee.isEmpty { changes.addressees = try addressee.separately("addressee", languages) }
      return changes
    }
  }

  /// A position, conclusion or recommendation, which can rest on another entry.
  protocol RestingCommand: SessionRecordingCommand {
    var basis: BasisOption { get }
  }

  struct MentionOption: ParsableArguments {
    @Option(help: "Speaker mentioned in the text: li-wei. May be repeated.", completion: .speakers)
    var mention: [String] = []

    func changes(_ conference: ConferenceFacts) throws -> EntryDetails.Changes {
      try EntryDetails.Changes {
        $0.mentions = mention.isEmpty ? nil : try mention.map { try conference.person($0) }
      }
    }
  }
}

extension StatementCommand.RestingCommand {
  func basis(_ conference: ConferenceToChange) async throws -> RecordID? {
    try await basis.entry(conference)
  }
}
