import Record
import Scheduling
package import Vocabulary

/// What needs an editor's attention before the next issue.
package struct RecordCheck: Sendable {
  package struct Finding: Sendable, Encodable, Equatable {
    package enum What: String, Sendable, Encodable {
      /// It rests on an entry that says something else since then, or was retracted or expunged.
      case review
      /// A correction is not decided yet.
      case openCorrection = "open-correction"
      /// The original has changed since it was translated.
      case outdatedTranslation = "outdated-translation"
      /// It has no text in one of the conference's languages.
      case untranslated
      /// Its attribution is carried over from an entry that somebody else said.
      case carriedOver = "carried-over"
      /// It is ascribed to somebody whom nobody knows.
      case unidentified
      /// Its text marks somebody or something that nobody has registered.
      case unknownMark = "unknown-mark"
      /// It was corrected in one of its languages, and none of them is known to be the original.
      case correctedInPart = "corrected-in-part"
      /// The summary of the record has its words, and it is not in the record any more.
      case summary
      /// The session was convened, and nobody said that it was closed.
      case openSitting = "open-sitting"
      /// The session is cancelled, and the record says what happened in it.
      case cancelled
    }

    /// Nil: it is about a session.
    package let entry: RecordID?
    package let session: SessionID?
    package let what: What
    package let details: String

    init(entry: RecordID, _ what: What, _ details: String) {
      (self.entry, session, self.what, self.details) = (entry, nil, what, details)
    }

    init(session: SessionID, _ what: What, _ details: String) {
      (entry, self.session, self.what, self.details) = (nil, session, what, details)
    }

    /// The short name of the entry or session.
    package var name: String { entry?.slug ?? session?.slug ?? "" }
  }

  package let findings: [Finding]

  /// - Parameters:
  ///   - program: the program at the same position.
  ///   - languages: those of the conference.
  package init(_ model: ProceedingsModel, _ program: ProgramModel, _ languages: [Language]) {
    var findings = model.entriesToReview.map { entry, basis in
      Finding(
        entry: entry.id, .review,
        "it rests on \(basis.id), which was "
          + "\(basis.destroyedAt != nil ? "expunged" : basis.isRetracted ? "retracted" : "changed") since")
    }
    findings += model.unknownMarks { program.people[$0.slug] != nil }.map { mark in
      Finding(
        entry: mark.entry, .unknownMark,
        "[[\(mark.kind):\(mark.slug)]] is printed by its words, because nobody has registered it")
    }
    for correction in model.corrections.rows where correction.status == .requested {
      findings.append(
        Finding(entry: correction.entry, .openCorrection, "\(correction.id) is not decided yet"))
    }
    let languages = model.usualLanguages(among: languages)
    for entry in model.entries.rows where !entry.isRetracted && entry.expunction == nil {
      let outdated = entry.details.text.languages.filter(entry.isOutdated)
      if !outdated.isEmpty {
        findings.append(
          Finding(
            entry: entry.id, .outdatedTranslation,
            "the original has changed since the text in \(Self.list(outdated))"))
      }
      findings += Self.untranslated(entry, languages, program)
      if entry.details.attribution.mode == .unidentified {
        let voice = entry.details.attribution.voice
        findings.append(
          Finding(
            entry: entry.id, .unidentified,
            voice.map { "nobody knows the voice \($0)" } ?? "nobody knows who said it"))
      }
    }
    findings += model.correctedInPart
    findings += model.goneFromTheSummary
    findings += model.entriesBySession.values.flatMap(Self.wronglyCarriedOver)
    findings += model.openSittings + model.recordsOfCancelledSessions(program)
    self.findings = findings.sorted {
      ($0.what.rawValue, $0.name, $0.details) < ($1.what.rawValue, $1.name, $1.details)
    }
  }

  private static func untranslated(_ entry: EntryRow, _ languages: [Language], _ program: ProgramModel)
    -> [Finding]
  {
    if entry.isSilent { return [] }
    let text = entry.details.text.missing(languages)
    if !text.isEmpty { return [Finding(entry: entry.id, .untranslated, "it has no text in \(list(text))")] }
    // Where the text stands, what is printed beside it is missed.
    let attribution = entry.details.attribution
    let others = [
      ("attribution", attribution.asPrinted), ("topic", entry.details.topic),
      ("rationale", entry.details.rationale),
    ]
    return others.compactMap { noun, words in
      guard var missing = words?.missing(languages) else { return nil }
      // A name that is registered in one language alone is printed in it everywhere.
      if noun == "attribution" {
        missing.removeAll { language in
          attribution.persons.contains { program.people[$0.slug]?.name.isIn(language) != true }
        }
      }
      if missing.isEmpty { return nil }
      return Finding(entry: entry.id, .untranslated, "its \(noun) has no words in \(list(missing))")
    }
  }

  fileprivate static func list(_ languages: [Language]) -> String {
    languages.map(\.tag).joined(separator: ", ")
  }

  /// Nothing is printed in front of these, so readers take them for the words of whoever spoke before.
  ///
  /// - Parameter entries: those of a session, in order.
  private static func wronglyCarriedOver(_ entries: [EntryRow]) -> [Finding] {
    let statements = entries.filter { $0.kind == .statement && !$0.isRetracted }
    return zip([nil] + statements.map(Optional.some), statements).compactMap { before, entry in
      guard !entry.isSilent, entry.details.attribution.basis == .carriedOver else { return nil }
      guard let before else {
        return Finding(entry: entry.id, .carriedOver, "nothing stands before it")
      }
      let (one, other) = (before.details.attribution, entry.details.attribution)
      if (one.persons, one.of) == (other.persons, other.of), !before.isSilent { return nil }
      return Finding(
        entry: entry.id, .carriedOver, "\(before.id), before it, is of somebody else")
    }
  }
}

