import Foundation
import JSON
package import Vocabulary

/// A log in memory for tests. It keeps the same promises as the log in PostgreSQL.
package actor MemoryLog: BatchingStore, ExpungingStore {
  private struct Conference {
    var events: [RecordedEvent] = []
    var receipts: [String: (request: [UInt8], receipt: Receipt)] = [:]
    var keys: [Tag: SealingKey] = [:]
  }

  private var conferences: [ConferenceID: Conference] = [:]
  private let clock: @Sendable () -> Timestamp

  package init(clock: @escaping @Sendable () -> Timestamp) { self.clock = clock }

  package func append(_ request: AppendRequest) throws(AppendError) -> Receipt {
    let commandID = try storedCommandID(request.commandID)
    try check(request)
    var conference = conferences[request.conference] ?? Conference()
    if let known = conference.receipts[commandID] {
      guard known.request == request.request || known.request.isEmpty else { throw .commandIDReused }
      return Receipt(first: known.receipt.first, last: known.receipt.last, replayed: true)
    }
    if let condition = request.condition {
      let head = conference.events.count
      if condition.after > head { throw .conflict(position: head) }
      let later = conference.events.dropFirst(max(0, condition.after))
      // What is set aside, or brought back, meanwhile can be what any decision depends on.
      if let match = later.first(where: { condition.query.matches($0) || Query.tagged(.aside).matches($0) }) {
        throw .conflict(position: match.position)
      }
    }
    let first = conference.events.count + 1
    // Each command has a later time than the one before, even if the clock is set back.
    let next = conference.events.last.map { Timestamp(microseconds: $0.recordedAt.microseconds + 1) }
    let now = next.map { max($0, clock()) } ?? clock()
    var request = request
    request.commandID = commandID
    do {
      conference.events += try request.recorded(after: first - 1, at: now, by: "memory")
    } catch { throw .failed("cannot encode the events: \(error)") }
    let receipt = Receipt(first: first, last: conference.events.count, replayed: false)
    conference.receipts[commandID] = (request.request, receipt)
    conferences[request.conference] = conference
    return receipt
  }

  package func append(_ commands: [DecidedCommand], keeping keys: [Tag: SealingKey])
    throws(AppendError) -> AppendedCommands
  {
    guard let conference = commands.first?.request.conference else { return .now([]) }
    let before = conferences[conference]
    let head = before?.events.count ?? 0
    do {
      var replayed = 0
      for command in commands {
        var request = command.request
        request.condition = nil
        let receipt = try append(request)
        guard receipt.first == command.receipt.first, receipt.last == command.receipt.last else {
          throw AppendError.conflict(position: receipt.first)
        }
        if receipt.replayed { replayed += 1 }
      }
      if replayed == commands.count { return .before }
      for (owner, key) in keys {
        if let other = before?.keys[owner], other != key { throw AppendError.conflict(position: head) }
        conferences[conference]?.keys[owner] = key
      }
      if replayed > 0 { throw AppendError.conflict(position: head) }
      return .now(Array((conferences[conference]?.events ?? []).dropFirst(head)))
    } catch {
      conferences[conference] = before
      if case AppendError.commandIDReused = error { throw .conflict(position: head) }
      throw error as? AppendError ?? .failed(StoreFailure(error))
    }
  }

  package func receipts(of commands: [String], in conference: ConferenceID)
    -> (head: Int, answers: [String: (request: [UInt8], receipt: Receipt)])
  {
    let known = conferences[conference] ?? Conference()
    var answers = known.receipts.filter { commands.contains($0.key) }
    for command in answers.keys { answers[command]?.receipt.replayed = true }
    return (known.events.count, answers)
  }

  package func expunge(_ request: AppendRequest, words positions: [Int]) throws(AppendError) -> Receipt {
    try check(request, names: positions)
    let before = conferences[request.conference]
    let receipt = try append(request)
    if receipt.replayed { return receipt }
    for position in positions {
      guard position < receipt.first, let event = before?.events[position - 1], event.words != nil else {
        conferences[request.conference] = before
        throw .failed("event \(position) has no words that could be destroyed")
      }
      conferences[request.conference]?.events[position - 1].words = nil
      conferences[request.conference]?.events[position - 1].salt = nil
      conferences[request.conference]?.receipts[event.commandID]?.request = []
    }
    return receipt
  }

  package func key(of person: Tag, in conference: ConferenceID) -> SealingKey? {
    conferences[conference]?.keys[person]
  }

  package func keys(of conference: ConferenceID) -> [Tag: SealingKey] {
    conferences[conference]?.keys ?? [:]
  }

  package func append(_ request: AppendRequest, keeping keys: [Tag: SealingKey])
    throws(AppendError) -> Receipt
  {
    let before = conferences[request.conference]
    let receipt = try append(request)
    if receipt.replayed { return receipt }
    for (owner, key) in keys {
      if let other = before?.keys[owner], other != key {
        conferences[request.conference] = before
        throw .conflict(position: receipt.first - 1)
      }
      conferences[request.conference]?.keys[owner] = key
    }
    return receipt
  }

  /// Nothing that was sealed with the key opens again.
  package func destroyKey(of person: Tag, in conference: ConferenceID) {
    conferences[conference]?.keys[person] = nil
  }

  package func read(_ conference: ConferenceID, matching query: Query, command: String?) -> BoundaryRead {
    let known = conferences[conference] ?? Conference()
    var receipt = command.flatMap { known.receipts[$0.lowercased()] }
    receipt?.receipt.replayed = true
    let aside = SetAside(known.events)
    return BoundaryRead(
      events: known.events.filter { aside.by($0.position) == nil && query.matches($0) },
      head: known.events.count, receipt: receipt)
  }
}

