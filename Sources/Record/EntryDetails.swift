package import Vocabulary

/// What an entry of the record is.
package enum EntryKind: String, Codable, Sendable, Hashable, CaseIterable {
  /// What was said.
  case statement
  /// What somebody holds about a topic.
  case position
  /// What a session came to.
  case conclusion
  /// What somebody is asked to do.
  case recommendation

  /// The fields that an entry of this kind can have.
  package var fields: [EntryDetails.Field] {
    switch self {
    case .statement: [.text, .attribution, .form, .acts, .addressees, .spoken, .said, .mentions]
    case .position: [.text, .attribution, .topic, .mentions, .basedOn]
    case .conclusion: [.text, .attribution, .rationale, .mentions, .basedOn]
    case .recommendation: [.text, .attribution, .addressees, .mentions, .basedOn]
    }
  }
}

/// What an entry says, who said it and how. Each kind uses some of the fields: `EntryKind.fields`.
package struct EntryDetails: Sendable, Hashable {
  /// Marked text (see `MarkedText`): a statement's words, a position's stance, a conclusion, a recommendation.
  package var text: LocalizedText
  package var attribution: Attribution {
    get { internedAttribution.value }
    set { internedAttribution = Interned(newValue) }
  }
  /// The same. Few attributions are those of very many entries.
  package var internedAttribution: Interned<Attribution>
  /// What a position is about.
  package var topic: LocalizedText?
  /// The reason that was given for a conclusion.
  package var rationale: LocalizedText?
  /// Nil except for statements.
  package var form: StatementForm?
  package var acts: [SpeechAct] = []
  package var addressees: [LocalizedText] = []
  /// The language in which it was said; nil if unknown.
  package var spoken: Language?
  /// When it was said; nil if nobody has recorded that.
  package var said: Timestamp?
  /// Registered speakers that the text mentions. They did not make the statement.
  package var mentions: [PersonID] = []
  /// The entry that it rests on.
  package var basedOn: RecordID?
  /// Whether the words were destroyed by an expunction. `text` then only stands in for them.
  package private(set) var isExpunged = false

  package init(_ text: LocalizedText, _ attribution: Attribution, _ build: (inout Self) -> Void = { _ in }) {
    self.text = text
    internedAttribution = Interned(attribution)
    build(&self)
  }

  /// The language in which it was said, if the text has that language.
  package var original: Language? {
    guard let spoken else { return nil }
    return text.languages.first { $0 == spoken } ?? text.languages.first { $0.primary == spoken.primary }
  }

  /// The texts that can have marks.
  package var marked: [LocalizedText] { [text, rationale].compactMap(\.self) }

  /// The words that an expunction destroys: top-level fields of an event about an entry.
  package static let words = ["text", "topic", "rationale", "attribution", "addressees"]

  /// Takes the words away, as they are taken out of the log.
  package mutating func expunge() {
    self = Self(expungedKeeping: self)
  }

  private init(expungedKeeping known: Self) {
    text = Self.noWords
    internedAttribution = Interned(.nobody)
    (form, acts, spoken, said, mentions, basedOn) = (
      known.form, known.acts, known.spoken, known.said, known.mentions, known.basedOn
    )
    isExpunged = true
  }

  private static let noWords = LocalizedText([.undetermined: "…"])
}

extension EntryDetails {
  package struct Changes: DetailChanges {
    /// Only the languages that change.
    package var text: LocalizedText?
    /// Languages that the text no longer has.
    package var without: [Language]?
    package var attribution: Attribution?
    package var topic: LocalizedText?
    package var rationale: LocalizedText?
    package var form: StatementForm?
    package var acts: [SpeechAct]?
    package var addressees: [LocalizedText]?
    package var spoken: Language?
    package var said: Timestamp?
    package var mentions: [PersonID]?
    package var basedOn: RecordID?
    package var cleared: [Field]?

    package init() {}
  }

  package enum Field: String, DetailField {
    case text, attribution, topic, rationale, form, acts, addressees, spoken, said, mentions, basedOn

    package var access: FieldAccess<EntryDetails, Changes> {
      switch self {
      // The event holds only the languages that were corrected.
      case .text: .text(\.text, \.text, without: \.without)
      case .attribution: .required(\.attribution, \.attribution)
      case .topic: .optional(\.topic, \.topic, combine: mergingLanguages)
      case .rationale: .optional(\.rationale, \.rationale, combine: mergingLanguages)
      case .form: .optional(\.form, \.form)
      case .acts: .list(\.acts, \.acts)
      case .addressees: .list(\.addressees, \.addressees)
      case .spoken: .optional(\.spoken, \.spoken)
      case .said: .optional(\.said, \.said)
      case .mentions: .list(\.mentions, \.mentions)
      case .basedOn: .optional(\.basedOn, \.basedOn)
      }
    }
  }
}

