-- log.events_set_aside: the events that are set aside, each with the position of the EventSetAside that did it. An
-- EventReinstated ends that.
--
-- Only an event of these types in version 1, with the tag aside and the body {"position":N}, written exactly so, sets
-- aside or brings back; and only an earlier event that does neither. SetAside (Sources/EventLog) has the same rule.
--
-- The body is read as text. The operators of JSON raise an error for some bodies, such as one with the escape \u0000, and
-- one such event would make the whole conference unreadable.
create or replace function log.events_set_aside(conference text)
returns table ("position" bigint, by bigint)
language plpgsql stable rows 1
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  with change as (
    select tagged.type, tagged.position, tagged.of
    from (
      select event.type, event.position,
        substring(event.body::text from '^\{"position":([1-9][0-9]{0,17})\}$')::bigint as of
      from log.tag as tag
      join log.event as event on event.conference = tag.conference and event.position = tag.position
      where tag.conference = events_set_aside.conference and tag.tag = 'aside'
        and event.type in ('EventSetAside', 'EventReinstated') and event.version = 1
    ) as tagged
    where tagged.of < tagged.position
  )
  select last.of, last.position
  from (
    select distinct on (change.of) change.of, change.position, change.type
    from change
    where change.of not in (select other.position from change as other)
    order by change.of, change.position desc
  ) as last
  where last.type = 'EventSetAside';
end
$$;
