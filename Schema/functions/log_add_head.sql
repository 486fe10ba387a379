-- log.add_head: makes the head of a conference that has none yet. For the functions that append.
--
-- Returns whether it was made: false if somebody else has made it meanwhile.
-- Raises PL003 for what is not the short name of a conference. It is checked here and not by a constraint, which PostgreSQL would
-- evaluate at each append.
create or replace function log.add_head(conference text)
returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if (add_head.conference ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(add_head.conference) <= 64) is not true then
    raise exception 'log.append: % is not the short name of a conference', coalesce(quote_literal(add_head.conference), 'null')
      using errcode = 'PL003';
  end if;
  insert into log.head (conference) values (add_head.conference) on conflict do nothing;
  return found;
end
$$;
