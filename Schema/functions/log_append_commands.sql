-- log.append_commands: appends what several commands append, decided one after the other on the end of the log. All of it, or
-- nothing.
--
--   conference   the first append creates the conference's head
--   after        the last position of the log, on which the first command was decided; the next one was decided on the events of
--                the first, and so on
--   command_ids, requests, actors, reasons
--                one element per command; see log.append
--   commands     one element per event: the number of its command, from 1; in order
--   types, versions, tags, bodies, words, salts
--                one element per event; see log.append
--
-- Each command gets a receipt of its own, and a later time than the one before.
--
-- Returns one row: the time of the first command (each other one is a microsecond later), the login, and whether all of them had
-- been carried out before, at these positions. Then nothing is written, and the time is only that of the first.
-- Raises
--   PL001  the log does not end at `after`, or one of the commands was carried out at another position, or as another request.
--          They have to be decided again; DETAIL: the position that was found
--   PL003, PL006
--          see log.append
--
-- Locks and limits of time are those of log.append. Everything is found by its key: plans are generic, and kept while the tables
-- grow, and a plan that was made for a small table would read the whole of it.
create or replace function log.append_commands(
  conference text, after bigint, command_ids uuid[], requests bytea[], actors text[], reasons text[], commands integer[],
  types text[], versions integer[], tags text[], bodies text[], words text[] default null, salts bytea[] default null)
returns table (recorded_at timestamptz, login text, replayed boolean)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '10s'
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
  _head bigint;
  _microseconds bigint;
  _known bigint;
  _different bigint;
  _limit text;
  _login text := session_user;
  _appended bigint;
  _unknown text;
begin
  if append_commands.after is null or cardinality(append_commands.command_ids) = 0
    or array_position(append_commands.requests, null) is not null
    or array_position(append_commands.commands, null) is not null
    or (select count(distinct id) from unnest(append_commands.command_ids) as id) <> cardinality(append_commands.command_ids)
    or cardinality(append_commands.command_ids) <> cardinality(append_commands.requests)
    or cardinality(append_commands.command_ids) <> cardinality(append_commands.actors)
    or cardinality(append_commands.command_ids) <> cardinality(append_commands.reasons)
    or cardinality(append_commands.types) is distinct from cardinality(append_commands.commands)
    or append_commands.commands[1] is distinct from 1
    or append_commands.commands[cardinality(append_commands.commands)] is distinct from cardinality(append_commands.command_ids)
    or exists (
      select from (
        select given.command - lag(given.command) over (order by given.ordinal) as step
        from unnest(append_commands.commands) with ordinality as given(command, ordinal)
      ) as steps
      where steps.step not in (0, 1)
    )
  then
    raise exception 'log.append_commands: every command needs an id of its own, a request, an actor, a reason or null, and events, in the order of the commands'
      using errcode = 'PL003';
  end if;
  perform log.check_events(
    append_commands.requests, append_commands.actors, append_commands.reasons, append_commands.types, append_commands.versions,
    append_commands.tags, append_commands.bodies, append_commands.words, append_commands.salts);

  if current_setting('idle_in_transaction_session_timeout') = '0' then
    _limit := set_config('idle_in_transaction_session_timeout', '1min', true);
  end if;
  if current_setting('statement_timeout') = '0' then
    _limit := set_config('statement_timeout', '1min', true);
  end if;

  select head.position into _head
  from log.head as head where head.conference = append_commands.conference for update;
  if not found then
    insert into log.head (conference) values (append_commands.conference) on conflict do nothing;
    select head.position into _head
    from log.head as head where head.conference = append_commands.conference for update;
  end if;

  select count(*), min(receipt.first_position) filter (
    where receipt.first_position <> append_commands.after + expected.first
      or receipt.last_position <> append_commands.after + expected.last
      or (receipt.request <> append_commands.requests[expected.command] and receipt.request <> '')
  )
  into _known, _different
  from (
    select given.command, min(given.ordinal) as first, max(given.ordinal) as last
    from unnest(append_commands.commands) with ordinality as given(command, ordinal)
    group by given.command
  ) as expected
  join log.receipt as receipt
    on receipt.conference = append_commands.conference
    and receipt.command_id = append_commands.command_ids[expected.command];
  if _known = cardinality(append_commands.command_ids) and _different is null then
    return query
      select event.recorded_at, event.login, true
      from log.event as event
      where event.conference = append_commands.conference and event.position = append_commands.after + 1;
    return;
  end if;
  if _known > 0 or _head <> append_commands.after then
    raise exception 'the log of conference % does not end where these commands were decided', append_commands.conference
      using errcode = 'PL001', detail = coalesce(_different, _head)::text;
  end if;

  select greatest(clock_timestamp(), event.recorded_at + interval '1 microsecond') into append_commands.recorded_at
  from log.event as event
  where event.conference = append_commands.conference and event.position = _head;
  append_commands.recorded_at := coalesce(append_commands.recorded_at, clock_timestamp());
  _microseconds := (extract(epoch from append_commands.recorded_at) * 1000000)::bigint;

  insert into log.event
    (conference, position, type, version, tags, body, actor, reason, command_id, recorded_at, leaf, login)
  select
    append_commands.conference, _head + new.ordinal, new.type, new.version,
    string_to_array(new.tags, ' '), new.body::json, command.actor, command.reason,
    command.id, append_commands.recorded_at + (command.number - 1) * interval '1 microsecond',
    log.leaf(
      append_commands.conference, _head + new.ordinal, new.type, new.version, new.tags, command.actor,
      command.reason, command.id, _microseconds + command.number - 1, new.body, _login),
    _login
  from unnest(
    append_commands.types, append_commands.versions, append_commands.tags, append_commands.bodies, append_commands.commands)
    with ordinality as new(type, version, tags, body, command, ordinal)
  join unnest(append_commands.command_ids, append_commands.actors, append_commands.reasons)
    with ordinality as command(id, actor, reason, number)
    on command.number = new.command
  -- A subquery for each event, because a join would read the whole table for each append.
  where (
    select true from log.event_type as registered
    where registered.type = new.type and registered.version = new.version
  );

  get diagnostics _appended = row_count;
  if _appended <> cardinality(append_commands.types) then
    select format('%s, version %s', new.type, new.version) into _unknown
    from unnest(append_commands.types, append_commands.versions) as new(type, version)
    where not exists (
      select from log.event_type as registered
      where registered.type = new.type and registered.version = new.version
    )
    limit 1;
    raise exception 'log.append: this database does not know events of type %', _unknown
      using errcode = 'PL006', detail = _unknown, hint = 'Update its schema, or the program that appends.';
  end if;

  insert into log.tag (conference, tag, position)
  select append_commands.conference, unnest(string_to_array(new.tags, ' ')), _head + new.ordinal
  from unnest(append_commands.tags) with ordinality as new(tags, ordinal);

  if append_commands.words is not null then
    insert into log.words (conference, position, salt, words)
    select append_commands.conference, _head + new.ordinal, new.salt, new.words::json
    from unnest(append_commands.words, append_commands.salts) with ordinality as new(words, salt, ordinal)
    where new.words is not null;
  end if;

  insert into log.receipt (conference, command_id, request, first_position, last_position)
  select
    append_commands.conference, append_commands.command_ids[given.command], append_commands.requests[given.command],
    _head + min(given.ordinal), _head + max(given.ordinal)
  from unnest(append_commands.commands) with ordinality as given(command, ordinal)
  group by given.command;
  update log.head as head set position = _head + cardinality(append_commands.types)
  where head.conference = append_commands.conference;
  login := _login;
  replayed := false;
  return next;
end
$$;
