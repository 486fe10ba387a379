import Record
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
    }

    package let entry: RecordID
    package let what: What
    package let details: String
  }

  package let findings: [Finding]

  /// - Parameters:
  ///   - languages: those of the conference.
  ///   - isPerson: whether somebody of this name is on the program.
  package init(_ model: ProceedingsModel, _ languages: [Language], isPerson: (PersonID) -> Bool) {
    var findings = model.entriesToReview.map { entry, basis in
      Finding(
        entry: entry.id, what: .review,
        details:
          "it rests on \(basis.id), which was "
          + "\(basis.destroyedAt != nil ? "expunged" : basis.isRetracted ? "retracted" : "changed") since")
    }
    findings += model.unknownMarks(isPerson).map { mark in
      Finding(
        entry: mark.entry, what: .unknownMark,
        details: "[[\(mark.kind):\(mark.slug)]] is printed by its words, because nobody has registered it")
    }
    for correction in model.corrections.rows where correction.status == .requested {
      findings.append(
        Finding(
          entry: correction.entry, what: .openCorrection, details: "\(correction.id) is not decided yet"))
    }
    // A language in which most entries have no text is none of the record's.
    let texts = model.entries.rows.filter { !$0.isSilent }.map {
      Set($0.details.text.languages.map(\.primary))
    }
    let languages = languages.filter { language in
      texts.count { $0.contains(language.primary) } * 2 >= texts.count
    }
    for entry in model.entries.rows where !entry.isRetracted && entry.expunction == nil {
      let outdated = entry.details.text.languages.filter(entry.isOutdated)
      if !outdated.isEmpty {
        findings.append(
          Finding(
            entry: entry.id, what: .outdatedTranslation,
            details:
              "the original has changed since the text in \(outdated.map(\.tag).joined(separator: ", "))"))
      }
      let missing =
        entry.isSilent
        ? []
        : languages.filter { language in
          !entry.details.text.languages.contains { $0.primary == language.primary }
        }
      if !missing.isEmpty {
        findings.append(
          Finding(
            entry: entry.id, what: .untranslated,
            details: "it has no text in \(missing.map(\.tag).joined(separator: ", "))"))
      }
      if entry.details.attribution.mode == .unidentified {
        let voice = entry.details.attribution.voice
        findings.append(
          Finding(
            entry: entry.id, what: .unidentified,
            details: voice.map { "nobody knows the voice \($0)" } ?? "nobody knows who said it"))
      }
    }
    findings += model.entriesBySession.values.flatMap(Self.wronglyCarriedOver)
    self.findings = findings.sorted { ($0.what.rawValue, $0.entry) < ($1.what.rawValue, $1.entry) }
  }

  /// Nothing is printed in front of these, so readers take them for the words of whoever spoke before.
  ///
  /// - Parameter entries: those of a session, in order.
  private static func wronglyCarriedOver(_ entries: [EntryRow]) -> [Finding] {
    let statements = entries.filter { $0.kind == .statement && !$0.isRetracted }
    return zip([nil] + statements.map(Optional.some), statements).compactMap { before, entry in
      guard !entry.isSilent, entry.details.attribution.basis == .carriedOver else { return nil }
      guard let before else {
        return Finding(entry: entry.id, what: .carriedOver, details: "nothing stands before it")
      }
      let (one, other) = (before.details.attribution, entry.details.attribution)
      if (one.persons, one.of) == (other.persons, other.of), !before.isSilent { return nil }
      return Finding(
        entry: entry.id, what: .carriedOver, details: "\(before.id), before it, is of somebody else")
    }
  }
}
