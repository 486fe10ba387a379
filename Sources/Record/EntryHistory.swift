package import Vocabulary

/// When an entry got its words, and when what it says last changed: positions of the log.
///
/// Decisions and the read model keep it by the same rules. An expunction leaves nothing in it that was taken from the
/// words, so that a rebuild from the log without them is the same.
package struct EntryHistory: Sendable, Hashable, Codable {
  /// The event that gave the original its present wording.
  package private(set) var revision: Int
  /// The wording of the original that each language's text renders; 0: an earlier one, it is not known which.
  package private(set) var renderings: [String: Int]
  /// The event that gave each language's text its words.
  package private(set) var wordedAt: [String: Int]
  /// The same of the rationale.
  package private(set) var rationaleAt: [String: Int]
  /// The last event that changed what the entry says, or took it out of the record; nil: none has.
  package var meaningChangedAt: Int?
  /// What `meaningChangedAt` was before the entry was taken out, for when it comes back.
  package private(set) var meaningChangedBefore: Int?
  /// The last event that stated what the entry says or rests on, or that reaffirmed it.
  package private(set) var reviewedAt: Int
  /// The last event that reaffirmed it; nil: none has.
  package private(set) var reaffirmedAt: Int?

  package init(
    revision: Int, renderings: [String: Int], wordedAt: [String: Int], rationaleAt: [String: Int] = [:],
    meaningChangedAt: Int?, meaningChangedBefore: Int?, reviewedAt: Int, reaffirmedAt: Int? = nil
  ) {
    self.revision = revision
    self.renderings = renderings
    // Nearly all entries are as they were recorded: they have one dictionary.
    self.wordedAt = wordedAt == renderings ? renderings : wordedAt
    self.rationaleAt = rationaleAt
    self.meaningChangedAt = meaningChangedAt
    self.meaningChangedBefore = meaningChangedBefore
    self.reviewedAt = reviewedAt
    self.reaffirmedAt = reaffirmedAt
  }

  /// An entry is recorded.
  ///
  /// - Parameter outdated: the translations that are older than the original; nil: none is.
  package init(recording details: EntryDetails, outdated: [Language]? = nil, at position: Int) {
    self.init(
      revision: position, renderings: [:], wordedAt: [:], meaningChangedAt: nil, meaningChangedBefore: nil,
      reviewedAt: position)
    setWords(of: details, outdated, at: position)
  }

  // MARK: Words

  /// Whether the text in this language translates an earlier wording of the original.
  package func isOutdated(_ language: Language, in details: EntryDetails) -> Bool {
    guard let original = details.original, language != original else { return false }
    return renderings[language.tag] ?? revision < revision
  }

  package func outdated(in details: EntryDetails) -> [Language] {
    details.text.languages.filter { isOutdated($0, in: details) }
  }

  /// Changes were made. A new wording of the original makes the translations that are not among them outdated.
  package mutating func change(
    _ changes: EntryDetails.Changes, from old: EntryDetails, to new: EntryDetails, at position: Int
  ) {
    if changes.touches(.text) || changes.touches(.basedOn) { reviewedAt = position }
    reword(changes.text, from: old, to: new, at: position)
    Self.keep(&rationaleAt, of: new.rationale)
    for language in changes.rationale?.languages ?? []
    where old.rationale?[language] != new.rationale?[language] || rationaleAt[language.tag] == nil {
      rationaleAt[language.tag] = position
    }
  }

  /// Texts were added or renewed.
  package mutating func reword(
    _ text: LocalizedText?, from old: EntryDetails, to new: EntryDetails, at position: Int
  ) {
    Self.keep(&renderings, of: new.text)
    Self.keep(&wordedAt, of: new.text)
    guard let text else { return }
    let changed = text.languages.filter { old.text[$0] != text[$0] || wordedAt[$0.tag] == nil }
    if let original = new.original, changed.contains(original) { revision = position }
    for language in text.languages { renderings[language.tag] = revision }
    for language in changed { wordedAt[language.tag] = position }
  }

  /// Leaves only the languages that the text has.
  private static func keep(_ positions: inout [String: Int], of text: LocalizedText?) {
    for tag in positions.keys where text?.entries.contains(where: { $0.language.tag == tag }) != true {
      positions[tag] = nil
    }
  }

  /// The entry was split, or took another one in.
  ///
  /// - Parameter details: nil if the words of that event were destroyed.
  package mutating func restate(_ details: EntryDetails?, outdated: [Language]? = nil, at position: Int) {
    revision = position
    meaningChangedAt = position
    reviewedAt = position
    setWords(of: details, outdated, at: position)
  }

  private mutating func setWords(of details: EntryDetails?, _ outdated: [Language]?, at position: Int) {
    (renderings, wordedAt, rationaleAt) = ([:], [:], [:])
    guard let details, !details.isExpunged else { return }
    for language in details.rationale?.languages ?? [] { rationaleAt[language.tag] = position }
    for language in details.text.languages { wordedAt[language.tag] = position }
    renderings = wordedAt
    if let outdated { render(details, outdated) }
  }

  /// The wordings that outdated translations render are not known any more.
  private mutating func render(_ details: EntryDetails, _ outdated: [Language]) {
    for language in details.text.languages {
      renderings[language.tag] = outdated.contains(language) ? 0 : revision
    }
  }

  // MARK: Meaning

  /// The entry was taken out of the record.
  package mutating func takeOut(at position: Int) {
    (meaningChangedBefore, meaningChangedAt) = (meaningChangedAt, position)
  }

  /// It is in the record again, as it was.
  package mutating func bringBack() { (meaningChangedAt, meaningChangedBefore) = (meaningChangedBefore, nil) }

  package mutating func reaffirm(at position: Int) { (reviewedAt, reaffirmedAt) = (position, position) }

  package mutating func expunge(at position: Int) {
    self = Self(
      revision: position, renderings: [:], wordedAt: [:], meaningChangedAt: position,
      meaningChangedBefore: nil, reviewedAt: position)
  }

  /// Whether what the entry rests on has changed since somebody looked at it.
  package func mustBeReviewed(after basis: EntryHistory) -> Bool {
    basis.meaningChangedAt ?? 0 > reviewedAt
  }

  /// Whether somebody has reaffirmed the entry after an expunction, or stated all of its words anew.
  package func hasOwnWords(since expunction: Int) -> Bool {
    if reaffirmedAt ?? 0 > expunction { return true }
    return (Array(wordedAt.values) + rationaleAt.values).allSatisfy { $0 > expunction }
  }
}

extension EntryDetails.Changes {
  /// Whether they change what an entry of this kind says. Of a draft, nobody has told spelling from sense.
  package func changeMeaning(of kind: EntryKind) -> Bool {
    EntryDetails.Field.allCases.contains { ($0 == .text || $0.isNeverEditorial(kind)) && touches($0) }
  }
}
