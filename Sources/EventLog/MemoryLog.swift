import JSON
package import Vocabulary

/// The log in memory: for tests of what stands on it, by the same promises as the one in PostgreSQL.
package actor MemoryLog: EventStore {
  private struct Conference {
    var events: [RecordedEvent] = []
    var receipts: [String: (request: [UInt8], receipt: Receipt)] = [:]
  }

  private var conferences: [ConferenceID: Conference] = [:]
  private let clock: @Sendable () -> Timestamp

  package init(clock: @escaping @Sendable () -> Timestamp) { self.clock = clock }

  package func append(_ request: AppendRequest) throws(AppendError) -> Receipt {
    // As log.append has it: what the leaf hash relies on.
    guard !request.events.isEmpty, isLine(request.actor), request.reason.map(isLine) ?? true else {
      throw .failed("no event, or an actor or a reason that is no line of text")
    }
    var conference = conferences[request.conference] ?? Conference()
    if let known = conference.receipts[request.commandID] {
      guard known.request == request.request else { throw .commandIDReused }
      return Receipt(first: known.receipt.first, last: known.receipt.last, replayed: true)
    }
    if let condition = request.condition,
      let match = conference.events.dropFirst(condition.after).first(where: condition.query.matches)
    {
      throw .conflict(position: match.position)
    }
    let first = conference.events.count + 1
    // Never before the last event: the clock may be set back, the order may not.
    let now = conference.events.last.map { max($0.recordedAt, clock()) } ?? clock()
    for body in request.events {
      guard let text = try? JSONText.encode(body) else { throw .failed("unencodable \(body)") }
      var event = RecordedEvent(
        conference: request.conference.slug, position: conference.events.count + 1,
        type: type(of: body).type, version: type(of: body).version, tags: body.tags.map(\.text),
        body: text, actor: request.actor, reason: request.reason, commandID: request.commandID,
        recordedAt: now, leaf: [])
      event.leaf = event.leafHash
      conference.events.append(event)
    }
    let receipt = Receipt(first: first, last: conference.events.count, replayed: false)
    conference.receipts[request.commandID] = (request.request, receipt)
    conferences[request.conference] = conference
    return receipt
  }

  package func read(_ conference: ConferenceID, matching query: Query, command: String?) -> BoundaryRead {
    let known = conferences[conference] ?? Conference()
    var receipt = command.flatMap { known.receipts[$0] }
    receipt?.receipt.replayed = true
    return BoundaryRead(
      events: known.events.filter(query.matches), head: known.events.count, receipt: receipt)
  }
}

private func isLine(_ text: String) -> Bool {
  !text.isEmpty && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
}
