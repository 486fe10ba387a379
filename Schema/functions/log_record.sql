-- log.record: writes the events of commands, with their tags, words and receipts, after the end of the log. For the functions that
-- append: they have moved the head, which they hold locked.
--
--   after        the position before the first event
--   recorded_at  the time of the first command; each other one is a microsecond later
--   command_ids, requests, actors, reasons
--                one element per command
--   commands     one element per event: the number of its command, from 1; in order
--   types, versions, tags, bodies, words, salts
--                one element per event; see log.append
--
-- Raises PL006: see log.append.
--
-- Everything is found by its key: plans are generic, and kept while the tables grow, and a plan that was made for a small table
-- would read the whole of it.
create or replace function log.record(
  conference text, after bigint, recorded_at timestamptz, command_ids uuid[], requests bytea[], actors text[], reasons text[],
  commands integer[], types text[], versions integer[], tags text[], bodies text[], words text[], salts bytea[])
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
  _microseconds bigint := (extract(epoch from record.recorded_at) * 1000000)::bigint;
  _appended bigint;
  _login text := session_user;
begin
  insert into log.event
    (conference, position, type, version, tags, body, actor, reason, command_id, recorded_at, leaf, login)
  select
    record.conference, record.after + new.ordinal, new.type, new.version,
    string_to_array(new.tags, ' '), new.body::json, command.actor, command.reason,
    command.id, record.recorded_at + (command.number - 1) * interval '1 microsecond',
    log.leaf(
      record.conference, record.after + new.ordinal, new.type, new.version, new.tags, command.actor, command.reason, command.id,
      _microseconds + command.number - 1, new.body, _login),
    _login
  from unnest(record.types, record.versions, record.tags, record.bodies, record.commands)
    with ordinality as new(type, version, tags, body, command, ordinal)
  join unnest(record.command_ids, record.actors, record.reasons) with ordinality as command(id, actor, reason, number)
    on command.number = new.command
  -- A subquery for each event, because a join would read the whole table for each append.
  where (
    select true from log.event_type as registered
    where registered.type = new.type and registered.version = new.version
  );
  get diagnostics _appended = row_count;
  if _appended <> cardinality(record.types) then perform log.refuse_types(record.types, record.versions); end if;

  insert into log.tag (conference, tag, position)
  select record.conference, unnest(string_to_array(new.tags, ' ')), record.after + new.ordinal
  from unnest(record.tags) with ordinality as new(tags, ordinal);

  if record.words is not null then
    insert into log.words (conference, position, salt, words)
    select record.conference, record.after + new.ordinal, new.salt, new.words::json
    from unnest(record.words, record.salts) with ordinality as new(words, salt, ordinal)
    where new.words is not null;
  end if;

  insert into log.receipt (conference, command_id, request, first_position, last_position)
  select record.conference, command.id, command.request, record.after + events.first, record.after + events.last
  from (
    select given.command, min(given.ordinal) as first, max(given.ordinal) as last
    from unnest(record.commands) with ordinality as given(command, ordinal)
    group by given.command
  ) as events
  join unnest(record.command_ids, record.requests) with ordinality as command(id, request, number)
    on command.number = events.command;
end
$$;
