package import EventLog
import JSON
package import ReadModels
import Vocabulary

extension ScheduleFixture {
  /// The events as a log keeps them: one a second, from 2026-01-01T00:00:00Z.
  package func recorded() throws -> [RecordedEvent] {
    try events.enumerated().map { index, body in
      var event = RecordedEvent(
        conference: conference.slug, position: index + 1, type: type(of: body).type,
        version: type(of: body).version, tags: body.tags.map(\.text), body: try JSONText.encode(body),
        actor: "organizer", reason: nil, commandID: "00000000-0000-4000-8000-000000000000",
        recordedAt: Timestamp(microseconds: (1_767_225_600 + Int64(index)) * 1_000_000), leaf: [])
      event.leaf = event.leafHash
      return event
    }
  }

  /// What the projectors make of it, in memory.
  package struct Models: Sendable {
    package var program = ProgramModel()
    package var attendance = AttendanceModel()
    package var conflicts = ConflictHistory()
    package var checkpoint = Checkpoint()
  }

  package func folded() throws -> Models {
    var models = Models()
    for event in try recorded() {
      let decoded = try LoggedEvent(event)
      try models.program.apply(decoded, event.origin)
      try models.attendance.apply(decoded, event.origin)
      models.conflicts.apply(decoded, event.origin)
      models.checkpoint.tree.append(event.leaf)
      models.checkpoint.lastEventAt = event.recordedAt
    }
    return models
  }

  /// Appends all of it to a log, by the thousand, without a decision.
  package func append(to log: some EventStore) async throws {
    for start in stride(from: 0, to: events.count, by: 1000) {
      let digits = String(start)
      _ = try await log.append(
        AppendRequest(
          conference: conference,
          commandID: "00000000-0000-4000-a000-" + String(repeating: "0", count: 12 - digits.count) + digits,
          request: sha256("\(conference) \(start)"), actor: "organizer",
          events: Array(events[start..<min(start + 1000, events.count)])))
    }
  }
}
