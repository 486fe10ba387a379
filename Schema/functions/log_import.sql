-- log.import: stores events of another database's log as they were recorded there, with their times, logins and hashes. For the
-- owner alone: whoever could call it could write events in the name of others.
--
-- One transaction takes over one log from its first event on: the first call has `after` 0, and the conference has no events
-- yet. Each further call has the position up to which the calls before it came. A command's events are in one call.
--
--   conference    the name that is in the hashes
--   after         the position before the first of these events
--   types, versions, tags, bodies, words, salts
--                 see log.append; a body can also end with the commitment to words that were destroyed
--   actors, logins, reasons, command_ids
--                 one element per event; a login is null for an event from before logins were recorded
--   microseconds  the times of the events, since 1970
--   leaves        the hashes of the events: what log.leaf computes must be the same
--   requests      the hash of the request, for the first event of each command, else null; empty: it was blanked
--
-- Returns the position of the last event. Raises
--   PL003  the arguments are not valid; an event that log.append would not take
--   PL006  a type of event is not registered in this version (log.event_type); DETAIL: the type and the version
--   PL008  the conference has events; DETAIL: its last position
--   PL009  an event is not what its hash says; DETAIL: its position
create or replace function log.import(
  conference text, after bigint,
  types text[], versions integer[], tags text[], bodies text[], actors text[], logins text[], reasons text[],
  command_ids uuid[], microseconds bigint[], leaves bytea[], words text[], salts bytea[], requests bytea[])
returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '10s'
as $$
declare
  _count integer := cardinality(import.types);
  _head bigint;
  _wrong bigint;
  _unknown text;
  _before timestamptz;
  _setting text;
