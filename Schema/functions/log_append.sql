-- log.append: what one command has decided, appended whole or not at all.
--
--   conference   its first append makes its head
--   command_id   sent again with the same request: the same answer, nothing written
--   request      a hash (32 bytes) of what was asked for
--   actor, reason
--   types, versions, tags, bodies
--                one element an event; an element of tags holds its event's tags with a space between
--   query, after the condition: fail if an event after position `after` matches `query` (as in
--                log.matching); a null query: no condition
--
-- Returns one row: the first and the last position, and whether they stood there before.
-- Raises
--   PL001  the condition failed; DETAIL: the position of the first event that matches (or of the last one
--          there is, where `after` lies behind it: another server's log)
--   PL002  the command id was used for another request
--   PL003  the arguments do not fit together
--
-- For READ COMMITTED: every statement below sees what was committed before the lock was had. Under a
-- stricter level PostgreSQL itself refuses (40001) when somebody else moved the head meanwhile.
create or replace function log.append(
  conference text, command_id uuid, request bytea, actor text, reason text,
  types text[], versions integer[], tags text[], bodies text[],
  query json default null, after bigint default null)
returns table (first_position bigint, last_position bigint, replayed boolean)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '10s'
as $$
declare
  _head bigint;
  _now timestamptz;
  _microseconds bigint;
  _match bigint;
  _types text := array_to_string(append.types, ',');
  _tags text := array_to_string(append.tags, ',');
begin
  if cardinality(append.types) = 0
    or cardinality(append.types) <> cardinality(append.versions)
    or cardinality(append.types) <> cardinality(append.tags)
    or cardinality(append.types) <> cardinality(append.bodies)
    or (append.query is null) <> (append.after is null)
  then
    raise exception 'log.append: types, versions, tags and bodies need one element an event, and a query its position'
      using errcode = 'PL003';
  end if;
  -- What the leaf hash relies on (see log.leaf): no line ends, no other white space within a tag. A comma
  -- stands between the events, and between them only.
  if append.actor ~ '[[:cntrl:]]' or append.actor = '' or append.reason ~ '[[:cntrl:]]'
    or append.reason = ''
    or _types !~ '^[A-Z][A-Za-z]+(,[A-Z][A-Za-z]+)*$'
    or _tags !~ '^([a-z]+(:[a-z0-9-]+)?( [a-z]+(:[a-z0-9-]+)?)*)?(,([a-z]+(:[a-z0-9-]+)?( [a-z]+(:[a-z0-9-]+)?)*)?)*$'
    or length(_types) - length(replace(_types, ',', '')) <> cardinality(append.types) - 1
    or length(_tags) - length(replace(_tags, ',', '')) <> cardinality(append.types) - 1
  then
    raise exception 'log.append: an actor, a reason, a type or a tag has characters that it may not have'
      using errcode = 'PL003';
  end if;

  select head.position into _head
  from log.head as head where head.conference = append.conference for update;
  if not found then
    insert into log.head (conference) values (append.conference) on conflict do nothing;
    select head.position into _head
    from log.head as head where head.conference = append.conference for update;
  end if;

  -- The receipt answers before the condition is looked at: the command's own events would match it.
  select receipt.first_position, receipt.last_position, receipt.request is not distinct from append.request
  into first_position, last_position, replayed
  from log.receipt as receipt
  where receipt.conference = append.conference and receipt.command_id = append.command_id;
  if found then
    if not replayed then
      raise exception 'command % was carried out before with another request', append.command_id
        using errcode = 'PL002',
          detail = json_build_object('first', first_position, 'last', last_position);
    end if;
    return next;
    return;
  end if;

  if append.after > _head then
    raise exception 'conference % ends at %, before the position that the decision rests on', append.conference, _head
      using errcode = 'PL001', detail = _head::text;
  end if;
  if append.query is not null and _head > append.after then
    select min(matching.position) into _match
    from log.matching(append.conference, append.query, append.after, _head) as matching(position);
    if _match is not null then
      raise exception 'event % of conference % came in between', _match, append.conference
        using errcode = 'PL001', detail = _match::text;
    end if;
  end if;

  -- Never before the last event: the clock may be set back, the order may not.
  select greatest(clock_timestamp(), event.recorded_at) into _now
  from log.event as event
  where event.conference = append.conference and event.position = _head;
  _now := coalesce(_now, clock_timestamp());
  _microseconds := (extract(epoch from _now) * 1000000)::bigint;

  insert into log.event
    (conference, position, type, version, tags, body, actor, reason, command_id, recorded_at, leaf)
  select
    append.conference, _head + new.ordinal, new.type, new.version,
    string_to_array(new.tags, ' '), new.body::json, append.actor, append.reason,
    append.command_id, _now,
    log.leaf(
      append.conference, _head + new.ordinal, new.type, new.version, new.tags, append.actor,
      append.reason, append.command_id, _microseconds, new.body)
  from unnest(append.types, append.versions, append.tags, append.bodies)
    with ordinality as new(type, version, tags, body, ordinal);

  insert into log.tag (conference, tag, position)
  select append.conference, unnest(string_to_array(new.tags, ' ')), _head + new.ordinal
  from unnest(append.tags) with ordinality as new(tags, ordinal);

  first_position := _head + 1;
  last_position := _head + cardinality(append.types);
  replayed := false;
  insert into log.receipt (conference, command_id, request, first_position, last_position)
  values (append.conference, append.command_id, append.request, first_position, last_position);
  update log.head as head set position = last_position where head.conference = append.conference;
  return next;
end
$$;
