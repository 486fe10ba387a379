import Foundation
import Postgres
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(40))) struct `log verify` {
  private static let changes: [(change: String, sentence: String)] = [
    (
      "update log.event set body = replace(body::text, 'R4', 'R5')::json where position = 4",
      "Event 4 (RoomAdded)"
    ),
    ("update log.event set body = (body::text || ' ')::json where position = 4", "Event 4 (RoomAdded)"),
    ("update log.event set actor = 'mallory' where position = 5", "Event 5 (RoomAdded)"),
    ("update log.event set reason = 'because' where position = 5", "Event 5 (RoomAdded)"),
    ("update log.event set login = 'mallory' where position = 5", "Event 5 (RoomAdded)"),
    ("update log.event set login = null where position = 5", "Event 5 (RoomAdded)"),
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
    (
      """
      update log.event set
        command_id = other.command_id,
        leaf = log.leaf(
          event.conference, event.position, event.type, event.version, array_to_string(event.tags, ' '), event.actor,
          event.reason, other.command_id, (extract(epoch from event.recorded_at) * 1000000)::bigint, event.body::text,
          event.login)
      from log.event as other
      where event.position = 6 and other.position = 4;
      delete from log.receipt where first_position = 6;
      update log.receipt set last_position = 6 where first_position = 4
      """,
      "Other events stand between the events of the command"
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

  private static let wordsChanges: [(change: String, sentence: String)] = [
    (
      "update log.words set words = '{\"text\":\"no\"}' where position = 3",
      "words of event 3 (Said) were changed"
    ),
    (
      "update log.words set words = (words::text || ' ')::json where position = 3",
      "words of event 3 (Said) were changed"
    ),
    (
      "update log.words set salt = substring(sha256('') for 16) where position = 3",
      "words of event 3 (Said) were changed"
    ),
    ("delete from log.words where position = 3", "words of event 3 (Said) are missing, and no event says"),
    ("truncate log.words", "words of event 3 (Said) are missing, and no event says"),
    ("update log.words set position = 4 where position = 3", "words of event 3 (Said) are missing"),
    (
      "insert into log.words select conference, 2, salt, words from log.words where position = 3",
      "log.words has words of event 2 (RoomAdded), which has none"
    ),
    (
      "insert into log.words select conference, 9, salt, words from log.words where position = 3",
      "log.words has words of event 9, which does not exist"
    ),
    (
      "insert into log.words select conference, 4, salt, words from log.words where position = 3",
      "words of event 4 (Said) were changed"
    ),
    (
      "insert into log.words select 'berlin', 4, salt, words from kept",
      "Event 5 says that the words of event 4 (Said) were destroyed, but they are there"
    ),
    (
      "update log.receipt set request = '' where first_position = 2",
      "has no request, but no words of that command were destroyed"
    ),
    (
      "update log.receipt set request = sha256('x') where first_position = 4",
      "still has the hash of its request, although words of that command were destroyed"
    ),
  ]

  /// Event 3 has words. Those of event 4 were destroyed by event 5.
  private func withWords(_ plenary: Plenary) async throws {
    try await plenary.connect().executeScript(
      """
      create table kept (salt bytea, words json);
      insert into log.event_type (type, version) values ('Said', 1);
      do $$
      declare
        _salt bytea;
        _words text := '{"text":"yes, 会议"}';
        _body text;
      begin
        for number in 1..2 loop
          _salt := substring(sha256(convert_to(number::text, 'UTF8')) for 16);
          _body := '{"words":"' || encode(sha256(_salt || convert_to(_words, 'UTF8')), 'hex') || '"}';
          perform log.append(
            'berlin', gen_random_uuid(), sha256('said'), 'anna', null, '{Said}', '{1}', '{""}', array[_body],
            words => array[_words], salts => array[_salt]);
        end loop;
        insert into kept values (_salt, _words::json);
        perform log.expunge(
          'berlin', gen_random_uuid(), sha256('expunged'), 'anna', null, '{StatementExpunged}', '{1}', '{""}',
          '{"{\\"positions\\":[4]}"}', '{4}');
      end $$;
      """)
  }

  @Test(arguments: wordsChanges)
  func `names the event whose words were changed, added, removed or put back`(
    _ change: String, _ sentence: String
  )
    async throws
  {
    let plenary = try await Plenary.apart().berlin()
    try await withWords(plenary)
    try await plenary.done("log", "verify")
    try await plenary.done("log", "verify", "--at", "4")
    try await plenary.connect().executeScript("set session_replication_role = replica; " + change)
    let run = try await plenary("log", "verify")
    #expect(run.code != 0 && run.output.isEmpty && run.error.contains(sentence), "\(run)")
  }

  @Test func `holds after words were destroyed, and the words that are left can be verified`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await withWords(plenary)
    let verified = try await plenary.done("log", "verify", "--json")
    #expect(verified.object["events"] as? Int == 5)
    let lines = try await plenary.done("log", "export").lines.dropLast().map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(lines.map { $0["words"] as? String } == [nil, nil, #"{"text":"yes, 会议"}"#, nil, nil])
    #expect(lines.map { ($0["salt"] as? String)?.count } == [nil, nil, 32, nil, nil])
    let salt = try #require(bytes(hexadecimal: lines[2]["salt"] as? String ?? ""))
    let commitment = hexadecimal(sha256(salt + Array((lines[2]["words"] as? String ?? "").utf8)))
    #expect(lines[2]["body"] as? String == #"{"words":"\#(commitment)"}"#)
    try await plenary("log", "show", "3").says(#"words    {"text":"yes, 会议"}"#)
    try await plenary("log", "show", "4").says("words    destroyed")
    let room = try await plenary.done("log", "show", "2")
    #expect(!room.output.contains("words"))
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
