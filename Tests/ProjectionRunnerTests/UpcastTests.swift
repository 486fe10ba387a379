import EventLog
import JSON
import LogTestSupport
import PostgresLog
import ReadModels
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import ProjectionRunner
@testable import Scheduling

/// A cancellation as version 1 stored it.
private struct OldCancellation: EventBody {
  static let type = SessionCancelled.type
  var session: SessionID
  var slot: Slot
  var tags: [EventLog.Tag] { [session.tag, slot.room.tag] }
}

struct `An event of an older version in PostgreSQL` {
  @Test func `is upcast for decisions and projections, but verified and exported as stored`() async throws {
    let bench = try await Bench()
    let opening = session("opening", slot("hall", 9, 10))
    try await bench.append(opened, RoomAdded(room: "hall", name: "Hall"), opening)
    try await bench.append(OldCancellation(session: "opening", slot: opening.slot))

    // Decisions: the room is free again.
    let boundary = try await bench.log.read(bench.conference, matching: .everything, command: nil)
    var timetable = Timetable()
    for event in boundary.events { try timetable.evolve(event) }
    let other = session("other", slot("hall", 9, 10))
    #expect(
      try Sessions.decide(.init(.schedule(other, further: [], [])), in: timetable) == [
        .sessionScheduled(other)
      ])

    // Projections, with each driver.
    try await bench.catchUp(ProgramModel.self)
    #expect(try await bench.load(ProgramModel.self).0.sessions["opening"]?.status == .cancelled)
    #expect(try await bench.asOf(ProgramModel.self, 4).0.sessions["opening"]?.status == .cancelled)
    let followed = try await bench.rows("program.session")
    try await bench.rebuild()
    #expect(try await bench.rows("program.session") == followed)
    #expect(try await bench.differences(ProgramModel.self).isEmpty)

    // Verification and export use the stored bytes.
    let old = try #require(boundary.events.last)
    #expect(old.version == 1)
    #expect(old.body == (try JSONText.encode(OldCancellation(session: "opening", slot: opening.slot))))
    #expect(boundary.events.allSatisfy { $0.leafHash == $0.leaf })
    var tree = MerkleTree()
    for event in boundary.events { tree.append(event.leafHash) }
    #expect(try await bench.load(ProgramModel.self).1.tree.root == tree.root)
  }
}
