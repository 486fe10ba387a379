package import Vocabulary

/// A log with the vault beside it, whose keys open what the log holds sealed.
///
/// A key has one purpose. It belongs to an attendee (`attendee:a-1`), to a speaker's address (`person:li-wei`), or to one
/// withheld speaker (``Tag/identity(_:)``).
package protocol SealingStore: EventStore {
  /// - Returns: nil where there is none: it was never made, or it was destroyed.
  func key(of owner: Tag, in conference: ConferenceID) async throws(AppendError) -> SealingKey?

  /// Everybody's, by their owners.
  func keys(of conference: ConferenceID) async throws(AppendError) -> [Tag: SealingKey]

  /// Appends, and keeps the first keys of these owners: all of it or nothing.
  ///
  /// - Throws: `AppendError.conflict` where an owner has got another key meanwhile.
  func append(_ request: AppendRequest, keeping keys: [Tag: SealingKey])
    async throws(AppendError) -> Receipt
}