begin
  if _count = 0
    or (_count, _count, _count, _count, _count, _count, _count, _count, _count, _count, _count, _count) is distinct from (
      cardinality(import.versions), cardinality(import.tags), cardinality(import.bodies), cardinality(import.actors),
      cardinality(import.logins), cardinality(import.reasons), cardinality(import.command_ids),
      cardinality(import.microseconds), cardinality(import.leaves), cardinality(import.words),
      cardinality(import.salts), cardinality(import.requests))
  then
    raise exception 'log.import: every list needs one element per event' using errcode = 'PL003';
  end if;

  select head.position into _head
  from log.head as head where head.conference = import.conference for update;
  if not found then
    -- Somebody else may store it at this moment: then this waits for the end of that.
    if log.add_head(import.conference) then
      _head := 0;
      -- Until the transaction ends: what came in before it is never continued.
      _setting := set_config('plenary.importing', import.conference, true);
    else
      select head.position into _head from log.head as head where head.conference = import.conference for update;
    end if;
  end if;
  if current_setting('plenary.importing', true) is distinct from import.conference or _head <> import.after then
    raise exception 'conference % has events up to %', import.conference, _head
      using errcode = 'PL008', detail = _head::text;
  end if;

  -- The rules of log.append.
  select min(new.ordinal) into _wrong
  from unnest(
    import.types, import.versions, import.tags, import.bodies, import.actors, import.logins, import.reasons,
    import.words, import.salts)
    with ordinality as new(type, version, tags, body, actor, login, reason, words, salt, ordinal)
  where (
    new.actor !~ '[[:cntrl:]]' and new.actor <> ''
    and coalesce(new.reason !~ '[[:cntrl:]]' and new.reason <> '', true)
    and coalesce(new.login !~ '[[:cntrl:]]', true)
    and new.type ~ '^[A-Z][A-Za-z]+$'
    and new.tags ~ '^([a-z]+(:[a-z0-9-]+)?( [a-z]+(:[a-z0-9-]+)?)*)?$'
    and (
      new.type not in ('EventSetAside', 'EventReinstated') and 'aside' <> all (string_to_array(new.tags, ' '))
      or new.type in ('EventSetAside', 'EventReinstated') and new.version = 1 and new.tags = 'aside'
        and new.body ~ '^\{"position":[1-9][0-9]{0,17}\}$')
    and (new.words is null) = (new.salt is null)
    and (
      new.words is null
      or right(new.body, 75) = '"words":"' || encode(sha256(new.salt || convert_to(new.words, 'UTF8')), 'hex') || '"}')
  ) is not true;
  if _wrong is not null then
    raise exception 'log.import: log.append would not take event %', import.after + _wrong
      using errcode = 'PL003';
  end if;

  select min(new.ordinal) into _wrong
  from unnest(
    import.types, import.versions, import.tags, import.bodies, import.actors, import.logins, import.reasons,
    import.command_ids, import.microseconds, import.leaves)
    with ordinality as new(
      type, version, tags, body, actor, login, reason, command_id, microseconds, leaf, ordinal)
  where log.leaf(
      import.conference, import.after + new.ordinal, new.type, new.version, new.tags, new.actor, new.reason,
      new.command_id, new.microseconds, new.body, new.login) is distinct from new.leaf;
  if _wrong is not null then
    raise exception 'log.import: event % is not what its hash says', import.after + _wrong
      using errcode = 'PL009', detail = (import.after + _wrong)::text;
  end if;

  select format('%s, version %s', new.type, new.version) into _unknown
  from unnest(import.types, import.versions) as new(type, version)
  where not exists (
    select from log.event_type as registered
    where registered.type = new.type and registered.version = new.version
  )
  limit 1;
  if _unknown is not null then
    raise exception 'log.import: this database does not know events of type %', _unknown
      using errcode = 'PL006', detail = _unknown, hint = 'Update its schema.';
  end if;

  -- All events of a command are together and have one time, which is later than that of the command before.
  select event.recorded_at into _before
  from log.event as event
  where event.conference = import.conference and event.position = import.after;
  select min(command.first) into _wrong
  from (
    select timed.command_id, timed.first, timed.events, timed.last, timed.times, timed.requests, timed.request,
      timed.microseconds,
      lag(timed.microseconds) over (order by timed.first) as earlier
    from (
      select new.command_id, min(new.ordinal) as first, max(new.ordinal) as last, count(*) as events,
        count(distinct new.microseconds) as times, count(new.request) as requests,
        min(new.microseconds) as microseconds,
        (array_agg(new.request order by new.ordinal))[1] as request
      from unnest(import.command_ids, import.microseconds, import.requests)
        with ordinality as new(command_id, microseconds, request, ordinal)
      group by new.command_id
    ) as timed
  ) as command
  where command.last - command.first + 1 <> command.events
    or command.times <> 1
    or command.requests <> 1 or command.request is null
    or command.microseconds <= coalesce(
      command.earlier, (extract(epoch from _before) * 1000000)::bigint, command.microseconds - 1);
  if _wrong is not null then
    raise exception 'log.import: the command of event % is not as log.append records one', import.after + _wrong
      using errcode = 'PL003';
  end if;

  insert into log.event
    (conference, position, type, version, tags, body, actor, reason, command_id, recorded_at, leaf, login)
  select
    import.conference, import.after + new.ordinal, new.type, new.version, string_to_array(new.tags, ' '),
    new.body::json, new.actor, new.reason, new.command_id,
    timestamptz 'epoch' + new.microseconds * interval '1 microsecond', new.leaf, new.login
  from unnest(
    import.types, import.versions, import.tags, import.bodies, import.actors, import.logins, import.reasons,
    import.command_ids, import.microseconds, import.leaves)
    with ordinality as new(
      type, version, tags, body, actor, login, reason, command_id, microseconds, leaf, ordinal);

  insert into log.tag (conference, tag, position)
  select import.conference, unnest(string_to_array(new.tags, ' ')), import.after + new.ordinal
  from unnest(import.tags) with ordinality as new(tags, ordinal);

  insert into log.words (conference, position, salt, words)
  select import.conference, import.after + new.ordinal, new.salt, new.words::json
  from unnest(import.words, import.salts) with ordinality as new(words, salt, ordinal)
  where new.words is not null;

  insert into log.receipt (conference, command_id, request, first_position, last_position)
  select import.conference, new.command_id, (array_agg(new.request order by new.ordinal))[1],
    import.after + min(new.ordinal), import.after + max(new.ordinal)
  from unnest(import.command_ids, import.requests) with ordinality as new(command_id, request, ordinal)
  group by new.command_id;

  update log.head as head set position = import.after + _count where head.conference = import.conference;
  return import.after + _count;
end
$$;
