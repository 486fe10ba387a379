package import EventLog
import Publishing
package import ReadModels
import Record
package import Vocabulary

extension ConferenceContext {
  /// The same conference, for commands that change something.
  package var toChange: ConferenceToChange { ConferenceToChange(workspace, id) }

  /// An entry of the record.
  ///
  /// - Throws: `Refused` for an unknown entry.
  package func entry(_ entry: RecordID, _ bound: LogBound) async throws -> KnownEntry {
    let some = try await workspace.view(ProceedingsModel.self, of: id, bound) { try $0.fetch(entry) }
    let view = if let some { some } else { try await view(ProceedingsModel.self, bound) }
    let row = try self.entry(entry, in: view.model)
    return KnownEntry(
      row: row, corrections: view.model.corrections(of: row), number: view.model.fixedNumbers.printed(row),
      position: view.checkpoint.position)
  }

  package func entry(_ entry: RecordID, in model: ProceedingsModel) throws -> EntryRow {
    guard let row = model.entries[entry.slug] else { throw Refused(Statements.Refusal.unknown(entry)) }
    return row
  }

  /// Each entry as one sentence, as the proceedings print it.
  package func sentences(of record: View<ProceedingsModel>, _ program: View<ProgramModel>) -> [RecordID:
    String]
  {
    ProceedingsPublication(
      record.model, program: program.model, record.checkpoint, conference: id, after: nil
    )
    .sentences(languages)
  }

  /// A correction of a published entry, and the entry.
  ///
  /// - Throws: `Refused` for an unknown correction.
  package func correction(_ correction: CorrectionID, _ bound: LogBound) async throws
    -> (correction: CorrectionRow, entry: EntryRow)
  {
    let some = try await workspace.view(ProceedingsModel.self, of: id, bound) { try $0.fetch(correction) }
    let model = if let some { some.model } else { try await view(ProceedingsModel.self, bound).model }
    guard let row = model.corrections[correction.slug] else {
      throw Refused(Corrections.Refusal.unknown(correction))
    }
    return (row, try entry(row.entry, in: model))
  }
}

/// An entry in a read model.
package struct KnownEntry: Sendable {
  package let row: EntryRow
  package let corrections: [CorrectionRow]
  /// That an issue has fixed.
  package let number: String?
  /// Of the read model.
  package let position: Int
}