extension EntryDetails.Field {
  /// Where changes have the field, if it is a text that can be changed in one language alone.
  private var localized: WritableKeyPath<EntryDetails.Changes, LocalizedText?>? {
    switch self {
    case .text: \.text
    case .topic: \.topic
    case .rationale: \.rationale
    case .attribution, .form, .acts, .addressees, .spoken, .said, .mentions, .basedOn: nil
    }
  }

  fileprivate static var texts: [WritableKeyPath<EntryDetails.Changes, LocalizedText?>] {
    allCases.compactMap(\.localized)
  }
}

extension EntryDetails.Changes {
  /// The texts that can have marks.
  var marked: [LocalizedText] { [text, rationale].compactMap(\.self) }

  /// Leaves old and new texts only in the languages in which new ones replace others.
  ///
  /// - Parameter whole: the new texts are whole: a language that they lack was removed.
  package static func keepDifferences(_ old: inout Self, _ new: inout Self, whole: Bool = false) {
    for text in EntryDetails.Field.texts {
      guard let before = old[keyPath: text], let after = new[keyPath: text] else { continue }
      let removed = whole ? before.languages.filter { after[$0] == nil } : []
      let changed = after.languages.filter { before[$0] != after[$0] } + removed
      old[keyPath: text] = before.only(changed)
      new[keyPath: text] = after.only(changed)
    }
  }
}

extension EntryDetails: Codable {
  private enum Key: CodingKey {
    case text, attribution, topic, rationale, form, acts, addressees, spoken, said, mentions, basedOn
  }

  /// Without `text`, the words were destroyed.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    if let words = try fields.decodeIfPresent(LocalizedText.self, forKey: .text) {
      text = words
      internedAttribution = Interned(try fields.decode(Attribution.self, forKey: .attribution))
    } else {
      (text, internedAttribution, isExpunged) = (Self.noWords, Interned(.nobody), true)
    }
    topic = try fields.decodeIfPresent(LocalizedText.self, forKey: .topic)
    rationale = try fields.decodeIfPresent(LocalizedText.self, forKey: .rationale)
    form = try fields.decodeIfPresent(StatementForm.self, forKey: .form)
    acts = try fields.decodeIfPresent([SpeechAct].self, forKey: .acts) ?? []
    addressees = try fields.decodeIfPresent([LocalizedText].self, forKey: .addressees) ?? []
    spoken = try fields.decodeIfPresent(Language.self, forKey: .spoken)
    said = try fields.decodeIfPresent(Timestamp.self, forKey: .said)
    mentions = try fields.decodeIfPresent([PersonID].self, forKey: .mentions) ?? []
    basedOn = try fields.decodeIfPresent(RecordID.self, forKey: .basedOn)
  }

  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    if !isExpunged {
      try fields.encode(text, forKey: .text)
      try fields.encode(attribution, forKey: .attribution)
    }
    try fields.encodeIfPresent(topic, forKey: .topic)
    try fields.encodeIfPresent(rationale, forKey: .rationale)
    try fields.encodeIfPresent(form, forKey: .form)
    if !acts.isEmpty { try fields.encode(acts, forKey: .acts) }
    if !addressees.isEmpty { try fields.encode(addressees, forKey: .addressees) }
    try fields.encodeIfPresent(spoken, forKey: .spoken)
    try fields.encodeIfPresent(said, forKey: .said)
    if !mentions.isEmpty { try fields.encode(mentions, forKey: .mentions) }
    try fields.encodeIfPresent(basedOn, forKey: .basedOn)
  }
}

/// How a statement renders what was said.
package enum StatementForm: String, Sendable, Hashable, Codable, CaseIterable {
  case verbatim
  case substantiallyVerbatim = "substantially-verbatim"
  case summary
  case quotation
  case minute
}

/// What the speaker did by saying it: one word, in lower case, in the past tense. The list is open.
package struct SpeechAct: Hashable, Sendable, Codable, CustomStringConvertible {
  package let word: String

  /// - Throws: `InvalidValue` for anything but lower-case letters and single hyphens between them.
  package init(_ text: String) throws(InvalidValue) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.count <= 40,
      parts.allSatisfy({ part in !part.isEmpty && part.allSatisfy { $0.isLetter && $0.isLowercase } })
    else {
      throw InvalidValue(
        "“\(excerpt(text))” is not a speech act; give one word in lower case, for example “noted” or "
          + "“called-for”.")
    }
    word = text
  }

  private init(known word: String) { self.word = word }

  package init(from decoder: any Decoder) throws {
    word = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(word)
  }

  package var description: String { word }

  /// The field's common ones, for help and completion.
  package static let common = [
    "said", "noted", "described", "believed", "supposed", "emphasised", "called-for", "urged", "opened",
    "asked",
    "replied", "agreed", "disagreed", "doubted", "warned", "proposed", "concluded", "reported", "thanked",
  ].map(SpeechAct.init(known:))
}
