-- log.matching: the positions of the events that match a query, after one position and up to another.
--
--   query   json: [{"types": ["SessionScheduled", …], "tags": ["room:main-hall", …], "after": 812}, …]. An
--           event matches if it matches any item: it has one of the item's types and all of its tags, and
--           comes after its position. No types: any type. No tags: any tags. No position: any. No items:
--           every event.
--
-- Raises PL003 for a query that log.check_query refuses: an unknown key would make it match more or less than was meant.
--
-- Put an item's rarest tag first, because the index lookup uses the first tag.
--
-- Nearly all queries match a few events. With the usual estimate of 1,000, log.read went through the whole conference
-- in order rather than look each of them up.
--
-- PL/pgSQL with a generic plan, so that a session plans this query only once. Planning it for every append
-- with a condition took longer than the rest of the append.
create or replace function log.matching(
  conference text, query json, after bigint, upto bigint)
returns setof bigint
language plpgsql stable rows 20
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
  perform log.check_query(matching.query);
  return query
  select distinct found.position
  from (
    select
      coalesce(item.types, '{}') as types,
      coalesce(item.tags, '{}') as tags,
      greatest(item.after, matching.after) as after
    from json_to_recordset(
      case when json_array_length(matching.query) = 0 then '[{}]' else matching.query end
    ) as item(types text[], tags text[], after bigint)
  ) as item
  cross join lateral (
    select tagged.position
    from log.tag as tagged
    join log.event as event
      on event.conference = tagged.conference and event.position = tagged.position
    where tagged.conference = matching.conference
      and tagged.tag = item.tags[1]
      and tagged.position > item.after
      and tagged.position <= matching.upto
      and event.tags @> item.tags
      and (item.types = '{}' or event.type = any (item.types))
    union all
    select event.position
    from log.event as event
    where item.tags = '{}'
      and event.conference = matching.conference
      and event.position > item.after
      and event.position <= matching.upto
      and (item.types = '{}' or event.type = any (item.types))
  ) as found;
end
$$;
