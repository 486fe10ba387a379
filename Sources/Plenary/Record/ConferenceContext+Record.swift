package import EventLog
package import ReadModels
import Record
package import Vocabulary

extension ConferenceContext {
  /// An entry of the record.
  ///
  /// - Throws: `Refused` for an unknown entry.
  package func entry(_ entry: RecordID, _ bound: LogBound) async throws -> EntryRow {
    let view = try await view(ProceedingsModel.self, bound)
    guard let row = view.model.entries[entry.slug] else {
      throw Refused(Statements.Refusal.unknown(entry))
    }
    return row
  }
}
