import ReadModels
import Record

/// The words of an accepted correction, as far as they may be published, and the registered names that they have.
struct CorrectionWords {
  let correction: CorrectionRow
  let namesBefore: NamesKept
  let namesAfter: NamesKept
  /// The last event that destroyed words of what the entry rests on.
  private let destroyedAt: Int?
  private let isLeftOut: Bool

  init(_ correction: CorrectionRow, of entry: EntryRow, _ model: ProceedingsModel) {
    self.correction = correction
    namesBefore = correction.namesBefore
    namesAfter = model.namesKept(since: correction.position, in: correction.changes)
    destroyedAt = model.foundationDestroyedAt(entry)
    isLeftOut = model.mayRepeatDestroyedWords(entry)
  }

  /// Whether a field may have the words that were destroyed. Nobody knows that of words that the entry had before, nor of
  /// new ones until somebody has looked at the entry.
  func hides(_ field: EntryDetails.Field, new: Bool) -> Bool {
    guard let destroyedAt, Self.fields.contains(field) else { return false }
    return !new || isLeftOut || correction.position < destroyedAt
  }

  private static let fields: [EntryDetails.Field] = [.text, .topic, .rationale, .addressees]

  /// Without the words that may not be published.
  func published(_ changes: EntryDetails.Changes, new: Bool) -> EntryDetails.Changes {
    var rest = changes
    if hides(.text, new: new) { (rest.text, rest.without) = (nil, nil) }
    if hides(.topic, new: new) { rest.topic = nil }
    if hides(.rationale, new: new) { rest.rationale = nil }
    if hides(.addressees, new: new) { rest.addressees = nil }
    return rest
  }
}
