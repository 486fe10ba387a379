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
  package func entry(_ entry: RecordID, _ bound: LogBound) async throws -> EntryRow {
    try self.entry(entry, in: await record(of: entry, bound).model)
  }

  /// The record with an entry, its corrections and its number, but hardly anything else.
  package func record(of entry: RecordID, _ bound: LogBound) async throws -> View<ProceedingsModel> {
    let some = try await workspace.view(ProceedingsModel.self, of: id, bound) { try $0.fetch(entry) }
    if let some { return some }
    return try await view(ProceedingsModel.self, bound)
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

  /// A correction of a published entry.
  ///
  /// - Throws: `Refused` for an unknown correction.
  package func correction(_ correction: CorrectionID, _ bound: LogBound) async throws -> CorrectionRow {
    let some = try await workspace.view(ProceedingsModel.self, of: id, bound) { try $0.fetch(correction) }
    let model = if let some { some.model } else { try await view(ProceedingsModel.self, bound).model }
    guard let row = model.corrections[correction.slug] else {
      throw Refused(Corrections.Refusal.unknown(correction))
    }
    return row
  }
}
