import JSON
package import Vocabulary

/// A log in memory for tests. It keeps the same promises as the log in PostgreSQL.
package actor MemoryLog: EventStore {
  private struct Conference {
    var events: [RecordedEvent] = []
    var receipts: [String: (request: [UInt8], receipt: Receipt)] = [:]
  }

  private var conferences: [ConferenceID: Conference] = [:]
  private let clock: @Sendable () -> Timestamp

  package init(clock: @escaping @Sendable () -> Timestamp) { self.clock = clock }

  package func append(_ request: AppendRequest) throws(AppendError) -> Receipt {
    // The leaf hash needs single lines; log.append checks the same.
    guard !request.events.isEmpty, isLine(request.actor), request.reason.map(isLine) ?? true else {
      throw .failed("there is no event, or the actor or the reason is not one line of text")
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
    // Times never go back, even if the clock is set back.
    let now = conference.events.last.map { max($0.recordedAt, clock()) } ?? clock()
    for body in request.events {
      guard let text = try? JSONText.encode(body) else { throw .failed("cannot encode \(body)") }
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
