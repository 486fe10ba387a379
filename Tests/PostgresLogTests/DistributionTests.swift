import LogTestSupport
import Postgres
import PostgresLog
import Testing

/// What keeps the database from being distributed by conference, read from its catalogues. It needs no Citus.
@Suite(.timeLimit(.minutes(10))) struct `A database` {
  @Test func `of today can be distributed by conference`() async throws {
    let owner = try await Connection.open(Database().owner)
    #expect(try await owner.run { try Distribution.obstacles($0) } == [])
  }

  @Test(arguments: [
    (
      #"alter table vault.key alter column conference type text collate "default""#,
      "vault.key.conference has the collation default, and not C: tables that stay together need one"
    ),
    (
      "alter table log.tag alter column conference type varchar",
      "log.tag.conference is character varying, and not text"
    ),
    (
      "alter table projection.dead_letter drop constraint projector_stops_once_a_position, alter column conference drop not null, add primary key (projector, position)",
      "projection.dead_letter.conference can be null"
    ),
    (
      "alter table program.room add constraint room_is_unique unique (room)",
      "the unique index program.room_is_unique does not contain the conference"
    ),
    ("alter table program.track drop constraint track_has_one_row", "program.track has no primary key"),
    (
      "alter table program.room add constraint of_a_conference foreign key (room) references program.conference (conference)",
      "the foreign key of_a_conference of program.room does not contain the conference on both sides"
    ),
    (
      "alter table log.tag add column n bigserial",
      "log.tag.n takes its numbers from a sequence, which would count on each node for itself"
    ),
    (
      "alter table log.tag add column n bigint generated always as identity",
      "log.tag.n takes its numbers from a sequence, which would count on each node for itself"
    ),
    (
      """
      create function program.f() returns trigger language plpgsql as 'begin return null; end';
      create trigger t before insert on program.room execute function program.f()
      """, "program.room has the trigger t"
    ),
    ("create materialized view program.m as select 1", "program.m is neither a table nor a view"),
    ("create rule r as on delete to program.room do instead nothing", "program.room has the rule r"),
    ("alter table program.room enable row level security", "program.room has row-level security"),
    (
      "create function log.f() returns bigint language sql as 'select count(*) from log.event as event'",
      "log.f() reads or writes log.event, and does not take a conference first"
    ),
    (
      """
      create function log.f(conference text) returns bigint language sql
      as 'select count(*) from log.head as head join log.event as other on true where head.conference = f.conference'
      """, "log.f(text) does not hold log.event to one conference"
    ),
    (
      """
      create function log.f(conference text) returns void language sql
      as 'insert into log.head (position, conference) values (1, $1)'
      """, "log.f(text) does not hold log.head to one conference"
    ),
  ])
  func `that Citus would refuse is found`(_ change: String, _ obstacle: String) async throws {
    let owner = try await Connection.open(Database().owner)
    try await owner.executeScript(change)
    let obstacles = try await owner.run { try Distribution.obstacles($0) }
    #expect(obstacles.contains(obstacle), "\(obstacles)")
  }

  @Test func `is not distributed without Citus`() async throws {
    let owner = try await Connection.open(Database().owner)
    #expect(try await !owner.run { try Distribution.isDistributed($0) })
    #expect(try await owner.run { try Distribution.nodes($0) }.isEmpty)
    await #expect(throws: NoCitus.self) { try await owner.run { try Distribution.apply($0) } }
  }
}
