import EventLog
import LogTestSupport
import Postgres
import PostgresLog
import ReadModels
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import ProjectionRunner
@testable import Scheduling

/// An event that a projector cannot take does not stop a conference for good.
@Suite(.timeLimit(.minutes(10))) struct `A projector leaves out` {
  /// Event 3 cannot be taken: its type is unknown, its version newer, its body broken, or its room does not exist.
  @Test(arguments: [
    ("BogusHappened", 1, "{}"), ("RoomAdded", 9, "{}"), ("RoomAdded", 1, "[]"),
    ("RoomRevised", 1, #"{"room":"nowhere"}"#),
  ])
  func `an event that is set aside, with each driver`(_ type: String, _ version: Int, _ body: String)
    async throws
  {
    let bench = try await Bench()
    try await bench.append(opened, RoomAdded(room: "aula", name: "Aula"))
    try await bench.append(type: type, version: version, body: body)
    try await bench.append(RoomAdded(room: "foyer", name: "Foyer"))
    await #expect(throws: ProjectorStopped.self) { try await bench.catchUp(ProgramModel.self) }
    await #expect(throws: ProjectorStopped.self) { try await bench.asOf(ProgramModel.self, 4) }
    let stopped = try await bench.stopped(by: 3)
    #expect(type == "RoomRevised" ? stopped == ["program", "public"] : stopped == ["log"])

    try await bench.append(EventSetAside(position: 3))
    for model in Projectors.all { try await bench.catchUp(model) }
    #expect(try await bench.rows("projection.dead_letter") == [])
    let (followed, checkpoint) = try await bench.load(ProgramModel.self)
    #expect(checkpoint.position == 5)
    #expect(followed.rooms["foyer"] != nil)
    #expect(try await bench.differences(ProgramModel.self).isEmpty)
    try await bench.rebuild()
    #expect(try await lines(bench.load(ProgramModel.self).0) == lines(followed))
    // The positions between the two events can be shown too; otherwise what was released then could never be compared.
    #expect(try await bench.asOf(ProgramModel.self, 4).0.rooms["foyer"] != nil)
    #expect(try await bench.asOf(ProgramModel.self, 5).1 == checkpoint)
    // The log still proves it.
    let events = try await bench.log.stream(bench.conference)
    #expect(events.map(\.leaf) == events.map(\.leafHash) && events.count == 5)
  }

  /// The room is applied by one that can; when it is set aside, it goes, and comes back with it.
  @Test func `also an event that it had applied, and takes it back`() async throws {
    let bench = try await Bench()
    try await bench.append(opened, RoomAdded(room: "aula", name: "Aula"))
    func rooms() async throws -> [String] {
      try await bench.catchUp(ProgramModel.self)
      #expect(try await bench.differences(ProgramModel.self).isEmpty)
      return try await bench.load(ProgramModel.self).0.rooms.rows.map(\.key).sorted()
    }
    #expect(try await rooms() == ["aula"])
    try await bench.append(EventSetAside(position: 2), RoomAdded(room: "foyer", name: "Foyer"))
    #expect(try await rooms() == ["foyer"])
    try await bench.append(EventReinstated(position: 2))
    #expect(try await rooms() == ["aula", "foyer"])
    // What was printed at a position stays the same.
    let projectors = bench.projectors
    let then = try await bench.connection.run { connection in
      try projectors.asOf(ProgramModel.self, at: [5, 2, 3, 4, 0], connection)
        .map { $0.0.rooms.rows.map(\.key).sorted() }
    }
    #expect(then == [["aula", "foyer"], ["aula"], [], ["foyer"], []])
  }

  /// Also after it was set aside and brought back, and behind another event that stops it.
  @Test func `an event as often as it stops it`() async throws {
    let bench = try await Bench()
    try await bench.append(opened)
    try await bench.append(
      RoomRevised(room: "nowhere") { $0.name = "A" }, RoomAdded(room: "foyer", name: "Foyer"))
    try await bench.append(RoomRevised(room: "nowhere") { $0.name = "B" })
    for _ in 1...2 {
      #expect(try await bench.stopped(by: 2) == ["program", "public"])
      #expect(try await bench.stopped(by: 4) == ["program", "public"])
      #expect(try await bench.stopped(by: 3) == [])
      try await bench.append(EventSetAside(position: 2))
      #expect(try await bench.stopped(by: 4) == ["program", "public"])
      try await bench.append(EventReinstated(position: 2))
    }
  }

  /// A standby, and a database that is read-only for now, cannot bring its rows up to date.
  @Test func `an event that was set aside since its rows were written, where it cannot write`() async throws {
    let bench = try await Bench()
    try await bench.append(opened, RoomAdded(room: "aula", name: "Aula"))
    try await bench.catchUp(ProgramModel.self)
    let reading = try await Connection.open(
      bench.database.writer.settingSession("default_transaction_read_only", to: "on"))
    let projectors = bench.projectors
    func rooms() async throws -> [String] {
      let (model, reached) = try await reading.run { try projectors.current(ProgramModel.self, $0) }
      #expect(try await reached.position == bench.log.head(bench.conference))
      return model.rooms.rows.map(\.key).sorted()
    }
    #expect(try await rooms() == ["aula"])
    try await bench.append(EventSetAside(position: 2), RoomAdded(room: "foyer", name: "Foyer"))
    #expect(try await rooms() == ["foyer"])
    try await bench.catchUp(ProgramModel.self)
    #expect(try await rooms() == ["foyer"])
    try await bench.append(EventReinstated(position: 2))
    #expect(try await rooms() == ["aula", "foyer"])
  }

  @Test func `nothing of another conference`() async throws {
    let berlin = try await Bench()
    let shanghai = berlin.at(conference("shanghai"))
    for bench in [berlin, shanghai] {
      try await bench.append(opened, RoomAdded(room: "aula", name: "Aula"))
    }
    try await berlin.append(EventSetAside(position: 2))
    for bench in [berlin, shanghai] { try await bench.catchUp(ProgramModel.self) }
    #expect(try await berlin.rows("program.room") == [])
    #expect(try await shanghai.rows("program.room").count == 1)
  }
}

extension Bench {
  fileprivate func stopped(by position: Int) async throws -> [String] {
    let projectors = projectors
    let event = try await log.stream(conference)[position - 1]
    return try await connection.run { try projectors.stopped(by: event, $0) }
  }
}
