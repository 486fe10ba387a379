-- log.events_set_aside: the events that are set aside, each with the position of the EventSetAside that did it. An
-- EventReinstated ends that. Both bear the tag aside, and name the event in the field `position` of their bodies.
create or replace function log.events_set_aside(conference text)
returns table ("position" bigint, by bigint)
language plpgsql stable rows 1
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  select last.of, last.position
  from (
    select distinct on (change.of) change.of, change.position, change.type
    from (
      select
        event.position, event.type,
        case when event.body ->> 'position' ~ '^[1-9][0-9]{0,17}$' then (event.body ->> 'position')::bigint end as of
      from log.tag as tag
      join log.event as event on event.conference = tag.conference and event.position = tag.position
      where tag.conference = events_set_aside.conference and tag.tag = 'aside'
    ) as change
    where change.of < change.position and change.type in ('EventSetAside', 'EventReinstated')
    order by change.of, change.position desc
  ) as last
  where last.type = 'EventSetAside';
end
$$;
