package import EventLog
import People
package import Scheduling
package import Vocabulary

/// The current program and the released program, both folded in memory from the log on demand.
package struct PublicProgram: ReadModel {
  package static let name = "public"
  package static let revision = 1

  /// The current program, as organizers see it.
  package private(set) var present = ProgramModel()
  /// The program as last released; parts of it may have been released later than others. Nil before the first
  /// release.
  ///
  /// A session that was cancelled or unscheduled before its first release is not in it, nor is a slot that was
  /// removed before its first release.
  package private(set) var released: ProgramModel?
  /// The earlier released starts of each slot, by its number, in the order of the releases.
  package private(set) var previousStarts: [SessionID: [Int: [ZonedTime]]] = [:]
  /// The sessions that a release contained, without cancelled ones.
  package private(set) var everReleased: Set<SessionID> = []

  /// The earlier starts of one slot.
  package struct Starts: Codable, Sendable {
    var session: SessionID
    var slot: Int
    var starts: [ZonedTime]
  }

  package init() {}

  /// As it was stored, without the present program.
  package init(released: ProgramModel, previousStarts: [Starts], everReleased: [SessionID]) {
    self.released = released
    for entry in previousStarts {
      self.previousStarts[session: entry.session, slot: entry.slot] = entry.starts
    }
    self.everReleased = Set(everReleased)
  }

  /// The earlier starts in the order of sessions and slots.
  package var starts: [Starts] {
    previousStarts.sorted { $0.key < $1.key }.flatMap { session, slots in
      slots.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }
        .map { Starts(session: session, slot: $0.key, starts: $0.value) }
    }
  }

  package mutating func visit(_ visitor: inout some TableVisitor) {}

  package mutating func apply(_ event: LoggedEvent, _ origin: Origin) throws {
    try present.apply(event, origin)
    guard case .scheduling(.programReleased(let release)) = event else { return }
    publish(release)
  }

  /// What a release of the present program would publish. This is what is compared with the last release: the present
  /// program also has sessions that no release publishes.
  package func published(by release: ProgramReleased) -> ProgramModel {
    var copy = self
    return copy.publish(release)
  }

  /// What a release of the whole present program would publish.
  package var publishable: ProgramModel { published(by: ProgramReleased(version: "")) }

  @discardableResult private mutating func publish(_ release: ProgramReleased) -> ProgramModel {
    let before = released
    var program: ProgramModel
    if let before, release.isPartial {
      program = before
      program.adopt(release, from: present)
    } else {
      program = present
    }
    program.removeSessions(
      Set(
        program.sessions.rows
          .filter { $0.slots.isEmpty || $0.status != .scheduled && !everReleased.contains($0.id) }.map(\.id)))
    program.forgetRemovedSlots(unlessIn: before)
    for session in program.sessions.rows where session.status == .scheduled {
      everReleased.insert(session.id)
      if let old = before?.sessions[session.key] { remember(old, session) }
    }
    released = program
    return program
  }

  private mutating func remember(_ before: SessionRow, _ after: SessionRow) {
    if before.slots == after.slots { return }
    let starts = Dictionary(uniqueKeysWithValues: before.liveSlots.map { ($0.number, $0.slot.start) })
    for row in after.liveSlots {
      guard let start = starts[row.number], start != row.slot.start else { continue }
      var previous = previousStarts[session: after.id, slot: row.number]
      // After a move back, that start is current again, so it is no longer an earlier one.
      previous.removeAll { $0 == start || $0 == row.slot.start }
      previousStarts[session: after.id, slot: row.number] = previous + [start]
    }
  }
}

extension [SessionID: [Int: [ZonedTime]]] {
  fileprivate subscript(session session: SessionID, slot number: Int) -> [ZonedTime] {
    get { self[session]?[number] ?? [] }
    set { self[session, default: [:]][number] = newValue }
  }
}
