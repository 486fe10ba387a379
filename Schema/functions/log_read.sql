-- log.read: the events that match a query, in order, with their words.
--
--   query   see log.matching
--   after   only events after this position (0: all)
--   limit   the maximum number of events
--
-- Leaves out events that are set aside (log.events_set_aside), so that no decision sees them. Raises what log.matching
-- raises.
--
-- Returns the columns of log.event and log.words but the conference. The words and their salt are null for an event
-- without words, and for one whose words were destroyed. Returns no rows for a conference that does not exist.
create or replace function log.read(
  conference text, query json, after bigint default 0, "limit" bigint default 9223372036854775807)
returns table (
  "position" bigint, type text, version integer, tags text[], body json, actor text, reason text, command_id uuid,
  recorded_at timestamptz, leaf bytea, words json, salt bytea, login text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  _aside bigint[] := '{}';
begin
  -- In most conferences nothing was ever set aside. Calling log.events_set_aside would make each new session plan its query first.
  if exists (select from log.tag as tag where tag.conference = read.conference and tag.tag = 'aside') then
    _aside := coalesce(
      (select array_agg(aside.position) from log.events_set_aside(read.conference) as aside), '{}');
  end if;
  -- Every event is read in the order of the index, up to the limit; those that match are looked up one by one.
  if json_array_length(read.query) = 0 then
    return query
    select
      event.position, event.type, event.version, event.tags, event.body, event.actor, event.reason,
      event.command_id, event.recorded_at, event.leaf, words.words, words.salt, event.login
    from log.event as event
    left join log.words as words
      on words.conference = event.conference and words.position = event.position
    where event.conference = read.conference
      and event.position > read.after
      and event.position <> all (_aside)
    order by event.position
    limit read."limit";
  else
    return query
    select
      event.position, event.type, event.version, event.tags, event.body, event.actor, event.reason,
      event.command_id, event.recorded_at, event.leaf, words.words, words.salt, event.login
    from (
      select found.position
      from log.matching(
        read.conference, read.query, read.after,
        (select head.position from log.head as head where head.conference = read.conference)
      ) as found(position)
      where found.position <> all (_aside)
      order by found.position
      limit read."limit"
    ) as matching
    join log.event as event
      on event.conference = read.conference and event.position = matching.position
    left join log.words as words
      on words.conference = event.conference and words.position = event.position
    order by event.position
    limit read."limit";
  end if;
end
$$;
