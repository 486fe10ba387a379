-- log.append: appends all events of one command, or none.
--
--   conference   the first append creates the conference's head
--   command_id   repeating it with the same request returns the same answer and writes nothing
--   request      a hash of the request (32 bytes); never empty, which stands for a blanked one
--   actor, reason
--   types, versions, tags, bodies
--                one element per event; an element of tags has the event's tags, separated by spaces
--   query, after the condition: fail if an event after position `after` matches `query` (see
--                log.matching); a null query means no condition
--   words, salts one element per event, or null for a command without words. An event with words has a JSON object
--                of them and 16 random bytes, and its body ends with the commitment to both:
--                "words":"<SHA-256 of salt and words, in hexadecimal>"}
--
-- Returns one row: the first and the last position, and whether the command had been carried out before.
-- Raises
--   PL001  the condition failed; DETAIL: the position of the first matching event. If `after` is beyond
--          the end of the log (it came from another server's log): the log's last position
--   PL002  the command id was used for another request; DETAIL: {"first": …, "last": …}. Never, if log.expunge has
--          blanked the request
--   PL003  the arguments are not valid; an event with the tag aside is not as log.events_set_aside reads it
--   PL006  a type of event is not registered in this version (log.event_type); DETAIL: the type and the version
--
-- The event also gets the login (session_user): the actor is only what the client says.
--
-- Whoever appends in a transaction of his own and then leaves it open holds up the whole conference. So where the client
-- has set no limits, its transaction is ended after a minute without a statement, or with one that takes a minute.
--
-- With generic plans, so that a session plans its statements once. Planning the insert for each append took longer than the
-- append.
--
-- Made for READ COMMITTED: every statement after the lock sees everything committed before it. At a
-- stricter level, PostgreSQL itself refuses (40001) if somebody else moved the head meanwhile.
create or replace function log.append(
  conference text, command_id uuid, request bytea, actor text, reason text,
  types text[], versions integer[], tags text[], bodies text[],
  query json default null, after bigint default null, words text[] default null, salts bytea[] default null)
returns table (first_position bigint, last_position bigint, replayed boolean)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '10s'
set plan_cache_mode = force_generic_plan
as $$
declare
  _head bigint;
  _now timestamptz;
  _microseconds bigint;
  _match bigint;
  _unknown text;
  _limit text;
  _login text := session_user;
  _appended bigint;
begin
  if (append.query is null) <> (append.after is null) then
    raise exception 'log.append: query and after belong together' using errcode = 'PL003';
  end if;
  perform log.check_events(
    array[append.request], array[append.actor], array[append.reason], append.types, append.versions, append.tags, append.bodies,
    append.words, append.salts);

  -- As assignments, which need no query.
  if current_setting('idle_in_transaction_session_timeout') = '0' then
    _limit := set_config('idle_in_transaction_session_timeout', '1min', true);
  end if;
  if current_setting('statement_timeout') = '0' then
    _limit := set_config('statement_timeout', '1min', true);
  end if;

  select head.position into _head
  from log.head as head where head.conference = append.conference for update;
  if not found then
    insert into log.head (conference) values (append.conference) on conflict do nothing;
    select head.position into _head
    from log.head as head where head.conference = append.conference for update;
  end if;

  -- Look for the receipt before checking the condition, which the command's own events would match.
  select receipt.first_position, receipt.last_position,
    receipt.request is not distinct from append.request or receipt.request = ''
  into first_position, last_position, replayed
  from log.receipt as receipt
  where receipt.conference = append.conference and receipt.command_id = append.command_id;
  if found then
    if not replayed then
      raise exception 'command id % was used before for another request', append.command_id
        using errcode = 'PL002',
          detail = json_build_object('first', first_position, 'last', last_position);
    end if;
    return next;
    return;
  end if;

  if append.after > _head then
    raise exception 'the log of conference % ends at event %, before the position that the decision depends on', append.conference, _head
      using errcode = 'PL001', detail = _head::text;
  end if;
  if append.query is not null and _head = append.after then
    perform log.check_query(append.query);
  elsif append.query is not null then
    select min(later.position) into _match
    from (
      select matching.position
      from log.matching(append.conference, append.query, append.after, _head) as matching(position)
      union all
      -- What is set aside, or brought back, meanwhile can be what any decision depends on.
      select tag.position
      from log.tag as tag
      where tag.conference = append.conference and tag.tag = 'aside'
        and tag.position > append.after and tag.position <= _head
    ) as later;
    if _match is not null then
      raise exception 'event % of conference % was appended after the decision was made', _match, append.conference
        using errcode = 'PL001', detail = _match::text;
    end if;
  end if;

  -- Each command has a later time than the one before, even if the clock is set back.
  select greatest(clock_timestamp(), event.recorded_at + interval '1 microsecond') into _now
  from log.event as event
  where event.conference = append.conference and event.position = _head;
  _now := coalesce(_now, clock_timestamp());
  _microseconds := (extract(epoch from _now) * 1000000)::bigint;

  insert into log.event
    (conference, position, type, version, tags, body, actor, reason, command_id, recorded_at, leaf, login)
  select
    append.conference, _head + new.ordinal, new.type, new.version,
    string_to_array(new.tags, ' '), new.body::json, append.actor, append.reason,
    append.command_id, _now,
    log.leaf(
      append.conference, _head + new.ordinal, new.type, new.version, new.tags, append.actor,
      append.reason, append.command_id, _microseconds, new.body, _login),
    _login
  from unnest(append.types, append.versions, append.tags, append.bodies)
    with ordinality as new(type, version, tags, body, ordinal)
  -- A subquery for each event, because a join would read the whole table for each append.
  where (
    select true from log.event_type as registered
    where registered.type = new.type and registered.version = new.version
  );

  get diagnostics _appended = row_count;
  if _appended <> cardinality(append.types) then
    select format('%s, version %s', new.type, new.version) into _unknown
    from unnest(append.types, append.versions) as new(type, version)
    where not exists (
      select from log.event_type as registered
      where registered.type = new.type and registered.version = new.version
    )
    limit 1;
    raise exception 'log.append: this database does not know events of type %', _unknown
      using errcode = 'PL006', detail = _unknown, hint = 'Update its schema, or the program that appends.';
  end if;

  insert into log.tag (conference, tag, position)
  select append.conference, unnest(string_to_array(new.tags, ' ')), _head + new.ordinal
  from unnest(append.tags) with ordinality as new(tags, ordinal);

  if append.words is not null then
    insert into log.words (conference, position, salt, words)
    select append.conference, _head + new.ordinal, new.salt, new.words::json
    from unnest(append.words, append.salts) with ordinality as new(words, salt, ordinal)
    where new.words is not null;
  end if;

  first_position := _head + 1;
  last_position := _head + cardinality(append.types);
  replayed := false;
  insert into log.receipt (conference, command_id, request, first_position, last_position)
  values (append.conference, append.command_id, append.request, first_position, last_position);
  update log.head as head set position = last_position where head.conference = append.conference;
  return next;
end
$$;