/// Refuses what `log.append` and the constraints of its tables refuse.
private func check(_ request: AppendRequest) throws(AppendError) {
  guard !request.events.isEmpty, !request.request.isEmpty, isLine(request.actor),
    request.reason.map(isLine) ?? true
  else {
    throw .failed("there is no event or no request, or the actor or the reason is not one line of text")
  }
  for body in request.events {
    let (name, tags) = (type(of: body).type, body.tags.map(\.text))
    guard isType(name), type(of: body).version > 0 else {
      throw .failed("“\(excerpt(name))”, version \(type(of: body).version), is not a type of event")
    }
    guard tags.allSatisfy(isTag), Set(tags).count == tags.count else {
      throw .failed("\(tags) are not tags, or one occurs twice")
    }
    // Every reader must understand these (SetAside).
    let setsAside = [EventSetAside.type, EventReinstated.type].contains(name)
    if setsAside || tags.contains(Tag.aside.text) {
      let position = (body as? EventSetAside)?.position ?? (body as? EventReinstated)?.position
      guard let position, position > 0 else {
        throw .failed("an event with the tag \(Tag.aside) does not set another aside, or bring it back")
      }
    }
  }
}

/// Refuses what `log.expunge` refuses: the expunging events name the positions, each of them once, and no others.
private func check(_ request: AppendRequest, names positions: [Int]) throws(AppendError) {
  let named = request.events.flatMap { body in
    Expunction.positions(ofType: type(of: body).type, body: (try? JSONText.encode(body)) ?? "")
  }
  guard !positions.isEmpty, positions.allSatisfy({ $0 > 0 }), named.sorted() == positions.sorted(),
    Set(positions).count == positions.count
  else { throw .failed("the request has no event that names events \(positions)") }
}

private func isType(_ text: String) -> Bool {
  guard let first = text.utf8.first, text.utf8.count > 1 else { return false }
  return isUpper(first) && text.utf8.allSatisfy { isUpper($0) || isLower($0) }
}

/// A word, or a word, a colon and a name.
private func isTag(_ text: String) -> Bool {
  let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
  guard parts.count <= 2, let word = parts.first, !word.isEmpty, word.allSatisfy(isLower) else {
    return false
  }
  return parts.dropFirst().allSatisfy { name in
    !name.isEmpty && name.allSatisfy { isLower($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
  }
}

private func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
private func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

private func isLine(_ text: String) -> Bool {
  !text.isEmpty && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
}
