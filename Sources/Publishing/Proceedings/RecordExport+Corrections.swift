import JSON
import ReadModels
import Record
import Vocabulary

extension RecordExport {
  struct Correction: Encodable, Sendable, Equatable {
    let id: CorrectionID
    let entry: RecordID
    let kind: String
    let status: String
    /// The entry was to be retracted; there are no new words then.
    let retracts: Bool
    @Nullable var requester: LocalizedText?
    /// What an accepted correction replaced; nil for others, and if its words may not be published any more.
    @Nullable var old: Changes?
    /// Of an accepted correction.
    @Nullable var new: Changes?
    @Nullable var verifiedAgainst: String?
    @Nullable var reason: LocalizedText?
    let requestedAt: Timestamp
    @Nullable var decidedAt: Timestamp?

    init(_ row: CorrectionRow, of entry: EntryRow, _ names: RecordNames) {
      let words = CorrectionWords(row, of: entry, names.model)
      id = row.id
      self.entry = row.entry
      kind = row.kind.rawValue
      status = row.status.rawValue
      retracts = row.retracts
      requester = row.requester
      // Whoever is withheld now or was to be withheld must not be found in what was said before.
      let withheld =
        entry.details.attribution.mode == .withheld || row.changes.attribution?.mode == .withheld
      // Nobody has verified the words of a correction that is open or refused.
      let isPublished = row.status == .accepted && !entry.isSilent
      func changes(_ changes: EntryDetails.Changes, new: Bool) -> Changes {
        Changes(
          words.published(changes, new: new), hidesPersons: withheld, names,
          keeping: new ? words.namesAfter : words.namesBefore)
      }
      old = isPublished ? row.before.map { changes($0, new: false) } : nil
      new = isPublished && !row.retracts ? changes(row.changes, new: true) : nil
      verifiedAgainst = row.verifiedAgainst?.rawValue
      reason = row.reason
      requestedAt = row.requestedAt
      decidedAt = row.decidedAt
    }
  }

  /// The fields that a correction is about. Others are left out.
  struct Changes: Encodable, Sendable, Equatable {
    var text: [Word]?
    var topic: LocalizedText?
    var rationale: LocalizedText?
    var attribution: Attribution?
    var form: String?
    var acts: [String]?
    var addressees: [LocalizedText]?
    var spoken: Language?
    var said: Timestamp?
    var mentions: [PersonID]?
    var basedOn: RecordID?
    /// The fields that had no value, or were to have none.
    var cleared: [String]

    /// - Parameter kept: the registered names that the words have.
    init(
      _ changes: EntryDetails.Changes, hidesPersons: Bool, _ names: RecordNames, keeping kept: NamesKept
    ) {
      text = changes.text?.entries.map {
        Word(
          language: $0.language, marked: $0.text, plain: names.plain($0.text, $0.language, keeping: kept.text)
        )
      }
      topic = changes.topic
      rationale = changes.rationale
      attribution = changes.attribution.flatMap {
        hidesPersons && $0.mode != .withheld ? nil : Attribution($0, names)
      }
      form = changes.form?.rawValue
      acts = changes.acts?.map(\.word)
      addressees = changes.addressees
      spoken = changes.spoken
      said = hidesPersons ? nil : changes.said
      mentions = changes.mentions.map(names.context.program.kept)
      basedOn = changes.basedOn
      cleared = (changes.cleared ?? []).map(\.rawValue)
    }
  }

  struct Word: Encodable, Sendable, Equatable {
    let language: Language
    let marked: String
    let plain: String
  }
}
