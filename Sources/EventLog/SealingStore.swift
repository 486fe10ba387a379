package import Vocabulary

/// A log with the vault beside it, whose keys open what the log holds sealed.
package protocol SealingStore: EventStore {
  /// - Returns: nil where there is none: it was never made, or it was destroyed.
  func key(of person: Tag, in conference: ConferenceID) async throws(AppendError) -> SealingKey?

  /// Everybody's.
  func keys(of conference: ConferenceID) async throws(AppendError) -> [SealingKey]

  /// Appends, and keeps a person's first key: both or neither.
  ///
  /// - Throws: `AppendError.conflict` where the person has got another key meanwhile.
  func append(_ request: AppendRequest, keeping key: SealingKey, of person: Tag)
    async throws(AppendError) -> Receipt
}