extension LocalizedText {
  /// The languages in which it has no words, of any region or script.
  fileprivate func missing(_ wanted: [Language]) -> [Language] {
    wanted.filter { language in !languages.contains { $0.primary == language.primary } }
  }
}

extension ProceedingsModel {
  /// Without those in which most entries have no text, which are none of the record's.
  fileprivate func usualLanguages(among languages: [Language]) -> [Language] {
    let texts = entries.rows.filter { !$0.isSilent }.map { Set($0.details.text.languages.map(\.primary)) }
    return languages.filter { language in
      texts.count { $0.contains(language.primary) } * 2 >= texts.count
    }
  }

  /// Texts that were corrected in some of their languages, and in others less often. Where the original is known, its
  /// translations are out of date then; where it is not, nothing else tells that they may say something else.
  fileprivate var correctedInPart: [RecordCheck.Finding] {
    let accepted = corrections.rows.filter { $0.status == .accepted && $0.changes.text != nil }
    return Dictionary(grouping: accepted, by: \.entry).compactMap { id, corrections in
      guard let entry = entries[id.slug], !entry.isSilent, entry.original == nil else { return nil }
      let languages = entry.details.text.languages
      func count(_ language: Language) -> Int { corrections.count { $0.changes.text?[language] != nil } }
      let most = languages.map(count).max() ?? 0
      let left = languages.filter { language in
        let worded = entry.history.wordedAt[language.tag, default: 0]
        return count(language) < most && corrections.contains { $0.position > worded }
      }
      if left.isEmpty { return nil }
      let corrected = languages.filter { count($0) == most }
      return RecordCheck.Finding(
        entry: id, .correctedInPart,
        "its text was corrected less often in \(RecordCheck.list(left)) than in \(RecordCheck.list(corrected)), and it is "
          + "not known which is the original")
    }
  }

  fileprivate var goneFromTheSummary: [RecordCheck.Finding] {
    (held.frontMatter.summaryFrom ?? []).compactMap { id in
      guard let entry = entries[id.slug] else { return nil }
      let what =
        entry.expunction != nil
        ? "was expunged"
        : entry.mergedInto.map { "was merged into \($0)" } ?? (entry.isRetracted ? "was retracted" : nil)
      return what.map {
        RecordCheck.Finding(entry: id, .summary, "the summary of the record is taken from it, and it \($0)")
      }
    }
  }

  fileprivate var openSittings: [RecordCheck.Finding] {
    held.stepsBySession.compactMap { session, steps in
      guard let last = steps.last, last.kind != .closed else { return nil }
      return RecordCheck.Finding(
        session: session, .openSitting,
        "it was \(last.kind.rawValue)\(last.details.at.map { " (\($0.readable))" } ?? ""), and not closed")
    }
  }

  fileprivate func recordsOfCancelledSessions(_ program: ProgramModel) -> [RecordCheck.Finding] {
    program.sessions.rows.filter { $0.status == .cancelled }.compactMap { row in
      whatIsRecorded(of: row.id).map {
        RecordCheck.Finding(session: row.id, .cancelled, "it was cancelled, and the record has \($0) of it")
      }
    }
  }

  /// “12 entries and 2 sittings”; nil: nothing.
  package func whatIsRecorded(of session: SessionID) -> String? {
    let entries = entries(of: session).count { !$0.isSilent }
    let sittings = held.steps(of: session).count { $0.kind == .convened }
    let what = [
      entries > 0 ? counted(entries, "entry", "entries") : nil,
      sittings > 0 ? counted(sittings, "sitting") : nil,
    ].compactMap(\.self)
    return what.isEmpty ? nil : what.joined(separator: " and ")
  }
}

extension PersonName {
  /// Whether it has a form in this language, of any region or script.
  fileprivate func isIn(_ language: Language) -> Bool {
    forms.contains { $0.language.primary == language.primary }
  }
}
