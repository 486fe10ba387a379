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
-- Locks and limits of time are those of log.append. Plans are generic, and everything is found by its key: see log.record.
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
  _count integer := cardinality(append_commands.types);
  _moved boolean;
  _known bigint;
  _different bigint;
  _before timestamptz;
  _limit text;
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

  update log.head as head set position = head.position + _count
  where head.conference = append_commands.conference and head.position = append_commands.after;
  if not found and append_commands.after = 0 then
    perform log.add_head(append_commands.conference);
    update log.head as head set position = _count
    where head.conference = append_commands.conference and head.position = 0;
  end if;
  _moved := found;
  -- Whoever is appending now decides.
  if not _moved then
    perform from log.head as head where head.conference = append_commands.conference for update;
  end if;

  -- Some of them, or all, can have been carried out before.
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
  if not _moved and _known = cardinality(append_commands.command_ids) and _different is null then
    return query
      select event.recorded_at, event.login, true
      from log.event as event
      where event.conference = append_commands.conference and event.position = append_commands.after + 1;
    return;
  end if;
  if not _moved or _known > 0 then
    raise exception 'the log of conference % does not end where these commands were decided', append_commands.conference
      using errcode = 'PL001', detail = coalesce(
        _different,
        (select head.position from log.head as head where head.conference = append_commands.conference) - case when _moved then _count else 0 end,
        0)::text;
  end if;

  select event.recorded_at into _before
  from log.event as event
  where event.conference = append_commands.conference and event.position = append_commands.after;
  recorded_at := greatest(clock_timestamp(), _before + interval '1 microsecond');
  perform log.record(
    append_commands.conference, append_commands.after, append_commands.recorded_at, append_commands.command_ids,
    append_commands.requests, append_commands.actors, append_commands.reasons, append_commands.commands, append_commands.types,
    append_commands.versions, append_commands.tags, append_commands.bodies, append_commands.words, append_commands.salts);
  login := session_user;
  replayed := false;
  return next;
end
$$;
