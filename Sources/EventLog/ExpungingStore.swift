package import Vocabulary

/// A log that can destroy the words of its events for good. Their leaf hashes, and every root and proof, still hold.
package protocol ExpungingStore: EventStore {
  /// Appends, and destroys the words of earlier events: both or neither.
  ///
  /// The receipts of the commands that appended those events lose the hash of the request, because words can be
  /// guessed and compared with it. They then answer every request with their command id.
  ///
  /// - Parameter positions: the events whose words are destroyed. The expunging events of the request (``ExpungingBody``)
  ///   name these and no others.
  /// - Throws: `AppendError.failed` for a position without words.
  func expunge(_ request: AppendRequest, words positions: [Int]) async throws(AppendError) -> Receipt
}

/// The body of an event that destroys the words of earlier events: `StatementExpunged`.
///
/// It is stored with the field `positions`, by which the log's verification knows why the words are not there.
package protocol ExpungingBody: EventBody {
  /// The events whose words are destroyed, each of them once.
  var positions: [Int] { get }
}

/// A log for commands that can destroy words: an expunging event is appended, and the words that it names are destroyed.
package struct ExpungingLog<Store: ExpungingStore>: EventStore {
  private let log: Store

  package init(_ log: Store) { self.log = log }

  package func append(_ request: AppendRequest) async throws(AppendError) -> Receipt {
    let positions = request.events.compactMap { ($0 as? any ExpungingBody)?.positions }.joined()
    if positions.isEmpty { return try await log.append(request) }
    return try await log.expunge(request, words: Array(positions))
  }

  package func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
  {
    try await log.read(conference, matching: query, command: command)
  }
}
