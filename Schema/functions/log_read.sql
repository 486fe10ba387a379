-- log.read: the events that match a query, in order.
--
--   query   see log.matching
--   after   only events after this position (0: all)
--   limit   the maximum number of events
--
-- Returns no rows for a conference that does not exist.
create or replace function log.read(
  conference text, query json, after bigint default 0, "limit" bigint default 9223372036854775807)
returns setof log.event
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select event.*
  from log.matching(
    read.conference, read.query, read.after,
    (select head.position from log.head as head where head.conference = read.conference)
  ) as matching(position)
  join log.event as event
    on event.conference = read.conference and event.position = matching.position
  order by event.position
  limit read."limit"
$$;
