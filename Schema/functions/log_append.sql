-- log.append: appends all events of one command, or none.
--
--   conference   the first append creates the conference's head
--   command_id   repeating it with the same request returns the same answer and appends nothing
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
-- Returns the first and the last position, and whether the command had been carried out before.
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
-- Most of an append is to begin and to end its statements, so there are few, and those for a single event are simple: the head is moved and
-- locked at once, and put back for a command that was carried out before. With generic plans, so that a session plans its statements
-- once.
--
-- Made for READ COMMITTED: every statement after the lock sees everything committed before it. At a
-- stricter level, PostgreSQL itself refuses (40001) if somebody else moved the head meanwhile.
create or replace function log.append(
  conference text, command_id uuid, request bytea, actor text, reason text,
  types text[], versions integer[], tags text[], bodies text[],
  query json default null, after bigint default null, words text[] default null, salts bytea[] default null,
  out first_position bigint, out last_position bigint, out replayed boolean)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '10s'
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
  _count integer := cardinality(append.types);
  _head bigint;
  _request bytea;
  _before timestamptz;
  _now timestamptz;
  _type text;
  _version integer;
  _tags text;
  _body text;
  _match bigint;
  _limit text;
  _login text := session_user;
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

  loop
    update log.head as head set position = head.position + _count
    where head.conference = append.conference
    returning head.position into last_position;
    exit when found;
    perform log.add_head(append.conference);
  end loop;
  _head := last_position - _count;

  select
    (
      select event.recorded_at from log.event as event
      where event.conference = append.conference and event.position = _head
    ),
    (
      select receipt.request from log.receipt as receipt
      where receipt.conference = append.conference and receipt.command_id = append.command_id
    )
  into _before, _request;

  -- Before the condition, which the command's own events would match.
  if _request is not null then
    select receipt.first_position, receipt.last_position into first_position, last_position
    from log.receipt as receipt
    where receipt.conference = append.conference and receipt.command_id = append.command_id;
    if _request <> '' and _request is distinct from append.request then
      raise exception 'command id % was used before for another request', append.command_id
        using errcode = 'PL002', detail = json_build_object('first', first_position, 'last', last_position);
    end if;
    update log.head as head set position = _head where head.conference = append.conference;
    replayed := true;
    return;
  end if;

  if append.after > _head then
    raise exception 'the log of conference % ends at event %, before the position that the decision depends on', append.conference, _head
      using errcode = 'PL001', detail = _head::text;
  end if;
  if append.after = _head then
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
  _now := greatest(clock_timestamp(), _before + interval '1 microsecond');
  first_position := _head + 1;
  replayed := false;

  if _count > 1 or append.words is not null then
    perform log.record(
      append.conference, _head, _now, array[append.command_id], array[append.request], array[append.actor], array[append.reason],
      array_fill(1, array[_count]), append.types, append.versions, append.tags, append.bodies, append.words, append.salts);
    return;
  end if;

  _type := append.types[1];
  _version := append.versions[1];
  _tags := append.tags[1];
  _body := append.bodies[1];
  insert into log.event
    (conference, position, type, version, tags, body, actor, reason, command_id, recorded_at, leaf, login)
  select
    append.conference, append.last_position, _type, _version, string_to_array(_tags, ' '), _body::json, append.actor,
    append.reason, append.command_id, _now,
    log.leaf(
      append.conference, append.last_position, _type, _version, _tags, append.actor, append.reason, append.command_id,
      (extract(epoch from _now) * 1000000)::bigint, _body, _login),
    _login
  from log.event_type as registered
  where registered.type = _type and registered.version = _version;
  if not found then perform log.refuse_types(append.types, append.versions); end if;
  insert into log.tag (conference, tag, position)
  select append.conference, unnest(string_to_array(_tags, ' ')), append.last_position;
  insert into log.receipt (conference, command_id, request, first_position, last_position)
  values (append.conference, append.command_id, append.request, append.first_position, append.last_position);
end
$$;
