import EventLog
import PostgresLog
package import Vocabulary

/// A log in memory behind the real one, for the dry run of several commands: each sees what the ones before it would have
/// recorded, and nothing reaches the database.
package actor Rehearsal {
  private let memory: MemoryLog
  /// The positions that the conferences' logs had when they were rehearsed first.
  private var heads: [ConferenceID: Int] = [:]
  /// The conferences that no log has, in their order.
  private(set) var opened: [ConferenceID] = []

  package init(clock: @escaping @Sendable () -> Timestamp) { memory = MemoryLog(clock: clock) }

  func append(_ request: AppendRequest, keeping keys: [Tag: SealingKey] = [:], on log: PostgresLog)
    async throws(AppendError) -> Receipt
  {
    let head = try await head(of: request.conference, log)
    var request = request
    if let condition = request.condition { request.condition?.after = max(0, condition.after - head) }
    let receipt = try await memory.append(request, keeping: keys)
    if head == 0, !opened.contains(request.conference) { opened.append(request.conference) }
    return Receipt(first: receipt.first + head, last: receipt.last + head, replayed: receipt.replayed)
  }

  func read(_ conference: ConferenceID, matching query: Query, command: String?, on log: PostgresLog)
    async throws(AppendError) -> BoundaryRead
  {
    let head = try await head(of: conference, log)
    let real = try await log.read(conference, matching: query, command: command)
    let rehearsed = await memory.read(conference, matching: query, command: command)
    let receipt = rehearsed.receipt.map {
      (
        request: $0.request,
        receipt: Receipt(first: $0.receipt.first + head, last: $0.receipt.last + head, replayed: true)
      )
    }
    let later = rehearsed.events.map { event in
      var event = event
      event.position += head
      return event
    }
    return BoundaryRead(
      events: real.events.filter { $0.position <= head } + later, head: head + rehearsed.head,
      receipt: real.receipt ?? receipt)
  }

  func keys(of conference: ConferenceID) async -> [Tag: SealingKey] { await memory.keys(of: conference) }

  private func head(of conference: ConferenceID, _ log: PostgresLog) async throws(AppendError) -> Int {
    if let known = heads[conference] { return known }
    let head = try await log.read(conference, matching: .tagged(.aside), command: nil).head
    heads[conference] = heads[conference] ?? head
    return heads[conference] ?? head
  }
}
