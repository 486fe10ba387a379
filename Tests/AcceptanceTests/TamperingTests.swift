import Foundation
import Postgres
import Testing

@Suite(.timeLimit(.minutes(10))) struct `log verify` {
  private static let changes: [(change: String, sentence: String)] = [
    (
      "update log.event set body = replace(body::text, 'R4', 'R5')::json where position = 4",
      "Event 4 (RoomAdded)"
    ),
    ("update log.event set body = (body::text || ' ')::json where position = 4", "Event 4 (RoomAdded)"),
    ("update log.event set actor = 'mallory' where position = 5", "Event 5 (RoomAdded)"),
    ("update log.event set reason = 'because' where position = 5", "Event 5 (RoomAdded)"),
    ("update log.event set type = 'RoomClosed' where position = 3", "Event 3 (RoomClosed)"),
    ("update log.event set version = 2 where position = 3", "Event 3 (RoomAdded)"),
    ("update log.event set tags = '{room:evil}' where position = 3", "Event 3 (RoomAdded)"),
    ("update log.event set command_id = gen_random_uuid() where position = 3", "Event 3 (RoomAdded)"),
    (
      "update log.event set recorded_at = recorded_at - interval '1 microsecond' where position = 3",
      "Event 3 (RoomAdded)"
    ),
    (
      "update log.event set leaf = set_byte(leaf, 31, (get_byte(leaf, 31) + 1) % 256) where position = 6",
      "Event 6 (RoomAdded)"
    ),
    ("delete from log.event where position = 4", "has no event 4: the event after 3 is 5"),
    ("delete from log.event where position = 1", "There is no conference"),
    (
      "delete from log.event where position = 6",
      "ends at event 5, but log.head says 6: the events after it are missing"
    ),
    (
      """
      update log.event set position = -4 where position = 4; update log.event set position = 4 where position = 5; \
      update log.event set position = 5 where position = -4
      """, "Event 4 (RoomAdded)"
    ),
    (
      "insert into log.event select conference, 7, type, version, tags, body, actor, reason, command_id, recorded_at, leaf from log.event where position = 6",
      "Event 7 (RoomAdded)"
    ),
    ("delete from log.tag where position = 4", "Event 4"),
    ("insert into log.tag values ('berlin', 'room:evil', 4)", "Event 4"),
    ("update log.tag set tag = 'room:evil' where position = 4", "Event 4"),
    ("insert into log.tag values ('berlin', 'room:evil', 7)", "Event 7 is not indexed"),
    (
      "update log.head set position = 5",
      "log.head says that the log ends at event 5, but there are events up to 6"
    ),
    ("update log.head set position = 9", "ends at event 6, but log.head says 9"),
    (
      """
      delete from log.event where position > 4; delete from log.tag where position > 4; \
      update log.head set position = 4
      """, "names event 5, but that command recorded no events"
    ),
    ("delete from log.receipt where first_position = 4", "is missing, which recorded event 4"),
    (
      "update log.receipt set last_position = 9 where first_position = 6",
      "names events 6 to 9, but the command recorded event 6"
    ),
    (
      "update log.receipt set first_position = 2, last_position = 3 where first_position = 5",
      "names events 2 to 3, but the command recorded event 5"
    ),
    (
      "update log.receipt set command_id = '00000000-0000-4000-8000-000000000000' where first_position = 3",
      "names event 3, but that command recorded no events"
    ),
    (
      """
      insert into log.receipt values ('berlin', '00000000-0000-4000-8000-000000000000', sha256('x'), 7, 8)
      """,
      "The receipt of the command 00000000-0000-4000-8000-000000000000 names events 7 to 8, but"
    ),
  ]

  /// As a malicious superuser, with the triggers disabled.
  @Test(arguments: changes)
  func `names the event at which the log was changed`(_ change: String, _ sentence: String)
    async throws
  {
    let plenary = try await Plenary.apart().berlin()
    for number in 3...6 { try await plenary.done("room", "add", "r-\(number)", "--name", "R\(number)") }
    let honest = try await plenary.done("log", "verify", "--json")
    #expect(honest.object["events"] as? Int == 6)
    let root = try #require(honest.object["root"] as? String)
    try await plenary.done("log", "verify", "--root", root)
    let connection = try await plenary.connect()
    try await connection.executeScript("set session_replication_role = replica; " + change)
    let run = try await plenary("log", "verify")
    #expect(run.code != 0 && run.output.isEmpty && run.error.contains(sentence), "\(run)")
  }

  @Test func `compares only what an earlier position depends on`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("room", "add", "foyer", "--name", "Foyer")
    try await plenary.connect().executeScript(
      "set session_replication_role = replica; delete from log.receipt where first_position = 3")
    try await plenary.done("log", "verify", "--at", "2")
    let run = try await plenary("log", "verify", "--at", "3")
    #expect(run.code == 4 && run.error.contains("is missing"), "\(run)")
  }

  @Test func `compares the root with the expected one`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let then = try #require(try await plenary("log", "verify", "--json").object["root"] as? String)
    try await plenary.done("room", "add", "foyer", "--name", "Foyer")
    let now = try await plenary("log", "verify", "--root", then)
    #expect(now.code == 4 && now.error.contains("not \(then)"), "\(now)")
    try await plenary.done("log", "verify", "--root", then.uppercased(), "--at", "2")
    // Cut off at the end: only a root written down earlier shows it.
    let root = try #require(try await plenary("log", "verify", "--json").object["root"] as? String)
    try await plenary.connect().executeScript(
      """
      set session_replication_role = replica;
      delete from log.event where position = 3; delete from log.tag where position = 3;
      delete from log.receipt where first_position = 3;
      update log.head set position = 2;
      """)
    let cut = try await plenary("log", "verify", "--root", root)
    #expect(cut.code == 4, "\(cut)")
  }
}
