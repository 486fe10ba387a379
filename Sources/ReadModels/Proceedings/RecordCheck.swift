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

  /// - Parameter isPerson: whether somebody of this name is on the program.
  package init(_ model: ProceedingsModel, isPerson: (PersonID) -> Bool) {
    var findings = model.entriesToReview.map { entry, basis in
      Finding(
        entry: entry.id, what: .review,
        details:
          "it is based on \(basis.id), which was "
          + "\(basis.expunction != nil ? "expunged" : basis.isRetracted ? "retracted" : "corrected") since")
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
    for entry in model.entries.rows where !entry.isRetracted && entry.expunction == nil {
      let outdated = entry.details.text.languages.filter(entry.isOutdated)
      if !outdated.isEmpty {
        findings.append(
          Finding(
            entry: entry.id, what: .outdatedTranslation,
            details:
              "the original has changed since the text in \(outdated.map(\.tag).joined(separator: ", "))"))
      }
      if entry.details.attribution.mode == .unidentified {
        let voice = entry.details.attribution.voice
        findings.append(
          Finding(
            entry: entry.id, what: .unidentified,
            details: voice.map { "nobody knows the voice \($0)" } ?? "nobody knows who said it"))
      }
    }
    self.findings = findings.sorted { ($0.what.rawValue, $0.entry) < ($1.what.rawValue, $1.entry) }
  }
}
